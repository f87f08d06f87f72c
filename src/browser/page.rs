//! The document: focus, scrolling, native dialogs and popovers, ids, the clipboard.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Element, HtmlElement, KeyboardEvent};

/// Distance in pixels from the end within which a reader counts as being at the end.
const NEAR_END_PX: i32 = 80;

/// Distance in pixels from the start within which a reader counts as being at the start.
const NEAR_START_PX: i32 = 8;

/// Room kept between a popover and the edge of the window, in pixels.
const EDGE_PX: f64 = 8.0;

/// Moves the focus to the element with this id.
pub fn focus(id: &str) {
    if let Some(element) = html(id) {
        // A detached element can't take focus; there is nothing to mend.
        let _ = element.focus();
    }
}

/// What stands in a text area, as a node of the document: never read as markup.
pub fn area_text(text: &str) -> String {
    text.to_owned()
}

/// The page's title, as the document takes it.
pub fn head_text(text: &str) -> String {
    text.to_owned()
}

/// Selects a piece of a text area and shows it; the offsets count UTF-16 units, as browsers do.
pub fn select_text(id: &str, start: usize, end: usize) {
    let Some(area) = element(id).and_then(|e| e.dyn_into::<web_sys::HtmlTextAreaElement>().ok()) else { return };
    let (Ok(start), Ok(end)) = (u32::try_from(start), u32::try_from(end)) else { return };
    // A browser scrolls to a selection when the area takes the focus.
    let _ = area.blur();
    let _ = area.set_selection_range(start, end);
    let _ = area.focus();
}

/// Does the element with this id hold the focus?
pub fn has_focus(id: &str) -> bool {
    document().and_then(|d| d.active_element()).is_some_and(|element| element.id() == id)
}

/// Moves the focus to the first field inside `id` that is marked invalid.
pub fn focus_first_invalid(id: &str) {
    let Some(form) = element(id) else { return };
    if let Ok(Some(field)) = form.query_selector("[aria-invalid='true']")
        && let Ok(field) = field.dyn_into::<HtmlElement>()
    {
        let _ = field.focus();
    }
}

/// Moves the focus among the enabled children of a menu: `index` counts from the start and wraps around at both ends.
/// Returns where the focus is now.
pub fn focus_item(menu_id: &str, index: i64) -> i64 {
    let Some(menu) = element(menu_id) else { return 0 };
    let items: Vec<HtmlElement> = std::iter::successors(menu.first_element_child(), Element::next_element_sibling)
        .filter(|item| item.get_attribute("aria-disabled").is_none())
        .filter_map(|item| item.dyn_into().ok())
        .collect();
    if items.is_empty() {
        return 0;
    }
    let index = index.rem_euclid(items.len() as i64);
    let _ = items[index as usize].focus();
    index
}

/// Opens a native dialog as a modal one; the browser remembers where the focus was.
pub fn open_dialog(id: &str) {
    if let Some(dialog) = dialog(id)
        && !dialog.open()
    {
        let _ = dialog.show_modal();
    }
}

/// Closes a native dialog; the browser returns the focus.
pub fn close_dialog(id: &str) {
    if let Some(dialog) = dialog(id)
        && dialog.open()
    {
        dialog.close();
    }
}

/// Closes a native popover, and returns the focus to `trigger_id`.
pub fn close_popover(id: &str, trigger_id: &str) {
    if let Some(popover) = html(id) {
        call(&popover, "hidePopover");
        focus(trigger_id);
    }
}

/// Places an open popover under its trigger, or above where there is no room, and inside the window.
/// Returns whether it is open.
pub fn place_popover(id: &str, trigger_id: &str, at_end: bool) -> bool {
    let (Some(popover), Some(trigger), Some(window)) = (html(id), element(trigger_id), web_sys::window()) else {
        return false;
    };
    if !popover.matches(":popover-open").unwrap_or(false) {
        return false;
    }
    let (anchor, size) = (trigger.get_bounding_client_rect(), popover.get_bounding_client_rect());
    let width = window.inner_width().ok().and_then(|n| n.as_f64()).unwrap_or(0.0);
    let height = window.inner_height().ok().and_then(|n| n.as_f64()).unwrap_or(0.0);
    let left = if at_end { anchor.right() - size.width() } else { anchor.left() };
    let left = left.min(width - size.width() - EDGE_PX).max(EDGE_PX);
    let below = anchor.bottom() + 4.0;
    let top = if below + size.height() > height - EDGE_PX {
        (anchor.top() - 4.0 - size.height()).max(EDGE_PX)
    } else {
        below
    };
    let style = popover.style();
    let _ = style.set_property("left", &format!("{left}px"));
    let _ = style.set_property("top", &format!("{top}px"));
    true
}

/// Was this the Escape key, outside the composing of a character?
pub fn escape_pressed(event: &KeyboardEvent) -> bool {
    event.key() == "Escape" && !event.is_composing()
}

/// Scrolls a scrolling element to its end.
pub fn scroll_to_end(id: &str) {
    if let Some(element) = element(id) {
        element.set_scroll_top(element.scroll_height());
    }
}

/// Scrolls a scrolling element to its start.
pub fn scroll_to_start(id: &str) {
    if let Some(element) = element(id) {
        element.set_scroll_top(0);
    }
}

/// Is a scrolling element at its start, or nearly? True when it is absent.
pub fn is_at_start(id: &str) -> bool {
    element(id).is_none_or(|e| e.scroll_top() <= NEAR_START_PX)
}

