//! `/agents/:agent_id/knowledge/new` and `…/:entry_id`: writing an entry, or reading one. A plain form that posts without
//! scripts; with them it saves in place.

use super::delete::DeleteEntry;
use super::entry_form::{EntryForm, FORM_ID};
use super::newer::NewerText;
use crate::api::knowledge::load_entry;
use crate::app::components::{
    Button, FormError, LeaveQuestion, Loaded, Look, PageBody, PageHeader, RelativeTime, SkeletonForm, TextArea,
    TextField,
};
use crate::app::frame::use_me;
use crate::app::pages::agents::use_agent_id;
use crate::domain::KnowledgeId;
use crate::domain::knowledge::BODY_CHARS_MAX;
use crate::wire::knowledge::EditEntry;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_params_map};

/// A new entry.
#[component]
pub fn NewEntryPage() -> impl IntoView {
    let agent_id = use_agent_id();
    let entry = Resource::new(move || agent_id.get(), |agent_id| load_entry(agent_id, None));
    view! { <LoadedEntry entry /> }
}

/// An entry that there is.
#[component]
pub fn EditEntryPage() -> impl IntoView {
    let agent_id = use_agent_id();
    let params = use_params_map();
    let id = Memo::new(move |_| KnowledgeId(params.with(|params| params.get("entry_id")).unwrap_or_default()));
    let entry = Resource::new(move || (agent_id.get(), id.get()), |(agent_id, id)| load_entry(agent_id, Some(id)));
    view! { <LoadedEntry entry /> }
}

#[component]
fn LoadedEntry(entry: Resource<Result<EditEntry, crate::api::Error>>) -> impl IntoView {
    let skeleton = ViewFn::from(|| view! { <div class="mx-auto w-full max-w-3xl p-6"><SkeletonForm count=3 /></div> });
    view! {
        <Loaded resource=entry skeleton let:loaded>
            <Page loaded />
        </Loaded>
    }
}

#[component]
fn Page(loaded: EditEntry) -> impl IntoView {
    let form = EntryForm::new(&loaded);
    form.errors.focus_first(FORM_ID);
    let EditEntry { agent, id, text, saved_by, saved_at_ms, .. } = loaded;
    let may_edit = use_me().teammate.role.can_configure();
    let is_new = id.is_none();
    let heading = if is_new || text.title.is_empty() { "New entry".to_owned() } else { text.title };
    let back = (form.list_path(), format!("Knowledge of {}", agent.name));
    let is_unsaved = Memo::new(move |_| may_edit && form.is_unsaved());
    let navigate = StoredValue::new(use_navigate());
    let to_list = move || navigate.with_value(|go| go(&form.list_path(), NavigateOptions::default()));
    let version = move || {
        let newer = form.newer.with(|newer| newer.as_ref().map(|newer| newer.version));
        newer.unwrap_or_else(|| form.version.get()).to_string()
    };
    let standing = move || match (is_unsaved.get() && !is_new, &saved_by, saved_at_ms) {
        (true, ..) => view! { <span class="font-medium text-text">"Not saved"</span> }.into_any(),
        (false, Some(by), Some(at_ms)) => {
            view! { "Last saved by " {by.clone()} " · " <RelativeTime at_ms /> }.into_any()
        }
        _ => ().into_any(),
    };
    let (title_error, body_error, failure) = (form.errors.of("title"), form.errors.of("body"), form.errors.of_form());
    view! {
        <PageHeader title=heading back />
        <PageBody>
            <NewerText form on_done=move |()| to_list() />
            {(!may_edit)
                .then(|| {
                    view! {
                        <p class="rounded-card bg-sunken px-4 py-3 text-muted">
                            "You can read this entry. Admins and the owner can change it."
                        </p>
                    }
                })}
            <form
                id=FORM_ID
                method="post"
                action=form.path()
                novalidate=true
                class="flex flex-col gap-6"
                on:submit=move |event| {
                    event.prevent_default();
                    form.save(to_list);
                }
            >
                <input type="hidden" name="version" value=version />
                <fieldset class="contents" disabled=!may_edit>
                    <TextField
                        name="title"
                        label="Title"
                        help="Customers see it as the source of an answer."
                        example="Returns and refunds"
                        value=form.title
                        error=title_error
                        on_input=move |text| {
                            form.title.set(text);
                            form.errors.change("title");
                        }
                    />
                    <TextArea
                        name="body"
                        label="Text"
                        help="In Markdown or plain words. Headings and short paragraphs help: answers quote single sentences, word for word."
                        rows=8
                        chars_max=BODY_CHARS_MAX
                        value=form.body
                        error=body_error
                        on_input=move |text| {
                            form.body.set(text);
                            form.errors.change("body");
                        }
                    />
                </fieldset>
                <FormError error=failure />
                {may_edit
                    .then(|| {
                        view! {
                            <div class="sticky bottom-0 z-10 -mx-6 border-t border-border bg-surface px-6 py-3 max-md:-mx-4 max-md:px-4">
                                <div class="flex flex-wrap items-center gap-x-4 gap-y-2">
                                    <p class="min-w-0 flex-1 truncate text-muted" role="status">
                                        {standing}
                                    </p>
                                    <div class="flex gap-2">
                                        <Show when=move || is_unsaved.get() && !is_new>
                                            <Button on_click=move |()| form.discard()>"Discard"</Button>
                                        </Show>
                                        <Button look=Look::Primary r#type="submit" pending=form.is_pending>
                                            "Save"
                                        </Button>
                                    </div>
                                </div>
                            </div>
                        }
                    })}
            </form>
            {(may_edit && !is_new).then(|| view! { <DeleteEntry form on_done=move |()| to_list() /> })}
            {may_edit.then(|| view! { <LeaveQuestion is_unsaved on_leave=move |()| form.discard() /> })}
        </PageBody>
    }
}
