//! Word evidence: how well a phrase of the admin's text fits a customer's message. Pure scoring; which phrases
//! there are comes from `reading`, what words weigh from `lexicon`, what follows is decided in `matching`.

use super::asking;
use super::lexicon::{self, Weight};
use super::reading::Rule;
use super::scan;
use super::words::{has_any, is_one_slip_apart, padded, stem, words};
use std::collections::HashSet;

/// A phrase fits from this share of its weight on.
const FIT_MIN: f32 = 0.5;
/// ... and from this much evidence in all: two weak words or a synonym of a full one.
const EVIDENCE_MIN: f32 = 0.7;
/// What a weak word counts.
const WEAK_WEIGHT: f32 = 0.35;
/// What a synonym counts of its word.
const SYNONYM: f32 = 0.75;
/// What a phrase of weak words only needs of its weight.
const WEAK_FIT_MIN: f32 = 0.72;
/// What is left of a fit when the phrase is about a problem and the message shows none.
const WITHOUT_TROUBLE: f32 = 0.6;
/// A long phrase asks for no more than this much of its weight.
const WEIGHT_ASKED_MAX: f32 = 2.4;

/// The subject of a message: its stems and groups.
pub struct Subject {
    stems: HashSet<String>,
    groups: HashSet<usize>,
    /// It speaks of something that went wrong.
    has_trouble: bool,
    padded: String,
    text: String,
}

impl Subject {
    /// Reads a message.
    pub fn of(text: &str) -> Self {
        let mut stems = HashSet::new();
        let mut groups = HashSet::new();
        for word in ideas(text) {
            groups.extend(lexicon::groups(&word.stem));
            stems.insert(word.stem);
        }
        let padded = padded(text);
        Self { stems, groups, has_trouble: has_any(&padded, TROUBLE), padded, text: text.to_owned() }
    }

    /// The share of content words two messages have in common, 0 to 1.
    pub fn likeness(&self, other: &Subject) -> f32 {
        let content = |subject: &Subject| -> HashSet<String> {
            subject.stems.iter().filter(|s| lexicon::weight(s) != Weight::None).cloned().collect()
        };
        let (mine, theirs) = (content(self), content(other));
        let all = mine.union(&theirs).count();
        if all == 0 { 0.0 } else { mine.intersection(&theirs).count() as f32 / all as f32 }
    }

    /// How many content words it has.
    pub fn content_words(&self) -> usize {
        self.stems.iter().filter(|stem| lexicon::weight(stem) != Weight::None).count()
    }

    fn evidence(&self, idea: &Idea) -> f32 {
        if self.stems.contains(&idea.stem) {
            return 1.0;
        }
        if lexicon::groups(&idea.stem).iter().any(|group| self.groups.contains(group)) {
            return SYNONYM;
        }
        // "crypto" is in "cryptocurrency".
        if idea.stem.len() >= 5 && self.stems.iter().any(|s| s.starts_with(&idea.stem)) {
            return SYNONYM;
        }
        let long_enough = idea.stem.len() >= 6;
        if long_enough && self.stems.iter().any(|s| s.len() >= 5 && is_one_slip_apart(s, &idea.stem)) {
            return SYNONYM;
        }
        0.0
    }
}

#[derive(Clone, Debug)]
struct Idea {
    stem: String,
    weight: f32,
}

/// The words of a text as ideas: pairs joined, each with its weight (0 for stopwords).
fn ideas(text: &str) -> Vec<Idea> {
    let all = words(text);
    let mut found = Vec::with_capacity(all.len());
    let mut at = 0;
    while at < all.len() {
        let own = stem(&all[at].text);
        let joined = all.get(at + 1).and_then(|next| lexicon::pair(&own, &stem(&next.text)));
        if let Some(one) = joined {
            found.push(Idea { stem: stem(one), weight: weigh(one) });
            at += 2;
        } else {
            found.push(Idea { weight: weigh(&all[at].text), stem: own });
            at += 1;
        }
    }
    found
}

fn weigh(word: &str) -> f32 {
    match lexicon::weight(word) {
        Weight::None => 0.0,
        Weight::Weak => WEAK_WEIGHT,
        Weight::Full => 1.0,
    }
}

