//! What a browser says, in words that both builds know.

/// Whether this browser lets Baton show notifications.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotificationPermission {
    /// The browser has none, or forbids them here.
    Unsupported,
    /// Nobody has been asked yet.
    NotAsked,
    Granted,
    Denied,
}

/// One event as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StreamEvent {
    /// The event's name.
    pub name: &'static str,
    /// Its id; empty when it has none.
    pub id: String,
    /// Its data, unread.
    pub data: String,
}

/// Where the connection stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StreamState {
    /// Events arrive.
    Open,
    /// Lost; the browser is trying again.
    Reconnecting,
    /// The server refused it for good (signed out, for example): it must be opened anew.
    Closed,
}
