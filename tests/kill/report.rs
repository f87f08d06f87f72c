//! The table of what was done while the server was killed.

use crate::book::{Deed, Pages, Writer};
use crate::rows::Rows;
use crate::teammates::Heard;
use std::time::Duration;

/// How often the server was killed and started.
#[derive(Default)]
pub struct Kills {
    pub total: u32,
    /// Killed before it answered anything.
    pub while_starting: u32,
    /// How long each start took that was waited for.
    pub starts: Vec<Duration>,
    /// How long setting up took.
    pub furnished_after: Duration,
    /// How long it took after the end of the load until nothing was left to do.
    pub quiet_after: Duration,
    pub took: Duration,
}

/// The table, one line per figure.
pub fn table(title: &str, kills: &Kills, rows: &Rows, book: &Pages, heard: &[Heard]) -> String {
    let written = |is: fn(&Writer) -> bool| book.written.iter().filter(|written| is(&written.by)).count();
    let done = |is: fn(&Deed) -> bool| book.done.iter().filter(|done| is(&done.deed)).count();
    let turns = |state: &str| rows.turns.iter().filter(|turn| turn.state == state).count();
    let refused: u32 = book.refused.values().sum();
    let lost_races = ["take_over: owner_changed", "take_over: already_owned"];
    let lost_races: u32 = lost_races.iter().filter_map(|code| book.refused.get(*code)).sum();
    let start_ms = median_ms(&kills.starts);
    let attempts = rows.jobs.iter().map(|job| job.attempts).max().unwrap_or(0);
    let lines = [
        ("kills", format!("{} ({} while starting)", kills.total, kills.while_starting)),
        ("start to ready, median", format!("{start_ms} ms")),
        ("conversations", rows.conversations.len().to_string()),
        ("customer messages acknowledged", written(|by| *by == Writer::Customer).to_string()),
        ("… sent again and found stored", book.stored_before.to_string()),
        ("replies acknowledged", written(|by| matches!(by, Writer::Replying(_))).to_string()),
        ("notes acknowledged", written(|by| matches!(by, Writer::Noting(_))).to_string()),
        ("requests asked again", book.asked_again.to_string()),
        ("turns done", turns("done").to_string()),
        ("turns void", turns("void").to_string()),
        ("handoffs", rows.handoffs.len().to_string()),
        ("button pressed", book.pressed.len().to_string()),
        ("take overs won", done(|deed| matches!(deed, Deed::TookOver { .. })).to_string()),
        ("take overs lost", lost_races.to_string()),
        ("handed to team", done(|deed| *deed == Deed::HandedToTeam).to_string()),
        ("returned to AI", done(|deed| *deed == Deed::ReturnedToAi).to_string()),
        ("snoozed", done(|deed| *deed == Deed::Snoozed).to_string()),
        ("resolved", done(|deed| *deed == Deed::Resolved).to_string()),
        ("all refusals", refused.to_string()),
        ("notifications", rows.notifications.len().to_string()),
        ("jobs", format!("{} (at most {attempts} attempts)", rows.jobs.len())),
        ("stream connections", heard.iter().map(|heard| heard.connections.to_string()).collect::<Vec<_>>().join(" + ")),
        ("setting up", format!("{:.1} s", kills.furnished_after.as_secs_f64())),
        ("quiet after the load", format!("{:.1} s", kills.quiet_after.as_secs_f64())),
        ("all in all", format!("{:.1} s", kills.took.as_secs_f64())),
    ];
    let mut table = format!("{title}\n");
    for (what, figure) in lines {
        table.push_str(&format!("  {what:<32} {figure}\n"));
    }
    table
}

fn median_ms(durations: &[Duration]) -> u128 {
    let mut sorted = durations.to_vec();
    sorted.sort_unstable();
    sorted.get(sorted.len() / 2).map_or(0, Duration::as_millis)
}
