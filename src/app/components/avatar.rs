//! A person, as initials.

use leptos::prelude::*;

/// The initials of a name: of its first and its last word, at most two letters.
pub fn initials(name: &str) -> String {
    let mut words = name.split_whitespace();
    let first = words.next().and_then(|word| word.chars().next());
    let last = words.next_back().and_then(|word| word.chars().next());
    first.into_iter().chain(last).flat_map(char::to_uppercase).collect()
}

/// How large an avatar is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AvatarSize {
    /// 20 px, within a line of text.
    Tiny,
    /// 28 px.
    #[default]
    Normal,
    /// 40 px.
    Large,
}

/// A person's initials in a circle; decoration beside their name.
#[component]
pub fn Avatar(#[prop(into)] name: String, #[prop(optional)] size: AvatarSize) -> impl IntoView {
    let size = match size {
        AvatarSize::Tiny => "size-5 text-[0.5625rem]",
        AvatarSize::Normal => "size-7 text-xs",
        AvatarSize::Large => "size-10 text-base",
    };
    view! {
        <span
            class=format!(
                "inline-grid shrink-0 place-items-center rounded-full bg-accent-tint font-semibold text-accent-text select-none {size}",
            )
            aria-hidden="true"
        >
            {initials(&name)}
        </span>
    }
}

#[cfg(test)]
mod tests {
    use super::initials;

    #[test]
    fn initials_are_those_of_the_first_and_the_last_word() {
        assert_eq!(initials("Ada Maria Lovelace"), "AL");
        assert_eq!(initials("ada"), "A");
        assert_eq!(initials("  "), "");
        assert_eq!(initials("éva ßen"), "ÉSS");
    }
}
