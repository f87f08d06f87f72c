//! The frame of every signed-in page: sidebar, the pane, and on phones a bar at the bottom. It also knows who is signed in.

use super::components::{Avatar, ConnectionBar, Glyph, Icon, IconButton, Loaded, Size};
use super::live::{provide_live, use_live};
use super::outages::{OutageBar, provide_outages};
use crate::api;
use crate::api::session::SignOut;
use crate::browser;
use crate::wire::model::Outage;
use crate::wire::session::Me;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::components::{A, Outlet, Redirect};
use leptos_router::hooks::use_location;
use std::time::Duration;

/// Changes come in bursts; the counts are asked for once after each.
const COUNTS_PAUSE_MS: u64 = 300;

/// Remembers a sidebar that was collapsed.
const SIDEBAR_COOKIE: &str = "baton_sidebar";

/// How many conversations need intervention; provided by the app, kept by the frame, read by the title of the tab.
#[derive(Clone, Copy)]
pub struct InterventionCount(pub RwSignal<i64>);

/// Who is signed in. Only for pages inside the frame.
pub fn use_me() -> Me {
    expect_context::<Me>()
}

/// Loads who is signed in, leads everybody else to the sign-in page, and lays out the frame around the page.
#[component]
pub fn Frame() -> impl IntoView {
    let entry = Resource::new_blocking(
        || (),
        |()| async move {
            let Some(me) = api::session::who_am_i().await? else { return Ok::<_, api::Error>(None) };
            let counts = api::conversation::count_conversations().await?;
            let outages = api::model::list_outages().await?;
            Ok(Some((me, counts.needs_intervention, outages)))
        },
    );
    let location = use_location();
    let sign_in = move || {
        let path = location.pathname.get_untracked();
        if path == "/" { "/sign-in".to_owned() } else { format!("/sign-in?next={path}") }
    };
    view! {
        <Loaded resource=entry skeleton=ViewFn::from(|| view! { <div class="h-dvh"></div> }) let:entry>
            {match entry {
                Some((me, count, outages)) => view! { <SignedIn me count outages /> }.into_any(),
                None => view! { <Redirect path=sign_in() /> }.into_any(),
            }}
        </Loaded>
    }
}

#[component]
fn SignedIn(me: Me, count: i64, outages: Vec<Outage>) -> impl IntoView {
    let may_configure = me.teammate.role.can_configure();
    provide_context(me.clone());
    let InterventionCount(waiting) = expect_context::<InterventionCount>();
    waiting.set(count);
    let live = provide_live();
    let outages = provide_outages(outages, live);
    let is_asking = StoredValue::new(false);
    let ask = move || {
        if is_asking.get_value() {
            return;
        }
        is_asking.set_value(true);
        set_timeout(
            move || {
                is_asking.try_set_value(false);
                leptos::task::spawn_local(async move {
                    // A failure leaves the last count; the next change asks again.
                    if let Ok(counts) = api::conversation::count_conversations().await {
                        waiting.set(counts.needs_intervention);
                    }
                });
            },
            Duration::from_millis(COUNTS_PAUSE_MS),
        );
    };
    live.on_change(move |_| ask());
    live.on_return(ask);
    view! {
        <FrameLayout me waiting>
            <ConnectionBar connection=live.connection() />
            <OutageBar outages may_configure />
            <Outlet />
        </FrameLayout>
    }
}

/// The frame itself, without what it loads.
#[component]
pub fn FrameLayout(
    me: Me,
    /// Conversations that need intervention.
    #[prop(into)]
    waiting: Signal<i64>,
    children: Children,
) -> impl IntoView {
    let is_narrow = RwSignal::new(browser::cookie(SIDEBAR_COOKIE).as_deref() == Some("icons"));
    view! {
        <a
            href="#main"
            // The browser itself moves the focus there; the router would only scroll.
            rel="external"
            class="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:rounded-control focus:bg-raised focus:px-3 focus:py-2"
        >
            "Skip to the page"
        </a>
        <div class="flex h-dvh bg-canvas max-md:flex-col-reverse">
            <Sidebar me waiting is_narrow />
            <BottomBar waiting />
            <main
                id="main"
                tabindex="-1"
                class="m-2 ml-0 flex min-h-0 min-w-0 flex-1 flex-col overflow-hidden rounded-card border border-border bg-surface outline-none max-md:m-0 max-md:rounded-none max-md:border-0"
            >
                {children()}
            </main>
        </div>
    }
}

const PLACES: [(&str, Glyph, &str); 3] = [
    ("/conversations", Glyph::Conversations, "Conversations"),
    ("/agents", Glyph::Bot, "AI agents"),
    ("/settings", Glyph::Settings, "Settings"),
];

