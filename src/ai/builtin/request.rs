//! Does the customer ask for a person? Read from verbs and nouns in seven languages (`request_words`), with
//! negations, past tense, questions about the bot and slips of the keyboard taken into account.

use super::request_words::{IS_THERE, LEXICONS, Lexicon, NOT_SLIPS, OTHER_AGENTS, SLIPPABLE, WHOM};
use super::words::{Word, has_any, is_one_slip_apart, padded, words};

/// What the customer says about a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ask {
    /// Nothing.
    No,
    /// "Let me talk to a person."
    Asks,
    /// "No, don't transfer me."
    Refuses,
}

/// Reads one message.
pub fn read(text: &str) -> Ask {
    let said: Vec<Word> = words(text).into_iter().map(without_slip).collect();
    if said.is_empty() {
        return Ask::No;
    }
    let flat = padded(text);
    let mut refuses = false;
    for lexicon in LEXICONS {
        let scene = Scene::new(&said, lexicon, &flat);
        match scene.read() {
            Ask::Asks => return Ask::Asks,
            Ask::Refuses => refuses = true,
            Ask::No => {}
        }
    }
    if refuses { Ask::Refuses } else { Ask::No }
}

/// Whether the AI's message offers a person.
pub fn offers_person(body: &str) -> bool {
    let flat = padded(body);
    let offer = [
        "would you like",
        "do you want",
        "shall i",
        "should i",
        "can i",
        "i can",
        "want me to",
        "may i",
        "quieres",
        "le gustaria",
        "te gustaria",
        "prefieres",
        "voulez vous",
        "souhaitez vous",
        "puis je",
        "mochten sie",
        "mochtest du",
        "soll ich",
        "vuoi",
        "vuole",
        "desidera",
        "vorresti",
        "quer que",
        "quer falar",
        "gostaria",
        "deseja",
        "wil je",
        "wilt u",
        "zal ik",
    ];
    body.contains('?')
        && has_any(&flat, &offer)
        && words(body).iter().any(|word| {
            LEXICONS.iter().any(|lexicon| is_in(&word.text, lexicon.strong))
                || matches!(
                    word.text.as_str(),
                    "agent" | "someone" | "persona" | "personne" | "pessoa" | "team" | "colleague"
                )
        })
}

fn without_slip(mut word: Word) -> Word {
    if word.text.len() >= 5
        && !SLIPPABLE.contains(&word.text.as_str())
        && !NOT_SLIPS.contains(&word.text.as_str())
        && let Some(meant) = SLIPPABLE
            .iter()
            .find(|known| known.as_bytes()[0] == word.text.as_bytes()[0] && is_one_slip_apart(known, &word.text))
    {
        word.text = (*meant).to_owned();
    }
    match word.text.as_str() {
        "taok" | "tlak" | "takl" | "tak" => word.text = "talk".into(),
        "speek" | "spek" | "spaek" | "speakign" => word.text = "speak".into(),
        "wiht" | "wit" => word.text = "with".into(),
        _ => {}
    }
    word
}

/// Whether `word` is in the list; `habl*` stands for every word that begins so.
pub(super) fn is_in(word: &str, list: &[&str]) -> bool {
    list.iter().any(|entry| match entry.strip_suffix('*') {
        Some(head) => word.starts_with(head),
        None => *entry == word,
    })
}

fn padded_words(said: &[Word]) -> String {
    said.iter().fold(String::from(" "), |flat, word| flat + &word.text + " ")
}

struct Scene<'a> {
    said: &'a [Word],
    lexicon: &'a Lexicon,
    flat: &'a str,
    /// It speaks of insurance agents, travel agents and the like.
    other_agents: bool,
    asks_about_bot: bool,
}

impl<'a> Scene<'a> {
    fn new(said: &'a [Word], lexicon: &'a Lexicon, flat: &'a str) -> Self {
        Self {
            said,
            lexicon,
            flat,
            other_agents: said.iter().any(|word| OTHER_AGENTS.contains(&word.text.as_str())),
            asks_about_bot: has_any(flat, lexicon.bot_questions),
        }
    }

