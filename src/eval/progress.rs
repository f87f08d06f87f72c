//! How far a run is: a bar on a terminal, otherwise a line now and then. Both on standard error, so that what is
//! printed stays whole.

use indicatif::{ProgressBar, ProgressStyle};
use std::io::IsTerminal as _;
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// How often a line tells where no bar can be drawn.
const LINE_EVERY: Duration = Duration::from_secs(5);

/// The progress of one run; shared by everybody who works on it.
pub struct Progress {
    bar: ProgressBar,
    /// Without a terminal: how many are done, and when that was last told.
    told: Option<Mutex<(usize, Instant)>>,
    of: usize,
    what: &'static str,
}

impl Progress {
    /// Begins; `what` is "cases decided" or the like.
    pub fn new(of: usize, what: &'static str) -> Self {
        let is_terminal = std::io::stderr().is_terminal();
        let bar = if is_terminal { ProgressBar::new(of as u64) } else { ProgressBar::hidden() };
        let style = ProgressStyle::with_template("{bar:32} {pos} of {len} {msg}, {eta} left");
        bar.set_style(style.expect("the template is right"));
        bar.set_message(what);
        let told = (!is_terminal).then(|| Mutex::new((0, Instant::now())));
        Self { bar, told, of, what }
    }

    /// One more is done.
    pub fn step(&self) {
        self.bar.inc(1);
        let Some(told) = &self.told else { return };
        let mut told = told.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        told.0 += 1;
        if told.1.elapsed() >= LINE_EVERY {
            eprintln!("{} of {} {}", told.0, self.of, self.what);
            told.1 = Instant::now();
        }
    }

    /// Clears the bar.
    pub fn finish(&self) {
        self.bar.finish_and_clear();
    }
}
