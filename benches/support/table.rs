//! What a benchmark prints: a line for each measurement, with its budget beside it.

#![allow(dead_code)] // Each benchmark uses its part.

use std::time::Duration;

/// One line of the table.
pub struct Line {
    what: String,
    measured: String,
    budget: &'static str,
}

/// A line.
pub fn line(what: impl Into<String>, measured: impl Into<String>, budget: &'static str) -> Line {
    Line { what: what.into(), measured: measured.into(), budget }
}

/// Says which build is measured.
pub fn head() {
    let build = if cfg!(debug_assertions) {
        "development build: slower than what is released; budgets are meant for --release"
    } else {
        "release build"
    };
    println!("Baton, {build}");
}

/// Prints the table.
pub fn print(lines: &[Line]) {
    let width = |of: fn(&Line) -> &str| lines.iter().map(|line| of(line).chars().count()).max().unwrap_or(0);
    let (what, measured) = (width(|line| &line.what), width(|line| &line.measured));
    println!("{:<what$} | {:<measured$} | budget", "what", "measured");
    for line in lines {
        println!("{:<what$} | {:<measured$} | {}", line.what, line.measured, line.budget);
    }
}

/// The value below or at which so many of a hundred lie.
pub fn percentile(durations: &mut [Duration], percent: usize) -> Duration {
    durations.sort_unstable();
    let place = (durations.len() * percent).div_ceil(100).max(1) - 1;
    durations.get(place).copied().unwrap_or_default()
}

/// Milliseconds with one digit after the point.
pub fn in_ms(duration: Duration) -> String {
    format!("{:.1}", duration.as_secs_f64() * 1_000.0)
}
