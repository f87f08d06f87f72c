//! Short messages at the bottom left that go by themselves, with an undo where it makes sense.

use super::{Glyph, Icon, IconButton, Size};
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use std::sync::Arc;
use std::time::Duration;

/// How long a toast stays while nobody points at it.
const STAYS_MS: u64 = 5_000;

/// How many are shown at once; the oldest make room.
const SHOWN_MAX: usize = 4;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Done,
    News,
    Failed,
}

/// A button of a toast: its words and what it does. Owned by the toast alone: the part of the page that sent it may be gone
/// when it is pressed.
type Act = (&'static str, Arc<dyn Fn() + Send + Sync>);

#[derive(Clone)]
struct Toast {
    id: u64,
    kind: Kind,
    text: String,
    act: Option<Act>,
}

/// Where toasts are sent; from [`use_toasts`].
#[derive(Clone, Copy)]
pub struct Toasts {
    shown: RwSignal<Vec<Toast>>,
    next_id: StoredValue<u64>,
}

impl Toasts {
    /// Says that something is done.
    pub fn done(&self, text: impl Into<String>) {
        self.show(Kind::Done, text.into(), None);
    }

    /// Says that something is done, and offers to take it back.
    pub fn done_with_undo(&self, text: impl Into<String>, undo: impl Fn() + Send + Sync + 'static) {
        self.show(Kind::Done, text.into(), Some(("Undo", Arc::new(undo))));
    }

    /// Says that something happened elsewhere, and offers to go there.
    pub fn news(&self, text: impl Into<String>, open: impl Fn() + Send + Sync + 'static) {
        self.show(Kind::News, text.into(), Some(("Open", Arc::new(open))));
    }

    /// Says that something failed and what to do.
    pub fn failed(&self, text: impl Into<String>) {
        self.show(Kind::Failed, text.into(), None);
    }

    fn show(&self, kind: Kind, text: String, act: Option<Act>) {
        let id = self.next_id.get_value();
        self.next_id.set_value(id + 1);
        self.shown.update(|shown| {
            shown.push(Toast { id, kind, text, act });
            let surplus = shown.len().saturating_sub(SHOWN_MAX);
            shown.drain(..surplus);
        });
    }

    fn remove(&self, id: u64) {
        self.shown.update(|shown| shown.retain(|toast| toast.id != id));
    }
}

/// Makes toasts available to every page. Called once, by the app, which also renders a [`ToastRegion`].
pub fn provide_toasts() {
    provide_context(Toasts { shown: RwSignal::new(Vec::new()), next_id: StoredValue::new(0) });
}

/// Where to send toasts.
pub fn use_toasts() -> Toasts {
    expect_context::<Toasts>()
}

/// The place of the toasts; a live region, so that they are read aloud.
#[component]
pub fn ToastRegion() -> impl IntoView {
    let toasts = use_toasts();
    view! {
        <div
            role="status"
            aria-live="polite"
            class="pointer-events-none fixed bottom-4 left-4 z-50 flex w-[min(22rem,calc(100vw-2rem))] flex-col gap-2 max-md:bottom-[calc(4.5rem+env(safe-area-inset-bottom))]"
        >
            <For each=move || toasts.shown.get() key=|toast| toast.id let:toast>
                <ToastCard toast />
            </For>
        </div>
    }
}

/// One toast. Its time stands still while it is pointed at or holds the focus.
#[component]
fn ToastCard(toast: Toast) -> impl IntoView {
    let toasts = use_toasts();
    let Toast { id, kind, text, act } = toast;
    let is_held = RwSignal::new(false);
    let timer = StoredValue::new(None::<TimeoutHandle>);
    let stop = move || {
        if let Some(Some(timer)) = timer.try_update_value(Option::take) {
            timer.clear();
        }
    };
    Effect::new(move |_| {
        stop();
        if !is_held.get() {
            timer.set_value(set_timeout_with_handle(move || toasts.remove(id), Duration::from_millis(STAYS_MS)).ok());
        }
    });
    on_cleanup(stop);
    let (glyph, colour) = match kind {
        Kind::Done => (Glyph::CheckCircle, "text-success"),
        Kind::News => (Glyph::Bell, "text-accent-text"),
        Kind::Failed => (Glyph::Error, "text-danger-text"),
    };
    view! {
        <div
            class="rise pointer-events-auto flex items-center gap-2.5 rounded-card border border-border bg-raised py-2 pr-2 pl-3.5 shadow-raised"
            on:mouseenter=move |_| is_held.set(true)
            on:mouseleave=move |_| is_held.set(false)
            on:focusin=move |_| is_held.set(true)
            on:focusout=move |_| is_held.set(false)
        >
            <Icon glyph class=colour />
            <p class="min-w-0 flex-1 py-0.5">{text}</p>
            {act
                .map(|(words, act)| {
                    view! {
                        <button
                            type="button"
                            class="rounded-control px-2 py-1 font-medium text-accent-text hover:bg-sunken"
                            on:click=move |_| {
                                act();
                                toasts.remove(id);
                            }
                        >
                            {words}
                        </button>
                    }
                })}
            <IconButton glyph=Glyph::Close label="Dismiss" size=Size::Small on_click=move |_| toasts.remove(id) />
        </div>
    }
}
