//! `/agents/:agent_id/knowledge`: what an agent knows, entry by entry.

use super::try_question::{Asked, TryQuestion};
use super::upload::UploadFiles;
use super::{entry_path, knowledge_path};
use crate::api::knowledge::list_knowledge;
use crate::app::components::text_area::thousands;
use crate::app::components::{Drawing, EmptyState, Glyph, Icon, LinkButton, Loaded, Look, PageBody, RelativeTime};
use crate::app::frame::use_me;
use crate::app::pages::agents::{AgentHeader, use_agent_id};
use crate::domain::AgentId;
use crate::wire::knowledge::{EntryRow, FileResult, KnowledgePage};
use leptos::prelude::*;
use leptos_router::components::A;
use leptos_router::hooks::use_query_map;

/// The list of entries.
#[component]
pub fn KnowledgeListPage() -> impl IntoView {
    let agent_id = use_agent_id();
    let page = Resource::new(move || agent_id.get(), list_knowledge);
    let asked = Asked::new(agent_id);
    // Kept here: the list below is made anew when entries come.
    let uploaded = RwSignal::new(Vec::<FileResult>::new());
    let on_uploaded = move |()| {
        page.refetch();
        asked.again();
    };
    view! {
        <Loaded resource=page let:loaded>
            <Page loaded asked uploaded on_uploaded />
        </Loaded>
    }
}

#[component]
fn Page(
    loaded: KnowledgePage,
    asked: Asked,
    uploaded: RwSignal<Vec<FileResult>>,
    #[prop(into)] on_uploaded: Callback<()>,
) -> impl IntoView {
    let KnowledgePage { agent, entries, uploaded: posted } = loaded;
    let may_edit = use_me().teammate.role.can_configure();
    let path = knowledge_path(&agent.id);
    let new_path = format!("{path}/new");
    let (id, name, is_empty) = (agent.id.clone(), agent.name.clone(), entries.is_empty());
    let head_path = new_path.clone();
    let actions = ViewFnOnce::from(move || {
        may_edit.then(|| {
            view! {
                <LinkButton href=head_path look=Look::Primary icon=Glyph::Plus>
                    "New entry"
                </LinkButton>
            }
        })
    });
    let of_upload = id.clone();
    view! {
        <AgentHeader agent actions />
        <PageBody>
            <Notice />
            <p class="text-muted">
                {format!("What {name} may tell customers. It answers with sentences from here and names their source; where nothing fits, it says so and offers a person.")}
            </p>
            {(!is_empty).then(|| view! { <TryQuestion asked agent_id=id.clone() agent_name=name.clone() /> })}
            {if is_empty {
                view! { <NothingYet may_edit name new_path /> }.into_any()
            } else {
                view! { <Entries agent_id=id entries /> }.into_any()
            }}
            {may_edit.then(|| view! { <UploadFiles agent_id=of_upload posted uploaded on_uploaded /> })}
        </PageBody>
    }
}

/// What a plain form has just done.
#[component]
fn Notice() -> impl IntoView {
    let query = use_query_map();
    let said = move || {
        query.with(|query| match (query.get("saved"), query.get("deleted")) {
            (Some(_), _) => Some("Saved. It is quoted from now on."),
            (_, Some(_)) => Some("Deleted. It is not quoted any more."),
            _ => None,
        })
    };
    view! {
        <div role="status" class="empty:hidden">
            {move || {
                said()
                    .map(|said| {
                        view! {
                            <p class="flex items-center gap-2 rounded-card bg-success-tint px-4 py-2.5 text-success-text">
                                <Icon glyph=Glyph::CheckCircle />
                                {said}
                            </p>
                        }
                    })
            }}
        </div>
    }
}

#[component]
fn NothingYet(may_edit: bool, name: String, new_path: String) -> impl IntoView {
    let text = if may_edit {
        format!("Write down what customers ask most: returns, prices, opening hours. {name} quotes it word for word.")
    } else {
        format!("Once an admin writes down what customers ask most, {name} quotes it word for word.")
    };
    view! {
        <div class="rounded-card border border-border">
            <EmptyState drawing=Drawing::History title="Nothing here yet" text>
                {may_edit
                    .then(|| {
                        view! {
                            <LinkButton href=new_path icon=Glyph::Pencil>
                                "Write the first entry"
                            </LinkButton>
                        }
                    })}
            </EmptyState>
        </div>
    }
}

#[component]
fn Entries(agent_id: AgentId, entries: Vec<EntryRow>) -> impl IntoView {
    let count = match entries.len() {
        1 => "1 entry".to_owned(),
        count => format!("{count} entries"),
    };
    let row = |row: EntryRow| {
        let EntryRow { id, title, chars, updated_at_ms, updated_by } = row;
        let size = format!("{} characters", thousands(usize::try_from(chars).unwrap_or_default()));
        view! {
            <li class="border-b border-border last:border-b-0">
                <A
                    href=entry_path(&agent_id, &id)
                    attr:class="flex min-h-16 items-center gap-3 px-4 py-2 transition-colors hover:bg-sunken focus-visible:-outline-offset-2"
                >
                    <span class="grid size-9 shrink-0 place-items-center rounded-card bg-sunken text-muted">
                        <Icon glyph=Glyph::Note size=20 />
                    </span>
                    <span class="flex min-w-0 flex-1 flex-col">
                        <span class="truncate font-medium">{title}</span>
                        <span class="figures truncate text-sm text-muted">
                            {size} " · " {updated_by} " · " <RelativeTime at_ms=updated_at_ms />
                        </span>
                    </span>
                    <Icon glyph=Glyph::ChevronRight class="text-muted" />
                </A>
            </li>
        }
    };
    view! {
        <section aria-labelledby="entries-title" class="flex flex-col gap-2">
            <h2 id="entries-title" class="text-lg font-semibold">
                {count}
            </h2>
            <ul class="overflow-hidden rounded-card border border-border bg-surface">
                {entries.into_iter().map(row).collect_view()}
            </ul>
        </section>
    }
}
