//! Native dialogs: the browser traps the focus, closes on Escape and returns the focus.

use super::text_field::TextField;
use super::{Button, Glyph, IconButton, Look, Size};
use crate::browser;
use leptos::prelude::*;

/// A modal dialog. It is in the page all the time and shown while `open` holds.
#[component]
pub fn Dialog(
    /// Its id; must be unique on the page.
    #[prop(into)]
    id: String,
    /// Shown while true. Escape, the backdrop and the close button set it to false.
    open: RwSignal<bool>,
    #[prop(into)] title: TextProp,
    /// Buttons at the foot; the main one last.
    #[prop(optional, into)]
    actions: Option<ViewFnOnce>,
    children: Children,
) -> impl IntoView {
    let title_id = format!("{id}-title");
    let (shown, labelled_by) = (id.clone(), title_id.clone());
    Effect::new(move |_| if open.get() { browser::open_dialog(&shown) } else { browser::close_dialog(&shown) });
    view! {
        <dialog
            id=id
            class="dialog w-[min(30rem,calc(100vw-2rem))] rounded-card border border-border bg-raised p-0 text-text shadow-raised open:rise"
            aria-labelledby=labelled_by
            on:close=move |_| open.set(false)
            on:click=move |event| {
                if event.target() == event.current_target() {
                    open.set(false);
                }
            }
        >
            <div class="relative flex max-h-[85dvh] flex-col">
                <h2 id=title_id class="py-4 pr-14 pl-5 text-lg font-semibold">
                    {move || title.get()}
                </h2>
                <div class="min-h-0 flex-1 overflow-y-auto px-5 pb-5">{children()}</div>
                {actions
                    .map(|actions| {
                        view! {
                            <div class="flex flex-wrap justify-end gap-2 border-t border-border px-5 py-3">
                                {actions.run()}
                            </div>
                        }
                    })}
                // Last in the page's order: the focus begins at what the dialog is about.
                <div class="absolute top-3 right-3">
                    <IconButton glyph=Glyph::Close label="Close" size=Size::Small on_click=move |_| open.set(false) />
                </div>
            </div>
        </dialog>
    }
}

/// A dialog that asks before something is done.
#[component]
pub fn ConfirmDialog(
    /// Its id; must be unique on the page.
    #[prop(into)]
    id: String,
    open: RwSignal<bool>,
    /// The question, such as "Delete Ada?".
    #[prop(into)]
    title: TextProp,
    /// The words of the button that does it, such as "Delete agent".
    #[prop(into)]
    confirm: String,
    /// The words of the button that does nothing.
    #[prop(default = "Cancel".to_owned(), into)]
    cancel: String,
    /// It deletes or ends something.
    #[prop(optional)]
    is_danger: bool,
    /// The reader must type this name before it can be done.
    #[prop(optional, into)]
    typed_name: String,
    #[prop(optional, into)] pending: Signal<bool>,
    /// Called when it is confirmed; closes nothing by itself.
    #[prop(into)]
    on_confirm: Callback<()>,
    /// What happens then, in a sentence or two.
    children: Children,
) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    Effect::new(move |_| {
        if !open.get() {
            typed.set(String::new());
        }
    });
    let wanted = typed_name.clone();
    let is_untyped = Signal::derive(move || !wanted.is_empty() && typed.with(|typed| typed.trim() != wanted));
    let field_id = format!("{id}-name");
    let actions = ViewFnOnce::from(move || {
        view! {
            <Button on_click=move |_| open.set(false)>{cancel}</Button>
            <Button
                look=if is_danger { Look::Danger } else { Look::Primary }
                pending
                disabled=is_untyped
                on_click=move |_| on_confirm.run(())
            >
                {confirm}
            </Button>
        }
    });
    view! {
        <Dialog id open title actions>
            <div class="flex flex-col gap-4">
                <div class="text-muted">{children()}</div>
                {(!typed_name.is_empty())
                    .then(|| {
                        view! {
                            <TextField
                                name=field_id
                                label=format!("Type “{typed_name}” to confirm")
                                value=typed
                                on_input=move |text| typed.set(text)
                            />
                        }
                    })}
            </div>
        </Dialog>
    }
}
