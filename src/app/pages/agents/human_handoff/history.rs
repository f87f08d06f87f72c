//! `/agents/:agent_id/actions/human-handoff/history`: every save, what it changed, and going back to it.

use super::changes::Changes;
use super::diff::differences;
use crate::api::action::{list_handoff_history, restore_handoff};
use crate::app::components::{
    Avatar, Badge, Button, ConfirmDialog, DateTime, Drawing, EmptyState, Glyph, Loaded, PageBody, PageHeader, Size,
    Tone, use_toasts,
};
use crate::app::frame::use_me;
use crate::app::pages::agents::use_agent_id;
use crate::domain::{AgentId, HandoffSettings};
use crate::wire::action::{Revision, Saved};
use leptos::prelude::*;

/// Loads and lays out the history.
#[component]
pub fn HandoffHistoryPage() -> impl IntoView {
    let agent_id = use_agent_id();
    let history = Resource::new(move || agent_id.get(), list_handoff_history);
    view! {
        <Loaded resource=history let:loaded>
            <PageHeader
                title="History"
                back=(format!("/agents/{}/actions/human-handoff", loaded.0.id), "Human Handoff".to_owned())
            />
            <PageBody>
                <History agent_id=loaded.0.id revisions=loaded.1 on_restored=move |()| history.refetch() />
            </PageBody>
        </Loaded>
    }
}

#[component]
fn History(agent_id: AgentId, revisions: Vec<Revision>, #[prop(into)] on_restored: Callback<()>) -> impl IntoView {
    let Some(current) = revisions.first().map(|revision| revision.version) else {
        return view! {
            <EmptyState
                drawing=Drawing::History
                title="Nothing was saved yet"
                text="Every save of Human Handoff is kept here: who, when, and what changed."
            />
        }
        .into_any();
    };
    let may_restore = use_me().teammate.role.can_configure();
    let chosen = RwSignal::new(None::<i64>);
    let earlier: Vec<Option<HandoffSettings>> =
        revisions.iter().skip(1).map(|revision| Some(revision.settings.clone())).chain([None]).collect();
    let lines = revisions
        .into_iter()
        .zip(earlier)
        .map(|(revision, before)| {
            let may_restore = may_restore && revision.version != current;
            let is_current = revision.version == current;
            view! { <RevisionLine revision before is_current may_restore chosen /> }
        })
        .collect_view();
    view! {
        <p class="text-muted">"Every save is kept. Restoring one saves its settings again, as a new version."</p>
        <ol class="flex flex-col gap-3" aria-label="Saves">
            {lines}
        </ol>
        <RestoreQuestion agent_id current chosen on_restored />
    }
    .into_any()
}

#[component]
fn RevisionLine(
    revision: Revision,
    /// The settings it replaced; none for the oldest one that is kept.
    before: Option<HandoffSettings>,
    is_current: bool,
    may_restore: bool,
    chosen: RwSignal<Option<i64>>,
) -> impl IntoView {
    let Revision { version, by, at_ms, change, settings } = revision;
    let (label, before) = match before {
        Some(before) => ("What changed", before),
        None => ("Its settings", HandoffSettings::default()),
    };
    let changes = differences(&before, &settings);
    view! {
        <li class="flex flex-col gap-2 rounded-card border border-border px-4 py-3">
            <div class="flex flex-wrap items-center gap-x-3 gap-y-2">
                <Avatar name=by.clone() />
                <div class="flex min-w-48 flex-1 flex-col">
                    <h2 class="font-medium wrap-anywhere">{change}</h2>
                    <p class="text-sm text-muted">
                        {by} " · " <DateTime at_ms /> " · version " <span class="figures">{version}</span>
                    </p>
                </div>
                {is_current
                    .then(|| {
                        view! {
                            <Badge tone=Tone::Accent icon=Glyph::Check>
                                "In use"
                            </Badge>
                        }
                    })}
                {may_restore
                    .then(|| {
                        view! {
                            <Button
                                size=Size::Small
                                icon=Glyph::Restore
                                on_click=move |()| chosen.set(Some(version))
                            >
                                "Restore"
                                <span class="sr-only">{format!(" version {version}")}</span>
                            </Button>
                        }
                    })}
            </div>
            <details>
                <summary class="w-fit rounded-sm text-sm text-muted hover:text-text max-md:py-2">{label}</summary>
                <div class="pt-2">
                    <Changes differences=changes />
                </div>
            </details>
        </li>
    }
}

#[component]
fn RestoreQuestion(
    agent_id: AgentId,
    current: i64,
    chosen: RwSignal<Option<i64>>,
    on_restored: Callback<()>,
) -> impl IntoView {
    let toasts = use_toasts();
    let open = RwSignal::new(false);
    let is_pending = RwSignal::new(false);
    // Each sets the other only where they differ: setting a signal wakes its readers, even to the same value.
    Effect::new(move |_| {
        if chosen.with(Option::is_some) {
            open.set(true);
        }
    });
    Effect::new(move |_| {
        if !open.get() && chosen.with_untracked(Option::is_some) {
            chosen.set(None);
        }
    });
    let title = move || chosen.get().map(|version| format!("Restore version {version}?")).unwrap_or_default();
    let restore = move |()| {
        let Some(version) = chosen.get_untracked() else { return };
        let agent_id = agent_id.clone();
        is_pending.set(true);
        leptos::task::spawn_local(async move {
            let saved = restore_handoff(agent_id, version, current).await;
            is_pending.try_set(false);
            let is_gone = open.try_set(false).is_some();
            match saved {
                Ok(Saved::Version(_)) => toasts.done(format!("Restored version {version}")),
                Ok(Saved::Conflict(newer)) => {
                    toasts.failed(format!(
                        "{} saved a newer version meanwhile. Look at it, then restore again.",
                        newer.by
                    ));
                }
                Err(error) => return toasts.failed(error.to_string()),
            }
            if !is_gone {
                on_restored.run(());
            }
        });
    };
    view! {
        <ConfirmDialog id="restore-question" open title confirm="Restore" pending=is_pending on_confirm=restore>
            "Its settings take effect at once. What is in use now stays in the history."
        </ConfirmDialog>
    }
}
