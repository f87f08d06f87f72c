//! The server build's answer to the calls of `mod.rs`: there is no browser here, so nothing happens. What rendering needs
//! (cookies, times) answers truthfully; everything else is only called from events and effects, which the server never runs.

use leptos::ev::{DragEvent, KeyboardEvent};
use leptos::prelude::use_context;

mod said;
pub mod utc;

pub use said::{NotificationPermission, StreamEvent, StreamState};

/// An open stream; dropping it closes it.
pub struct Subscription;

/// A guard that is on duty until it is dropped.
pub struct LeaveGuard;

/// The value of a cookie of the request that is being answered.
pub fn cookie(name: &str) -> Option<String> {
    let parts = use_context::<http::request::Parts>()?;
    let all = parts.headers.get_all(http::header::COOKIE);
    all.iter()
        .filter_map(|header| header.to_str().ok())
        .flat_map(|header| header.split("; "))
        .find_map(|pair| pair.strip_prefix(name)?.strip_prefix('=').map(str::to_owned))
}

/// The time of day in UTC, such as `14:05`.
pub fn local_time(at_ms: i64) -> String {
    utc::time(at_ms)
}

/// The day in UTC, such as `22 Nov 2026`.
pub fn local_day(at_ms: i64) -> String {
    utc::day(at_ms)
}

/// Day and time in UTC, such as `22 Nov 2026, 14:05`.
pub fn local_date_time(at_ms: i64) -> String {
    format!("{}, {}", utc::day(at_ms), utc::time(at_ms))
}

/// What stands in a text area, as it is written into the page: the renderer leaves it as it is, and a text could end the area
/// and begin markup of its own. The first line end is the one that browsers drop; an empty text is the renderer's to mark.
pub fn area_text(text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    format!("\n{}", head_text(text))
}

/// What stands in the page's title, as it is written into the page: the renderer leaves this as it is too.
pub fn head_text(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

/// No clock on this side: what follows the clock is rendered after hydration.
pub fn now_ms() -> i64 {
    0
}

/// Never granted: there is nobody to notify.
pub fn notification_permission() -> NotificationPermission {
    NotificationPermission::Unsupported
}

/// Nobody to ask.
pub async fn ask_notification_permission() -> NotificationPermission {
    NotificationPermission::Unsupported
}

/// Nothing is dropped here.
pub fn take_dropped_files(_event: &DragEvent, _input_id: &str) -> bool {
    false
}

/// Nothing is sent from here.
pub async fn send_form(_form_id: &str, _path: &str) -> Option<(u16, String)> {
    None
}

/// No form.
pub fn clear_form(_form_id: &str) {}

/// No clipboard.
pub async fn copy_text(_text: &str) -> bool {
    false
}

/// No stream.
pub fn subscribe(
    _url: &str,
    _names: &'static [&'static str],
    _on_event: impl Fn(StreamEvent) + 'static,
    _on_state: impl Fn(StreamState) + 'static,
) -> Option<Subscription> {
    None
}

/// Nobody leaves.
pub fn guard_leaving(
    _is_unsaved: impl Fn() -> bool + 'static,
    _on_blocked: impl Fn(String) + 'static,
) -> Option<LeaveGuard> {
    None
}

/// No key is pressed here.
pub fn escape_pressed(_event: &KeyboardEvent) -> bool {
    false
}

/// Nothing is scrolled, so everything is at its end.
pub fn is_at_end(_id: &str) -> bool {
    true
}

/// Nothing is scrolled, so everything is at its start.
pub fn is_at_start(_id: &str) -> bool {
    true
}

/// Nothing holds the focus.
pub fn has_focus(_id: &str) -> bool {
    false
}

/// The hour in UTC; nobody chooses a time on this side.
pub fn local_hour_ms(now_ms: i64, days: u32, hour: u32) -> i64 {
    const DAY_MS: i64 = 86_400_000;
    (now_ms.div_euclid(DAY_MS) + i64::from(days)) * DAY_MS + i64::from(hour) * 3_600_000
}

/// Nobody looks.
pub fn is_visible() -> bool {
    false
}

/// No menu is open.
pub fn place_popover(_id: &str, _trigger_id: &str, _at_end: bool) -> bool {
    false
}

/// No menu is open.
pub fn focus_item(_menu_id: &str, index: i64) -> i64 {
    index
}

/// Ids of what a reader writes are made in the browser.
pub fn random_id() -> String {
    String::new()
}

/// Nothing is remembered on this side.
pub fn load(_key: &str) -> Option<String> {
    None
}

/// Nothing is remembered on this side.
pub fn save(_key: &str, _value: Option<&str>) {}

/// Cookies are set in the browser.
pub fn set_cookie(_name: &str, _value: &str) {}

/// No focus.
pub fn focus(_id: &str) {}

/// See the browser build.
pub fn select_text(_id: &str, _start: usize, _end: usize) {}

/// No focus.
pub fn focus_first_invalid(_id: &str) {}

/// No dialog.
pub fn open_dialog(_id: &str) {}

/// No dialog.
pub fn close_dialog(_id: &str) {}

/// No popover.
pub fn close_popover(_id: &str, _trigger_id: &str) {}

/// No scrolling.
pub fn scroll_pane_to(_pane_id: &str, _id: &str, _share: f64) {}

/// No scrolling.
pub fn scroll_to_start(_id: &str) {}

/// Nothing is dragged.
pub fn begin_drag(_event: &DragEvent) {}

/// Nothing is dragged.
pub fn is_in_lower_half(_event: &DragEvent) -> bool {
    false
}

/// Nothing is folded.
pub fn unfold(_id: &str) {}

/// No scrolling.
pub fn scroll_to_end(_id: &str) {}

/// No scrolling.
pub fn scroll_into_view(_id: &str) {}

/// The shell writes the attributes of `<html>`.
pub fn set_root_attribute(_name: &str, _value: Option<&str>) {}

/// No form.
pub fn submit_form(_id: &str) {}

/// No navigation.
pub fn navigate_fully(_path: &str) {}

/// No notification.
pub fn show_notification(_title: &str, _body: &str, _tag: &str, _on_click: impl FnOnce() + 'static) {}

/// No sound.
pub fn play_chime() {}