#[component]
fn Sidebar(me: Me, #[prop(into)] waiting: Signal<i64>, is_narrow: RwSignal<bool>) -> impl IntoView {
    let Me { teammate, workspace_name } = me;
    let live = use_live();
    let toggle = move |_| {
        is_narrow.update(|narrow| *narrow = !*narrow);
        browser::set_cookie(SIDEBAR_COOKIE, if is_narrow.get_untracked() { "icons" } else { "full" });
    };
    // Words leave the screen, not the page: readers of screens still hear them.
    let words = move || if is_narrow.get() { "sr-only" } else { "min-w-0 flex-1 truncate" };
    let initial: String = workspace_name.chars().next().map(|first| first.to_uppercase().collect()).unwrap_or_default();
    let places = PLACES.map(|(href, glyph, label)| {
        let count = (href == "/conversations").then_some(waiting);
        view! {
            <li>
                <A
                    href=href
                    attr:title=label
                    attr:class="group relative flex h-8 items-center gap-2.5 rounded-control px-2.5 font-medium text-muted transition-colors hover:bg-border/60 hover:text-text aria-[current=page]:bg-border/70 aria-[current=page]:text-text"
                >
                    <Icon glyph class="group-aria-[current=page]:text-accent-text" />
                    <span class=words>{label}</span>
                    {count.map(|count| view! { <WaitingCount count is_narrow /> })}
                </A>
            </li>
        }
    });
    view! {
        <header class=move || {
            format!("flex shrink-0 flex-col gap-4 p-2 max-md:hidden {}", if is_narrow.get() { "w-[3.25rem]" } else { "w-60" })
        }>
            <div class=move || if is_narrow.get() { "flex flex-col items-center gap-2 pt-1" } else { "flex items-center gap-2.5 pt-1 pl-1.5" }>
                <span class="grid size-6 shrink-0 place-items-center rounded-control bg-accent text-xs font-semibold text-on-accent" aria-hidden="true">
                    {initial}
                </span>
                <span class=move || format!("{} font-semibold", words())>{workspace_name}</span>
                <IconButton
                    glyph=Glyph::PanelLeft
                    size=Size::Small
                    label=move || if is_narrow.get() { "Widen the sidebar" } else { "Collapse the sidebar to icons" }
                    on_click=toggle
                />
            </div>
            <nav aria-label="Main" class="flex-1">
                <ul class="flex flex-col gap-0.5">{places.collect_view()}</ul>
            </nav>
            <div class=move || if is_narrow.get() { "flex flex-col items-center gap-2" } else { "flex items-center gap-2 pl-1" }>
                <Avatar name=teammate.name.clone() />
                <span class=words title=teammate.email>{teammate.name}</span>
                // A plain form: leaving by a full page load takes everything that was loaded with it.
                <form method="post" action=SignOut::url() on:submit=move |_| live.close()>
                    <IconButton glyph=Glyph::SignOut size=Size::Small label="Sign out" r#type="submit" />
                </form>
            </div>
        </header>
    }
}

/// The count at Conversations: with its words for readers of screens, a dot when the sidebar shows icons only.
#[component]
fn WaitingCount(count: Signal<i64>, #[prop(into)] is_narrow: Signal<bool>) -> impl IntoView {
    let badge = move || {
        match (count.get(), is_narrow.get()) {
        (..=0, _) => None,
        (count, true) => Some(view! {
            <span class="absolute top-1 right-1 size-2 rounded-full bg-intervention">
                <span class="sr-only">{format!(", {count} need agent intervention")}</span>
            </span>
        }
        .into_any()),
        (count, false) => Some(view! {
            <span class="figures inline-flex h-5 min-w-5 items-center justify-center gap-1 rounded-sm bg-intervention px-1.5 text-xs font-semibold text-on-intervention">
                <Icon glyph=Glyph::Hand size=12 />
                {shown_count(count)}
                <span class="sr-only">" need agent intervention"</span>
            </span>
        }
        .into_any()),
    }
    };
    view! { {badge} }
}

/// Counts end at 99 in the frame: more is "many".
fn shown_count(count: i64) -> String {
    if count > 99 { "99+".to_owned() } else { count.to_string() }
}

#[component]
fn BottomBar(#[prop(into)] waiting: Signal<i64>) -> impl IntoView {
    let places = PLACES.map(|(href, glyph, label)| {
        let dot = (href == "/conversations").then_some({
            move || {
                (waiting.get() > 0).then(|| {
                    view! {
                        <span class="figures absolute -top-1.5 left-3 inline-flex h-4 min-w-4 items-center justify-center rounded-full bg-intervention px-1 text-[0.625rem] font-semibold text-on-intervention">
                            {shown_count(waiting.get())}
                            <span class="sr-only">" need agent intervention"</span>
                        </span>
                    }
                })
            }
        });
        view! {
            <li class="flex-1">
                <A
                    href=href
                    attr:class="flex h-14 flex-col items-center justify-center gap-1 text-xs font-medium text-muted aria-[current=page]:text-accent-text"
                >
                    <span class="relative">
                        <Icon glyph size=20 />
                        {dot}
                    </span>
                    {label}
                </A>
            </li>
        }
    });
    view! {
        <nav aria-label="Main" class="shrink-0 border-t border-border bg-surface pb-[env(safe-area-inset-bottom)] md:hidden">
            <ul class="flex">{places.collect_view()}</ul>
        </nav>
    }
}
