//! The words of a model on their way to the customer. Pure: what a text is without what is not meant for the customer
//! (thoughts, marks of roles, calls that leaked into it), its sentences, how far it may be shown while it is written,
//! and whether it runs in circles.

use super::promises::{claims_time, promises_person};
use super::tools::{self, MARK};
use super::wire::{Call, Failure};
use crate::ai::builtin::{request, words};

/// The longest answer, in characters; it is cut at a sentence.
pub const BODY_CHARS_MAX: usize = 2_000;
/// The most characters that are listened to, thoughts included.
const RAW_CHARS_MAX: usize = 40_000;
/// So many blanks in a row are no answer any more.
const BLANKS_MAX: usize = 120;
/// A sentence that is said so often runs in circles.
const SAME_SENTENCE_MAX: usize = 3;
/// The tail in which a short piece that repeats is looked for, and how often it stands there, in characters.
const TAIL_CHARS: usize = 240;
const PIECE_CHARS_MAX: usize = 60;

/// What a raw text is when everything that is not meant for the customer is taken away.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cleaned {
    pub text: String,
    /// Calls that were written as text.
    pub calls: Vec<Call>,
}

/// Cleans a text. While it is being written (`is_whole` false) everything from a mark on that is not closed is held back.
pub fn clean(raw: &str, agent_name: &str, is_whole: bool) -> Cleaned {
    let mut cleaned = Cleaned::default();
    let mut rest = raw;
    while !rest.is_empty() {
        let Some((at, mark)) = first_mark(rest) else {
            cleaned.text.push_str(rest);
            break;
        };
        cleaned.text.push_str(&rest[..at]);
        let block = &rest[at..];
        let end = mark.end(block);
        let Some(end) = end.or_else(|| is_whole.then_some(block.len())) else { break };
        let inner = &block[..end];
        match mark {
            Mark::Thought(_) | Mark::Token => {}
            Mark::Line => cleaned.calls.extend(called(inner)),
            Mark::Tag => cleaned.calls.extend(tools::leaked(inner).calls),
            Mark::Fence | Mark::Object => {
                let leaked = tools::leaked(inner);
                if leaked == tools::Leaked::default() && !looks_like_a_call(inner) {
                    cleaned.text.push_str(inner);
                }
                cleaned.text.push_str(leaked.reply.as_deref().unwrap_or_default());
                cleaned.calls.extend(leaked.calls);
            }
        }
        rest = &block[end..];
        // What stood on both sides of it are two words.
        if cleaned.text.ends_with(char::is_alphanumeric) && rest.starts_with(char::is_alphanumeric) {
            cleaned.text.push(' ');
        }
    }
    cleaned.text = without_roles(&cleaned.text, agent_name);
    cleaned
}

/// Broken JSON with the names that only calls have: no customer needs it.
fn looks_like_a_call(block: &str) -> bool {
    ["\"reason\"", "\"arguments\"", "\"parameters\"", "\"reply\"", "\"handoff\"", tools::TOOL]
        .iter()
        .any(|name| block.contains(name))
}

/// The call on a line such as `HANDOFF: {…}`; one without JSON is a handoff, too.
fn called(line: &str) -> Option<Call> {
    let rest = line.trim_start_matches(|c: char| c != ':').trim_start_matches(':').trim();
    let as_words = || if rest.contains('{') { rest.into() } else { serde_json::json!({ "reason": rest }) };
    let arguments = tools::json_in(rest).unwrap_or_else(as_words);
    (!rest.is_empty()).then(|| Call { name: tools::TOOL.into(), arguments })
}

