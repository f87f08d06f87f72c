//! Passages get their sentence vectors in the background: each one, once, whoever does it. Without an encoder they stay as they
//! are, and are found by their words. Where set-up has fetched no weights, what needs them says so.

#[path = "support/database.rs"]
mod database;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use baton::ai::builtin::Builtin;
use baton::ai::meaning::{self, Encoder, Meaning, Vector};
use baton::config::Config;
use baton::desk::{Desk, Parts, RandomIds, Seal, SetUp, SystemClock};
use baton::domain::{AgentId, KnowledgeId, KnowledgeText, Teammate};
use baton::handoff::Limits;
use baton::live::Live;
use baton::store::knowledge;
use baton::wire::knowledge::SavedEntry;
use baton::work;
use database::TestDatabase;
use std::sync::Arc;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// Longer than it takes, and shorter than the pause after which the runner looks for passages by itself.
const PATIENCE: Duration = Duration::from_secs(30);
/// More than are done at once.
const PASSAGES: i64 = 40;

const PLAIN: &str = "select count(*) from knowledge_passage where embedding is null";

/// The encoder, where set-up has fetched its weights.
fn encoder() -> Option<Encoder> {
    let folder = Config::load().expect("the settings are right").model_dir;
    if !folder.join("model.safetensors").is_file() {
        println!("not run: there are no weights in {}; script/bootstrap fetches them", folder.display());
        return None;
    }
    Some(Encoder::at(folder))
}

/// An admin at a desk.
struct Office {
    desk: Desk,
    owner: Teammate,
    agent: AgentId,
}

impl Office {
    async fn open(database: &TestDatabase, encoder: Encoder) -> Self {
        let desk = desk(database, encoder);
        let form = SetUp {
            workspace_name: "Tides & Co".into(),
            name: "Olga Owner".into(),
            email: "olga@example.com".into(),
            password: "correct horse battery staple".into(),
            agent_name: "Ada".into(),
            token: String::new(),
        };
        let signed_in = desk.set_up(form).await.unwrap();
        let owner = desk.session(&signed_in.token).await.unwrap().unwrap();
        Self { desk, owner, agent: signed_in.agent_id }
    }

    async fn save(&self, id: Option<&KnowledgeId>, title: &str, body: &str, version: i64) -> KnowledgeId {
        let text = KnowledgeText { title: title.into(), body: body.into() };
        match self.desk.save_entry(&self.owner, &self.agent, id, text, version).await.unwrap() {
            SavedEntry::Stored { id, .. } => id,
            SavedEntry::Conflict(newer) => panic!("somebody else saved: {newer:?}"),
        }
    }

    /// Saves an entry of [`PASSAGES`] passages.
    async fn save_long(&self, database: &TestDatabase) -> KnowledgeId {
        let parts = (0..PASSAGES).map(|n| format!("# Shelf {n}\n\nTeapot number {n} stands on shelf {n}."));
        let id = self.save(None, "Teapots", &parts.collect::<Vec<_>>().join("\n\n"), 0).await;
        assert_eq!(database.number(PLAIN).await, PASSAGES);
        id
    }
}

/// A desk over a database; several are what several processes have.
fn desk(database: &TestDatabase, encoder: Encoder) -> Desk {
    Desk::new(Parts {
        db: database.db.clone(),
        live: Live::new(database.db.clone()),
        ai: Arc::new(Builtin::by_words()),
        encoder,
        clock: Arc::new(SystemClock),
        ids: Arc::new(RandomIds),
        limits: Limits::default(),
        setup_token: None,
        public_url: "http://127.0.0.1:3000".into(),
        seal: Seal::new("a secret of the tests"),
        secure_cookies: false,
    })
}

/// Embeds until there is nothing left, and says how many batches it took.
async fn embed_all(desk: &Desk) -> usize {
    let mut batches = 0;
    while desk.embed_passages().await.unwrap() {
        batches += 1;
    }
    batches
}

