//! Finding the passages that fit a question: by words, weighed by how rare they are (as BM25 does), and by meaning where both
//! sides have a sentence vector. Which words count is in `stopwords`, what is quoted of a passage in `quote`. Pure.

use super::quote::quote;
use super::stopwords::{is_faint, is_stopword};
use super::{FOUND_MAX, Found};
use crate::ai::builtin::lexicon;
use crate::ai::builtin::words::{is_one_slip_apart, stem, words};
use crate::ai::meaning::Vector;
use crate::domain::{KnowledgeId, Passage};
use std::collections::{BTreeMap, HashMap};

/// How much a word counts by where it stands.
const IN_TEXT: f32 = 1.0;
const IN_HEADING: f32 = 0.95;
const IN_TITLE: f32 = 0.9;
/// How much a word counts that is not the very one: a synonym, another ending, a slip of the keyboard.
const SYNONYM: f32 = 0.85;
const OTHER_ENDING: f32 = 0.85;
const SLIP: f32 = 0.75;
/// How much a word weighs that asks for a kind of answer.
const FAINT: f32 = 0.3;
/// How often a word stands in a passage counts little beside whether it does.
const SATURATION: f32 = 1.2;
const OFTEN_SHARE: f32 = 0.1;
/// As if this many passages more were known, none with the word: in a small library every word looks rare or common.
const PRIOR_PASSAGES: f32 = 20.0;
/// The most words of a question that are looked for.
const QUESTION_WORDS_MAX: usize = 64;
/// A word of its own sentence counts a little less than one of the whole question.
const SENTENCE_SHARE: f32 = 0.95;
/// Likeness of two sentence vectors: what means nothing, and what means the same.
const COSINE_NONE: f32 = 0.20;
const COSINE_SAME: f32 = 0.70;
/// How much meaning counts beside words.
const MEANING_SHARE: f32 = 0.65;

/// One passage with what it belongs to.
#[derive(Clone, Debug)]
pub struct Shelved {
    pub entry_id: KnowledgeId,
    pub title: String,
    pub passage: Passage,
    /// What it is about.
    pub vector: Option<Vector>,
}

impl Shelved {
    /// What its vector is made of: the passage with what it stands under.
    pub fn embedded_text(&self) -> String {
        embedded_text(&self.title, &self.passage)
    }
}

/// What the vector of a passage is made of: its words with what they stand under.
pub fn embedded_text(title: &str, passage: &Passage) -> String {
    format!("{title}. {}\n{}", passage.heading, passage.text)
}

/// An agent's passages, ready to be searched.
#[derive(Debug, Default)]
pub struct Library {
    passages: Vec<Shelved>,
    /// Where each stem stands: passage and weight.
    places: BTreeMap<String, Vec<Place>>,
    /// The stems of each group of synonyms.
    groups: HashMap<usize, Vec<String>>,
}

#[derive(Clone, Copy, Debug)]
struct Place {
    passage: u32,
    /// The best field it stands in.
    field: f32,
    count: f32,
}

/// A word of the question.
#[derive(Clone, Debug)]
pub(super) struct Term {
    /// The stems that stand for it, with how much each counts; the word itself first.
    pub(super) stems: Vec<(String, f32)>,
    pub(super) weight: f32,
}

impl Library {
    /// Puts passages in order for searching.
    pub fn new(passages: Vec<Shelved>) -> Self {
        let mut library = Self { passages: Vec::new(), places: BTreeMap::new(), groups: HashMap::new() };
        for (number, shelved) in passages.iter().enumerate() {
            library.shelve(number as u32, shelved);
        }
        for stem in library.places.keys() {
            for group in lexicon::groups(stem) {
                library.groups.entry(*group).or_default().push(stem.clone());
            }
        }
        library.passages = passages;
        library
    }

    fn shelve(&mut self, passage: u32, shelved: &Shelved) {
        let fields =
            [(&shelved.passage.text, IN_TEXT), (&shelved.passage.heading, IN_HEADING), (&shelved.title, IN_TITLE)];
        for (text, field) in fields {
            for stem in stems(text) {
                let places = self.places.entry(stem).or_default();
                match places.last_mut().filter(|place| place.passage == passage) {
                    Some(place) => place.count += field,
                    None => places.push(Place { passage, field, count: field }),
                }
            }
        }
    }