    fn read(&self) -> Ask {
        let mut refuses = false;
        for at in 0..self.said.len() {
            let Some(end) = self.pattern_at(at) else { continue };
            if self.is_negated(at.min(end)) || self.is_negated(at) {
                refuses = true;
            } else {
                return Ask::Asks;
            }
        }
        let escalates =
            self.said.len() <= 3 && self.said.iter().any(|word| matches!(word.text.as_str(), "escalate" | "escalated"));
        // "Can you check again, or escalate this?": the bot is asked first.
        let is_second_choice = has_any(self.flat, &["or escalate this", "or escalate it"]);
        let says_whole = !is_second_choice && has_any(self.flat, self.lexicon.whole);
        if escalates || self.is_bare_request() || self.refuses_bot() || says_whole {
            return Ask::Asks;
        }
        if refuses { Ask::Refuses } else { Ask::No }
    }

    fn text(&self, at: usize) -> &str {
        self.said.get(at).map_or("", |word| word.text.as_str())
    }

    /// A request whose verb stands at `at`; gives the place of its noun.
    fn pattern_at(&self, at: usize) -> Option<usize> {
        let word = self.text(at);
        if word == "escalate" && at > 0 && self.text(at - 1) == "or" {
            return None;
        }
        if is_in(word, self.lexicon.talk) && !self.is_past(at) {
            if let Some(noun) = self.noun_after(at, 6, 1, true) {
                return Some(noun);
            }
            // "Is there a supervisor I could speak to?"
            let tail = self.text(at + 2);
            let ends = matches!(self.text(at + 1), "to" | "with")
                && (at + 2 >= self.said.len()
                    || self.said[at + 2].breaks
                    || matches!(tail, "directly" | "who" | "please" | "now" | "instead" | "about"));
            if let Some(noun) = self.somebody_there(at) {
                return Some(noun);
            }
            if self.lexicon.verb_last || ends {
                return self.noun_before(at);
            }
        }
        if is_in(word, self.lexicon.moves) && !self.is_past(at) {
            let speaks_of_us = (at + 1..=at + 3).any(|near| is_in(self.text(near), self.lexicon.us))
                || (self.lexicon.verb_last
                    && (at.saturating_sub(6)..at).any(|near| is_in(self.text(near), self.lexicon.us)))
                || self.lexicon.is_romance
                    && (self.lexicon.us.iter().any(|us| word.ends_with(us))
                        || (at.saturating_sub(2)..at).any(|near| is_in(self.text(near), self.lexicon.us)));
            if speaks_of_us {
                let noun = self
                    .noun_after(at, 8, 4, true)
                    .or_else(|| self.lexicon.verb_last.then(|| self.noun_before(at)).flatten());
                if noun.is_some() {
                    return noun;
                }
                let tail = self.text(at + 2);
                let ends_here = at + 2 >= self.said.len()
                    || self.said[at + 2].breaks
                    || matches!(tail, "please" | "now" | "through" | "over" | "already");
                if matches!(word, "transfer" | "put" | "escalate")
                    && self.text(at + 1) == "me"
                    && ends_here
                    && (word != "put" || tail == "through")
                {
                    return Some(at);
                }
            }
        }
        if is_in(word, self.lexicon.wants) && !self.is_past(at) {
            return self.noun_after(at, 5, 0, false);
        }
        None
    }

    /// A noun for a person within `reach` words after `at`, with at most `strangers` words between that are no
    /// fillers. `any`: nouns that only a verb makes clear ("someone", "agent") count too.
    fn noun_after(&self, at: usize, reach: usize, strangers: usize, any: bool) -> Option<usize> {
        let mut left = strangers;
        let mut made_real = false;
        for near in at + 1..=(at + reach).min(self.said.len().saturating_sub(1)) {
            let word = self.text(near);
            if is_in(word, self.lexicon.stops) {
                return None;
            }
            if self.is_noun(near, any || made_real) {
                return Some(near);
            }
            made_real |= is_in(word, self.lexicon.real);
            let fills =
                is_in(word, self.lexicon.fillers) || is_in(word, self.lexicon.us) || is_in(word, self.lexicon.talk);
            if !fills && !is_in(word, self.lexicon.real) {
                left = left.checked_sub(1)?;
            }
        }
        None
    }

    fn noun_before(&self, at: usize) -> Option<usize> {
        (at.saturating_sub(8)..at)
            .rev()
            .take_while(|near| !self.said[near + 1].breaks)
            .find(|near| self.is_noun(*near, true))
    }

