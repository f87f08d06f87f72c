//! Finding the passages that fit a question: by words, weighed by how rare they are (as BM25 does), and by meaning where both
//! sides have a sentence vector. Which words count is in `stopwords`, what is quoted of a passage in `quote`. Pure.

use super::quote::quote;
use super::stopwords::{is_faint, is_stopword};
use super::{FOUND_MAX, Found};
use crate::ai::builtin::lexicon;
use crate::ai::builtin::words::{is_one_slip_apart, stem, words};
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
    /// Its sentence vector, of length 1.
    pub vector: Option<Vec<f32>>,
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

    /// Whether there is nothing to find.
    pub fn is_empty(&self) -> bool {
        self.passages.is_empty()
    }

    /// The passages that fit `question` best, at most [`FOUND_MAX`], best first. `vector` is the question's own, from the
    /// same model as the passages'.
    pub fn rank(&self, question: &str, vector: Option<&[f32]>) -> Vec<Found> {
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
            for (score, shelved) in scores.iter_mut().zip(&self.passages) {
                if let Some(own) = &shelved.vector {
                    *score = with_meaning(*score, cosine(vector, own));
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

fn cosine(one: &[f32], other: &[f32]) -> f32 {
    if one.len() != other.len() {
        return 0.0;
    }
    one.iter().zip(other).map(|(a, b)| a * b).sum()
}

/// Words and meaning together. Words alone that fit well (a product's name, an error's number) are not talked down far.
fn with_meaning(by_words: f32, cosine: f32) -> f32 {
    let meaning = ((cosine - COSINE_NONE) / (COSINE_SAME - COSINE_NONE)).clamp(0.0, 1.0);
    (MEANING_SHARE * meaning + (1.0 - MEANING_SHARE) * by_words).max(0.8 * by_words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ai::knowledge::passages::cut;

    const ENTRIES: &[(&str, &str)] = &[
        (
            "Returns and refunds",
            "# Returns\n\nYou can send back unworn shoes and clothes within 30 days of delivery. Sale items can't be returned. \
             Print the label from your account and drop the parcel at any post office.\n\n# Refunds\n\nWe refund the way you \
             paid. It takes five working days after the parcel reaches us.",
        ),
        (
            "Shipping",
            "We ship to the EU, Norway and Switzerland. Standard delivery takes 3 to 5 days and costs 4.90 €. Express takes one \
             day and costs 12 €.\n\nOrders over 60 € ship free of charge.",
        ),
        (
            "Your account",
            "To change your password:\n\n1. Open Settings\n2. Choose Security\n3. Enter the new password twice\n\nYou can \
             delete your account under Settings as well. Your data is erased after 14 days.",
        ),
        ("Opening hours", "- Monday to Friday: 9 to 17\n- Saturday: 10 to 14\n\nWe are closed on public holidays."),
        ("Gift cards", "Gift cards are valid for three years. They can't be exchanged for cash."),
        ("Error E-4711", "The printer shows E-4711 when its cover is open. Close it and press Start."),
        ("Devoluciones", "Puedes devolver los zapatos sin usar en un plazo de 30 días. El reembolso tarda cinco días."),
        (
            "Versand und Rückgabe",
            "Wir liefern nach Deutschland und Österreich. Der Versand kostet 4,90 €. Rücksendungen sind innerhalb von 14 Tagen \
             kostenlos.",
        ),
    ];

    fn library() -> Library {
        let passages = ENTRIES.iter().enumerate().flat_map(|(number, (title, body))| {
            cut(body).into_iter().map(move |passage| Shelved {
                entry_id: KnowledgeId(number.to_string()),
                title: (*title).into(),
                passage,
                vector: None,
            })
        });
        Library::new(passages.collect())
    }

    fn answer(question: &str) -> Option<Found> {
        library().rank(question, None).into_iter().next().filter(Found::answers)
    }

    #[test]
    fn a_question_finds_its_passage_by_words() {
        for (question, title, quoted) in [
            ("How long do I have to send back shoes?", "Returns and refunds", "within 30 days"),
            ("When do I get my refund?", "Returns and refunds", "five working days"),
            ("do you ship to Norway", "Shipping", "Norway"),
            ("how much is express delivery?", "Shipping", "12 €"),
            ("How can I change my password?", "Your account", "3. Enter the new password twice"),
            ("I'd like to delete my acount", "Your account", "delete your account"),
            ("Are you open on Saturday?", "Opening hours", "Saturday: 10 to 14"),
            ("what are your opening hours", "Opening hours", "Monday to Friday"),
            ("how long are gift cards valid", "Gift cards", "three years"),
            ("My printer says E-4711", "Error E-4711", "cover is open"),
            ("¿Puedo devolver unos zapatos?", "Devoluciones", "30 días"),
            ("Was kostet der Versand nach Österreich?", "Versand und Rückgabe", "4,90"),
            ("Ist eine Rücksendung kostenlos?", "Versand und Rückgabe", "14 Tagen"),
            (
                "Hi there, hope you had a lovely weekend with your dog! Quick one. Do you ship to Switzerland?",
                "Shipping",
                "Switzerland",
            ),
        ] {
            let found = answer(question);
            let found = found.unwrap_or_else(|| panic!("{question}: {:#?}", library().rank(question, None)));
            assert_eq!(found.title, title, "{question}: {found:?}");
            assert!(found.quote.contains(quoted), "{question}: {}", found.quote);
        }
    }

    #[test]
    fn what_no_entry_says_is_not_answered() {
        for question in [
            "What is the capital of France?",
            "Do you sell kayaks?",
            "Can you recommend a good restaurant near your shop?",
            "Who is the president of your company?",
            "My laptop screen flickers",
            "Can I pay in bitcoin?",
            "¿Cuál es la capital de Noruega?",
            "hello",
            "",
            "???",
            "Do you have student discounts on annual plans?",
            "Is the app available for Android tablets?",
        ] {
            let found = answer(question);
            assert!(found.is_none(), "{question}: {found:?}");
        }
    }

    #[test]
    fn a_quote_is_the_sentences_that_fit() {
        let found = answer("Can sale items be returned?").unwrap();
        assert!(found.quote.contains("Sale items can't be returned."), "{}", found.quote);
        assert!(found.quote.len() < found.text.len());
    }

    #[test]
    fn meaning_finds_what_words_do_not() {
        let vector = |x: f32| vec![x, (1.0 - x * x).sqrt()];
        let shelved = |title: &str, x: f32| Shelved {
            entry_id: title.into(),
            title: title.into(),
            passage: Passage { ordinal: 0, heading: String::new(), text: format!("{title} is said here.") },
            vector: Some(vector(x)),
        };
        let library = Library::new(vec![shelved("Parcels", 0.95), shelved("Passwords", 0.1)]);
        let found = library.rank("Where has my stuff got to?", Some(&vector(1.0)));
        assert_eq!(found[0].title, "Parcels");
        assert!(found[0].answers() && found.iter().skip(1).all(|other| !other.answers()));
        // A vector of another model's length says nothing.
        assert!(library.rank("passwords", Some(&[1.0])).first().is_some_and(|found| found.title == "Passwords"));
    }

    #[test]
    fn a_large_library_is_searched_in_bounded_time() {
        let mut passages = Vec::new();
        for number in 0..5_000 {
            let text = format!(
                "Product {number} has colour {} and weighs {} grams. See page {number}.",
                number % 97,
                number % 13
            );
            let passage = Passage { ordinal: number, heading: String::new(), text };
            passages.push(Shelved { entry_id: "e".into(), title: "Products".into(), passage, vector: None });
        }
        let library = Library::new(passages);
        assert_eq!(library.rank("what colour has product 4711", None)[0].ordinal, 4711);
        let long = "product colour grams page ".repeat(2_000);
        assert!(library.rank(&long, None).len() <= FOUND_MAX);
    }
}
