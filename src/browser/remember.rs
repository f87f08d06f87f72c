//! What the browser remembers: cookies that the server must see when it renders, and local storage for the rest.

use wasm_bindgen::{JsCast, JsValue};

/// A year, in seconds: how long a preference is kept.
const COOKIE_SECONDS: u32 = 31_536_000;

/// The value of a cookie that scripts may read.
pub fn cookie(name: &str) -> Option<String> {
    let all = js_sys::Reflect::get(&document()?, &JsValue::from_str("cookie")).ok()?.as_string()?;
    all.split("; ").find_map(|pair| pair.strip_prefix(name)?.strip_prefix('=').map(str::to_owned))
}

/// Keeps a preference for a year, for every page. Name and value must be plain words: nothing is escaped.
pub fn set_cookie(name: &str, value: &str) {
    let Some(document) = document() else { return };
    let text = format!("{name}={value}; Path=/; Max-Age={COOKIE_SECONDS}; SameSite=Lax");
    // A browser that refuses cookies forgets the preference; nothing else depends on it.
    let _ = js_sys::Reflect::set(&document, &JsValue::from_str("cookie"), &JsValue::from_str(&text));
}

/// Reads from local storage; `None` when absent or when the browser forbids it.
pub fn load(key: &str) -> Option<String> {
    storage()?.get_item(key).ok()?
}

/// Writes to local storage, or removes the key; a full or forbidden storage is ignored.
pub fn save(key: &str, value: Option<&str>) {
    let Some(storage) = storage() else { return };
    let _ = match value {
        Some(value) => storage.set_item(key, value),
        None => storage.remove_item(key),
    };
}

fn document() -> Option<JsValue> {
    Some(web_sys::window()?.document()?.unchecked_into())
}

fn storage() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok()?
}
