//! Server-Sent Events. The browser itself reconnects and sends the last id it saw; this room only listens.

use super::{StreamEvent, StreamState};
use send_wrapper::SendWrapper;
use std::rc::Rc;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{EventSource, MessageEvent};

/// An open stream; dropping it closes it. It may be kept where the server build keeps its own, which has several threads.
pub struct Subscription(#[expect(dead_code, reason = "it is kept to be dropped")] SendWrapper<Open>);

struct Open {
    source: EventSource,
    // The browser calls these for as long as the stream lives.
    _listeners: Vec<Closure<dyn FnMut(MessageEvent)>>,
    _states: [Closure<dyn FnMut()>; 2],
}

impl Drop for Open {
    fn drop(&mut self) {
        self.source.set_onopen(None);
        self.source.set_onerror(None);
        self.source.close();
    }
}

/// Opens a stream and calls `on_event` for each event with one of these names; `None` where streams don't exist.
pub fn subscribe(
    url: &str,
    names: &'static [&'static str],
    on_event: impl Fn(StreamEvent) + 'static,
    on_state: impl Fn(StreamState) + 'static,
) -> Option<Subscription> {
    let source = EventSource::new(url).ok()?;
    let (on_event, on_state) = (Rc::new(on_event), Rc::new(on_state));
    let listeners = names
        .iter()
        .map(|name| {
            let on_event = Rc::clone(&on_event);
            let listener = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
                let data = event.data().as_string().unwrap_or_default();
                on_event(StreamEvent { name, id: event.last_event_id(), data });
            });
            // Only an invalid listener could be refused.
            let _ = source.add_event_listener_with_callback(name, listener.as_ref().unchecked_ref());
            listener
        })
        .collect();
    let opened = {
        let on_state = Rc::clone(&on_state);
        Closure::<dyn FnMut()>::new(move || on_state(StreamState::Open))
    };
    let failed = {
        let source = source.clone();
        Closure::<dyn FnMut()>::new(move || {
            let is_closed = source.ready_state() == EventSource::CLOSED;
            on_state(if is_closed { StreamState::Closed } else { StreamState::Reconnecting });
        })
    };
    source.set_onopen(Some(opened.as_ref().unchecked_ref()));
    source.set_onerror(Some(failed.as_ref().unchecked_ref()));
    Some(Subscription(SendWrapper::new(Open { source, _listeners: listeners, _states: [opened, failed] })))
}
