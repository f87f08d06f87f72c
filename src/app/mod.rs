//! The pages: the document around them, the frame, the routes. Loads through `api`, shows with `components`, reaches the
//! browser through `browser`; knows nothing of the server's rooms.

pub mod components;
pub mod frame;
pub mod live;
pub mod outages;
pub mod pages;
pub mod shell;
pub mod sound;
pub mod theme;

use components::ToastRegion;
use components::time::provide_clock;
use components::toast::provide_toasts;
use frame::{Frame, InterventionCount};
use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::components::{ParentRoute, Route, Router, Routes};
use leptos_router::{SsrMode, path};
use pages::agents::{
    AgentActions, AgentDashboard, AgentList, AgentSettingsPage, EditEntryPage, EditHandoffPage, HandoffHistoryPage,
    KnowledgeListPage, NewEntryPage,
};
use pages::{
    conversations::Conversations, home::Home, not_found::NotFound, settings::SettingsPage, setup::SetupPage,
    sign_in::SignInPage, ui::Gallery,
};
use std::time::Duration;

pub use shell::shell;

/// The whole app. Every page is rendered once its data is there: it is complete without scripts, and redirects are real.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    provide_clock();
    provide_toasts();
    // The title is written after the page, where only what counts its references still lives.
    let waiting = ArcRwSignal::new(0);
    provide_context(InterventionCount(waiting.clone().into()));
    tell_that_scripts_run();
    let title = move |page: String| {
        let page = crate::browser::head_text(&page);
        match (waiting.get(), page.is_empty()) {
            (0, true) => "Baton".to_owned(),
            (0, false) => format!("{page} · Baton"),
            (waiting, true) => format!("({waiting}) Baton"),
            (waiting, false) => format!("({waiting}) {page} · Baton"),
        }
    };
    view! {
        <Title formatter=title />
        <Router>
            <Routes fallback=NotFound>
                <Route path=path!("/") view=Home ssr=SsrMode::Async />
                <Route path=path!("/setup") view=SetupPage ssr=SsrMode::Async />
                <Route path=path!("/sign-in") view=SignInPage ssr=SsrMode::Async />
                <Route path=path!("/ui") view=Gallery ssr=SsrMode::Async />
                <ParentRoute path=path!("") view=Frame ssr=SsrMode::Async>
                    <Route path=path!("/conversations/:id?") view=Conversations />
                    <Route path=path!("/settings") view=SettingsPage />
                    <Route path=path!("/agents") view=AgentList />
                    <Route path=path!("/agents/:agent_id") view=AgentDashboard />
                    <Route path=path!("/agents/:agent_id/knowledge") view=KnowledgeListPage />
                    <Route path=path!("/agents/:agent_id/knowledge/new") view=NewEntryPage />
                    <Route path=path!("/agents/:agent_id/knowledge/:entry_id") view=EditEntryPage />
                    <Route path=path!("/agents/:agent_id/settings") view=AgentSettingsPage />
                    <Route path=path!("/agents/:agent_id/actions") view=AgentActions />
                    <Route path=path!("/agents/:agent_id/actions/human-handoff") view=EditHandoffPage />
                    <Route path=path!("/agents/:agent_id/actions/human-handoff/history") view=HandoffHistoryPage />
                </ParentRoute>
            </Routes>
        </Router>
        <ToastRegion />
    }
}

/// Marks `<html>` once the scripts have taken over from the server's rendering: until then the page can be read, and plain
/// forms and links work, but nothing else answers. Tests wait for it.
fn tell_that_scripts_run() {
    // After the tasks that are waiting by then, so that what was rendered from loaded data has been taken over too.
    Effect::new(|_| set_timeout(|| crate::browser::set_root_attribute("data-hydrated", Some("")), Duration::ZERO));
}