#[derive(Clone, Copy)]
enum Mark {
    /// Until this end tag.
    Thought(&'static str),
    /// `<|…|>`
    Token,
    /// `<tool_call>…</tool_call>` and its kin.
    Tag,
    Fence,
    Object,
    /// `HANDOFF: …`
    Line,
}

const THOUGHTS: [(&str, &str); 4] = [
    ("<think>", "</think>"),
    ("<thinking>", "</thinking>"),
    ("<reasoning>", "</reasoning>"),
    ("<reflection>", "</reflection>"),
];
const TAGS: [&str; 4] = ["<tool_call>", "<function_call>", "<tool>", "<function="];

fn first_mark(text: &str) -> Option<(usize, Mark)> {
    let mut found: Option<(usize, Mark)> = None;
    let mut note = |at: Option<usize>, mark: Mark| {
        if let Some(at) = at.filter(|at| found.is_none_or(|(known, _)| *at < known)) {
            found = Some((at, mark));
        }
    };
    for (open, close) in THOUGHTS {
        note(text.find(open), Mark::Thought(close));
        // A thought that began before the answer.
        note(text.find(close), Mark::Thought(close));
    }
    for tag in TAGS {
        note(text.find(tag), Mark::Tag);
    }
    note(text.find("<|"), Mark::Token);
    note(text.find("```"), Mark::Fence);
    note(line_start(text, &["{", "[{"]), Mark::Object);
    // Within a line, too: no customer is written `{"…`.
    note(text.find("{\""), Mark::Object);
    note(text.find(MARK), Mark::Line);
    note(line_start(text, &[MARK, "**HANDOFF", "HANDOFF :", "Handoff:"]), Mark::Line);
    found
}

/// Where a line begins with one of these.
fn line_start(text: &str, heads: &[&str]) -> Option<usize> {
    let mut from = 0;
    for line in text.split_inclusive('\n') {
        let indent = line.len() - line.trim_start().len();
        if heads.iter().any(|head| line[indent..].starts_with(head)) {
            return Some(from + indent);
        }
        from += line.len();
    }
    None
}

impl Mark {
    /// Where the block that begins here ends; `None`: not yet.
    fn end(self, block: &str) -> Option<usize> {
        let after = |mark: &str, from: usize| block.get(from..)?.find(mark).map(|at| from + at + mark.len());
        match self {
            Mark::Thought(close) => after(close, 0),
            Mark::Token => after(">", 2),
            Mark::Tag => after("</", 1).and_then(|at| after(">", at)),
            Mark::Fence => after("```", 3),
            Mark::Object => object_end(block),
            Mark::Line if block.contains('{') => {
                let at = block.find('{')?;
                object_end(&block[at..]).map(|end| at + end)
            }
            Mark::Line => block.find('\n'),
        }
    }
}

/// Where the object or list that begins here closes.
fn object_end(block: &str) -> Option<usize> {
    let (mut depth, mut is_string, mut is_escaped) = (0_usize, false, false);
    for (at, letter) in block.char_indices() {
        if is_string {
            is_string = is_escaped || letter != '"';
            is_escaped = !is_escaped && letter == '\\';
            continue;
        }
        match letter {
            '"' => is_string = true,
            '{' | '[' => depth += 1,
            '}' | ']' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return Some(at + letter.len_utf8());
                }
            }
            _ => {}
        }
    }
    None
}

/// Takes the mark of its own role off the beginning, and everything from where the model speaks for somebody else.
fn without_roles(text: &str, agent_name: &str) -> String {
    let mut own = text.trim_start();
    for _ in 0..3 {
        let mut shorter = own;
        for name in ["assistant", "ai agent", "ai", "agent", "bot", "support", "[agent]", "[ai]", agent_name] {
            shorter = without_head(shorter, name);
        }
        // The number of a message, as the conversation has them.
        if let Some(rest) = shorter.strip_prefix('[') {
            let digits = rest.chars().take_while(char::is_ascii_digit).count();
            if digits > 0 && rest[digits..].starts_with(']') {
                shorter = rest[digits + 1..].trim_start();
            }
        }
        if shorter.len() == own.len() {
            break;
        }
        own = shorter;
    }
    let mut end = own.len();
    let mut from = 0;
    for line in own.split_inclusive('\n') {
        let begins = line.trim_start().to_lowercase();
        let is_other = ["customer:", "user:", "human:", "[customer]", "[teammate]", "teammate:", "system:", "### "]
            .iter()
            .any(|head| begins.starts_with(head) && (*head != "### " || begins.starts_with("### user")));
        if is_other {
            end = from;
            break;
        }
        from += line.len();
    }
    own[..end].trim_end().to_owned()
}

