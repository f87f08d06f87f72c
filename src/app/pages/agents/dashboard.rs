//! `/agents/:agent_id`: how an agent is doing today, and how it gets onto a site.

use super::model_settings::settings_path;
use super::usage::UsageCard;
use super::{AgentHeader, use_agent_id};
use crate::api::agent::load_dashboard;
use crate::app::components::{
    Badge, Button, Card, DateTime, Glyph, Icon, LinkButton, Loaded, Look, PageBody, Size, Tone, use_toasts,
};
use crate::app::frame::use_me;
use crate::app::live::use_live;
use crate::app::outages::served_by;
use crate::browser;
use crate::wire::agent::Dashboard;
use leptos::prelude::*;
use leptos_router::components::A;
use std::time::Duration;

/// Changes come in bursts; the figures are asked for once after each.
const REFRESH_PAUSE_MS: u64 = 1_000;

/// An agent's dashboard.
#[component]
pub fn AgentDashboard() -> impl IntoView {
    let agent_id = use_agent_id();
    let dashboard = Resource::new(move || agent_id.get(), load_dashboard);
    let is_due = StoredValue::new(false);
    use_live().on_change(move |_| {
        if !is_due.get_value() {
            is_due.set_value(true);
            set_timeout(
                move || {
                    if is_due.try_set_value(false).is_none() {
                        dashboard.refetch();
                    }
                },
                Duration::from_millis(REFRESH_PAUSE_MS),
            );
        }
    });
    view! {
        <Loaded resource=dashboard let:dashboard>
            <Content dashboard />
        </Loaded>
    }
}

#[component]
fn Content(dashboard: Dashboard) -> impl IntoView {
    let engine = dashboard.clone();
    let Dashboard { agent, is_handoff_enabled, snippet, test_path, usage, .. } = dashboard.clone();
    let try_path = test_path.clone();
    let edit_path = format!("/agents/{}/actions/human-handoff", agent.id.as_str());
    let actions = ViewFnOnce::from(move || {
        view! {
            <LinkButton href=test_path icon=Glyph::ExternalLink new_tab=true>
                "Try the widget"
            </LinkButton>
        }
    });
    view! {
        <AgentHeader agent actions />
        <PageBody>
            {(!is_handoff_enabled).then(|| view! { <HandoffIsOff edit_path=edit_path.clone() /> })}
            <Figures dashboard />
            <EngineCard dashboard=engine />
            {usage.map(|usage| view! { <UsageCard usage test_path=try_path /> })}
            <Snippet snippet />
        </PageBody>
    }
}

/// Which engine or model answers, and whether it does now.
#[component]
fn EngineCard(dashboard: Dashboard) -> impl IntoView {
    let Dashboard { agent, model, is_model_answering, outage, usage, is_by_words, .. } = dashboard;
    let is_connected = usage.is_some();
    let path = settings_path(&agent.id);
    let actions = use_me().teammate.role.can_configure().then(|| {
        let words = if is_connected { "Settings" } else { "Connect a model" };
        ViewFnOnce::from(move || {
            view! {
                <LinkButton href=path size=Size::Small>
                    {words}
                </LinkButton>
            }
        })
    });
    let standing = if is_connected {
        "Customers get answers as usual."
    } else {
        "Customers get answers as usual, without a key and without network."
    };
    let inside = view! {
        <div class="flex flex-wrap items-center gap-x-3 gap-y-2">
            {if is_model_answering {
                view! {
                    <Badge tone=Tone::Success icon=Glyph::Check>
                        "Answers"
                    </Badge>
                }
            } else {
                view! {
                    <Badge tone=Tone::Danger icon=Glyph::Warning>
                        "Does not answer"
                    </Badge>
                }
            }}
            <span class="min-w-0 font-mono text-sm wrap-anywhere">{model}</span>
            {outage.is_none().then(|| view! { <span class="text-muted">{standing}</span> })}
        </div>
        {outage
            .map(|outage| {
                view! {
                    <div class="mt-3 flex flex-col gap-1">
                        <p class="wrap-anywhere">{outage.error}</p>
                        <p class="text-muted">
                            "Since " <DateTime at_ms=outage.began_at_ms /> ". " {served_by(outage.on_failure)}
                            " Baton asks it again from time to time."
                        </p>
                    </div>
                }
            })}
        {is_by_words.then(|| view! { <ByWords /> })}
    };
    let title = if is_connected { "Model" } else { "Engine" };
    match actions {
        Some(actions) => view! { <Card title actions>{inside}</Card> }.into_any(),
        None => view! { <Card title>{inside}</Card> }.into_any(),
    }
}

