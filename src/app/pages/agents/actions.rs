//! `/agents/:agent_id/actions`: what an agent can do besides answering.

use super::{AgentHeader, use_agent_id};
use crate::api::action::list_actions;
use crate::app::components::{Badge, Glyph, Icon, LinkButton, Loaded, PageBody, RelativeTime, Tone};
use crate::wire::action::ActionCard;
use leptos::prelude::*;

/// The actions of an agent.
#[component]
pub fn AgentActions() -> impl IntoView {
    let agent_id = use_agent_id();
    let actions = Resource::new(move || agent_id.get(), list_actions);
    view! {
        <Loaded resource=actions let:loaded>
            <AgentHeader agent=loaded.0 />
            <PageBody>
                <p class="text-muted">
                    "Actions are what this AI agent can do besides answering. It uses only those that are enabled."
                </p>
                <ul class="flex flex-col gap-4">
                    {loaded.1.into_iter().map(|action| view! { <ActionLine action /> }).collect_view()}
                </ul>
            </PageBody>
        </Loaded>
    }
}

#[component]
fn ActionLine(action: ActionCard) -> impl IntoView {
    let ActionCard { name, purpose, is_enabled, runs_30_days, last_run_at_ms, edit_path } = action;
    let runs = match runs_30_days {
        0 => "Has not run in 30 days".to_owned(),
        1 => "Ran once in 30 days".to_owned(),
        runs => format!("Ran {runs} times in 30 days"),
    };
    view! {
        <li class="flex flex-wrap items-start gap-4 rounded-card border border-border px-5 py-4">
            <span class="grid size-9 shrink-0 place-items-center rounded-card bg-sunken text-muted">
                <Icon glyph=Glyph::Hand size=20 />
            </span>
            <div class="flex min-w-52 flex-1 flex-col gap-1">
                <div class="flex flex-wrap items-center gap-2">
                    <h2 class="text-lg font-semibold">{name}</h2>
                    {if is_enabled {
                        view! {
                            <Badge tone=Tone::Success icon=Glyph::Check>
                                "Enabled"
                            </Badge>
                        }
                    } else {
                        view! { <Badge>"Disabled"</Badge> }
                    }}
                </div>
                <p class="text-muted">{purpose}</p>
                <p class="figures mt-1 text-sm text-muted">
                    {runs} {last_run_at_ms.map(|at_ms| view! { ". Last: " <RelativeTime at_ms /> })}
                </p>
            </div>
            <LinkButton href=edit_path icon=Glyph::Pencil>
                "Edit Action"
            </LinkButton>
        </li>
    }
}
