//! What an agent's model does and costs: today's numbers and a plot of the last days.

use super::model_settings::latency_text;
use crate::app::components::text_area::thousands;
use crate::app::components::{Card, Drawing, EmptyState, LinkButton};
use crate::browser::utc;
use crate::domain::model_text::dollars_text;
use crate::wire::model::{Usage, UsageDay};
use leptos::prelude::*;

/// The plot's own units: one day is this wide, the highest bar this high. The browser stretches it to the card.
const DAY_WIDTH: i64 = 10;
const PLOT_HEIGHT: i64 = 1_000;
/// The least height of a day that has any tokens.
const BAR_MIN: i64 = 8;
/// A limit is drawn if the highest day is at least this part of it; otherwise the bars would be too low to read.
const LIMIT_DRAWN_UP_TO: i64 = 5;

/// The card.
#[component]
pub fn UsageCard(
    usage: Usage,
    /// Where a customer's message can be tried.
    test_path: String,
) -> impl IntoView {
    let has_calls = usage.days.iter().any(|day| day.calls > 0);
    let inside = if has_calls {
        view! {
            <Today usage=usage.clone() />
            <Plot usage />
        }
        .into_any()
    } else {
        view! {
            <EmptyState
                drawing=Drawing::Talk
                title="The model has not been asked yet"
                text="Write to the agent as a customer would. What it reads and writes is counted here, day by day."
            >
                <LinkButton href=test_path new_tab=true>
                    "Try the widget"
                </LinkButton>
            </EmptyState>
        }
        .into_any()
    };
    view! {
        <Card title="Use of the model" text="Tokens per day in the last 30 days. Days are in UTC.">
            {inside}
        </Card>
    }
}

#[component]
fn Today(usage: Usage) -> impl IntoView {
    let day = usage.days.last().copied().unwrap_or_default();
    let latency = |ms: Option<i64>| ms.map_or("–".to_owned(), latency_text);
    let failures = match day.failures {
        0 => "none without an answer".to_owned(),
        failures => format!("{} without an answer", count(failures)),
    };
    let limit = match usage.tokens_per_day {
        0 => format!("{} read, {} written", count(day.tokens_read), count(day.tokens_written)),
        limit => format!("of {} a day", count(limit)),
    };
    let all_cost: i64 = usage.days.iter().map(|day| day.cost).sum();
    let cost = usage.has_prices.then(|| {
        view! {
            <Number
                label="Cost today"
                number=dollars_text(day.cost)
                note=format!("{} in 30 days", dollars_text(all_cost))
            />
        }
    });
    view! {
        <dl class="grid grid-cols-2 gap-x-6 gap-y-4 md:grid-cols-4">
            <Number label="Tokens today" number=count(tokens(&day)) note=limit />
            {cost}
            <Number label="Calls today" number=count(day.calls) note=failures />
            <Number
                label="Median answer"
                number=latency(usage.latency_p50_ms)
                note=format!("95 of 100 within {}", latency(usage.latency_p95_ms))
            />
        </dl>
    }
}

#[component]
fn Number(label: &'static str, number: String, note: String) -> impl IntoView {
    view! {
        <div class="flex min-w-0 flex-col gap-0.5">
            <dt class="text-sm text-muted">{label}</dt>
            <dd class="figures text-xl font-semibold">{number}</dd>
            <dd class="figures text-sm text-muted">{note}</dd>
        </div>
    }
}