    /// For each passage, whether it has every name and number of the question.
    fn with_names(&self, question: &str) -> Vec<bool> {
        let mut has_all = vec![true; self.passages.len()];
        for name in names(question) {
            let mut has_it = vec![false; self.passages.len()];
            self.places.get(&name).into_iter().flatten().for_each(|place| has_it[place.passage as usize] = true);
            has_all.iter_mut().zip(has_it).for_each(|(all, it)| *all &= it);
        }
        has_all
    }

    /// Whether any passage has a sentence vector.
    pub fn has_vectors(&self) -> bool {
        self.passages.iter().any(|shelved| shelved.vector.is_some())
    }

    /// Whether there is nothing to find.
    pub fn is_empty(&self) -> bool {
        self.passages.is_empty()
    }

    /// The passages that fit `question` best, at most [`FOUND_MAX`], best first. `vector` is the question's own, from the
    /// same model as the passages'.
    pub fn rank(&self, question: &str, vector: Option<&Vector>) -> Vec<Found> {
        let terms = self.terms(question);
        let mut scores = vec![0.0_f32; self.passages.len()];
        self.score(&terms, 1.0, &mut scores);
        // In a long message the question itself is one sentence of several.
        let sentences = super::passages::sentences(question);
        if sentences.len() > 1 {
            for sentence in sentences {
                let own = self.terms(sentence);
                if own.iter().filter(|term| term.weight > FAINT).count() > 1 {
                    self.score(&own, SENTENCE_SHARE, &mut scores);
                }
            }
        }
        if let Some(vector) = vector {
            let names = self.with_names(question);
            for ((score, shelved), has_names) in scores.iter_mut().zip(&self.passages).zip(names) {
                // Chile is like Norway, and not Norway: likeness says nothing where a name or number is missing.
                if let Some(own) = shelved.vector.as_ref().filter(|_| has_names) {
                    *score = with_meaning(*score, vector.likeness(own));
                }
            }
        }
        let mut order: Vec<usize> = (0..scores.len()).filter(|at| scores[*at] > 0.05).collect();
        order.sort_by(|a, b| scores[*b].total_cmp(&scores[*a]).then(a.cmp(b)));
        order.truncate(FOUND_MAX);
        order.into_iter().map(|at| self.found(at, scores[at], &terms)).collect()
    }

    fn found(&self, at: usize, score: f32, terms: &[Term]) -> Found {
        let Shelved { entry_id, title, passage, .. } = &self.passages[at];
        Found {
            entry_id: entry_id.clone(),
            title: title.clone(),
            heading: passage.heading.clone(),
            ordinal: passage.ordinal,
            text: passage.text.clone(),
            quote: quote(&passage.text, terms),
            score,
        }
    }

    /// Raises each passage's score to how much of the terms it covers.
    fn score(&self, terms: &[Term], share: f32, scores: &mut [f32]) {
        let whole: f32 = terms.iter().map(|term| term.weight).sum();
        if whole <= 0.0 {
            return;
        }
        let mut sums = vec![0.0_f32; scores.len()];
        let mut best = vec![0.0_f32; scores.len()];
        for term in terms {
            let mut touched = Vec::new();
            for (stem, likeness) in &term.stems {
                for place in self.places.get(stem).into_iter().flatten() {
                    let often = place.count / (place.count + SATURATION);
                    let value = likeness * place.field * (1.0 - OFTEN_SHARE + OFTEN_SHARE * often);
                    let at = place.passage as usize;
                    if best[at] == 0.0 {
                        touched.push(at);
                    }
                    best[at] = best[at].max(value);
                }
            }
            for at in touched {
                sums[at] += term.weight * std::mem::take(&mut best[at]);
            }
        }
        for (score, sum) in scores.iter_mut().zip(sums) {
            *score = score.max(share * sum / whole);
        }
    }

