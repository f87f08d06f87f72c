//! What a model that fails leads to.

use crate::memory::*;
use baton::ai::model::Failure;
use baton::ai::{Engine, Health, Proposal, Speaker};
use baton::domain::*;

const PARROT: (Speaker, &str) = (Speaker::Customer, "My aunt's parrot ate the invitation");

/// Every failure before a word was shown.
fn failures() -> Vec<Failure> {
    vec![
        Failure::Unreachable("refused".into()),
        Failure::TimedOut,
        Failure::RateLimited { retry_after: None },
        Failure::RateLimited { retry_after: Some(std::time::Duration::from_secs(600)) },
        Failure::ServerFailed { status: 503, message: "busy".into() },
        Failure::KeyRefused,
        Failure::NoCredit,
        Failure::UnknownModel,
        Failure::TooLong,
        Failure::ContentRefused,
        Failure::NotSupported("tools"),
        Failure::Refused("no".into()),
        Failure::Unreadable("no".into()),
        Failure::BrokenOff,
        Failure::Empty,
        Failure::Endless,
    ]
}

#[tokio::test]
async fn every_failure_ends_in_an_answer_or_a_person() {
    let each = failures().into_iter().flat_map(|failure| {
        [OnFailure::BuiltIn, OnFailure::Human].map(|on_failure| {
            let failure = failure.clone();
            async move {
                let memory = Memory::new(vec![fails("", failure.clone())]);
                let mut brief = brief(&[PARROT]);
                brief.model.as_mut().unwrap().settings.on_failure = on_failure;
                let decided = engine(&memory).decide_aloud(&brief, &Ear::default()).await.unwrap();
                match on_failure {
                    OnFailure::BuiltIn => assert!(matches!(decided.proposal, Proposal::Reply { .. }), "{failure}"),
                    OnFailure::Human => assert!(matches!(decided.proposal, Proposal::GiveUp { .. }), "{failure}"),
                }
                assert!(decided.record.fallbacks.iter().any(|note| note.contains("did not answer")), "{failure}");
                assert_eq!(decided.calls.len(), memory.count());
                assert!(decided.calls.iter().all(|call| call.failure.as_deref() == Some(failure.code())));
                assert!(memory.count() <= 4, "{failure}: {}", memory.count());
            }
        })
    });
    futures::future::join_all(each).await;
}

#[tokio::test]
async fn a_passing_failure_is_tried_again() {
    let failing = fails("", Failure::ServerFailed { status: 503, message: String::new() });
    let memory = Memory::new(vec![failing, says("Parrots eat paper.")]);
    let decided = engine(&memory).decide_aloud(&brief(&[PARROT]), &Ear::default()).await.unwrap();
    assert!(matches!(&decided.proposal, Proposal::Reply { body, .. } if body == "Parrots eat paper."));
    assert_eq!(
        decided.calls.iter().map(|call| call.failure.as_deref()).collect::<Vec<_>>(),
        [Some("server_failed"), None]
    );
}

#[tokio::test]
async fn a_conversation_that_is_too_long_is_made_shorter() {
    let said: Vec<(Speaker, String)> = (0..40)
        .map(|n| (if n % 2 == 0 { Speaker::Customer } else { Speaker::Ai }, format!("This is message {n}")))
        .collect();
    let said: Vec<(Speaker, &str)> = said.iter().map(|(by, body)| (*by, body.as_str())).chain([PARROT]).collect();
    let memory =
        Memory::new(vec![fails("", Failure::TooLong), fails("", Failure::TooLong), says("Parrots eat paper.")]);
    let mut brief = brief(&said);
    brief.action.turns_max = 100;
    let decided = engine(&memory).decide_aloud(&brief, &Ear::default()).await.unwrap();
    assert!(matches!(&decided.proposal, Proposal::Reply { body, .. } if body == "Parrots eat paper."), "{decided:?}");
    let asked = memory.asked.lock().unwrap();
    let lengths: Vec<usize> = asked.iter().map(|ask| ask.lines.iter().map(|line| line.text.len()).sum()).collect();
    assert!(lengths[0] > lengths[1] && lengths[1] > lengths[2], "{lengths:?}");
    assert!(asked[2].lines[0].text.contains("This is message 0") && asked[2].lines[0].text.contains("left out"));
}

#[tokio::test]
async fn an_answer_that_breaks_off_keeps_what_was_shown_and_offers_a_person() {
    for play in [fails("Parrots eat paper. They also ", Failure::BrokenOff), hangs("Parrots eat paper. They also ")] {
        let memory = Memory::new(vec![play]);
        let ear = Ear::default();
        let decided = quick_engine(&memory).decide_aloud(&brief(&[PARROT]), &ear).await.unwrap();
        let Proposal::Reply { body, .. } = &decided.proposal else { panic!("{decided:?}") };
        assert!(ear.last() == "Parrots eat paper." && body.starts_with("Parrots eat paper.\n\n"), "{body}");
        assert!(body.ends_with('?') && memory.count() == 1);
        assert!(decided.record.fallbacks.iter().any(|note| note.contains("ended early")));
    }
}

#[tokio::test]
async fn an_answer_in_circles_is_ended() {
    let memory = Memory::new(vec![says(&"Parrots eat paper and ink. ".repeat(100))]);
    let ear = Ear::default();
    let decided = engine(&memory).decide_aloud(&brief(&[PARROT]), &ear).await.unwrap();
    assert_eq!(ear.last(), "Parrots eat paper and ink.");
    assert_eq!(decided.calls[0].failure.as_deref(), Some("endless"));
}

#[tokio::test]
async fn the_circuit_opens_is_told_and_no_customer_waits_for_it() {
    let memory = Memory::new(vec![fails("", Failure::KeyRefused)]);
    let engine = engine(&memory);
    let first = engine.decide_aloud(&brief(&[PARROT]), &Ear::default()).await.unwrap();
    assert!(matches!(first.health, Some(Health::Unavailable { .. })), "{first:?}");
    let second = engine.decide_aloud(&brief(&[PARROT]), &Ear::default()).await.unwrap();
    assert_eq!((memory.count(), second.health, second.calls.len()), (1, None, 0));
    assert!(second.record.fallbacks[0].contains("did not answer"), "{:?}", second.record.fallbacks);
    assert_eq!(engine.probe(brief(&[PARROT]).model.as_ref().unwrap()).await, None);
}
