//! Server-Sent Events. The browser itself reconnects and sends the last id it saw; this room listens, and notices what the
//! browser does not: that the network is off, or that a stream which looks open has fallen silent.

use super::{StreamEvent, StreamState, now_ms};
use send_wrapper::SendWrapper;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{EventSource, MessageEvent};

/// The server's sign of life on a quiet stream: an event, because comments are not told to pages.
const HEARTBEAT: &str = "heartbeat";

/// A heartbeat comes every 15 s; after this long without a word the stream is dead.
const SILENCE_MS_MAX: i64 = 40_000;

/// How often that is looked at.
const LOOK_MS: i32 = 5_000;

/// An open stream; dropping it closes it. It may be kept where the server build keeps its own, which has several threads.
pub struct Subscription(#[expect(dead_code, reason = "it is kept to be dropped")] SendWrapper<Open>);

/// A window event's name with what hears it.
type Heard = (&'static str, Closure<dyn FnMut()>);

struct Open {
    source: EventSource,
    // The browser calls these for as long as the stream lives.
    _listeners: Vec<Closure<dyn FnMut(MessageEvent)>>,
    _states: [Closure<dyn FnMut()>; 2],
    network: [Heard; 2],
    _look: Closure<dyn FnMut()>,
    look_id: Option<i32>,
}

impl Drop for Open {
    fn drop(&mut self) {
        self.source.set_onopen(None);
        self.source.set_onerror(None);
        self.source.close();
        let Some(window) = web_sys::window() else { return };
        for (name, heard) in &self.network {
            let _ = window.remove_event_listener_with_callback(name, heard.as_ref().unchecked_ref());
        }
        if let Some(id) = self.look_id {
            window.clear_interval_with_handle(id);
        }
    }
}

/// Opens a stream and calls `on_event` for each event with one of these names; `None` where streams don't exist.
pub fn subscribe(
    url: &str,
    names: &'static [&'static str],
    on_event: impl Fn(StreamEvent) + 'static,
    on_state: impl Fn(StreamState) + 'static,
) -> Option<Subscription> {
    let window = web_sys::window()?;
    let source = EventSource::new(url).ok()?;
    let (on_event, on_state) = (Rc::new(on_event), Rc::new(on_state));
    let heard_at_ms = Rc::new(Cell::new(now_ms()));
    let listeners = names
        .iter()
        .copied()
        .chain([HEARTBEAT])
        .map(|name| {
            let (on_event, heard_at_ms) = (Rc::clone(&on_event), Rc::clone(&heard_at_ms));
            let listener = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
                heard_at_ms.set(now_ms());
                if name != HEARTBEAT {
                    let data = event.data().as_string().unwrap_or_default();
                    on_event(StreamEvent { name, id: event.last_event_id(), data });
                }
            });
            // Only an invalid listener could be refused.
            let _ = source.add_event_listener_with_callback(name, listener.as_ref().unchecked_ref());
            listener
        })
        .collect();
    let opened = {
        let (on_state, heard_at_ms) = (Rc::clone(&on_state), Rc::clone(&heard_at_ms));
        Closure::<dyn FnMut()>::new(move || {
            heard_at_ms.set(now_ms());
            on_state(StreamState::Open);
        })
    };
    let failed = {
        let (source, on_state) = (source.clone(), Rc::clone(&on_state));
        Closure::<dyn FnMut()>::new(move || {
            let is_closed = source.ready_state() == EventSource::CLOSED;
            on_state(if is_closed { StreamState::Closed } else { StreamState::Reconnecting });
        })
    };
    source.set_onopen(Some(opened.as_ref().unchecked_ref()));
    source.set_onerror(Some(failed.as_ref().unchecked_ref()));

    let went_off = {
        let (source, on_state) = (source.clone(), Rc::clone(&on_state));
        Closure::<dyn FnMut()>::new(move || {
            source.close();
            on_state(StreamState::Reconnecting);
        })
    };
    let came_back = {
        let (source, on_state) = (source.clone(), Rc::clone(&on_state));
        Closure::<dyn FnMut()>::new(move || {
            if source.ready_state() == EventSource::CLOSED {
                on_state(StreamState::Closed);
            }
        })
    };
    let network = [("offline", went_off), ("online", came_back)];
    for (name, heard) in &network {
        let _ = window.add_event_listener_with_callback(name, heard.as_ref().unchecked_ref());
    }
    let look = {
        let source = source.clone();
        Closure::<dyn FnMut()>::new(move || {
            let is_silent = now_ms() - heard_at_ms.get() > SILENCE_MS_MAX;
            if source.ready_state() == EventSource::OPEN && is_silent {
                source.close();
                on_state(StreamState::Closed);
            }
        })
    };
    let look_id =
        window.set_interval_with_callback_and_timeout_and_arguments_0(look.as_ref().unchecked_ref(), LOOK_MS).ok();
    Some(Subscription(SendWrapper::new(Open {
        source,
        _listeners: listeners,
        _states: [opened, failed],
        network,
        _look: look,
        look_id,
    })))
}
