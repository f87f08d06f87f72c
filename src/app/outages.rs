//! Models that do not answer, kept for the whole signed-in app: a bar above every page, which comes and goes by itself.

use super::components::{ClockTime, Glyph, Icon};
use super::live::Live;
use crate::api;
use crate::domain::OnFailure;
use crate::wire::model::Outage;
use leptos::prelude::*;
use leptos_router::components::A;
use std::time::Duration;

/// Changes come in bursts; outages are asked for once after each. They are rare, so this may take a moment.
const PAUSE_MS: u64 = 2_000;

/// While the bar is shown, how often it is asked whether it still should be: a model that answers again is told to admins only,
/// and one that was taken out of use is told to nobody.
const AGAIN_MS: u64 = 20_000;

/// More agents than this are counted, not named.
const NAMED_MAX: usize = 3;

/// The changes that an AI turn or a handoff brings: a model that fails shows in one of them.
const TELLING: [&str; 3] = ["message", "turn", "handoff"];

/// The outages, from [`use_outages`].
#[derive(Clone, Copy)]
pub struct Outages {
    shown: RwSignal<Vec<Outage>>,
    is_due: StoredValue<bool>,
}

/// Keeps the outages current for as long as the caller's part of the page lives. `found`: as the page was loaded.
pub fn provide_outages(found: Vec<Outage>, live: Live) -> Outages {
    let outages = Outages { shown: RwSignal::new(found), is_due: StoredValue::new(false) };
    provide_context(outages);
    live.on_return(move || outages.ask());
    live.on_notification(move |notice| {
        if matches!(notice.event.as_str(), "ai_unavailable" | "ai_available") {
            outages.ask();
        }
    });
    live.on_change(move |change| {
        if TELLING.contains(&change.kind.as_str()) {
            outages.ask_later(PAUSE_MS);
        }
    });
    Effect::new(move |_| {
        if outages.shown.with(|shown| !shown.is_empty()) {
            outages.ask_later(AGAIN_MS);
        }
    });
    outages
}

/// The outages of the signed-in app.
pub fn use_outages() -> Outages {
    expect_context::<Outages>()
}

impl Outages {
    /// Asks the server now.
    pub fn ask(self) {
        leptos::task::spawn_local(async move {
            // A failure leaves what is shown; the next change asks again.
            if let Ok(found) = api::model::list_outages().await {
                self.shown.try_set(found);
            }
        });
    }

    fn ask_later(self, pause_ms: u64) {
        if self.is_due.get_value() {
            return;
        }
        self.is_due.set_value(true);
        let ask = move || {
            if self.is_due.try_set_value(false).is_none() {
                self.ask();
            }
        };
        set_timeout(ask, Duration::from_millis(pause_ms));
    }
}

/// Who serves the customers of an agent whose model does not answer.
pub fn served_by(on_failure: OnFailure) -> &'static str {
    match on_failure {
        OnFailure::BuiltIn => "Customers are served by the built-in engine.",
        OnFailure::Human => "Customers are handed off to your team.",
    }
}

/// The bar; nothing while every model answers.
#[component]
pub fn OutageBar(
    outages: Outages,
    /// The reader can mend it.
    may_configure: bool,
) -> impl IntoView {
    let lines = move || {
        let shown = outages.shown.get();
        let more = shown.len().saturating_sub(NAMED_MAX);
        let lines = shown.into_iter().take(NAMED_MAX).map(|outage| view! { <Line outage may_configure /> });
        view! {
            {lines.collect_view()}
            {(more > 0).then(|| view! { <li class="text-muted">{format!("And {more} more.")}</li> })}
        }
    };
    view! {
        <div role="status">
            <Show when=move || outages.shown.with(|shown| !shown.is_empty())>
                <ul class="appear flex max-h-40 flex-col gap-1 overflow-y-auto border-b border-border bg-warning-tint px-4 py-2 text-sm">
                    {lines}
                </ul>
            </Show>
        </div>
    }
}

#[component]
fn Line(outage: Outage, may_configure: bool) -> impl IntoView {
    let Outage { agent_id, agent_name, began_at_ms, on_failure, .. } = outage;
    view! {
        <li class="flex items-start gap-2">
            <Icon glyph=Glyph::Warning class="mt-0.5 shrink-0 text-warning-text" />
            <p class="min-w-0 flex-1 wrap-anywhere">
                <span class="font-medium">{format!("AI unavailable: {agent_name}'s model has not answered since ")}</span>
                <ClockTime at_ms=began_at_ms />
                ". "
                {served_by(on_failure)}
            </p>
            {may_configure
                .then(|| {
                    view! {
                        <A
                            href=format!("/agents/{agent_id}/settings")
                            attr:class="shrink-0 font-medium text-accent-text hover:underline"
                            attr:aria-label=format!("Settings of {agent_name}")
                        >
                            "Settings"
                        </A>
                    }
                })}
        </li>
    }
}
