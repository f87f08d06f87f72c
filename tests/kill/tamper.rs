//! Proof that the checks can fail: takes the rows and the book of a load that went well, breaks one thing at a time, and
//! expects a complaint about it.

use crate::book::{Deed, Pages};
use crate::check::check;
use crate::rows::Rows;
use crate::teammates::Heard;

/// Everything that is checked.
type Case = (Rows, Pages, Vec<Heard>);

/// What must be complained of, and how it is brought about.
type Way = (&'static str, fn(&mut Case));

/// Breaks something in each of many ways. Panics if one goes unnoticed.
pub fn expect_complaints(rows: &Rows, book: &Pages, heard: &[Heard]) {
    let whole: Case = (rows.clone(), book.clone(), heard.to_vec());
    let ways: [Way; 18] = [
        ("I1: acknowledged, but not stored so", lose_an_acknowledged_message),
        ("I1: acknowledged, but not stored so", change_a_body),
        ("I1: the client id", |(rows, ..)| {
            let mut again =
                rows.entries.iter().find(|entry| entry.client_id.is_some()).expect("somebody wrote").clone();
            again.id.push('2');
            rows.entries.push(again);
        }),
        ("stored, but never acknowledged", |(_, book, _)| drop(book.written.pop())),
        ("I2: message", unbind_what_the_ai_answered),
        ("I2: the AI owns", |(rows, ..)| {
            let owned = rows.conversations.iter_mut().find(|row| row.owner == "ai" && row.customer_seq > 0);
            owned.expect("the AI owns one").answered_seq = 0;
        }),
        ("spoke 2 times", |(rows, ..)| {
            let mut again = rows.entries.iter().find(|row| row.author_kind == "ai").expect("the AI spoke").clone();
            again.id.push('2');
            rows.entries.push(again);
        }),
        ("I3: the AI said", |(rows, ..)| {
            let said = rows.entries.iter_mut().find(|row| row.author_kind == "ai").expect("the AI spoke");
            said.owner_epoch = said.owner_epoch.map(|epoch| epoch + 1);
        }),
        ("its log: queued", |(rows, ..)| rows.turns[0].state = "running".into()),
        ("I4:", |(rows, ..)| {
            let ended = rows.handoffs.iter_mut().find(|row| row.ended_at_ms.is_some()).expect("one ended");
            ended.ended_at_ms = None;
        }),
        ("I5:", |(rows, ..)| {
            (rows.handoffs[0].gathered, rows.handoffs[0].missing) = ("[]".into(), "[]".into());
        }),
        ("has no summary", |(rows, ..)| rows.handoffs[0].summary = None),
        ("I6:", |(_, book, _)| {
            let won =
                book.done.iter().find(|done| matches!(done.deed, Deed::TookOver { .. })).expect("one won").clone();
            book.done.push(crate::book::Done { by: "somebody-else".into(), ..won });
        }),
        ("I7: the notice", |(rows, ..)| drop(rows.notifications.pop())),
        ("I7: the notice", |(rows, ..)| {
            let again = rows.notifications[0].clone();
            rows.notifications.push(again);
        }),
        ("after 5 attempts", |(rows, ..)| (rows.jobs[0].state, rows.jobs[0].attempts) = ("dead".into(), 5)),
        ("does not count from 1 to its version", |(rows, ..)| {
            let log = rows.log.values_mut().next().expect("one conversation");
            drop(log.pop());
        }),
        ("changes, or not each once", |(_, _, heard)| _ = heard[0].changes.pop()),
    ];
    for (number, (expected, break_it)) in ways.into_iter().enumerate() {
        let mut case = whole.clone();
        break_it(&mut case);
        let complaints = check(&case.0, &case.1, &case.2);
        assert!(
            complaints.iter().any(|complaint| complaint.contains(expected)),
            "way {number} ({expected}) went unnoticed; complaints: {complaints:#?}"
        );
    }
}

fn lose_an_acknowledged_message((rows, book, _): &mut Case) {
    let lost = book.written[0].entry_id.clone();
    rows.entries.retain(|entry| entry.id != lost);
}

fn change_a_body((rows, book, _): &mut Case) {
    let changed = &book.written[0].entry_id;
    let entry = rows.entries.iter_mut().find(|entry| entry.id == *changed).expect("it is stored");
    entry.body.push('!');
}

fn unbind_what_the_ai_answered((rows, ..): &mut Case) {
    rows.entries.iter_mut().for_each(|entry| {
        if entry.author_kind == "customer" {
            entry.turn_id = None;
        }
    });
}
