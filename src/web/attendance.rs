//! Which teammates have a stream open here: whoever closes the last one has left.

use crate::desk::Desk;
use crate::domain::{Teammate, TeammateId};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// A page that is loaded anew closes its stream and opens the next: nobody left.
const GRACE: Duration = Duration::from_secs(5);

/// How many streams each teammate has open.
#[derive(Clone, Default)]
pub struct Attendance(Arc<Mutex<HashMap<TeammateId, usize>>>);

impl Attendance {
    /// Counts a stream of `me`, for as long as the guard lives.
    pub fn arrive(&self, desk: &Desk, me: &Teammate) -> Attending {
        *self.lock().entry(me.id.clone()).or_default() += 1;
        Attending { attendance: self.clone(), desk: desk.clone(), me: me.clone() }
    }

    fn is_here(&self, id: &TeammateId) -> bool {
        self.lock().contains_key(id)
    }

    /// Counts a stream less; true if it was the last.
    fn depart(&self, id: &TeammateId) -> bool {
        let mut open = self.lock();
        let Some(count) = open.get_mut(id) else { return false };
        *count -= 1;
        let is_last = *count == 0;
        if is_last {
            open.remove(id);
        }
        is_last
    }

    /// A panic elsewhere while the lock was held leaves whole counts: each use is one step.
    fn lock(&self) -> MutexGuard<'_, HashMap<TeammateId, usize>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A stream that is open.
pub struct Attending {
    attendance: Attendance,
    desk: Desk,
    me: Teammate,
}

impl Drop for Attending {
    fn drop(&mut self) {
        if !self.attendance.depart(&self.me.id) {
            return;
        }
        // While the process ends there is no runtime any more; presence runs out by itself then.
        let Ok(runtime) = tokio::runtime::Handle::try_current() else { return };
        let (attendance, desk, me) = (self.attendance.clone(), self.desk.clone(), self.me.clone());
        runtime.spawn(async move { leave(&attendance, &desk, &me).await });
    }
}

async fn leave(attendance: &Attendance, desk: &Desk, me: &Teammate) {
    tokio::time::sleep(GRACE).await;
    if attendance.is_here(&me.id) {
        return;
    }
    let left = desk.leave(me).await;
    // Whoever came back in between is here after all.
    let stayed = if attendance.is_here(&me.id) { desk.touch_presence(me).await } else { Ok(()) };
    if let Err(error) = left.and(stayed) {
        tracing::warn!(%error, "a teammate's presence could not be stored");
    }
}