/// The whole weight of a phrase: 0 when it says nothing about a subject.
pub fn phrase_weight(phrase: &str) -> f32 {
    slots(phrase).iter().map(|slot| slot[0].weight).sum()
}

/// The phrase's ideas; words joined by "or" share a slot.
fn slots(phrase: &str) -> Vec<Vec<Idea>> {
    let mut found: Vec<Vec<Idea>> = Vec::new();
    let mut or_before = false;
    for idea in ideas(phrase) {
        if matches!(idea.stem.as_str(), "or" | "oder" | "ou" | "of" | "o" | "oppure") {
            or_before = idea.stem != "of" && idea.stem != "o";
            continue;
        }
        if idea.weight == 0.0 {
            continue;
        }
        let is_new = found.iter().flatten().all(|known| known.stem != idea.stem);
        match found.last_mut() {
            Some(slot) if or_before => slot.push(idea),
            _ if is_new => found.push(vec![idea]),
            _ => {}
        }
        or_before = false;
    }
    found
}

/// How well one phrase fits.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Fit {
    /// The share of the phrase's weight that the message has, 0 to 1.
    pub share: f32,
    /// The weight found.
    pub evidence: f32,
}

impl Fit {
    /// Enough to act on.
    pub fn is_enough(self) -> bool {
        self.share >= FIT_MIN && self.evidence >= EVIDENCE_MIN
    }
}

/// Whether the limits that a phrase names ("above 500 euro") hold for the message.
pub fn limits_hold(phrase: &str, subject: &Subject) -> bool {
    scan::limits_hold(phrase, &subject.text)
}

/// The rule that fits best by words.
pub fn best<'a>(rules: impl Iterator<Item = &'a Rule>, subject: &Subject) -> Option<(&'a Rule, Fit)> {
    rules
        .map(|rule| {
            let fits = rule.phrases.iter().map(|phrase| fit(phrase, subject));
            let top = fits.max_by(|a, b| {
                a.is_enough()
                    .cmp(&b.is_enough())
                    .then(a.share.total_cmp(&b.share))
                    .then(a.evidence.total_cmp(&b.evidence))
            });
            (rule, top.unwrap_or_default())
        })
        .max_by(|a, b| {
            let enough = a.1.is_enough().cmp(&b.1.is_enough());
            enough.then(a.1.share.total_cmp(&b.1.share)).then(a.1.evidence.total_cmp(&b.1.evidence))
        })
}

/// Signs in a message that something went wrong.
const TROUBLE: &[&str] = &[
    "problem",
    "problems",
    "issue",
    "issues",
    "trouble",
    "wrong",
    "error",
    "errors",
    "mistake",
    "incorrect",
    "not",
    "cant",
    "cannot",
    "dont",
    "doesnt",
    "didnt",
    "isnt",
    "wasnt",
    "wont",
    "why",
    "twice",
    "double",
    "duplicate",
    "duplicated",
    "missing",
    "never",
    "still",
    "help",
    "fail",
    "failed",
    "fails",
    "failing",
    "declined",
    "rejected",
    "overcharged",
    "too much",
    "too high",
    "unexpected",
    "strange",
    "weird",
    "higher",
    "dispute",
    "more than once",
    "unable",
    "problema",
    "problemas",
    "probleme",
    "problem",
    "probleem",
    "fehler",
    "error",
    "erreur",
    "errore",
    "erro",
    "fout",
    "no",
    "nicht",
    "pas",
    "non",
    "niet",
    "nao",
    "falsch",
    "faux",
    "sbagliato",
    "errado",
    "mal",
    "dos veces",
    "deux fois",
    "doppelt",
    "due volte",
    "duas vezes",
    "dubbel",
];

/// The most weight of a phrase of weak words only.
const WEAK_TOTAL_MAX: f32 = 0.8;

fn is_problem(idea: &Idea) -> bool {
    let problem = lexicon::groups("problem");
    lexicon::groups(&idea.stem).iter().any(|group| problem.contains(group))
}

fn is_about_trouble(slots: &[Vec<Idea>]) -> bool {
    slots.len() > 1 && slots.iter().any(|slot| is_problem(&slot[0]))
}

