//! The clock and the reader's own way of writing times.

use wasm_bindgen::JsValue;

/// Now, in epoch milliseconds.
pub fn now_ms() -> i64 {
    js_sys::Date::now() as i64
}

/// The time of day where the reader is, such as `14:05`.
pub fn local_time(at_ms: i64) -> String {
    format(at_ms, &[("hour", "2-digit"), ("minute", "2-digit")])
}

/// The day where the reader is, such as `22 Nov 2026`.
pub fn local_day(at_ms: i64) -> String {
    format(at_ms, &[("day", "numeric"), ("month", "short"), ("year", "numeric")])
}

/// Day and time where the reader is, such as `22 Nov 2026, 14:05`.
pub fn local_date_time(at_ms: i64) -> String {
    format(
        at_ms,
        &[("day", "numeric"), ("month", "short"), ("year", "numeric"), ("hour", "2-digit"), ("minute", "2-digit")],
    )
}

/// The full hour `hour` where the reader is, `days` days after `now_ms`, in epoch milliseconds.
pub fn local_hour_ms(now_ms: i64, days: u32, hour: u32) -> i64 {
    let date = js_sys::Date::new(&JsValue::from_f64(now_ms as f64));
    // A day past the end of the month rolls over.
    date.set_date(date.get_date() + days);
    date.set_hours(hour);
    date.set_minutes(0);
    date.set_seconds(0);
    date.set_milliseconds(0);
    date.get_time() as i64
}

/// Writes a time with `Intl` in the browser's language and time zone.
fn format(at_ms: i64, parts: &[(&str, &str)]) -> String {
    let options = js_sys::Object::new();
    for (name, value) in parts {
        // Setting a property of a fresh plain object can't fail.
        let _ = js_sys::Reflect::set(&options, &JsValue::from_str(name), &JsValue::from_str(value));
    }
    let date = js_sys::Date::new(&JsValue::from_f64(at_ms as f64));
    date.to_locale_string("default", &options).into()
}
