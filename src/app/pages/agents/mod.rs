//! The pages of AI agents: the list, one agent's dashboard, its actions, its knowledge, its settings.

pub mod actions;
pub mod dashboard;
pub mod human_handoff;
pub mod knowledge;
pub mod list;
pub mod model_settings;
pub mod usage;

pub use actions::AgentActions;
pub use dashboard::AgentDashboard;
pub use human_handoff::{EditHandoffPage, HandoffHistoryPage};
pub use knowledge::{EditEntryPage, KnowledgeListPage, NewEntryPage};
pub use list::AgentList;
pub use model_settings::AgentSettingsPage;

use crate::app::components::{PageHeader, Tab};
use crate::app::frame::use_me;
use crate::domain::{Agent, AgentId};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// The agent that the address names.
pub fn use_agent_id() -> Memo<AgentId> {
    let params = use_params_map();
    Memo::new(move |_| AgentId(params.with(|params| params.get("agent_id")).unwrap_or_default()))
}

/// The head of an agent's pages: its name and its sections.
#[component]
pub fn AgentHeader(
    agent: Agent,
    /// Badges after the name.
    #[prop(optional, into)]
    badges: Option<ViewFnOnce>,
    /// Buttons at the end.
    #[prop(optional, into)]
    actions: Option<ViewFnOnce>,
) -> impl IntoView {
    let path = format!("/agents/{}", agent.id.as_str());
    let below = format!("{path}/actions");
    let knowledge = knowledge::knowledge_path(&agent.id);
    let settings = model_settings::settings_path(&agent.id);
    let may_configure = use_me().teammate.role.can_configure();
    let tabs = ViewFnOnce::from(move || {
        view! {
            <Tab href=path exact=true>
                "Dashboard"
            </Tab>
            <Tab href=below>"Actions"</Tab>
            <Tab href=knowledge>"Knowledge"</Tab>
            {may_configure.then(|| view! { <Tab href=settings>"Settings"</Tab> })}
        }
    });
    let back = ("/agents".to_owned(), "AI agents".to_owned());
    match (badges, actions) {
        (Some(badges), Some(actions)) => view! { <PageHeader title=agent.name back badges actions tabs /> }.into_any(),
        (Some(badges), None) => view! { <PageHeader title=agent.name back badges tabs /> }.into_any(),
        (None, Some(actions)) => view! { <PageHeader title=agent.name back actions tabs /> }.into_any(),
        (None, None) => view! { <PageHeader title=agent.name back tabs /> }.into_any(),
    }
}
