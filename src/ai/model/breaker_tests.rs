//! The breaker in every order of calls, answers and time.

use super::*;
use crate::ai::Secret;
use crate::domain::{ModelSettings, Provider};
use proptest::prelude::*;

/// One thing that happens.
#[derive(Clone, Debug)]
enum Happening {
    Passes(u64),
    Asks,
    /// The call that has been under way longest (counted by the number) ends so.
    Answers(usize),
    Fails(usize, Failure),
    GivesUp(usize),
}

fn happenings() -> impl Strategy<Value = Vec<Happening>> {
    let failure = prop_oneof![
        3 => Just(Failure::TimedOut),
        1 => Just(Failure::KeyRefused),
        1 => Just(Failure::TooLong),
        1 => Just(Failure::Empty),
    ];
    let one = prop_oneof![
        2 => (0..400_u64).prop_map(Happening::Passes),
        4 => Just(Happening::Asks),
        1 => any::<usize>().prop_map(Happening::Answers),
        4 => (any::<usize>(), failure).prop_map(|(which, failure)| Happening::Fails(which, failure)),
        1 => any::<usize>().prop_map(Happening::GivesUp),
    ];
    proptest::collection::vec(one, 1..120)
}

proptest! {
    #[test]
    fn one_probe_at_a_time_nobody_before_time_and_a_success_closes(story in happenings()) {
        let mut breaker = Breaker::default();
        let mut now = Instant::now();
        let mut under_way: Vec<Ticket> = Vec::new();
        // Kept beside the breaker: the probe that is under way, and since when it is open.
        let mut probe: Option<Ticket> = None;
        let mut open_since: Option<Instant> = None;
        for happening in story {
            match happening {
                Happening::Passes(seconds) => now += Duration::from_secs(seconds),
                Happening::Asks => {
                    let admitted = breaker.admit(now);
                    match (&admitted, open_since) {
                        (Ok(Ticket::Usual), open) => prop_assert!(open.is_none()),
                        (Ok(Ticket::Probe(_)), open) => {
                            prop_assert!(probe.is_none(), "two probes at once");
                            prop_assert!(now.duration_since(open.unwrap()) >= OPEN_FIRST);
                        }
                        (Err(shut), open) => {
                            prop_assert!(open.is_some());
                            prop_assert!(now < shut.until || probe.is_some());
                            prop_assert!(shut.until <= open.unwrap() + OPEN_MAX);
                        }
                    }
                    if let Ok(ticket) = admitted {
                        probe = matches!(ticket, Ticket::Probe(_)).then_some(ticket).or(probe);
                        under_way.push(ticket);
                    }
                }
                Happening::Answers(which) if !under_way.is_empty() => {
                    under_way.remove(which % under_way.len());
                    let change = breaker.succeeded();
                    prop_assert_eq!(change.is_some(), open_since.is_some());
                    (probe, open_since) = (None, None);
                    prop_assert_eq!(breaker.admit(now), Ok(Ticket::Usual), "a success closes");
                }
                Happening::Fails(which, failure) if !under_way.is_empty() => {
                    let ticket = under_way.remove(which % under_way.len());
                    match breaker.failed(ticket, &failure, now) {
                        Some(Change::Opened) => {
                            prop_assert!(open_since.is_none());
                            prop_assert_ne!(weight(&failure) as u8, Weight::None as u8);
                            open_since = Some(now);
                        }
                        Some(Change::Closed) => {
                            prop_assert_eq!(probe, Some(ticket));
                            open_since = None;
                        }
                        None if probe == Some(ticket) => open_since = Some(now),
                        None => {}
                    }
                    probe = probe.filter(|own| *own != ticket);
                }
                Happening::GivesUp(which) if !under_way.is_empty() => {
                    let ticket = under_way.remove(which % under_way.len());
                    breaker.gave_up(ticket);
                    probe = probe.filter(|own| *own != ticket);
                }
                _ => {}
            }
            prop_assert_eq!(breaker.error().is_some(), open_since.is_some());
        }
    }
}

#[test]
fn three_failures_in_a_row_open_it_and_each_probe_that_fails_doubles_the_time() {
    let (mut breaker, mut now) = (Breaker::default(), Instant::now());
    let failure = Failure::ServerFailed { status: 500, message: "boom".into() };
    assert_eq!(breaker.failed(Ticket::Usual, &failure, now), None);
    assert_eq!(breaker.succeeded(), None);
    assert_eq!(breaker.failed(Ticket::Usual, &failure, now), None);
    assert_eq!(breaker.failed(Ticket::Usual, &Failure::TooLong, now), None);
    assert_eq!(breaker.failed(Ticket::Usual, &failure, now), None);
    assert_eq!(breaker.failed(Ticket::Usual, &failure, now), Some(Change::Opened));
    for seconds in [10, 20, 40, 80, 160, 300, 300] {
        assert_eq!(breaker.admit(now).unwrap_err().until, now + Duration::from_secs(seconds));
        now += Duration::from_secs(seconds);
        let probe = breaker.admit(now).unwrap();
        assert!(breaker.admit(now).is_err());
        assert_eq!(breaker.failed(probe, &failure, now), None);
    }
    now += OPEN_MAX;
    breaker.admit(now).unwrap();
    assert_eq!(breaker.succeeded(), Some(Change::Closed));
    assert_eq!(breaker.admit(now), Ok(Ticket::Usual));
}

#[test]
fn what_somebody_must_mend_opens_it_at_once() {
    for failure in [Failure::KeyRefused, Failure::NoCredit, Failure::UnknownModel] {
        let mut breaker = Breaker::default();
        assert_eq!(breaker.failed(Ticket::Usual, &failure, Instant::now()), Some(Change::Opened), "{failure}");
    }
}

#[test]
fn a_probe_that_is_dropped_leaves_room_for_the_next_and_a_new_key_starts_anew() {
    let settings = ModelSettings { provider: Provider::Openai, model: "m".into(), ..ModelSettings::default() };
    let model =
        |key: &str| Model { settings: settings.clone(), key: Some(Secret(key.into())), tested: None, barred: None };
    let (breakers, now) = (Breakers::default(), Instant::now());
    let old = model("old");
    assert_eq!(breakers.admit(&old, now).unwrap().failed(&Failure::KeyRefused, now), Some(Change::Opened));
    assert!(breakers.admit(&old, now).is_err());
    assert!(breakers.error(&old).is_some());
    assert!(breakers.admit(&model("new"), now).is_ok());
    let later = now + OPEN_FIRST;
    let probe = breakers.admit(&old, later).unwrap();
    assert!(probe.is_probe());
    assert!(breakers.admit(&old, later).is_err());
    drop(probe);
    assert_eq!(breakers.admit(&old, later).unwrap().succeeded(), Some(Change::Closed));
}
