//! `/agents`: every AI agent, and a new one.

use crate::api::agent::{create_agent, list_agents};
use crate::app::components::{
    Badge, Button, Dialog, Drawing, EmptyState, FormError, Glyph, Icon, Loaded, Look, PageBody, PageHeader, SentErrors,
    SkeletonRows, TextField, Tone, use_toasts,
};
use crate::app::frame::use_me;
use crate::wire::agent::AgentRow;
use leptos::prelude::*;
use leptos_router::components::A;
use leptos_router::hooks::use_navigate;

/// The list of AI agents.
#[component]
pub fn AgentList() -> impl IntoView {
    let agents = Resource::new(|| (), |()| list_agents());
    let can_configure = use_me().teammate.role.can_configure();
    let is_open = RwSignal::new(false);
    let actions = ViewFnOnce::from(move || {
        can_configure.then(|| {
            view! {
                <Button look=Look::Primary icon=Glyph::Plus on_click=move |_| is_open.set(true)>
                    "New AI agent"
                </Button>
            }
        })
    });
    view! {
        <PageHeader title="AI agents" actions />
        <PageBody>
            <Loaded resource=agents skeleton=ViewFn::from(|| view! { <SkeletonRows count=3 /> }) let:agents>
                {if agents.is_empty() {
                    view! {
                        <EmptyState
                            drawing=Drawing::Agent
                            title="No AI agent yet"
                            text="An AI agent answers your customers in the chat widget and brings in a person when it should."
                        />
                    }
                        .into_any()
                } else {
                    view! {
                        <ul class="overflow-hidden rounded-card border border-border">
                            {agents.into_iter().map(|row| view! { <AgentLine row /> }).collect_view()}
                        </ul>
                    }
                        .into_any()
                }}
            </Loaded>
        </PageBody>
        <NewAgent is_open />
    }
}

#[component]
fn AgentLine(row: AgentRow) -> impl IntoView {
    let AgentRow { agent, is_handoff_enabled, waiting } = row;
    view! {
        <li class="border-b border-border last:border-b-0">
            <A
                href=format!("/agents/{}", agent.id.as_str())
                attr:class="flex min-h-16 items-center gap-3 px-4 py-2 transition-colors hover:bg-sunken focus-visible:-outline-offset-2"
            >
                <span class="grid size-9 shrink-0 place-items-center rounded-card bg-ai-tint text-ai-text">
                    <Icon glyph=Glyph::Bot size=20 />
                </span>
                <span class="flex min-w-0 flex-1 flex-col">
                    <span class="truncate font-medium">{agent.name}</span>
                    <span class="truncate text-sm text-muted">
                        {if is_handoff_enabled { "Hands off to your team" } else { "Never hands off by itself" }}
                    </span>
                </span>
                {(waiting > 0)
                    .then(|| {
                        view! {
                            <Badge tone=Tone::Intervention icon=Glyph::Hand>
                                <span class="figures">{waiting}</span>
                                <span class="max-md:sr-only">"need agent intervention"</span>
                            </Badge>
                        }
                    })}
                <Icon glyph=Glyph::ChevronRight class="text-muted" />
            </A>
        </li>
    }
}

/// Asks for a name and creates the agent.
#[component]
fn NewAgent(is_open: RwSignal<bool>) -> impl IntoView {
    let name = RwSignal::new(String::new());
    let toasts = use_toasts();
    let navigate = use_navigate();
    let create = Action::new(|name: &String| create_agent(name.clone()));
    let errors = SentErrors::new(Signal::derive(move || create.value().get().and_then(Result::err)));
    errors.focus_first("new-agent-form");
    Effect::new(move |_| {
        if let Some(Ok(id)) = create.value().get() {
            is_open.set(false);
            toasts.done("Created. Its Human Handoff is disabled until you enable it.");
            navigate(&format!("/agents/{}", id.as_str()), Default::default());
        }
    });
    let actions = ViewFnOnce::from(move || {
        view! {
            <Button on_click=move |_| is_open.set(false)>"Cancel"</Button>
            <Button look=Look::Primary r#type="submit" form="new-agent-form" pending=create.pending()>
                "Create"
            </Button>
        }
    });
    view! {
        <Dialog id="new-agent" open=is_open title="New AI agent" actions>
            <form
                id="new-agent-form"
                class="flex flex-col gap-4"
                novalidate
                on:submit=move |event| {
                    event.prevent_default();
                    create.dispatch(name.get_untracked());
                }
            >
                <FormError error=errors.of_form() />
                <TextField
                    name="name"
                    id="new-agent-name"
                    label="Name"
                    help="Customers see it beside every answer. You can give it a person's name or your product's."
                    example="Ada"
                    value=name
                    error=errors.of("name")
                    on_input=move |text| {
                        name.set(text);
                        errors.change("name");
                    }
                />
            </form>
        </Dialog>
    }
}