fn without_head<'a>(text: &'a str, name: &str) -> &'a str {
    let plain = text.trim_start_matches("**");
    let is_head = !name.is_empty() && plain.get(..name.len()).is_some_and(|head| head.eq_ignore_ascii_case(name));
    let rest = if is_head { plain[name.len()..].trim_start_matches("**") } else { return text };
    rest.strip_prefix(':').map_or(text, |rest| rest.trim_start_matches("**").trim_start())
}

/// The ends of the whole sentences of a text, in bytes. The last one is open unless `is_whole`.
pub fn sentence_ends(text: &str, is_whole: bool) -> Vec<usize> {
    let mut ends = Vec::new();
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let after = at + letter.len_utf8();
        let is_end = match letter {
            '\n' => {
                // The line's words end before the break.
                let end = text[..at].trim_end().len();
                if end > ends.last().copied().unwrap_or(0) {
                    ends.push(end);
                }
                continue;
            }
            '.' | '!' | '?' | '…' => {
                let mut end = after;
                while let Some((next, c)) = letters.peek().copied() {
                    if !matches!(c, '.' | '!' | '?' | '"' | '”' | '»' | ')' | '’' | '\'' | '*') {
                        break;
                    }
                    end = next + c.len_utf8();
                    letters.next();
                }
                let has_number = text[..at].ends_with(|c: char| c.is_ascii_digit()) && starts_a_line(&text[..at]);
                let blank = letters.peek().is_some_and(|(_, c)| c.is_whitespace());
                (blank && !has_number).then_some(end)
            }
            '。' | '！' | '？' => Some(after),
            _ => None,
        };
        ends.extend(is_end);
    }
    let whole = text.trim_end().len();
    if is_whole && whole > ends.last().copied().unwrap_or(0) {
        ends.push(whole);
    }
    ends.retain(|end| !text[..*end].trim().is_empty());
    ends
}

/// "2." at the beginning of a line numbers a step.
fn starts_a_line(before: &str) -> bool {
    let line = before.rsplit('\n').next().unwrap_or_default();
    line.trim().chars().all(|c| c.is_ascii_digit())
}

/// The sentences of a whole text, each with what stands before it (blanks, line breaks).
pub fn sentences(text: &str) -> Vec<&str> {
    let mut from = 0;
    sentence_ends(text, true)
        .into_iter()
        .map(|end| {
            let sentence = &text[from..end];
            from = end;
            sentence
        })
        .collect()
}

/// Whether a sentence must wait until it is known what the turn does.
pub fn is_held(sentence: &str, may_offer: bool) -> bool {
    promises_person(sentence) || claims_time(sentence) || !may_offer && request::offers_person(sentence)
}

/// At most [`BODY_CHARS_MAX`] characters of a text, cut after a sentence.
pub fn cut(text: &str) -> &str {
    let Some((limit, _)) = text.char_indices().nth(BODY_CHARS_MAX) else { return text };
    let end = sentence_ends(text, true).into_iter().rfind(|end| *end <= limit);
    &text[..end.unwrap_or(limit)]
}

/// Whether a text is longer than an answer may be.
pub fn is_long(text: &str) -> bool {
    text.char_indices().nth(BODY_CHARS_MAX).is_some()
}

/// Listens to one answer and says how far it may be shown.
#[derive(Debug)]
pub struct Scribe {
    agent_name: String,
    raw: String,
    raw_chars: usize,
    shown: String,
    /// A sentence was held back: nothing after it is shown before the end.
    is_holding: bool,
    may_show: bool,
    may_offer: bool,
}

