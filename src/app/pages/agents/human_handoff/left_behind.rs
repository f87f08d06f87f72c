//! Changes that were left behind unsaved: a copy of them in the browser, and the offer to bring them back.

use super::saving::Saving;
use crate::app::components::{Button, Glyph, Icon, Look, Size};
use crate::browser;
use crate::domain::HandoffSettings;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// What was typed, with the version it was typed over.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
struct Copy {
    version: i64,
    settings: HandoffSettings,
}

/// Keeps a copy of what is typed in the browser, and offers one that was left behind: by the browser's back button, or by a
/// crash.
#[component]
pub fn LeftBehind(saving: Saving, #[prop(into)] is_unsaved: Signal<bool>) -> impl IntoView {
    let offered = RwSignal::new(None::<Copy>);
    Effect::new(move |is_later: Option<bool>| {
        let (key, form) = (key(&saving), saving.form);
        if is_later != Some(true) {
            let copy = browser::load(&key).and_then(|text| serde_json::from_str::<Copy>(&text).ok());
            offered.set(copy.filter(|copy| copy.settings != untrack(|| form.settings())));
        }
        let copy = is_unsaved.get().then(|| Copy { version: form.version.get(), settings: form.settings() });
        if offered.with(Option::is_none) {
            browser::save(&key, copy.and_then(|copy| serde_json::to_string(&copy).ok()).as_deref());
        }
        true
    });
    let bring_back = move |()| {
        if let Some(copy) = offered.get_untracked() {
            saving.form.fill(&copy.settings);
            // Saved over the version it was typed over: a newer one is not overwritten unseen.
            saving.form.version.set(copy.version);
        }
        offered.set(None);
    };
    view! {
        <Show when=move || offered.with(Option::is_some)>
            <div role="status" class="appear flex flex-wrap items-center gap-x-4 gap-y-2 rounded-card border border-border bg-sunken px-4 py-3">
                <p class="flex min-w-0 flex-1 items-center gap-2">
                    <Icon glyph=Glyph::History class="text-muted" />
                    "You left this page with changes that were not saved."
                </p>
                <Button size=Size::Small look=Look::Ghost on_click=move |()| offered.set(None)>
                    "Forget them"
                </Button>
                <Button size=Size::Small icon=Glyph::Restore on_click=bring_back>
                    "Bring them back"
                </Button>
            </div>
        </Show>
    }
}

/// Forgets the copy: what was typed is left behind knowingly.
pub fn forget(saving: Saving) {
    browser::save(&key(&saving), None);
}

fn key(saving: &Saving) -> String {
    format!("baton:draft:{}", saving.path())
}