/// Bars, read below and written above, and the same as a table.
#[component]
fn Plot(usage: Usage) -> impl IntoView {
    let Usage { days, tokens_per_day: limit, has_prices, .. } = usage;
    let most = days.iter().map(tokens).max().unwrap_or_default();
    let is_limit_drawn = limit > 0 && limit / LIMIT_DRAWN_UP_TO <= most;
    let top = round_up(if is_limit_drawn { most.max(limit) } else { most });
    let width = DAY_WIDTH * i64::try_from(days.len()).unwrap_or(1);
    let bars = days.iter().zip(0..).map(|(day, place)| view! { <Bar day=*day place top /> }).collect_view();
    let limit_line = is_limit_drawn.then(|| {
        let y = PLOT_HEIGHT - height(limit, top);
        view! {
            <line
                x1="0"
                x2=width.to_string()
                y1=y.to_string()
                y2=y.to_string()
                class="stroke-danger"
                stroke-width="1.5"
                stroke-dasharray="4 3"
                vector-effect="non-scaling-stroke"
            ></line>
        }
    });
    let first = days.first().map(|day| short_day(day.day_ms)).unwrap_or_default();
    let middle = days.get(days.len() / 2).map(|day| short_day(day.day_ms)).unwrap_or_default();
    view! {
        <figure class="mt-6 flex flex-col gap-2">
            <div class="flex flex-wrap items-center gap-x-4 gap-y-1 text-xs text-muted" aria-hidden="true">
                <span class="figures mr-auto">{compact(top)} " tokens"</span>
                <Key class="bg-ai/45" words="Read" />
                <Key class="bg-ai" words="Written" />
                {(limit > 0)
                    .then(|| {
                        let words = format!("Limit of a day: {}", count(limit));
                        if is_limit_drawn {
                            view! {
                                <span class="inline-flex items-center gap-1.5">
                                    <span class="w-4 border-t-2 border-dashed border-danger"></span>
                                    {words}
                                </span>
                            }
                                .into_any()
                        } else {
                            view! { <span>{words}</span> }.into_any()
                        }
                    })}
            </div>
            <svg
                viewBox=format!("0 0 {width} {PLOT_HEIGHT}")
                preserveAspectRatio="none"
                class="h-40 w-full border-y border-border"
                aria-hidden="true"
            >
                {bars}
                {limit_line}
            </svg>
            <div class="figures flex justify-between text-xs text-muted" aria-hidden="true">
                <span>{first}</span>
                <span>{middle}</span>
                <span>"Today"</span>
            </div>
            <figcaption>
                <details class="group/days">
                    <summary class="w-fit rounded-sm text-sm text-muted hover:text-text max-md:py-2">"As a table"</summary>
                    <Days days has_prices />
                </details>
            </figcaption>
        </figure>
    }
}

#[component]
fn Key(class: &'static str, words: &'static str) -> impl IntoView {
    view! {
        <span class="inline-flex items-center gap-1.5">
            <span class=format!("size-2.5 rounded-sm {class}")></span>
            {words}
        </span>
    }
}

#[component]
fn Bar(day: UsageDay, place: i64, top: i64) -> impl IntoView {
    let all = height(tokens(&day), top);
    let written = height(day.tokens_written, top).min(all);
    let (x, width) = ((place * DAY_WIDTH + 1).to_string(), (DAY_WIDTH - 2).to_string());
    let part = |from: i64, height: i64, class: &'static str| {
        (height > 0).then(|| {
            view! {
                <rect x=x.clone() width=width.clone() y=(PLOT_HEIGHT - from - height).to_string() height=height.to_string() class=class></rect>
            }
        })
    };
    let title = format!(
        "{}: {} read, {} written, {} calls",
        short_day(day.day_ms),
        count(day.tokens_read),
        count(day.tokens_written),
        count(day.calls)
    );
    view! {
        <g class="group/bar">
            <title>{title}</title>
            // The whole column answers the pointer.
            <rect
                x=(place * DAY_WIDTH).to_string()
                y="0"
                width=DAY_WIDTH.to_string()
                height=PLOT_HEIGHT.to_string()
                class="fill-transparent group-hover/bar:fill-sunken"
            ></rect>
            {part(0, all - written, "fill-ai/45")}
            {part(all - written, written, "fill-ai")}
        </g>
    }
}

