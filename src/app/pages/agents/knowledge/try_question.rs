//! "Try a question": the passages that a customer's question would find, with what would be quoted of them. A form that asks by
//! the address, so that it works without scripts and can be shared.

use super::{entry_path, knowledge_path};
use crate::api;
use crate::api::knowledge::try_question;
use crate::app::components::{Badge, Button, Card, Glyph, Icon, Tone};
use crate::domain::AgentId;
use crate::wire::knowledge::Hit;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::components::A;
use leptos_router::hooks::{use_navigate, use_query_map};

/// The question's place in the address.
const PARAMETER: &str = "q";

/// The question of the address, and what it finds. Made beside what the page loads, not inside: there the server lays a part
/// out several times, and the browser, which does so once, would take another answer for this one.
#[derive(Clone, Copy)]
pub struct Asked {
    question: Memo<String>,
    hits: Resource<Result<Vec<Hit>, api::Error>>,
}

impl Asked {
    /// What is asked of an agent's knowledge.
    pub fn new(agent_id: Memo<AgentId>) -> Self {
        let query = use_query_map();
        let parameter = move || query.with(|query| query.get(PARAMETER)).unwrap_or_default();
        let question = Memo::new(move |_| parameter().trim().to_owned());
        let hits = Resource::new(
            move || (agent_id.get(), question.get()),
            |(agent_id, question)| async move {
                if question.is_empty() { Ok(Vec::new()) } else { try_question(agent_id, question).await }
            },
        );
        Self { question, hits }
    }

    /// Asks again: there may be other entries now.
    pub fn again(self) {
        self.hits.refetch();
    }
}

/// The trial.
#[component]
pub fn TryQuestion(asked: Asked, agent_id: AgentId, agent_name: String) -> impl IntoView {
    let Asked { question: asked, hits } = asked;
    let typed = RwSignal::new(asked.get_untracked());
    let path = StoredValue::new(knowledge_path(&agent_id));
    let agent_id = StoredValue::new(agent_id);
    let navigate = use_navigate();
    let ask = move || {
        let question = typed.get_untracked();
        if question.trim() == asked.get_untracked() {
            return hits.refetch();
        }
        let query = leptos_router::params::ParamsMap::from_iter([(PARAMETER, question)]).to_query_string();
        let options = NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() };
        navigate(&format!("{}{query}", path.get_value()), options);
    };
    let name = StoredValue::new(agent_name);
    view! {
        <Card title="Try a question" text="See what a customer who asks this would read.">
            <form
                method="get"
                action=path.get_value()
                role="search"
                class="flex gap-2 max-md:flex-col"
                on:submit=move |event| {
                    event.prevent_default();
                    ask();
                }
            >
                <label for="try-question" class="sr-only">
                    "A customer's question"
                </label>
                <input
                    id="try-question"
                    name=PARAMETER
                    type="search"
                    autocomplete="off"
                    maxlength="4000"
                    class="control h-9 min-w-0 flex-1 max-md:h-11 max-md:flex-none"
                    value=typed.get_untracked()
                    prop:value=move || typed.get()
                    on:input=move |event| typed.set(event_target_value(&event))
                />
                <Button r#type="submit" icon=Glyph::Search>
                    "Try"
                </Button>
            </form>
            <div aria-live="polite">
                <Transition>
                    {move || Suspend::new(async move {
                        let found = hits.await;
                        let question = asked.get();
                        (!question.is_empty())
                            .then(|| view! { <Found found agent_id=agent_id.get_value() name=name.get_value() /> })
                    })}
                </Transition>
            </div>
        </Card>
    }
}

#[component]
fn Found(found: Result<Vec<Hit>, api::Error>, agent_id: AgentId, name: String) -> impl IntoView {
    let hits = match found {
        Ok(hits) => hits,
        Err(error) => {
            return view! { <p class="mt-3 text-danger-text">{error.to_string()}</p> }.into_any();
        }
    };
    let answers = hits.first().is_some_and(|hit| hit.answers);
    let verdict = if answers {
        format!("{name} answers with the first passage below.")
    } else if hits.is_empty() {
        format!("Nothing fits. {name} says that it can't help and offers a person.")
    } else {
        format!("Nothing fits well enough. {name} says that it can't help and offers a person.")
    };
    let glyph = if answers { Glyph::CheckCircle } else { Glyph::Info };
    let colour = if answers { "text-success-text" } else { "text-muted" };
    view! {
        <div class="mt-4 flex flex-col gap-3">
            <p class="flex items-center gap-2 font-medium">
                <Icon glyph class=colour />
                {verdict}
            </p>
            <ol class="flex flex-col divide-y divide-border">
                {hits
                    .into_iter()
                    .enumerate()
                    .map(|(place, hit)| view! { <HitLine hit is_quoted=answers && place == 0 href=agent_id.clone() /> })
                    .collect_view()}
            </ol>
        </div>
    }
    .into_any()
}

#[component]
fn HitLine(
    hit: Hit,
    /// A customer would read it.
    is_quoted: bool,
    /// The agent whose it is.
    href: AgentId,
) -> impl IntoView {
    let Hit { entry_id, title, heading, text, quote, score, .. } = hit;
    let shown = if is_quoted { quote } else { text };
    view! {
        <li class="flex flex-col gap-1.5 py-3 first:pt-1 last:pb-0">
            <div class="flex flex-wrap items-center gap-x-3 gap-y-1">
                <A href=entry_path(&href, &entry_id) attr:class="min-w-0 truncate font-medium text-accent-text hover:underline">
                    {title}
                </A>
                {(!heading.is_empty()).then(|| view! { <span class="min-w-0 truncate text-sm text-muted">{heading}</span> })}
                <span class="ml-auto flex items-center gap-2">
                    {is_quoted
                        .then(|| {
                            view! {
                                <Badge tone=Tone::Ai icon=Glyph::Quote>
                                    "Quoted"
                                </Badge>
                            }
                        })}
                    <span class="figures text-sm text-muted">{score} " % fit"</span>
                </span>
            </div>
            <p
                dir="auto"
                class=if is_quoted {
                    "border-l-2 border-ai pl-3 whitespace-pre-line wrap-anywhere"
                } else {
                    "line-clamp-3 text-sm whitespace-pre-line text-muted wrap-anywhere"
                }
            >
                {shown}
            </p>
        </li>
    }
}