/// Scores one phrase against a message.
pub fn fit(phrase: &str, subject: &Subject) -> Fit {
    let slots = slots(phrase);
    let total: f32 = slots.iter().map(|slot| slot[0].weight).sum();
    if total <= 0.0 {
        return Fit::default();
    }
    let mut evidence = 0.0;
    for slot in &slots {
        let best = slot.iter().map(|idea| subject.evidence(idea) * idea.weight).fold(0.0, f32::max);
        evidence += best;
    }
    let asked = total.min(WEIGHT_ASKED_MAX);
    let mut share = (evidence / asked).min(1.0);
    if is_about_trouble(&slots) {
        // "A problem with my bill" is met by any sign of trouble, and hardly without one.
        let problem = slots.iter().filter(|slot| is_problem(&slot[0])).map(|slot| slot[0].weight).sum::<f32>();
        if subject.has_trouble && !slots.iter().filter(|s| is_problem(&s[0])).any(|s| subject.evidence(&s[0]) > 0.0) {
            share = ((evidence + problem * SYNONYM) / asked).min(1.0);
        } else if !subject.has_trouble {
            share *= WITHOUT_TROUBLE;
        }
    }
    // A phrase of weak words only ("cancel an order") has to be there nearly as a whole.
    if total <= WEAK_TOTAL_MAX && share >= WEAK_FIT_MIN && (slots.len() > 1 || share > 0.95) {
        evidence = evidence.max(EVIDENCE_MIN);
    }
    if !scan::limits_hold(phrase, &subject.text) {
        share = 0.0;
    }
    Fit { share, evidence }
}

/// Whether what an exclusion names as given ("they quote the invoice number") is in the message.
pub fn is_present(rule: &Rule, subject: &Subject) -> bool {
    rule.phrases.iter().any(|phrase| scan::presence_holds(phrase, &subject.text))
}

/// The exclusion's fit, and whether what sets it apart from the condition is there: a full word that only the exclusion
/// has, or a question where it is about questions.
pub fn exclusion_fit(rule: &Rule, trigger: Option<&Rule>, subject: &Subject) -> (Fit, bool) {
    let mut top = Fit::default();
    let mut apart = false;
    for phrase in &rule.phrases {
        let found = fit(phrase, subject);
        if scan::presence_holds(phrase, &subject.text) {
            return (Fit { share: 1.0, evidence: 1.0 }, true);
        }
        if found.share > top.share {
            top = found;
        }
        // "Questions about our refund policy": the message asks about the rules of what the phrase is about.
        apart |= found.evidence >= EVIDENCE_MIN
            && asking::is_about_asking(phrase)
            && asking::asks_in_general(&subject.padded);
        let own: Vec<Idea> = slots(phrase).into_iter().flatten().filter(|idea| idea.weight >= 1.0).collect();
        let shared: Vec<Idea> =
            trigger.map(|rule| rule.phrases.iter().flat_map(|p| slots(p)).flatten().collect()).unwrap_or_default();
        let distinct: Vec<&Idea> = own.iter().filter(|idea| shared.iter().all(|s| !is_akin(s, idea))).collect();
        let there = distinct.iter().filter(|idea| subject.evidence(idea) > 0.0).count();
        // One distinct word must be there, and most of them when there are several.
        apart |= there > 0 && there * 2 >= distinct.len() && found.share >= 0.3;
    }
    (top, apart)
}

fn is_akin(left: &Idea, right: &Idea) -> bool {
    left.stem == right.stem || lexicon::groups(&left.stem).iter().any(|g| lexicon::groups(&right.stem).contains(g))
}

/// Whether one of the rule's keywords is in the message: the words themselves, or all their ideas.
pub fn has_keyword(rule: &Rule, subject: &Subject) -> bool {
    rule.phrases.iter().any(|phrase| {
        let literal = padded(phrase);
        let literal = literal.trim();
        if literal.is_empty() {
            return false;
        }
        let ideas: Vec<Idea> = ideas(phrase).into_iter().filter(|idea| idea.weight > 0.0).collect();
        has_any(&subject.padded, &[literal])
            || (!ideas.is_empty() && ideas.iter().all(|idea| subject.stems.contains(&idea.stem)))
            || (rule.is_topic && fit(phrase, subject).is_enough() && fit(phrase, subject).share >= 0.7)
    })
}