/// What follows from a piece.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heed {
    /// Nothing new to show.
    Wait,
    /// This much may be shown; it begins with what was shown before.
    Show(String),
    /// The answer is as long as it may be.
    Enough,
}

impl Scribe {
    /// `may_show`: whether anything is shown before the end; `may_offer`: whether a person may be offered.
    pub fn new(agent_name: &str, may_show: bool, may_offer: bool) -> Self {
        Self {
            agent_name: agent_name.to_owned(),
            raw: String::new(),
            raw_chars: 0,
            shown: String::new(),
            is_holding: false,
            may_show,
            may_offer,
        }
    }

    /// Takes the next piece.
    ///
    /// # Errors
    /// [`Failure::Endless`] when the answer runs in circles or does not end.
    pub fn hear(&mut self, piece: &str) -> Result<Heed, Failure> {
        let is_next_word = self.raw.ends_with(char::is_whitespace);
        self.raw.extend(piece.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')));
        self.raw_chars += piece.chars().count();
        if self.raw_chars > RAW_CHARS_MAX || runs_in_circles(&self.raw) {
            return Err(Failure::Endless);
        }
        // A sentence is shown once something follows it.
        if !is_next_word && !piece.contains(|c: char| c.is_whitespace() || matches!(c, '。' | '！' | '？' | '>' | '}'))
        {
            return Ok(Heed::Wait);
        }
        let text = clean(&self.raw, &self.agent_name, false).text;
        if repeats(&text) {
            return Err(Failure::Endless);
        }
        if is_long(&text) {
            return Ok(Heed::Enough);
        }
        if !self.may_show || self.is_holding || !text.starts_with(&self.shown) {
            return Ok(Heed::Wait);
        }
        let from = self.shown.len();
        let mut end = from;
        for next in sentence_ends(&text, false).into_iter().filter(|next| *next > from) {
            if is_held(&text[end..next], self.may_offer) || is_said(&text[..end], &text[end..next]) {
                self.is_holding = true;
                break;
            }
            end = next;
        }
        if end == from {
            return Ok(Heed::Wait);
        }
        self.shown = text[..end].to_owned();
        Ok(Heed::Show(self.shown.clone()))
    }

    /// How much the model has written, in characters.
    pub fn heard_chars(&self) -> usize {
        self.raw_chars
    }

    /// What was shown.
    pub fn shown(&self) -> &str {
        &self.shown
    }

    /// The whole text; it begins with what was shown.
    pub fn finish(&self) -> Cleaned {
        let mut cleaned = clean(&self.raw, &self.agent_name, true);
        if !cleaned.text.starts_with(&self.shown) {
            cleaned.text = self.shown.clone();
        }
        if is_long(&cleaned.text) {
            cleaned.text = cut(&cleaned.text).to_owned();
        }
        cleaned
    }
}

/// Whether a sentence of some length was said before.
fn is_said(before: &str, sentence: &str) -> bool {
    let sentence = sentence.trim();
    sentence.chars().count() >= 20 && before.contains(sentence)
}

/// Whether the same sentence comes again and again.
fn repeats(text: &str) -> bool {
    let said: Vec<String> = sentences(text).into_iter().map(words::padded).collect();
    let Some(last) = said.last().filter(|last| last.split_whitespace().count() >= 3) else { return false };
    said.iter().filter(|sentence| *sentence == last).count() >= SAME_SENTENCE_MAX
}

/// Whether the end of a text is one short piece, over and over, or nothing but blanks.
fn runs_in_circles(raw: &str) -> bool {
    let tail: Vec<char> = raw.chars().rev().take(TAIL_CHARS).collect();
    if tail.len() >= BLANKS_MAX && tail[..BLANKS_MAX].iter().all(|c| c.is_whitespace()) {
        return true;
    }
    tail.len() == TAIL_CHARS
        && (1..=PIECE_CHARS_MAX).any(|period| (period..TAIL_CHARS).all(|at| tail[at] == tail[at - period]))
}