    /// "Is there a manager I could talk to?", "¿hay alguien con quien pueda hablar?", "gibt es jemanden, mit dem ich
    /// sprechen kann?": the person stands before the verb at `at`, behind the words that ask for one.
    fn somebody_there(&self, at: usize) -> Option<usize> {
        let noun = (at.saturating_sub(10)..at).rev().find(|near| self.is_noun(*near, true))?;
        let asks = padded_words(&self.said[noun.saturating_sub(6)..noun]);
        let is_whom = (noun + 1..at).any(|near| is_in(self.text(near), WHOM));
        let is_tied = is_whom || matches!(self.text(at + 1), "to" | "with");
        (is_tied && has_any(&asks, IS_THERE)).then_some(noun)
    }

    fn is_noun(&self, at: usize, any: bool) -> bool {
        let word = self.text(at);
        let before = if at == 0 { "" } else { self.text(at - 1) };
        if matches!(before, "password" | "task" | "this" | "these") {
            return false;
        }
        let is_elsewhere =
            self.other_agents && matches!(word, "agent" | "agents" | "advisor" | "adviser" | "agente" | "agenten");
        if is_in(word, self.lexicon.strong) {
            return !is_elsewhere;
        }
        let someone_else =
            is_in(word, self.lexicon.someone) && matches!(self.text(at + 1), "else" | "real" | "human" | "who");
        (any && (is_in(word, self.lexicon.weak) || is_in(word, self.lexicon.someone)) && !is_elsewhere) || someone_else
    }

    /// A negation shortly before, in the same clause, that is not "don't know how to" or "why don't you".
    fn is_negated(&self, at: usize) -> bool {
        let from = at.saturating_sub(5);
        let mut clause = from;
        for near in from + 1..=at {
            if self.said[near].breaks {
                clause = near;
            }
        }
        (clause..at).any(|near| {
            // English negations count everywhere: "don't transfer me" has a French verb in it, too.
            let word = self.text(near);
            let negates = is_in(word, self.lexicon.negations) || matches!(word, "dont" | "not" | "never");
            let excused = (near + 1..at).any(|between| is_in(self.text(between), self.lexicon.excuses))
                || (near > 0
                    && is_in(self.text(near - 1), &["why", "porque", "pourquoi", "warum", "perche", "waarom"]));
            negates && !excused
        })
    }

    fn is_past(&self, at: usize) -> bool {
        let word = self.text(at);
        let before = if at == 0 { "" } else { self.text(at - 1) };
        is_in(word, self.lexicon.past)
            || (at > 1 && matches!(before, "i" | "im") && matches!(self.text(at - 2), "am" | "was"))
            || (matches!(before, "was" | "were") || (before == "am" && word == "talking"))
    }

    /// "human please", "live agent", "representative!".
    fn is_bare_request(&self) -> bool {
        if self.said.len() > 7 || self.asks_about_bot {
            return false;
        }
        let rest: Vec<usize> = (0..self.said.len())
            .filter(|at| {
                let word = self.text(*at);
                self.is_noun(*at, false)
                    || !(is_in(word, self.lexicon.fillers)
                        || is_in(word, self.lexicon.real)
                        || is_in(word, self.lexicon.polite))
            })
            .collect();
        let all_nouns = !rest.is_empty() && rest.iter().all(|at| self.is_noun(*at, true));
        let mut negated = self.said.iter().take(3).filter(|word| is_in(&word.text, self.lexicon.negations));
        all_nouns && negated.next().is_none()
    }

    /// "I don't want to talk to a bot", "talking to a machine is stupid".
    fn refuses_bot(&self) -> bool {
        if self.asks_about_bot {
            return false;
        }
        (0..self.said.len()).filter(|at| is_in(self.text(*at), self.lexicon.bots)).any(|bot| {
            let from = bot.saturating_sub(7);
            let verb = (from..bot).find(|near| {
                is_in(self.text(*near), self.lexicon.talk) || is_in(self.text(*near), self.lexicon.with_bot)
            });
            let verb = verb.or_else(|| {
                let last = (bot + 3).min(self.said.len());
                (bot + 1..last).find(|near| self.lexicon.verb_last && is_in(self.text(*near), self.lexicon.talk))
            });
            let dislikes = |near: usize| {
                is_in(self.text(near), self.lexicon.negations) || is_in(self.text(near), self.lexicon.dislikes)
            };
            let around = bot.saturating_sub(9)..(bot + 6).min(self.said.len());
            verb.is_some() && around.into_iter().any(dislikes)
        })
    }
}
