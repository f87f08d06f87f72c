//! A question to the server that changes as somebody types: asked a pause after the last change; only the last answer counts.

use crate::api;
use leptos::prelude::*;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

/// Longer than between two keys, shorter than a glance to the side.
const PAUSE_MS: u64 = 300;

/// The last answer, which stays until the next one is there.
pub struct Asked<A: Send + Sync + 'static> {
    pub answer: RwSignal<Option<A>>,
    /// Why the answer is not up to date.
    pub failure: RwSignal<Option<String>>,
}

impl<A: Send + Sync + 'static> Clone for Asked<A> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<A: Send + Sync + 'static> Copy for Asked<A> {}

type Ask<Q, A> = Arc<dyn Fn(Q) -> Pin<Box<dyn Future<Output = Result<A, api::Error>>>> + Send + Sync>;

/// Asks `ask` whenever `question` has another value; nothing is asked while it is `None`. `first` is the answer to the first
/// question, when the page was loaded with it.
pub fn use_asked<Q, A, F>(
    question: impl Fn() -> Option<Q> + Send + Sync + 'static,
    first: Option<A>,
    ask: impl Fn(Q) -> F + Send + Sync + 'static,
) -> Asked<A>
where
    Q: Clone + PartialEq + Send + Sync + 'static,
    A: Clone + PartialEq + Send + Sync + 'static,
    F: Future<Output = Result<A, api::Error>> + 'static,
{
    let ask: Ask<Q, A> = Arc::new(move |question| Box::pin(ask(question)));
    let question = Memo::new(move |_| question());
    let has_first = first.is_some();
    let asked = Asked { answer: RwSignal::new(first), failure: RwSignal::new(None) };
    // Counts the questions: an answer to any but the last one is late.
    let last = StoredValue::new(0_u32);
    Effect::new(move |is_later: Option<bool>| {
        let question = question.get();
        let number = last.get_value() + 1;
        last.set_value(number);
        let Some(question) = question.filter(|_| is_later.is_some() || !has_first) else { return true };
        let ask = ask.clone();
        let begin = move || {
            if last.try_get_value() != Some(number) {
                return;
            }
            leptos::task::spawn_local(async move {
                let answer = ask(question).await;
                if last.try_get_value() == Some(number) {
                    asked.settle(answer);
                }
            });
        };
        set_timeout(begin, Duration::from_millis(PAUSE_MS));
        true
    });
    asked
}

impl<A: Clone + PartialEq + Send + Sync + 'static> Asked<A> {
    fn settle(self, answer: Result<A, api::Error>) {
        match answer {
            Ok(answer) => {
                // Setting a signal wakes its readers, even to the same value.
                if self.answer.with_untracked(|before| before.as_ref() != Some(&answer)) {
                    self.answer.set(Some(answer));
                }
                self.failure.set(None);
            }
            Err(error) => self.failure.set(Some(error.to_string())),
        }
    }
}

/// Says that what is shown is not up to date, and why.
#[component]
pub fn NotUpToDate(failure: RwSignal<Option<String>>) -> impl IntoView {
    view! { {move || failure.get().map(|why| view! { <p class="text-sm text-muted">"Not up to date: " {why}</p> })} }
}