/// Is a scrolling element at its end, or nearly? True when it is absent.
pub fn is_at_end(id: &str) -> bool {
    element(id).is_none_or(|e| e.scroll_height() - e.scroll_top() - e.client_height() <= NEAR_END_PX)
}

/// Scrolls the element with this id into the middle of its pane.
pub fn scroll_into_view(id: &str) {
    if let Some(element) = element(id) {
        let options = web_sys::ScrollIntoViewOptions::new();
        options.set_block(web_sys::ScrollLogicalPosition::Center);
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

/// Prepares the dragging of an element within the page: it is moved, and carries nothing that other programs could take.
pub fn begin_drag(event: &web_sys::DragEvent) {
    if let Some(transfer) = event.data_transfer() {
        transfer.set_effect_allowed("move");
        // Some browsers drag only what carries data.
        let _ = transfer.set_data("text/plain", "");
    }
}

/// Scrolls a pane, and nothing around it, until the element `id` stands in it: at its top for a `share` of 0, at half its
/// height for 0.5.
pub fn scroll_pane_to(pane_id: &str, id: &str, share: f64) {
    if let (Some(pane), Some(element)) = (element(pane_id), element(id)) {
        let (frame, place) = (pane.get_bounding_client_rect(), element.get_bounding_client_rect());
        let by = place.top() - frame.top() - frame.height() * share;
        pane.set_scroll_top(pane.scroll_top() + by as i32);
    }
}

/// Is the pointer of a drag in the lower half of the element that hears of it?
pub fn is_in_lower_half(event: &web_sys::DragEvent) -> bool {
    let Some(element) = event.current_target().and_then(|target| target.dyn_into::<Element>().ok()) else {
        return false;
    };
    let place = element.get_bounding_client_rect();
    f64::from(event.client_y()) > place.top() + place.height() / 2.0
}

/// Unfolds a `<details>` element.
pub fn unfold(id: &str) {
    if let Some(element) = element(id) {
        let _ = element.set_attribute("open", "");
    }
}

/// Is the page in front of the reader, and not in a hidden tab?
pub fn is_visible() -> bool {
    document().is_some_and(|d| d.visibility_state() == web_sys::VisibilityState::Visible)
}

/// Sets an attribute of `<html>`, or removes it.
pub fn set_root_attribute(name: &str, value: Option<&str>) {
    let Some(root) = document().and_then(|d| d.document_element()) else { return };
    let _ = match value {
        Some(value) => root.set_attribute(name, value),
        None => root.remove_attribute(name),
    };
}

/// Sends a form as its submit button would, validation and events included.
pub fn submit_form(id: &str) {
    if let Some(form) = element(id).and_then(|e| e.dyn_into::<web_sys::HtmlFormElement>().ok()) {
        call(&form, "requestSubmit");
    }
}

/// Loads a page from the server, leaving nothing of this one behind.
pub fn navigate_fully(path: &str) {
    if let Some(window) = web_sys::window() {
        let _ = window.location().set_href(path);
    }
}

/// Puts text on the clipboard; answers whether the browser allowed it.
pub async fn copy_text(text: &str) -> bool {
    let Some(window) = web_sys::window() else { return false };
    // Absent outside secure contexts, where the typed accessor would throw.
    let clipboard =
        js_sys::Reflect::get(&window.navigator(), &JsValue::from_str("clipboard")).unwrap_or(JsValue::UNDEFINED);
    if clipboard.is_undefined() {
        return false;
    }
    let clipboard: web_sys::Clipboard = clipboard.unchecked_into();
    clipboard.write_text(text).await.is_ok()
}

/// A random UUID, version 4.
pub fn random_id() -> String {
    let mut bytes = [0_u8; 16];
    fill_random(&mut bytes);
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]].join("-")
}

/// `crypto.randomUUID` exists in secure contexts only; `getRandomValues` exists everywhere.
fn fill_random(bytes: &mut [u8; 16]) {
    let array = js_sys::Uint8Array::new_with_length(16);
    let crypto = js_sys::Reflect::get(&js_sys::global(), &JsValue::from_str("crypto")).unwrap_or(JsValue::UNDEFINED);
    if let Ok(function) = js_sys::Reflect::get(&crypto, &JsValue::from_str("getRandomValues"))
        && let Some(function) = function.dyn_ref::<js_sys::Function>()
        && function.call1(&crypto, &array).is_ok()
    {
        array.copy_to(bytes);
    } else {
        bytes.iter_mut().for_each(|byte| *byte = (js_sys::Math::random() * 256.0) as u8);
    }
}

/// Calls a method that takes nothing and whose failure means that there is nothing to do.
fn call(target: &JsValue, method: &str) {
    if let Ok(function) = js_sys::Reflect::get(target, &JsValue::from_str(method))
        && let Some(function) = function.dyn_ref::<js_sys::Function>()
    {
        let _ = function.call0(target);
    }
}

fn document() -> Option<Document> {
    web_sys::window()?.document()
}

fn element(id: &str) -> Option<Element> {
    document()?.get_element_by_id(id)
}

fn html(id: &str) -> Option<HtmlElement> {
    element(id)?.dyn_into().ok()
}

fn dialog(id: &str) -> Option<web_sys::HtmlDialogElement> {
    element(id)?.dyn_into().ok()
}