/// The engine works, but less well than it could.
#[component]
fn ByWords() -> impl IntoView {
    view! {
        <p class="mt-3 flex gap-2 text-sm text-muted">
            <Icon glyph=Glyph::Warning class="mt-0.5 text-warning-text" />
            <span>
                "It compares words alone, because the sentence encoder's weights are not on this server. Conditions and knowledge that are put in other words are missed more often. Run "
                <code class="font-mono">"script/bootstrap"</code> ", or set " <code class="font-mono">"BATON_MODEL_DIR"</code>
                " to the folder that has them, and restart."
            </span>
        </p>
    }
}

/// The numbers of today.
#[component]
fn Figures(dashboard: Dashboard) -> impl IntoView {
    let Dashboard { conversations_today, handed_off_today, waiting, .. } = dashboard;
    let rate = match conversations_today {
        0 => "–".to_owned(),
        all => format!("{} %", (handed_off_today * 100 + all / 2) / all),
    };
    let waiting_words = match waiting {
        0 => "Nobody waits",
        1 => "waits for a person",
        _ => "wait for a person",
    };
    view! {
        <section aria-label="Today">
            <dl class="grid grid-cols-1 divide-border overflow-hidden rounded-card border border-border max-md:divide-y md:grid-cols-3 md:divide-x">
                <Figure label="Conversations today" figure=conversations_today.to_string() note="since midnight UTC" />
                <div class="relative flex flex-col gap-1 px-5 py-4">
                    <dt class="flex items-center gap-1.5 text-sm text-muted">
                        {(waiting > 0).then(|| view! { <Icon glyph=Glyph::Hand class="text-intervention-text" /> })}
                        "Needs agent intervention"
                    </dt>
                    <dd class="figures text-2xl font-semibold">{waiting}</dd>
                    <dd class="text-sm text-muted">
                        {waiting_words}
                        {(waiting > 0)
                            .then(|| {
                                view! {
                                    ". "
                                    <A
                                        href="/conversations?view=needs_intervention"
                                        attr:class="font-medium text-accent-text hover:underline"
                                    >
                                        "Open"
                                    </A>
                                }
                            })}
                    </dd>
                </div>
                <Figure label="Handoff rate today" figure=rate note=format!("{handed_off_today} handed off") />
            </dl>
        </section>
    }
}

#[component]
fn Figure(label: &'static str, figure: String, #[prop(into)] note: String) -> impl IntoView {
    view! {
        <div class="flex flex-col gap-1 px-5 py-4">
            <dt class="text-sm text-muted">{label}</dt>
            <dd class="figures text-2xl font-semibold">{figure}</dd>
            <dd class="text-sm text-muted">{note}</dd>
        </div>
    }
}

#[component]
fn HandoffIsOff(edit_path: String) -> impl IntoView {
    view! {
        <div class="flex flex-wrap items-center gap-x-4 gap-y-3 rounded-card border border-border bg-warning-tint px-5 py-3.5">
            <Icon glyph=Glyph::Warning class="text-warning-text" />
            <p class="min-w-48 flex-1">
                <span class="font-medium">"Human Handoff is disabled. "</span>
                "This agent never brings in a person by itself."
            </p>
            <LinkButton href=edit_path size=Size::Small>
                "Set it up"
            </LinkButton>
        </div>
    }
}

/// The line of HTML that puts the widget on a site.
#[component]
fn Snippet(snippet: String) -> impl IntoView {
    let toasts = use_toasts();
    let text = StoredValue::new(snippet.clone());
    let copy = move |_| {
        leptos::task::spawn_local(async move {
            if browser::copy_text(&text.get_value()).await {
                toasts.done("Copied. Paste it before the closing body tag of your site.");
            } else {
                toasts.failed("Your browser did not allow copying. Select the text and copy it by hand.");
            }
        });
    };
    let actions = ViewFnOnce::from(move || {
        view! {
            <Button look=Look::Secondary size=Size::Small icon=Glyph::Copy on_click=copy>
                "Copy"
            </Button>
        }
    });
    view! {
        <Card title="Put it on your site" text="One line of HTML, before the closing body tag of every page." actions>
            <pre
                class="overflow-x-auto rounded-control bg-sunken px-3.5 py-3 font-mono text-sm whitespace-pre-wrap break-all"
                tabindex="0"
                aria-label="Embed snippet"
            >
                <code>{snippet}</code>
            </pre>
        </Card>
    }
}