on_both_databases! {
    async fn each_passage_gets_its_vector_once(database: &TestDatabase) {
        let Some(encoder) = encoder() else { return };
        let office = Office::open(database, encoder.clone()).await;
        assert!(!office.desk.embed_passages().await.unwrap(), "nothing is known yet");
        let id = office.save_long(database).await;
        assert_eq!(embed_all(&office.desk).await, 2);
        assert_eq!(database.number(PLAIN).await, 0);
        let stored = knowledge::list_passages(&mut database.db.read().await.unwrap(), &office.agent, meaning::NAME).await;
        let meaning: &Meaning = encoder.get().unwrap();
        for stored in stored.unwrap() {
            let kept = Vector::from_bytes(&STANDARD.decode(stored.embedding.unwrap()).unwrap()).unwrap();
            let of_it = meaning.about(&baton::ai::knowledge::embedded_text(&stored.title, &stored.passage)).unwrap();
            assert!(kept.likeness(&of_it) > 0.999, "{}", stored.passage.text);
        }

        // What has one keeps it: a mark in its place stays.
        database.execute("update knowledge_passage set embedding = 'mark'").await.unwrap();
        office.save(None, "Cups", "Cups hang under the shelves.", 0).await;
        assert_eq!(embed_all(&office.desk).await, 1);
        assert_eq!(database.number("select count(*) from knowledge_passage where embedding = 'mark'").await, PASSAGES);
        // Those of another model, and of a text that was saved again, are made anew.
        database.execute("update knowledge_passage set embedded_by = 'older' where ordinal = 7").await.unwrap();
        assert_eq!(embed_all(&office.desk).await, 1);
        assert_eq!(database.number("select count(*) from knowledge_passage where embedding = 'mark'").await, PASSAGES - 1);
        office.save(Some(&id), "Teapots", "All teapots are sold.", 1).await;
        assert_eq!((database.number(PLAIN).await, embed_all(&office.desk).await), (1, 1));
        assert_eq!(database.number(PLAIN).await, 0);
    }

    async fn two_processes_that_embed_at_once_are_not_in_each_others_way(database: &TestDatabase) {
        let Some(encoder) = encoder() else { return };
        let office = Office::open(database, encoder.clone()).await;
        office.save_long(database).await;
        let other = desk(database, encoder);
        tokio::join!(embed_all(&office.desk), embed_all(&other));
        assert_eq!(database.number(PLAIN).await, 0);
    }

    async fn without_an_encoder_passages_stay_as_they_are(database: &TestDatabase) {
        let nothing = tempfile::tempdir().unwrap();
        let office = Office::open(database, Encoder::at(nothing.path().to_owned())).await;
        office.save_long(database).await;
        assert_eq!(embed_all(&office.desk).await, 0);
        assert_eq!(database.number(PLAIN).await, PASSAGES);
        let hits = office.desk.try_question(&office.owner, &office.agent, "Where is teapot number 12?").await.unwrap();
        assert!(hits[0].answers && hits[0].text.contains("shelf 12"), "{hits:?}");
    }
}

#[tokio::test]
async fn the_runner_embeds_what_is_saved_without_being_asked() {
    let Some(encoder) = encoder() else { return };
    let database = TestDatabase::sqlite().await;
    let office = Office::open(&database, encoder).await;
    let stop = CancellationToken::new();
    let worker = tokio::spawn(work::run(office.desk.clone(), 1, true, stop.clone()));
    for title in ["Teapots", "Cups"] {
        office.save(None, title, "They stand on the shelf.", 0).await;
        let done = async {
            let mut ticks = tokio::time::interval(Duration::from_millis(20));
            while database.number(PLAIN).await > 0 {
                ticks.tick().await;
            }
        };
        tokio::time::timeout(PATIENCE, done).await.expect("a vector before the runner looks by itself");
    }
    stop.cancel();
    worker.await.unwrap().unwrap();
}
