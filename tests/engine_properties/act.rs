//! The acts random histories are made of. Indices point into whatever exists by then.

use proptest::prelude::*;

/// One act of somebody.
#[derive(Clone, Debug)]
pub enum Act {
    CustomerWrites,
    CustomerPressesButton,
    /// A worker begins a turn that was queued at some time; most often the active one.
    WorkerBegins {
        back: usize,
    },
    /// A worker that began a turn at some time speaks.
    WorkerSpeaks {
        back: usize,
        words: Words,
    },
    /// A teammate opens the page: from now on they see this owner epoch.
    Looks {
        who: usize,
    },
    TakesOver {
        who: usize,
    },
    Replies {
        who: usize,
    },
    Notes {
        who: usize,
    },
    HandsToTeam {
        who: usize,
    },
    Assigns {
        by: usize,
        to: usize,
    },
    ReturnsToAi {
        who: usize,
    },
    Resolves {
        who: usize,
    },
    Reopens {
        who: usize,
    },
    Snoozes {
        who: usize,
        minutes: i64,
    },
    SetsPriority {
        who: usize,
    },
    /// The clock reaches a pending timer.
    TimerGoesOff {
        index: usize,
    },
    /// A timer's job runs once more after it was done.
    TimerAgain {
        index: usize,
    },
    TimePasses {
        minutes: i64,
    },
    /// The admin or the world changes one thing.
    Changes(Change),
}

/// What a worker says at the end of a turn.
#[derive(Clone, Copy, Debug)]
pub enum Words {
    /// Shows what is written so far, which grows.
    Write,
    Reply,
    Ask,
    HandOff {
        has_value: bool,
        has_reason: bool,
    },
    Fail,
    Resolve,
}

/// What can change around a conversation.
#[derive(Clone, Copy, Debug)]
pub enum Change {
    Enabled,
    Required,
    Button,
    AutoPriority,
    Questions,
    Online,
    LastTeammateOnline,
    AiCanAnswer,
}

/// A random act: conversation is likelier than administration.
pub fn act() -> impl Strategy<Value = Act> {
    let who = 0..2usize;
    let back = prop_oneof![6 => Just(0usize), 1 => 1..5usize];
    prop_oneof![
        12 => Just(Act::CustomerWrites),
        2 => Just(Act::CustomerPressesButton),
        10 => back.clone().prop_map(|back| Act::WorkerBegins { back }),
        12 => (back, words()).prop_map(|(back, words)| Act::WorkerSpeaks { back, words }),
        2 => who.clone().prop_map(|who| Act::Looks { who }),
        4 => who.clone().prop_map(|who| Act::TakesOver { who }),
        4 => who.clone().prop_map(|who| Act::Replies { who }),
        1 => who.clone().prop_map(|who| Act::Notes { who }),
        2 => who.clone().prop_map(|who| Act::HandsToTeam { who }),
        2 => (who.clone(), who.clone()).prop_map(|(by, to)| Act::Assigns { by, to }),
        3 => who.clone().prop_map(|who| Act::ReturnsToAi { who }),
        2 => who.clone().prop_map(|who| Act::Resolves { who }),
        2 => who.clone().prop_map(|who| Act::Reopens { who }),
        2 => (who.clone(), -1..90i64).prop_map(|(who, minutes)| Act::Snoozes { who, minutes }),
        1 => who.prop_map(|who| Act::SetsPriority { who }),
        6 => any::<usize>().prop_map(|index| Act::TimerGoesOff { index }),
        1 => any::<usize>().prop_map(|index| Act::TimerAgain { index }),
        2 => prop_oneof![4 => 0..60i64, 1 => Just(8 * 24 * 60)].prop_map(|minutes| Act::TimePasses { minutes }),
        3 => change().prop_map(Act::Changes),
    ]
}

fn words() -> impl Strategy<Value = Words> {
    prop_oneof![
        4 => Just(Words::Write),
        5 => Just(Words::Reply),
        3 => Just(Words::Ask),
        4 => any::<(bool, bool)>().prop_map(|(has_value, has_reason)| Words::HandOff { has_value, has_reason }),
        1 => Just(Words::Fail),
        2 => Just(Words::Resolve),
    ]
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        Just(Change::Enabled),
        Just(Change::Required),
        Just(Change::Button),
        Just(Change::AutoPriority),
        Just(Change::Questions),
        Just(Change::Online),
        Just(Change::LastTeammateOnline),
        Just(Change::AiCanAnswer),
    ]
}
