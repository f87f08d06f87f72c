//! `/agents/:agent_id/actions/human-handoff`: editing the Human Handoff action. A plain form that posts without scripts;
//! with them it saves in place.

use super::conflict::NewerSettings;
use super::examples::ExampleRows;
use super::fields::{FirstFields, MoreOptions, PriorityField, WHEN_TO_USE_ID};
use super::form::Form;
use super::gather::GatherRows;
use super::left_behind::{LeftBehind, forget};
use super::live::Live;
use super::reading::ReadingPanel;
use super::saving::{FORM_ID, Saving};
use super::trial::TrialPanel;
use crate::api::action::load_handoff;
use crate::app::components::{
    Badge, FormError, Glyph, LeaveQuestion, LinkButton, Loaded, PageBody, PageHeader, SaveBar, SkeletonForm, Tone,
};
use crate::app::frame::use_me;
use crate::app::pages::agents::use_agent_id;
use crate::wire::action::EditHandoff;
use leptos::prelude::*;

/// Loads the action and lays out its form.
#[component]
pub fn EditHandoffPage() -> impl IntoView {
    let agent_id = use_agent_id();
    let action = Resource::new(move || agent_id.get(), load_handoff);
    let skeleton = ViewFn::from(|| view! { <div class="mx-auto w-full max-w-3xl p-6"><SkeletonForm count=5 /></div> });
    view! {
        <Loaded resource=action skeleton let:loaded>
            <Page loaded />
        </Loaded>
    }
}

#[component]
fn Page(loaded: EditHandoff) -> impl IntoView {
    let form = Form::new(&loaded);
    let saving = Saving::new(form, &loaded);
    let may_edit = use_me().teammate.role.can_configure();
    let live = Live::new(&saving, &loaded, may_edit);
    let EditHandoff { agent, saved_by, saved_at_ms, .. } = loaded;
    let changes = Memo::new(move |_| form.changes());
    let is_unsaved = Signal::derive(move || may_edit && changes.with(|changes| !changes.is_empty()));
    let actions_path = format!("/agents/{}/actions", agent.id);
    let history_path = format!("{}/history", saving.path());
    let is_enabled = Memo::new(move |_| form.stored.with(|stored| stored.as_ref().map(|stored| stored.enabled)));
    let badges =
        ViewFnOnce::from(move || view! { {move || is_enabled.get().map(|is_on| view! { <EnabledBadge is_on /> })} });
    let actions = ViewFnOnce::from(move || {
        view! {
            <LinkButton href=history_path icon=Glyph::History>
                "History"
            </LinkButton>
        }
    });
    let leave = move |()| {
        forget(saving);
        saving.discard();
    };
    let version = move || {
        let newer = saving.conflict.with(|newer| newer.as_ref().map(|newer| newer.version));
        newer.unwrap_or_else(|| form.version.get()).to_string()
    };
    view! {
        <PageHeader title="Human Handoff" back=(actions_path, format!("Actions of {}", agent.name)) badges actions roomy=true />
        <PageBody roomy=true>
            <NewerSettings saving />
            {may_edit.then(|| view! { <LeftBehind saving is_unsaved /> })}
            {(!may_edit)
                .then(|| {
                    view! {
                        <p class="rounded-card bg-sunken px-4 py-3 text-muted">
                            "You can read these settings. Admins and the owner can change them."
                        </p>
                    }
                })}
            <form
                id=FORM_ID
                method="post"
                action=saving.path()
                novalidate=true
                class="flex flex-col gap-7"
                on:submit=move |event| {
                    event.prevent_default();
                    saving.save();
                }
            >
                // Enter in a field presses a form's first button: it must be one that saves.
                <button type="submit" class="sr-only" tabindex="-1" aria-hidden="true" disabled=!may_edit></button>
                <input type="hidden" name="version" value=version />
                <div class="@container">
                    <div class="grid gap-x-10 gap-y-7 @4xl:grid-cols-[minmax(0,1fr)_21rem] @4xl:grid-rows-[auto_1fr]">
                        <fieldset class="flex min-w-0 flex-col gap-7" disabled=!may_edit>
                            <FirstFields form agent_name=agent.name.clone() />
                        </fieldset>
                        // On a wide page beside everything, and always in sight; else right under the field it is about.
                        <div class="min-w-0 @4xl:col-start-2 @4xl:row-span-2 @4xl:row-start-1">
                            <div class="flex flex-col gap-5 @4xl:sticky @4xl:top-5 @4xl:-m-1 @4xl:max-h-[calc(100dvh-13.5rem)] @4xl:overflow-y-auto @4xl:p-1">
                                <ReadingPanel reading=live.reading text=form.controls.when_to_use text_id=WHEN_TO_USE_ID />
                                {may_edit.then(|| view! { <TrialPanel form trial=live.trial /> })}
                            </div>
                        </div>
                        <fieldset class="flex min-w-0 flex-col gap-7" disabled=!may_edit>
                            <ExampleRows form checked=live.checked />
                            <PriorityField form />
                            <GatherRows form />
                            <MoreOptions form />
                        </fieldset>
                    </div>
                </div>
                <FormError error=saving.failure />
                {may_edit
                    .then(|| {
                        view! {
                            <SaveBar
                                changes
                                pending=saving.is_pending
                                version=form.version
                                saved_by
                                saved_at_ms
                                on_discard=move |()| saving.discard()
                            />
                        }
                    })}
            </form>
            {may_edit.then(|| view! { <LeaveQuestion is_unsaved on_leave=leave /> })}
        </PageBody>
    }
}

#[component]
fn EnabledBadge(is_on: bool) -> impl IntoView {
    if is_on {
        view! {
            <Badge tone=Tone::Success icon=Glyph::Check>
                "Enabled"
            </Badge>
        }
        .into_any()
    } else {
        view! { <Badge>"Disabled"</Badge> }.into_any()
    }
}