    /// The question's words with their weights.
    fn terms(&self, question: &str) -> Vec<Term> {
        let mut terms: Vec<Term> = Vec::new();
        for word in words(question).into_iter().take(QUESTION_WORDS_MAX * 4) {
            if is_stopword(&word.text) {
                continue;
            }
            let own = stem(&word.text);
            if terms.len() < QUESTION_WORDS_MAX && terms.iter().all(|term| term.stems[0].0 != own) {
                let stems = self.related(own);
                let weight = self.rarity(&stems) * if is_faint(&word.text) { FAINT } else { 1.0 };
                terms.push(Term { stems, weight });
            }
        }
        // Weights from 0 to 1, so that they can be compared.
        let most = terms.iter().map(|term| term.weight).fold(f32::EPSILON, f32::max);
        terms.iter_mut().for_each(|term| term.weight /= most);
        terms
    }

    /// The stems of the library that stand for `own`, itself first.
    fn related(&self, own: String) -> Vec<(String, f32)> {
        let mut stems = vec![(own.clone(), 1.0)];
        let mut add = |stem: &String, likeness: f32| {
            if stems.iter().all(|(known, _)| known != stem) {
                stems.push((stem.clone(), likeness));
            }
        };
        for group in lexicon::groups(&own) {
            self.groups.get(group).into_iter().flatten().for_each(|stem| add(stem, SYNONYM));
        }
        let is_known = self.places.contains_key(&own);
        let letters = own.chars().count();
        if letters >= 4 && !own.chars().any(|c| c.is_ascii_digit()) {
            let head: String = own.chars().take(if is_known { 4 } else { 1 }).collect();
            for (stem, _) in self.places.range(head.clone()..).take_while(|(stem, _)| stem.starts_with(&head)) {
                if has_other_ending(&own, stem) {
                    add(stem, OTHER_ENDING);
                } else if !is_known && letters >= 5 && is_one_slip_apart(&own, stem) {
                    add(stem, SLIP);
                }
            }
        }
        stems
    }

    /// How much a word tells passages apart.
    fn rarity(&self, stems: &[(String, f32)]) -> f32 {
        let all = self.passages.len() as f32;
        let with: usize = stems.iter().filter_map(|(stem, _)| self.places.get(stem)).map(Vec::len).sum();
        // A word that stands nowhere is no rarer than one that stands once.
        let with = (with as f32).clamp(1.0, all.max(1.0));
        ((all + PRIOR_PASSAGES) / with).ln()
    }
}

/// The stems of a text's words that say something.
pub(super) fn stems(text: &str) -> Vec<String> {
    words(text).into_iter().filter(|word| !is_stopword(&word.text)).map(|word| stem(&word.text)).collect()
}

/// The stems of a question's names and numbers: words with a digit, or with a capital in the middle of a sentence. In German
/// this is every noun, and words alone decide.
fn names(question: &str) -> Vec<String> {
    let mut names = Vec::new();
    for sentence in super::passages::sentences(question) {
        for (place, word) in words(sentence).into_iter().enumerate() {
            let own = &sentence[word.start..word.end];
            let is_capital = place > 0 && own.starts_with(char::is_uppercase);
            if (is_capital || own.contains(|c: char| c.is_ascii_digit())) && !is_stopword(&word.text) {
                names.push(stem(&word.text));
            }
        }
    }
    names
}

/// "rucksendung" and "rucksendungen": one word but for its last letters.
fn has_other_ending(one: &str, other: &str) -> bool {
    if one == other {
        return false;
    }
    let (a, b) = (one.chars().count(), other.chars().count());
    let same = one.chars().zip(other.chars()).take_while(|(x, y)| x == y).count();
    let longer = a.max(b);
    same >= 4 && a.abs_diff(b) <= 3 && same + 3 >= longer && same * 3 >= longer * 2
}

/// Words and meaning together. Words alone that fit well (a product's name, an error's number) are not talked down far.
fn with_meaning(by_words: f32, cosine: f32) -> f32 {
    let meaning = ((cosine - COSINE_NONE) / (COSINE_SAME - COSINE_NONE)).clamp(0.0, 1.0);
    (MEANING_SHARE * meaning + (1.0 - MEANING_SHARE) * by_words).max(0.8 * by_words)
}
