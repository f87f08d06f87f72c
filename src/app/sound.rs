//! Whether this browser makes a sound and shows notifications. Kept in the browser: it is about this machine, not the person.

use crate::browser;

const SOUND_KEY: &str = "baton:sound";
const NOTICES_KEY: &str = "baton:notifications";
const OFF: &str = "off";

/// Does a sound play when a conversation needs somebody? Yes, unless switched off here.
pub fn is_sound_on() -> bool {
    browser::load(SOUND_KEY).as_deref() != Some(OFF)
}

/// Switches the sound on or off in this browser.
pub fn set_sound(is_on: bool) {
    browser::save(SOUND_KEY, (!is_on).then_some(OFF));
}

/// Are notifications of the system wanted here? Yes, unless switched off; the browser's permission is needed as well.
pub fn are_notices_on() -> bool {
    browser::load(NOTICES_KEY).as_deref() != Some(OFF)
}

/// Switches notifications on or off in this browser.
pub fn set_notices(are_on: bool) {
    browser::save(NOTICES_KEY, (!are_on).then_some(OFF));
}
