//! What is quoted of a passage: the sentences that fit the question, in their order, not the whole passage. The source's own
//! words, never changed; what is left out between them is marked.

use super::passages::sentences;
use super::rank::{Term, stems};
use crate::domain::knowledge::PASSAGE_CHARS_MAX;

/// A sentence is quoted with the best one if it fits at least this share as well.
const SHARE_OF_BEST: f32 = 0.6;
/// How many characters are quoted where no sentence stands out: the title or a heading fitted.
const OPENING_CHARS: usize = 300;

/// The sentences of `passage` that fit the question's words; at most [`PASSAGE_CHARS_MAX`] characters.
pub(super) fn quote(passage: &str, terms: &[Term]) -> String {
    let sentences = sentences(passage);
    let fits: Vec<f32> = sentences.iter().map(|sentence| fit(sentence, terms)).collect();
    let best = fits.iter().copied().fold(0.0, f32::max);
    let mut is_quoted: Vec<bool> = if best > 0.0 {
        fits.iter().map(|fit| *fit >= SHARE_OF_BEST * best).collect()
    } else {
        let mut used = 0;
        sentences
            .iter()
            .map(|sentence| {
                let is_first = used == 0;
                used += sentence.chars().count() + 1;
                is_first || used <= OPENING_CHARS
            })
            .collect()
    };
    if let Some(at) = fits.iter().position(|fit| best > 0.0 && *fit == best) {
        // The answer often follows the sentence that names the subject.
        if let Some(next) = is_quoted.get_mut(at + 1).filter(|_| !is_item(sentences[at])) {
            *next = true;
        }
    }
    keep_lists_whole(&sentences, &mut is_quoted);
    joined(passage, &sentences, &is_quoted)
}

/// Steps make sense together: one of them brings the others and the line that leads to them.
fn keep_lists_whole(sentences: &[&str], is_quoted: &mut [bool]) {
    let mut at = 0;
    while at < sentences.len() {
        let leads = sentences[at].ends_with(':') && sentences.get(at + 1).is_some_and(|next| is_item(next));
        if !leads && !is_step(sentences[at]) {
            at += 1;
            continue;
        }
        let end = (at + 1..sentences.len()).find(|next| !is_item(sentences[*next])).unwrap_or(sentences.len());
        if is_quoted[at..end].iter().any(|quoted| *quoted) {
            is_quoted[at..end].fill(true);
        }
        at = end;
    }
}

fn is_item(sentence: &str) -> bool {
    sentence.starts_with("- ") || is_step(sentence)
}

fn is_step(sentence: &str) -> bool {
    let digits = sentence.chars().take_while(char::is_ascii_digit).count();
    (1..=3).contains(&digits) && sentence[digits..].starts_with(". ")
}

/// How much of the question's words a sentence has.
fn fit(sentence: &str, terms: &[Term]) -> f32 {
    let own = stems(sentence);
    let fits = terms.iter().map(|term| {
        let of = |(stem, likeness): &(String, f32)| if own.contains(stem) { *likeness } else { 0.0 };
        term.weight * term.stems.iter().map(of).fold(0.0, f32::max)
    });
    fits.sum()
}

/// The quoted sentences as they stand in the passage, lines kept; a mark where one between them is left out.
fn joined(passage: &str, sentences: &[&str], is_quoted: &[bool]) -> String {
    let place = |sentence: &str| sentence.as_ptr().addr() - passage.as_ptr().addr();
    let mut text = String::new();
    let mut last: Option<usize> = None;
    for (at, sentence) in sentences.iter().enumerate().filter(|(at, _)| is_quoted[*at]) {
        if let Some(before) = last {
            let end = place(sentences[before]) + sentences[before].len();
            let is_new_line = passage[end..place(sentence)].contains('\n');
            text.push_str(match (is_new_line, at == before + 1) {
                (true, _) => "\n",
                (false, true) => " ",
                (false, false) => " … ",
            });
        }
        text.push_str(sentence);
        last = Some(at);
    }
    text.chars().take(PASSAGE_CHARS_MAX).collect()
}
