//! Files that a reader chose or dropped, and sending them with their form.

use wasm_bindgen::JsCast;
use web_sys::{DragEvent, FormData, HtmlFormElement, HtmlInputElement, RequestInit, Response};

/// Puts dropped files into a file input. Answers whether there were any.
pub fn take_dropped_files(event: &DragEvent, input_id: &str) -> bool {
    let Some(files) = event.data_transfer().and_then(|transfer| transfer.files()) else { return false };
    let Some(input) = by_id::<HtmlInputElement>(input_id) else { return false };
    if files.length() == 0 {
        return false;
    }
    input.set_files(Some(&files));
    true
}

/// Sends a form with its files, and asks for JSON. Status and body of the answer; `None` if there was none.
pub async fn send_form(form_id: &str, path: &str) -> Option<(u16, String)> {
    let data = FormData::new_with_form(&by_id::<HtmlFormElement>(form_id)?).ok()?;
    let headers = web_sys::Headers::new().ok()?;
    headers.set("accept", "application/json").ok()?;
    let init = RequestInit::new();
    init.set_method("POST");
    init.set_body(&data);
    init.set_headers(&headers);
    let answer = web_sys::window()?.fetch_with_str_and_init(path, &init).await.ok()?;
    let answer: Response = answer.dyn_into().ok()?;
    let body = answer.text().ok()?.await.ok()?.as_string()?;
    Some((answer.status(), body))
}

/// Empties a form.
pub fn clear_form(form_id: &str) {
    if let Some(form) = by_id::<HtmlFormElement>(form_id) {
        form.reset();
    }
}

fn by_id<T: JsCast>(id: &str) -> Option<T> {
    web_sys::window()?.document()?.get_element_by_id(id)?.dyn_into().ok()
}
