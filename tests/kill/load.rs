//! The load: who writes and works while the server is killed, and how long.

use crate::book::Book;
use crate::people::Person;
use crate::teammates::{Heard, listen};
use crate::{customers, teammates};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use std::ops::Range;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::{JoinHandle, JoinSet};
use tokio_util::sync::CancellationToken;

/// How many customers write at once.
const CHAIRS: usize = 8;

/// What everybody of the load shares.
#[derive(Clone)]
pub struct Load {
    pub url: String,
    pub widget_key: String,
    pub book: Arc<Book>,
    over: CancellationToken,
}

impl Load {
    /// Whether it is time to stop. Whoever is in the middle of something finishes it.
    pub fn is_over(&self) -> bool {
        self.over.is_cancelled()
    }
}

/// A load that runs.
pub struct Running {
    load: Load,
    people: JoinSet<()>,
    listeners: Vec<JoinHandle<Heard>>,
    deaf: CancellationToken,
}

impl Running {
    /// Begins: everybody draws from a random sequence of their own, which follows from `seed`.
    pub async fn begin(url: &str, widget_key: &str, team: &[Person], seed: u64) -> Self {
        let (over, deaf) = (CancellationToken::new(), CancellationToken::new());
        let load =
            Load { url: url.to_owned(), widget_key: widget_key.to_owned(), book: Arc::new(Book::default()), over };
        let mut listeners = Vec::new();
        for person in team {
            let (began, begun) = tokio::sync::oneshot::channel();
            listeners.push(tokio::spawn(listen(person.clone(), began, deaf.clone())));
            begun.await.expect("the stream begins");
        }
        let mut people = JoinSet::new();
        let mut seeds = StdRng::seed_from_u64(seed);
        for chair in 0..CHAIRS {
            people.spawn(customers::come_and_go(load.clone(), chair, StdRng::from_rng(&mut seeds)));
        }
        for person in team {
            people.spawn(teammates::work(load.clone(), person.clone(), StdRng::from_rng(&mut seeds)));
        }
        Self { load, people, listeners, deaf }
    }

    /// Panics if somebody has panicked: there is no sense in going on.
    pub fn check(&mut self) {
        if let Some(ended) = self.people.try_join_next() {
            ended.expect("somebody of the load met what must not be");
            panic!("somebody of the load stopped before the end");
        }
    }

    /// Lets everybody finish what they are doing. The streams stay open.
    pub async fn end(&mut self) -> Arc<Book> {
        self.load.over.cancel();
        while let Some(ended) = self.people.join_next().await {
            ended.expect("somebody of the load met what must not be");
        }
        self.load.book.clone()
    }

    /// Closes the streams and returns what they heard.
    pub async fn close_streams(self) -> Vec<Heard> {
        self.deaf.cancel();
        let mut heard = Vec::new();
        for listener in self.listeners {
            heard.push(listener.await.expect("a stream met what must not be"));
        }
        heard
    }
}

/// Waits for a random time, in milliseconds.
pub async fn pause(rng: &mut StdRng, ms: Range<u64>) {
    tokio::time::sleep(Duration::from_millis(rng.random_range(ms))).await;
}
