//! Asking before unsaved work is lost: when the tab closes or reloads, and when a link of the page is followed.

use send_wrapper::SendWrapper;
use std::rc::Rc;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{BeforeUnloadEvent, Element, Event, MouseEvent};

/// A guard that is on duty until it is dropped. It may be kept where the server build keeps its own, which has several threads.
pub struct LeaveGuard(#[expect(dead_code, reason = "it is kept to be dropped")] SendWrapper<Guard>);

struct Guard {
    unload: Closure<dyn FnMut(BeforeUnloadEvent)>,
    click: Closure<dyn FnMut(MouseEvent)>,
}

impl Drop for Guard {
    fn drop(&mut self) {
        let Some(window) = web_sys::window() else { return };
        let _ = window.remove_event_listener_with_callback("beforeunload", self.unload.as_ref().unchecked_ref());
        let _ = window.remove_event_listener_with_callback_and_bool("click", self.click.as_ref().unchecked_ref(), true);
    }
}

/// While `is_unsaved` says so, the browser asks before the tab closes, and links inside the page don't lead away:
/// `on_blocked` gets the path of the link instead.
pub fn guard_leaving(
    is_unsaved: impl Fn() -> bool + 'static,
    on_blocked: impl Fn(String) + 'static,
) -> Option<LeaveGuard> {
    let window = web_sys::window()?;
    let is_unsaved = Rc::new(is_unsaved);
    let unload = {
        let is_unsaved = Rc::clone(&is_unsaved);
        Closure::<dyn FnMut(BeforeUnloadEvent)>::new(move |event: BeforeUnloadEvent| {
            if is_unsaved() {
                event.prevent_default();
                // Older browsers ask only when this is set.
                event.set_return_value("unsaved");
            }
        })
    };
    let click = Closure::<dyn FnMut(MouseEvent)>::new(move |event: MouseEvent| {
        let opens_elsewhere = event.ctrl_key() || event.meta_key() || event.shift_key() || event.button() != 0;
        if opens_elsewhere {
            return;
        }
        if let Some(path) = path_of_link(&event)
            && is_unsaved()
        {
            event.prevent_default();
            event.stop_propagation();
            on_blocked(path);
        }
    });
    window.add_event_listener_with_callback("beforeunload", unload.as_ref().unchecked_ref()).ok()?;
    // In the capturing phase: before the router hears of it.
    window.add_event_listener_with_callback_and_bool("click", click.as_ref().unchecked_ref(), true).ok()?;
    Some(LeaveGuard(SendWrapper::new(Guard { unload, click })))
}

/// The path of the link that was clicked, when it leads to another page of Baton in this tab.
fn path_of_link(event: &Event) -> Option<String> {
    let link = event.target()?.dyn_into::<Element>().ok()?.closest("a[href]").ok()??;
    let href = link.get_attribute("href")?;
    let is_page = href.starts_with('/') && !href.starts_with("//") && !link.has_attribute("download");
    (is_page && link.get_attribute("target").is_none_or(|target| target == "_self")).then_some(href)
}
