//! Times. The server writes them in UTC; the browser then writes them in the reader's zone and language and lets them tick.

use crate::browser::{self, utc};
use leptos::prelude::*;
use std::time::Duration;

const SECOND_MS: i64 = 1_000;
const MINUTE_MS: i64 = 60 * SECOND_MS;
const HOUR_MS: i64 = 60 * MINUTE_MS;
const DAY_MS: i64 = 24 * HOUR_MS;

/// Now, in epoch milliseconds, once a second; `None` until the page is hydrated, so that both builds render the same first.
#[derive(Clone, Copy)]
struct Clock(RwSignal<Option<i64>>);

/// Starts the one clock of the page. Called once, by the app.
pub fn provide_clock() {
    let now = RwSignal::new(None);
    provide_context(Clock(now));
    Effect::new(move |_| {
        now.set(Some(browser::now_ms()));
        if let Ok(ticking) = set_interval_with_handle(move || now.set(Some(browser::now_ms())), Duration::from_secs(1))
        {
            on_cleanup(move || ticking.clear());
        }
    });
}

/// The page's clock: epoch milliseconds once a second, `None` before hydration.
pub fn use_now() -> Signal<Option<i64>> {
    use_context::<Clock>().map(|clock| clock.0.into()).unwrap_or_default()
}

/// A length of time in one or two units: `12 s`, `4 min`, `1 h 12 min`, `2 d 3 h`.
pub fn span_text(span_ms: i64) -> String {
    let span_ms = span_ms.max(0);
    let (days, hours, minutes) = (span_ms / DAY_MS, span_ms % DAY_MS / HOUR_MS, span_ms % HOUR_MS / MINUTE_MS);
    match (days, hours, minutes) {
        (0, 0, 0) => format!("{} s", span_ms / SECOND_MS),
        (0, 0, minutes) => format!("{minutes} min"),
        (0, hours, 0) => format!("{hours} h"),
        (0, hours, minutes) => format!("{hours} h {minutes} min"),
        (days, 0, _) => format!("{days} d"),
        (days, hours, _) => format!("{days} d {hours} h"),
    }
}

/// How long ago, in one unit: `now`, `4 min`, `3 h`, `2 d`; a day after a week.
fn ago_text(at_ms: i64, now_ms: i64) -> String {
    match now_ms - at_ms {
        past if past < MINUTE_MS => "now".to_owned(),
        past if past < HOUR_MS => format!("{} min", past / MINUTE_MS),
        past if past < DAY_MS => format!("{} h", past / HOUR_MS),
        past if past < 7 * DAY_MS => format!("{} d", past / DAY_MS),
        _ => browser::local_day(at_ms),
    }
}

/// How long ago something was, ticking; the exact time on hover.
#[component]
pub fn RelativeTime(
    /// Epoch milliseconds.
    #[prop(into)]
    at_ms: Signal<i64>,
) -> impl IntoView {
    let now = use_now();
    let text = Memo::new(move |_| match now.get() {
        Some(now_ms) => ago_text(at_ms.get(), now_ms),
        None => utc::day(at_ms.get()),
    });
    view! { <Timestamp at_ms text /> }
}

/// The time of day at which something was; the exact time on hover.
#[component]
pub fn ClockTime(
    /// Epoch milliseconds.
    #[prop(into)]
    at_ms: Signal<i64>,
) -> impl IntoView {
    let now = use_now();
    let text = Memo::new(move |_| match now.with(Option::is_some) {
        true => browser::local_time(at_ms.get()),
        false => utc::time(at_ms.get()),
    });
    view! { <Timestamp at_ms text /> }
}

/// Day and time at which something was.
#[component]
pub fn DateTime(
    /// Epoch milliseconds.
    #[prop(into)]
    at_ms: Signal<i64>,
) -> impl IntoView {
    let now = use_now();
    let text = Memo::new(move |_| match now.with(Option::is_some) {
        true => browser::local_date_time(at_ms.get()),
        false => utc::date_time(at_ms.get()),
    });
    view! { <Timestamp at_ms text /> }
}

/// How long somebody has been waiting, ticking.
#[component]
pub fn WaitingTime(
    /// Since when, in epoch milliseconds.
    #[prop(into)]
    since_ms: Signal<i64>,
) -> impl IntoView {
    let now = use_now();
    let text = Memo::new(move |_| match now.get() {
        Some(now_ms) => span_text(now_ms - since_ms.get()),
        None => format!("since {} UTC", utc::time(since_ms.get())),
    });
    view! { <Timestamp at_ms=since_ms text /> }
}

/// The element around a time: machine-readable, exact on hover, figures of equal width.
#[component]
fn Timestamp(at_ms: Signal<i64>, text: Memo<String>) -> impl IntoView {
    let now = use_now();
    let exact = move || match now.with(Option::is_some) {
        true => browser::local_date_time(at_ms.get()),
        false => utc::date_time(at_ms.get()),
    };
    view! {
        <time class="figures whitespace-nowrap" datetime=move || utc::iso(at_ms.get()) title=exact>
            {move || text.get()}
        </time>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_is_written_in_one_or_two_units() {
        assert_eq!(span_text(-5), "0 s");
        assert_eq!(span_text(59_999), "59 s");
        assert_eq!(span_text(4 * MINUTE_MS + 30_000), "4 min");
        assert_eq!(span_text(HOUR_MS), "1 h");
        assert_eq!(span_text(HOUR_MS + 12 * MINUTE_MS), "1 h 12 min");
        assert_eq!(span_text(2 * DAY_MS + 3 * HOUR_MS + MINUTE_MS), "2 d 3 h");
    }
}
