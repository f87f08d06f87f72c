//! Notifications of the operating system, and the sound.

use super::NotificationPermission;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{AudioContext, Notification, NotificationOptions};

/// Whether this browser lets Baton show notifications.
pub fn notification_permission() -> NotificationPermission {
    let is_supported = js_sys::Reflect::has(&js_sys::global(), &JsValue::from_str("Notification")).unwrap_or(false);
    if is_supported { translate(Notification::permission()) } else { NotificationPermission::Unsupported }
}

/// Asks the reader, in answer to a click of theirs, and says what they chose.
pub async fn ask_notification_permission() -> NotificationPermission {
    if notification_permission() != NotificationPermission::NotAsked {
        return notification_permission();
    }
    if let Ok(promise) = Notification::request_permission() {
        // The answer is read from the browser below; a dismissed question leaves it as it was.
        let _ = promise.await;
    }
    notification_permission()
}

/// Shows a notification; one with the same `tag` replaces it. A click brings Baton to the front and calls `on_click`.
pub fn show_notification(title: &str, body: &str, tag: &str, on_click: impl FnOnce() + 'static) {
    if notification_permission() != NotificationPermission::Granted {
        return;
    }
    let options = NotificationOptions::new();
    options.set_body(body);
    options.set_tag(tag);
    options.set_icon("/favicon.svg");
    // Some phones allow them from service workers only and throw here; the page itself still shows the news.
    let Ok(notification) = Notification::new_with_options(title, &options) else { return };
    let open = Closure::once_into_js(move || {
        if let Some(window) = web_sys::window() {
            let _ = window.focus();
        }
        on_click();
    });
    notification.set_onclick(Some(open.unchecked_ref()));
}

/// Two soft notes. Silent where the browser wants a click first.
pub fn play_chime() {
    let Ok(context) = AudioContext::new() else { return };
    // A note that can't be played is not worth an error.
    let _ = play_note(&context, 659.3, 0.0);
    let _ = play_note(&context, 880.0, 0.12);
}

/// Plays one note of `hertz`, `start_s` seconds from now.
fn play_note(context: &AudioContext, hertz: f32, start_s: f64) -> Result<(), JsValue> {
    let (oscillator, gain) = (context.create_oscillator()?, context.create_gain()?);
    let start = context.current_time() + start_s;
    oscillator.set_type(web_sys::OscillatorType::Sine);
    oscillator.frequency().set_value(hertz);
    gain.gain().set_value_at_time(0.0, start)?;
    gain.gain().linear_ramp_to_value_at_time(0.12, start + 0.02)?;
    gain.gain().exponential_ramp_to_value_at_time(0.001, start + 0.5)?;
    oscillator.connect_with_audio_node(&gain)?;
    gain.connect_with_audio_node(&context.destination())?;
    oscillator.start_with_when(start)?;
    oscillator.stop_with_when(start + 0.55)
}

fn translate(permission: web_sys::NotificationPermission) -> NotificationPermission {
    match permission {
        web_sys::NotificationPermission::Granted => NotificationPermission::Granted,
        web_sys::NotificationPermission::Denied => NotificationPermission::Denied,
        _ => NotificationPermission::NotAsked,
    }
}
