//! Asking the server again, at most so often, and never twice at once: what is wanted meanwhile is asked for afterwards.

use crate::browser;
use leptos::prelude::*;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

/// The pause before a refresh that failed is tried again.
const RETRY_MS: i64 = 3_000;

type Work = Arc<dyn Fn() -> Pin<Box<dyn Future<Output = bool>>> + Send + Sync>;

/// A refresh that can be asked for at any time.
#[derive(Clone, Copy)]
pub struct Refresh {
    stage: StoredValue<Stage>,
    begun_ms: StoredValue<i64>,
    work: StoredValue<Work>,
    gap_ms: i64,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Idle,
    /// It will begin after a pause.
    Waiting,
    Running,
    /// It runs and was asked for again.
    RunningAndWanted,
}

impl Refresh {
    /// A refresh that does `work` at most once in `gap_ms`. The work answers whether it succeeded; if not, it is tried
    /// again after a pause.
    pub fn new<F>(gap_ms: i64, work: impl Fn() -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = bool> + 'static,
    {
        let work: Work = Arc::new(move || Box::pin(work()));
        Self {
            stage: StoredValue::new(Stage::Idle),
            begun_ms: StoredValue::new(0),
            work: StoredValue::new(work),
            gap_ms,
        }
    }

    /// Asks for it: at once if the last one is long enough ago, else as soon as it may.
    pub fn request(self) {
        match self.stage.try_get_value() {
            Some(Stage::Idle) => {
                let since_ms = browser::now_ms() - self.begun_ms.get_value();
                self.begin_after(self.gap_ms - since_ms);
            }
            Some(Stage::Running) => self.stage.set_value(Stage::RunningAndWanted),
            Some(Stage::Waiting | Stage::RunningAndWanted) | None => {}
        }
    }

    fn begin_after(self, pause_ms: i64) {
        match u64::try_from(pause_ms) {
            Ok(pause_ms) if pause_ms > 0 => {
                self.stage.set_value(Stage::Waiting);
                set_timeout(move || self.begin(), Duration::from_millis(pause_ms));
            }
            _ => self.begin(),
        }
    }

    fn begin(self) {
        // The page may be gone by now.
        let Some(work) = self.work.try_get_value() else { return };
        self.stage.set_value(Stage::Running);
        self.begun_ms.set_value(browser::now_ms());
        leptos::task::spawn_local(async move {
            let is_done = work().await;
            let Some(stage) = self.stage.try_get_value() else { return };
            self.stage.set_value(Stage::Idle);
            if !is_done {
                self.begin_after(RETRY_MS);
            } else if stage == Stage::RunningAndWanted {
                self.request();
            }
        });
    }
}
