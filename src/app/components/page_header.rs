//! The head of a page, and the scrolling part under it.

use super::{Glyph, Icon};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::A;

/// Title, one main action, the rest in a menu; also names the browser's tab.
#[component]
pub fn PageHeader(
    #[prop(into)] title: String,
    /// Where the page above is: path and words. Shown as a link before the title.
    #[prop(optional, into)]
    back: Option<(String, String)>,
    /// Badges after the title.
    #[prop(optional, into)]
    badges: Option<ViewFnOnce>,
    /// Buttons at the end; the main one last.
    #[prop(optional, into)]
    actions: Option<ViewFnOnce>,
    /// The whole width, above panes and tables; otherwise in line with a [`PageBody`].
    #[prop(optional)]
    wide: bool,
    /// In line with a [`PageBody`] that has a second column.
    #[prop(optional)]
    roomy: bool,
    /// A row of [`Tab`]s below.
    #[prop(optional, into)]
    tabs: Option<ViewFnOnce>,
) -> impl IntoView {
    let back = back.map(|(href, words)| {
        view! {
            <A
                href=href
                attr:class="-ml-1.5 inline-flex h-7 items-center gap-1 rounded-control px-1.5 text-muted transition-colors hover:bg-sunken hover:text-text max-md:h-9"
            >
                <Icon glyph=Glyph::ArrowLeft />
                {words}
            </A>
        }
    });
    let tabs = tabs.map(|tabs| {
        view! {
            <nav aria-label="Sections" class="flex gap-5 overflow-x-auto">
                {tabs.run()}
            </nav>
        }
    });
    let bottom = if tabs.is_some() { "pt-4" } else { "py-4" };
    let width = width_class(wide, roomy);
    view! {
        <Title text=title.clone() />
        <header class="shrink-0 overflow-hidden border-b border-border [scrollbar-gutter:stable]">
        <div class=format!("mx-auto flex flex-col gap-1 px-6 max-md:px-4 {width} {bottom}")>
            {back}
            <div class="flex min-h-9 flex-wrap items-center gap-x-3 gap-y-2">
                <h1 class="min-w-0 truncate text-xl font-semibold">{title}</h1>
                {badges.map(|badges| badges.run())}
                <div class="ml-auto flex items-center gap-2">{actions.map(|actions| actions.run())}</div>
            </div>
            {tabs}
        </div>
        </header>
    }
}

/// How wide head and body of a page are.
fn width_class(wide: bool, roomy: bool) -> &'static str {
    match (wide, roomy) {
        (true, _) => "max-w-none",
        (false, true) => "max-w-6xl",
        (false, false) => "max-w-3xl",
    }
}

/// One section of a page, in its header.
#[component]
pub fn Tab(
    #[prop(into)] href: String,
    /// Only this very path counts as being here, not the ones below it.
    #[prop(optional)]
    exact: bool,
    children: Children,
) -> impl IntoView {
    view! {
        <A
            href=href
            exact
            attr:class="flex h-10 items-center border-b-2 focus-visible:-outline-offset-2 border-transparent font-medium whitespace-nowrap text-muted transition-colors hover:text-text aria-[current=page]:border-accent aria-[current=page]:text-text max-md:h-11"
        >
            {children()}
        </A>
    }
}

/// The part of a page under its header: scrolls alone, and keeps lines readable.
#[component]
pub fn PageBody(
    /// The whole width, for tables and panes.
    #[prop(optional)]
    wide: bool,
    /// Room for a second column beside a form.
    #[prop(optional)]
    roomy: bool,
    children: Children,
) -> impl IntoView {
    let width = width_class(wide, roomy);
    view! {
        // Positioned, so that what is hidden from the eye scrolls along instead of making the window longer.
        <div class="relative min-h-0 flex-1 overflow-y-auto [scrollbar-gutter:stable]">
            <div class=format!("mx-auto flex flex-col gap-6 px-6 py-6 max-md:px-4 {width}")>{children()}</div>
        </div>
    }
}
