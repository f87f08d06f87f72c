//! Text of several lines, with a counter.

use super::field::{Field, described_by};
use crate::browser;
use leptos::prelude::*;

/// Several lines of text with their label. The area grows with its text.
#[component]
pub fn TextArea(
    /// The name that a form post carries.
    #[prop(into)]
    name: String,
    #[prop(into)] label: String,
    /// The control's id; the name unless told. Must be unique on the page.
    #[prop(optional, into)]
    id: String,
    #[prop(optional, into)] help: String,
    #[prop(optional, into)] example: String,
    /// The text: it rules what stands in the area.
    #[prop(into)]
    value: Signal<String>,
    #[prop(optional, into)] error: Signal<Option<String>>,
    /// Lines shown when it is empty.
    #[prop(default = 4)]
    rows: u8,
    /// The most characters allowed; shown as a counter. More can be typed, and the counter says so: cutting off what
    /// somebody pastes loses it.
    #[prop(optional)]
    chars_max: Option<usize>,
    #[prop(optional)] optional: bool,
    #[prop(optional, into)] disabled: Signal<bool>,
    #[prop(optional, into)] on_input: Option<Callback<String>>,
) -> impl IntoView {
    let id = if id.is_empty() { name.clone() } else { id };
    let has_help = !help.is_empty() || !example.is_empty();
    let describing = id.clone();
    // A browser that sizes the area by its text ignores `rows`.
    let height = match rows {
        0..=1 => "min-h-9",
        2..=3 => "min-h-16",
        4..=5 => "min-h-28",
        6..=7 => "min-h-40",
        _ => "min-h-52",
    };
    let counter = ViewFnOnce::from(move || chars_max.map(|chars_max| view! { <Counter value chars_max /> }));
    let area = view! {
        <textarea
            id=id.clone()
            name=name
            rows=rows.to_string()
            class=format!("control field-sizing-content max-h-[60vh] resize-y py-2 leading-relaxed {height}")
            prop:value=move || value.get()
            required=!optional
            disabled=move || disabled.get()
            aria-invalid=move || error.with(Option::is_some).then_some("true")
            aria-describedby=move || described_by(&describing, error.with(Option::is_some), has_help)
            on:input=move |event| {
                if let Some(on_input) = on_input {
                    on_input.run(event_target_value(&event));
                }
            }
        >
            {browser::area_text(&value.get_untracked())}
        </textarea>
    };
    view! {
        <Field id label help example error optional aside=counter>
            {area}
        </Field>
    }
}

/// How many characters are used, of how many.
#[component]
fn Counter(#[prop(into)] value: Signal<String>, chars_max: usize) -> impl IntoView {
    let used = Memo::new(move |_| value.with(|value| value.chars().count()));
    view! {
        <span class=move || { if chars_max < used.get() { "figures text-sm text-danger-text" } else { "figures text-sm text-muted" } }>
            {move || {
                let used = used.get();
                if used > chars_max {
                    format!("{} too many", thousands(used - chars_max))
                } else {
                    format!("{} of {}", thousands(used), thousands(chars_max))
                }
            }}
        </span>
    }
}

/// A count with a comma between thousands, such as `8,000`.
pub fn thousands(count: usize) -> String {
    let digits = count.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::thousands;

    #[test]
    fn thousands_are_set_apart() {
        assert_eq!(thousands(0), "0");
        assert_eq!(thousands(999), "999");
        assert_eq!(thousands(8_000), "8,000");
        assert_eq!(thousands(1_234_567), "1,234,567");
    }
}
