//! What holds in every history. Random lives of a conversation, with crashed and repeated workers, teammates
//! who look at an old page, timers that come late or twice, and an admin who changes the action meanwhile;
//! after every step the `ledger` compares what the engine did with the invariants of PRODUCT.md §4.

#[path = "../engine/mod.rs"]
mod engine;

mod act;
mod ledger;

use act::{Act, act};
use baton::domain::*;
use baton::handoff::*;
use engine::{ann, ben};
use ledger::World;
use proptest::prelude::*;

fn history() -> impl Strategy<Value = Vec<Act>> {
    prop::collection::vec(act(), 0..80)
}

fn lived(acts: &[Act]) -> World {
    let mut world = World::new();
    for act in acts {
        world.live(act);
    }
    world
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    /// I2 to I5, epochs, versions, seqs, and nobody stranded: the ledger asserts them after every step.
    #[test]
    fn every_history_keeps_the_invariants(acts in history()) {
        lived(&acts);
    }

    /// I2 and I8: once the workers have caught up, every message is dealt with or a person is asked for.
    #[test]
    fn every_message_is_answered_or_a_person_is_asked_for(acts in history()) {
        let mut world = lived(&acts);
        world.catch_up();
        world.assert_all_heard();
    }

    /// I6: of all who take over from the same page, exactly one wins, and the others are told who.
    #[test]
    fn exactly_one_take_over_wins(acts in history(), order in Just(["ann", "ben", "cem"]).prop_shuffle()) {
        let mut world = lived(&acts);
        let before = world.story.conversation.clone();
        if !matches!(before.owner, Owner::Ai | Owner::Queue) {
            return Ok(());
        }
        let results = order.map(|who| {
            world.happens(&Event::TeammateTookOver { teammate: who.into(), epoch: before.owner_epoch })
        });
        prop_assert!(results[0].is_ok());
        for lost in &results[1..] {
            prop_assert_eq!(lost, &Err(Refused::AlreadyOwned { by: order[0].into() }));
        }
    }

    /// A page that shows an older owner can't take the conversation from whoever has it since.
    #[test]
    fn a_take_over_from_an_old_page_is_refused(acts in history(), behind in 1i64..5) {
        let mut world = lived(&acts);
        let epoch = world.story.epoch() - behind;
        let result = world.happens(&Event::TeammateTookOver { teammate: ben(), epoch });
        prop_assert!(result.is_err());
    }

    /// I3: once a person has it, no turn ever begun can speak.
    #[test]
    fn no_ai_speaks_over_a_teammate(acts in history()) {
        let mut world = lived(&acts);
        if world.happens(&Event::TeammateReplied { teammate: ann(), body: "Hi.".into(), client_id: "own".into() }).is_err() {
            return Ok(());
        }
        for (turn_id, epoch) in world.every_claim() {
            for epoch in [epoch, world.story.epoch()] {
                let body = "Me too.".to_owned();
                let speaks = Event::AiReplied { turn_id: turn_id.clone(), epoch, body, gathered: vec![] };
                prop_assert_eq!(world.happens(&speaks), Err(Refused::StaleTurn));
            }
        }
    }

    /// A note is heard by the team and changes nothing else.
    #[test]
    fn a_note_changes_nothing_but_the_thread(acts in history()) {
        let mut world = lived(&acts);
        let before = world.story.conversation.clone();
        let note = Event::TeammateNoted { teammate: ann(), body: "Careful.".into(), client_id: "note".into() };
        let step = world.happens(&note).expect("a note is always taken");
        let expected = Conversation {
            version: before.version + 1,
            last_seq: before.last_seq + 1,
            updated_at_ms: world.story.now_ms,
            ..before
        };
        prop_assert_eq!(step.next, expected);
        prop_assert_eq!(step.effects.len(), 1);
    }
}