/// Every day with calls, latest first.
#[component]
fn Days(days: Vec<UsageDay>, has_prices: bool) -> impl IntoView {
    let rows = days.into_iter().rev().filter(|day| day.calls > 0).map(|day| {
        view! {
            <tr class="border-t border-border">
                <th scope="row" class="py-1.5 pr-4 text-left font-medium whitespace-nowrap">
                    {utc::day(day.day_ms)}
                </th>
                <td class="py-1.5 pr-4">{count(day.tokens_read)}</td>
                <td class="py-1.5 pr-4">{count(day.tokens_written)}</td>
                {has_prices.then(|| view! { <td class="py-1.5 pr-4">{dollars_text(day.cost)}</td> })}
                <td class="py-1.5 pr-4">{count(day.calls)}</td>
                <td class="py-1.5 pr-4">{count(day.failures)}</td>
                <td class="py-1.5">{latency_text(day.latency_ms)}</td>
            </tr>
        }
    });
    view! {
        <div class="mt-2 max-h-80 overflow-auto" tabindex="0" role="region" aria-label="Days with calls">
            <table class="figures w-full border-collapse text-right text-sm">
                <caption class="sr-only">"Use of the model by day, latest first; days without calls are left out"</caption>
                <thead>
                    <tr class="text-muted">
                        <th scope="col" class="py-1.5 pr-4 text-left font-medium">
                            "Day"
                        </th>
                        <Column words="Read" />
                        <Column words="Written" />
                        {has_prices.then(|| view! { <Column words="Cost" /> })}
                        <Column words="Calls" />
                        <Column words="Unanswered" />
                        <th scope="col" class="py-1.5 font-medium whitespace-nowrap">
                            "Mean answer"
                        </th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
}

#[component]
fn Column(words: &'static str) -> impl IntoView {
    view! {
        <th scope="col" class="py-1.5 pr-4 font-medium">
            {words}
        </th>
    }
}

fn tokens(day: &UsageDay) -> i64 {
    day.tokens_read + day.tokens_written
}

fn count(count: i64) -> String {
    thousands(usize::try_from(count).unwrap_or_default())
}

/// Of the plot's height, where `top` reaches all of it. What is not nothing is seen.
fn height(tokens: i64, top: i64) -> i64 {
    if tokens <= 0 { 0 } else { (tokens.saturating_mul(PLOT_HEIGHT) / top.max(1)).clamp(BAR_MIN, PLOT_HEIGHT) }
}

/// The next round number: 1, 2 or 5 with zeros.
fn round_up(count: i64) -> i64 {
    let mut step = 1_i64;
    loop {
        for digit in [1, 2, 5] {
            if count <= digit * step {
                return digit * step;
            }
        }
        step = step.saturating_mul(10);
        if step >= i64::MAX / 10 {
            return count;
        }
    }
}

/// A count in three digits or so: `950`, `20k`, `1.5M`.
fn compact(count: i64) -> String {
    let in_units = |unit: i64, name: &str| {
        let tenths = count / (unit / 10);
        let tail = if tenths % 10 == 0 { String::new() } else { format!(".{}", tenths % 10) };
        format!("{}{tail}{name}", tenths / 10)
    };
    match count {
        ..1_000 => count.to_string(),
        1_000..1_000_000 => in_units(1_000, "k"),
        1_000_000..1_000_000_000 => in_units(1_000_000, "M"),
        _ => in_units(1_000_000_000, "G"),
    }
}

/// `22 Nov`, without the year.
fn short_day(day_ms: i64) -> String {
    let day = utc::day(day_ms);
    day.rsplit_once(' ').map_or(day.clone(), |(short, _)| short.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scale_ends_at_a_round_number() {
        assert_eq!([0, 1, 3, 11, 20, 4_999, 5_001].map(round_up), [1, 1, 5, 20, 20, 5_000, 10_000]);
    }

    #[test]
    fn counts_are_shortened() {
        assert_eq!([0, 950, 20_000, 1_500, 2_000_000].map(compact), ["0", "950", "20k", "1.5k", "2M"]);
    }

    #[test]
    fn a_bar_of_few_tokens_is_still_seen() {
        assert_eq!(height(0, 1_000_000), 0);
        assert_eq!(height(1, 1_000_000), BAR_MIN);
        assert_eq!(height(1_000_000, 1_000_000), PLOT_HEIGHT);
        assert_eq!(short_day(0), "1 Jan");
    }
}
