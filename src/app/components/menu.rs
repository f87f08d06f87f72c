//! A button with a menu: a native popover, so the browser closes it on Escape and outside clicks and returns the focus.

use super::button::{Look, Size, button_class};
use super::{Glyph, Icon};
use crate::browser;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

/// A pause after which typing starts to search anew.
const TYPE_AHEAD_MS: i64 = 600;

/// One item of a menu.
#[derive(Clone)]
pub struct MenuItem {
    label: String,
    icon: Option<Glyph>,
    is_danger: bool,
    is_disabled: bool,
    is_chosen: Option<bool>,
    on_select: Callback<()>,
}

impl MenuItem {
    /// An item with its words and what it does.
    pub fn new(label: impl Into<String>, on_select: impl Fn() + Send + Sync + 'static) -> Self {
        Self {
            label: label.into(),
            icon: None,
            is_danger: false,
            is_disabled: false,
            is_chosen: None,
            on_select: Callback::new(move |()| on_select()),
        }
    }

    /// With an icon before the words.
    pub fn icon(self, glyph: Glyph) -> Self {
        Self { icon: Some(glyph), ..self }
    }

    /// Deletes or ends something.
    pub fn danger(self) -> Self {
        Self { is_danger: true, ..self }
    }

    /// Can't be used now.
    pub fn disabled(self, is_disabled: bool) -> Self {
        Self { is_disabled, ..self }
    }

    /// One of several of which one is chosen; a tick stands at the chosen one.
    pub fn chosen(self, is_chosen: bool) -> Self {
        Self { is_chosen: Some(is_chosen), ..self }
    }
}

/// A button that opens a menu. Arrow keys, Home and End move; letters jump; Enter and Space choose.
#[component]
pub fn Menu(
    /// Its id; must be unique on the page.
    #[prop(into)]
    id: String,
    /// What the button says; with `glyph`, what it is called.
    #[prop(into)]
    label: TextProp,
    /// Shows only this icon instead of the label.
    #[prop(optional, into)]
    glyph: Option<Glyph>,
    /// An icon before the label.
    #[prop(optional, into)]
    icon: Option<Glyph>,
    #[prop(optional)] look: Look,
    #[prop(optional)] size: Size,
    /// Aligned with the end of the button instead of its start.
    #[prop(optional)]
    at_end: bool,
    #[prop(into)] items: Signal<Vec<MenuItem>>,
) -> impl IntoView {
    let trigger_id = format!("{id}-trigger");
    let at = StoredValue::new(0_i64);
    let typed = StoredValue::new((String::new(), 0_i64));
    let ids = StoredValue::new((id.clone(), trigger_id.clone()));
    let move_to = move |index: i64| at.set_value(ids.with_value(|(menu, _)| browser::focus_item(menu, index)));
    let close = move || ids.with_value(|(menu, trigger)| browser::close_popover(menu, trigger));
    let on_key = move |event: KeyboardEvent| {
        let key = event.key();
        match key.as_str() {
            "ArrowDown" => move_to(at.get_value() + 1),
            "ArrowUp" => move_to(at.get_value() - 1),
            "Home" => move_to(0),
            "End" => move_to(-1),
            "Tab" => return close(),
            key if key.chars().count() == 1 && key != " " => {
                if let Some(found) = type_ahead(&typed, key, &items.get_untracked(), at.get_value()) {
                    move_to(found);
                }
            }
            _ => return,
        }
        event.prevent_default();
    };
    let name = label.clone();
    let face = match glyph {
        Some(glyph) => view! { <Icon glyph /> }.into_any(),
        None => view! {
            {icon.map(|glyph| view! { <Icon glyph /> })}
            {move || label.get()}
            <Icon glyph=Glyph::ChevronDown size=14 class="text-muted" />
        }
        .into_any(),
    };
    view! {
        <button
            type="button"
            id=trigger_id
            class=button_class(look, size, glyph.is_some())
            aria-label=move || glyph.is_some().then(|| name.get())
            aria-haspopup="menu"
            popovertarget=id.clone()
        >
            {face}
        </button>
        <div
            id=id
            popover="auto"
            role="menu"
            class="menu min-w-44 rounded-card border border-border bg-raised p-1 text-text shadow-raised"
            on:toggle=move |_| {
                if ids.with_value(|(menu, trigger)| browser::place_popover(menu, trigger, at_end)) {
                    move_to(0);
                }
            }
            on:keydown=on_key
        >
            {move || items.get().into_iter().map(|item| view! { <Item item close=Callback::new(move |()| close()) /> }).collect_view()}
        </div>
    }
}

/// The index, among the enabled items, of the next one that begins with what is being typed.
fn type_ahead(typed: &StoredValue<(String, i64)>, key: &str, items: &[MenuItem], at: i64) -> Option<i64> {
    let now_ms = browser::now_ms();
    let (mut text, last_ms) = typed.get_value();
    if now_ms - last_ms > TYPE_AHEAD_MS {
        text.clear();
    }
    text.push_str(&key.to_lowercase());
    typed.set_value((text.clone(), now_ms));
    let labels: Vec<String> =
        items.iter().filter(|item| !item.is_disabled).map(|item| item.label.to_lowercase()).collect();
    // A first letter moves on from where one is; further letters may stay.
    let start = usize::try_from(at).unwrap_or(0) + usize::from(text.chars().count() == 1);
    (0..labels.len())
        .map(|step| (start + step) % labels.len())
        .find(|&index| labels[index].starts_with(&text))
        .map(|index| index as i64)
}

#[component]
fn Item(item: MenuItem, close: Callback<()>) -> impl IntoView {
    let MenuItem { label, icon, is_danger, is_disabled, is_chosen, on_select } = item;
    let colour = if is_danger { "text-danger-text" } else { "text-text" };
    view! {
        <button
            type="button"
            role=if is_chosen.is_some() { "menuitemradio" } else { "menuitem" }
            aria-checked=is_chosen.map(|is_chosen| if is_chosen { "true" } else { "false" })
            tabindex="-1"
            aria-disabled=is_disabled.then_some("true")
            class=format!(
                "flex h-8 w-full items-center gap-2 rounded-control px-2 text-left whitespace-nowrap hover:bg-sunken focus:bg-sunken focus:outline-none focus-visible:outline-2 focus-visible:-outline-offset-2 focus-visible:outline-ring aria-disabled:text-faint max-md:h-11 {colour}",
            )
            on:click=move |_| {
                if !is_disabled {
                    close.run(());
                    on_select.run(());
                }
            }
        >
            {icon.map(|glyph| view! { <Icon glyph class="text-muted" /> })}
            <span class="flex-1">{label}</span>
            {(is_chosen == Some(true)).then(|| view! { <Icon glyph=Glyph::Check class="text-accent-text" /> })}
        </button>
    }
}
