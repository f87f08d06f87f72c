//! The browser as the pages may use it: focus, storage, cookies, theme, sound, notifications, streams, local time.
//! Plain functions over web_sys; no product words and no views. `server.rs` answers the same calls in the server build
//! (which of the two is compiled is decided in lib.rs), so pages need no gates.

mod files;
mod leaving;
mod notify;
mod page;
mod remember;
mod said;
mod stream;
mod time;
pub mod utc;

pub use files::{clear_form, send_form, take_dropped_files};
pub use leaving::{LeaveGuard, guard_leaving};
pub use notify::{ask_notification_permission, notification_permission, play_chime, show_notification};
pub use page::{
    area_text, begin_drag, close_dialog, close_popover, copy_text, escape_pressed, focus, focus_first_invalid,
    focus_item, has_focus, head_text, is_at_end, is_at_start, is_in_lower_half, is_visible, navigate_fully,
    open_dialog, place_popover, random_id, scroll_into_view, scroll_pane_to, scroll_to_end, scroll_to_start,
    select_text, set_root_attribute, submit_form, unfold,
};
pub use remember::{cookie, load, save, set_cookie};
pub use said::{NotificationPermission, StreamEvent, StreamState};
pub use stream::{Subscription, subscribe};
pub use time::{local_date_time, local_day, local_hour_ms, local_time, now_ms};
