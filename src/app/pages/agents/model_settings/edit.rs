//! `/agents/:agent_id/settings`: the model that decides and answers. A plain form that posts without scripts; with them it
//! saves in place.

use super::connection::{ConnectionFields, ProviderField};
use super::fields::{AnswerFields, CostFields, FailureField};
use super::form::{FORM_ID, ModelForm};
use super::newer::NewerSettings;
use super::saving::Saving;
use super::testing::Testing;
use crate::api::action::list_actions;
use crate::api::model::load_model;
use crate::app::components::{
    DateTime, Drawing, EmptyState, FormError, Glyph, Icon, LeaveQuestion, Loaded, PageBody, SaveBar, SkeletonForm,
};
use crate::app::frame::use_me;
use crate::app::outages::served_by;
use crate::app::pages::agents::{AgentHeader, use_agent_id};
use crate::wire::model::{EditModel, Outage};
use leptos::prelude::*;

/// The form for who may configure; for others, who may.
#[component]
pub fn AgentSettingsPage() -> impl IntoView {
    if use_me().teammate.role.can_configure() {
        view! { <LoadedForm /> }.into_any()
    } else {
        view! { <ForAdmins /> }.into_any()
    }
}

#[component]
fn LoadedForm() -> impl IntoView {
    let agent_id = use_agent_id();
    let model = Resource::new(move || agent_id.get(), load_model);
    let skeleton = ViewFn::from(|| view! { <div class="mx-auto w-full max-w-3xl p-6"><SkeletonForm count=5 /></div> });
    view! {
        <Loaded resource=model skeleton let:loaded>
            <Page loaded />
        </Loaded>
    }
}

#[component]
fn ForAdmins() -> impl IntoView {
    let agent_id = use_agent_id();
    let actions = Resource::new(move || agent_id.get(), list_actions);
    view! {
        <Loaded resource=actions let:loaded>
            <AgentHeader agent=loaded.0 />
            <PageBody>
                <EmptyState
                    drawing=Drawing::Agent
                    title="Only admins can open these settings"
                    text="Which model answers, its key and its budgets are set by admins and the owner. Ask one of them."
                />
            </PageBody>
        </Loaded>
    }
}

#[component]
fn Page(loaded: EditModel) -> impl IntoView {
    let form = ModelForm::new(&loaded);
    let testing = Testing::new(form, &loaded);
    let saving = Saving::new(form, testing, &loaded);
    let EditModel { agent, saved_by, saved_at_ms, outage, .. } = loaded;
    let changes = Memo::new(move |_| form.changes());
    let is_unsaved = Signal::derive(move || changes.with(|changes| !changes.is_empty()));
    let version = move || {
        let newer = saving.newer.with(|newer| newer.as_ref().map(|newer| newer.version));
        newer.unwrap_or_else(|| form.version.get()).to_string()
    };
    view! {
        <AgentHeader agent />
        <PageBody>
            <NewerSettings saving />
            {outage.map(|outage| view! { <OutageNote outage /> })}
            <form
                id=FORM_ID
                method="post"
                action=saving.path()
                novalidate=true
                class="group/form flex flex-col gap-9"
                on:submit=move |event| {
                    event.prevent_default();
                    saving.save();
                }
            >
                // Enter in a field presses a form's first button: it must be one that saves.
                <button type="submit" class="sr-only" tabindex="-1" aria-hidden="true"></button>
                <input type="hidden" name="version" value=version />
                <ProviderField form />
                <ConnectionFields form testing />
                <AnswerFields form />
                <CostFields form />
                <FailureField form />
                <FormError error=saving.failure />
                <SaveBar
                    changes
                    pending=saving.is_pending
                    version=form.version
                    saved_by
                    saved_at_ms
                    on_discard=move |()| saving.discard()
                />
            </form>
            <LeaveQuestion is_unsaved on_leave=move |()| saving.discard() />
        </PageBody>
    }
}

/// The model does not answer now: what is wrong, and who serves meanwhile.
#[component]
fn OutageNote(outage: Outage) -> impl IntoView {
    let Outage { error, began_at_ms, on_failure, .. } = outage;
    view! {
        <div class="flex items-start gap-3 rounded-card border border-border bg-danger-tint px-5 py-3.5">
            <Icon glyph=Glyph::Warning class="mt-0.5 shrink-0 text-danger-text" />
            <div class="flex min-w-0 flex-col gap-1">
                <p class="font-medium">
                    "The model has not answered since " <DateTime at_ms=began_at_ms /> "."
                </p>
                <p class="wrap-anywhere">{error}</p>
                <p class="text-muted">{served_by(on_failure)}</p>
            </div>
        </div>
    }
}
