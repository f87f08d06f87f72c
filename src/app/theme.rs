//! Light, dark, or as the system says. Kept in a cookie, so that the server renders the right one and nothing flashes.

use crate::browser;

const COOKIE: &str = "baton_theme";

/// How the pages look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// What the operating system asks for.
    #[default]
    System,
    Light,
    Dark,
}

impl Theme {
    /// Every theme, in the order they are offered.
    pub const ALL: [Theme; 3] = [Theme::System, Theme::Light, Theme::Dark];

    /// The reader's choice, from the request on the server and from the cookie in the browser.
    pub fn chosen() -> Theme {
        browser::cookie(COOKIE).and_then(|word| Theme::parse(&word)).unwrap_or_default()
    }

    /// Shows this theme at once and keeps it for every later page.
    pub fn choose(self) {
        browser::set_cookie(COOKIE, self.as_str());
        browser::set_root_attribute("data-theme", self.attribute());
    }

    /// The word kept in the cookie.
    pub fn as_str(self) -> &'static str {
        match self {
            Theme::System => "system",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }

    /// Reads the kept word; `None` for an unknown one.
    pub fn parse(word: &str) -> Option<Theme> {
        Theme::ALL.into_iter().find(|theme| theme.as_str() == word)
    }

    /// The words on the screen.
    pub fn label(self) -> &'static str {
        match self {
            Theme::System => "Same as system",
            Theme::Light => "Light",
            Theme::Dark => "Dark",
        }
    }

    /// The value of `data-theme` on `<html>`; none where the system decides.
    pub fn attribute(self) -> Option<&'static str> {
        match self {
            Theme::System => None,
            Theme::Light | Theme::Dark => Some(self.as_str()),
        }
    }
}
