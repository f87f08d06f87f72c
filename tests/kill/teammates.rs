//! Teammates: they look at the same list, so they race for the same conversation; whoever has one replies, notes, gives
//! it on or settles it. Meanwhile each one's browser listens to the stream.

use crate::book::{Deed, Done, Writer, Written};
use crate::events::Events;
use crate::load::{Load, pause};
use crate::people::{Answer, Person, code};
use baton::domain::{ConversationId, Entry, Owner};
use baton::wire::conversation::{Head, InboxView};
use rand::Rng;
use rand::rngs::StdRng;
use serde_json::{Value, json};
use std::time::{SystemTime, UNIX_EPOCH};
use tokio_util::sync::CancellationToken;

/// How long a conversation is snoozed for: not past the end of the test.
const SNOOZE_MS: u128 = 1_500;

/// One teammate at work, until the load ends.
pub async fn work(load: Load, person: Person, mut rng: StdRng) {
    let mut work = Work { load, person, written: 0 };
    while !work.load.is_over() {
        if let Some(id) = work.choose(&mut rng).await {
            work.look_at(&id, &mut rng).await;
        }
        pause(&mut rng, 10..120).await;
    }
}

struct Work {
    load: Load,
    person: Person,
    written: u32,
}

impl Work {
    /// Mostly the first who waits, as everybody would; otherwise anybody.
    async fn choose(&self, rng: &mut StdRng) -> Option<ConversationId> {
        let view = match rng.random_range(0..100) {
            0..45 => InboxView::NeedsIntervention,
            45..90 => InboxView::Mine,
            90..97 => InboxView::Ai,
            _ => InboxView::Open,
        };
        let rows = self.person.list(view).await.rows;
        let chosen = if view == InboxView::NeedsIntervention { 0 } else { rng.random_range(0..rows.len().max(1)) };
        rows.into_iter().nth(chosen).map(|row| row.id)
    }

    async fn look_at(&mut self, id: &ConversationId, rng: &mut StdRng) {
        let head = self.person.thread(id).await.head;
        let roll = rng.random_range(0..100);
        let is_mine = head.owner.teammate() == Some(&self.person.me.id);
        match (&head.owner, roll) {
            (_, 0..8) => self.note(id).await,
            (Owner::Ai | Owner::Queue, 8..75) => self.take_over(&head).await,
            // An implicit take over; also what a teammate with an old page tries on somebody else's.
            (Owner::Ai | Owner::Queue, 75..88) | (Owner::Teammate(_), 8..40) => self.reply(id).await,
            (Owner::Ai | Owner::Queue, 88..92) => self.hand_to_team(id).await,
            (Owner::Teammate(_), 40..45) if is_mine => self.snooze(id).await,
            (Owner::Teammate(_), 45..52) if is_mine => self.hand_to_team(id).await,
            (Owner::Teammate(_), 52..78) if is_mine => {
                self.do_it("return_to_ai", id, json!({ "id": id }), Deed::ReturnedToAi).await
            }
            (Owner::Teammate(_), 78..100) if is_mine => {
                self.do_it("resolve", id, json!({ "id": id }), Deed::Resolved).await
            }
            _ => {}
        }
    }

    async fn take_over(&self, head: &Head) {
        let body = json!({ "id": head.id, "epoch": head.owner_epoch });
        self.do_it("take_over", &head.id, body, Deed::TookOver { epoch: head.owner_epoch }).await;
    }

    async fn hand_to_team(&self, id: &ConversationId) {
        let body = json!({ "id": id, "reason": "Somebody else knows this better" });
        self.do_it("hand_to_team", id, body, Deed::HandedToTeam).await;
    }

    async fn snooze(&self, id: &ConversationId) {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970").as_millis();
        self.do_it("snooze", id, json!({ "id": id, "until_ms": (now + SNOOZE_MS) as i64 }), Deed::Snoozed).await;
    }

    async fn do_it(&self, verb: &str, id: &ConversationId, body: Value, deed: Deed) {
        let answer = self.person.call(&format!("conversations/{verb}"), &body).await;
        if self.is_done(verb, &answer) {
            let done = Done { by: self.person.me.id.clone(), conversation_id: id.clone(), deed };
            self.load.book.open().done.push(done);
        }
    }

    async fn reply(&mut self, id: &ConversationId) {
        self.write("reply", id, Writer::Replying(self.person.me.id.clone())).await;
    }

    async fn note(&mut self, id: &ConversationId) {
        self.write("note", id, Writer::Noting(self.person.me.id.clone())).await;
    }

    async fn write(&mut self, verb: &str, id: &ConversationId, by: Writer) {
        self.written += 1;
        let client_id = format!("{verb}-{}-{}", self.person.me.id, self.written);
        let body = format!("A {verb} by {}, number {}.", self.person.me.name, self.written);
        let sent = json!({ "id": id, "client_id": client_id, "body": body });
        let answer = self.person.call(&format!("conversations/{verb}"), &sent).await;
        if self.is_done(verb, &answer) {
            let entry: Entry = answer.read();
            assert_eq!(entry.client_id.as_deref(), Some(client_id.as_str()), "another entry was acknowledged");
            let conversation_id = entry.conversation_id;
            let written = Written { by, conversation_id, client_id, body, entry_id: entry.id.0, seq: entry.seq };
            self.load.book.open().written.push(written);
        }
    }

    /// Whether it was done; a refusal is counted, and anything but a refusal is not expected.
    fn is_done(&self, verb: &str, answer: &Answer) -> bool {
        let mut pages = self.load.book.open();
        pages.asked_again += answer.tries - 1;
        if answer.status.is_success() {
            return true;
        }
        assert_eq!(answer.status.as_u16(), 409, "{verb}: {}", answer.body);
        *pages.refused.entry(format!("{verb}: {}", code(answer))).or_default() += 1;
        false
    }
}

/// What one teammate's browser heard.
#[derive(Clone, Debug, Default)]
pub struct Heard {
    pub who: String,
    /// Where the stream began.
    pub first_seq: i64,
    /// The ids of all events since, in the order they came.
    pub changes: Vec<i64>,
    pub notifications: Vec<(i64, String)>,
    pub connections: u32,
}

/// Listens until `stop`, through every restart.
pub async fn listen(person: Person, began: tokio::sync::oneshot::Sender<()>, stop: CancellationToken) -> Heard {
    let mut events = Events::new(&person.http, format!("{}/stream", person.url));
    let mut heard = Heard { who: person.me.id.0.clone(), ..Heard::default() };
    let mut began = Some(began);
    while let Some(event) = stop.run_until_cancelled(events.next()).await {
        let data: Value = serde_json::from_str(&event.data).unwrap_or_default();
        match (event.name.as_str(), event.id) {
            ("hello", _) => {
                if let Some(began) = began.take() {
                    heard.first_seq = data["seq"].as_i64().expect("a hello says where it begins");
                    // The test waits for it; if it has gone, there is nobody to tell.
                    let _ = began.send(());
                }
            }
            ("change", Some(seq)) => heard.changes.push(seq),
            ("notification", Some(seq)) => {
                heard.notifications.push((seq, data["id"].as_str().unwrap_or_default().to_owned()))
            }
            ("bye" | "heartbeat", _) => {}
            other => panic!("the stream said {other:?}"),
        }
    }
    heard.connections = events.connections;
    heard
}
