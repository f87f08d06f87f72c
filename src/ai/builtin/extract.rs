//! Finding the values to gather in what the customer said, in the order in which it was said. A value is always a
//! piece of a message (or of the saved details), checked by type; nothing is made up. How each kind of value is
//! found is in `claims`, `spans`, `things` and `names`; what to ask for next is decided in `gather`.

use super::answers::{self, Refusal, is_correction};
use super::claims;
use super::heard::Heard;
use super::names;
use super::offers;
use super::questions::{self, Asked};
use super::request::{self, Ask};
use super::roles::{self, Role, Row, Side};
use super::scan::{self, Piece};
use super::shapes::Shape;
use super::spans;
use super::things;
use super::validity::{choice, is_valid};
use crate::ai::{Brief, Said, Speaker};
use crate::domain::{FieldKind, GatherField, GatheredValue, ValueSource};

/// The most messages that are read, newest last.
const MESSAGES_MAX: usize = 80;
/// How many offers back an accepted value is looked for.
const OFFERS_MAX: usize = 6;
/// So often a customer may say that they don't know a value before it counts as refused.
const UNABLE_MAX: usize = 2;

/// What the conversation holds for the rows of the action.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heardings {
    /// The values known after this turn, in the order of the action's rows.
    pub values: Vec<GatheredValue>,
    /// Names that the customer refused, or could not give again and again.
    pub refused: Vec<String>,
    /// Names that the customer could not give when asked.
    pub unable: Vec<String>,
    /// How many rows were asked for and then answered.
    pub answered: usize,
}

/// Reads the conversation.
pub fn hear(brief: &Brief) -> Heardings {
    let fields = &brief.action.gather;
    let rows = roles::rows(fields);
    let mut ledger = Ledger::new(&rows);
    let from = brief.said.len().saturating_sub(MESSAGES_MAX);
    let last_question = brief.said.iter().rposition(|said| said.by != Speaker::Customer);
    let mut before_was_customer = true;
    for (at, said) in brief.said.iter().enumerate().skip(from) {
        if said.by == Speaker::Customer {
            ledger.customer_said(said);
        } else {
            let remembered = (Some(at) == last_question).then_some(brief.gathering.asked.as_deref()).flatten();
            let known = remembered.and_then(|name| fields.iter().position(|field| field.name == name));
            ledger.others_said(said, known, before_was_customer);
        }
        before_was_customer = said.by == Speaker::Customer;
    }
    ledger.fill_customers_parts(brief);
    let name_of = |row: usize| fields[row].name.clone();
    let refused = (0..rows.len()).filter(|row| ledger.refused[*row] || ledger.unable[*row] >= UNABLE_MAX);
    let unable = (0..rows.len()).filter(|row| ledger.unable[*row] > 0);
    let (refused, unable) = (refused.map(name_of).collect(), unable.map(name_of).collect());
    let answered = ledger.answered.iter().filter(|answered| **answered).count();
    let values = fields.iter().zip(ledger.values).filter_map(|(field, found)| settle(brief, field, found)).collect();
    Heardings { values, refused, unable, answered }
}

/// The newest of what was just found and what earlier turns knew; the saved details fill what is left.
fn settle(brief: &Brief, field: &GatherField, found: Option<GatheredValue>) -> Option<GatheredValue> {
    let known = brief.gathering.values.iter().rev().find(|value| value.name == field.name).cloned();
    match (found, known) {
        (Some(found), Some(known)) if known.source == ValueSource::Message && known.seq >= found.seq => Some(known),
        (Some(found), _) => Some(found),
        (None, Some(known)) => Some(known),
        (None, None) => brief
            .details
            .iter()
            .find(|detail| roles::names_same(&detail.name, field) && is_valid(field, &detail.value))
            .map(|detail| GatheredValue { name: field.name.clone(), ..detail.clone() }),
    }
}

/// What is known while the conversation is read.
struct Ledger<'a> {
    rows: &'a [Row<'a>],
    values: Vec<Option<GatheredValue>>,
    /// The value came from an offer: a newer offer may replace it.
    by_offer: Vec<bool>,
    refused: Vec<bool>,
    unable: Vec<usize>,
    answered: Vec<bool>,
    asked: Asked,
    offers: Vec<&'a str>,
}

impl<'a> Ledger<'a> {
    fn new(rows: &'a [Row<'a>]) -> Self {
        let count = rows.len();
        Self {
            rows,
            values: vec![None; count],
            by_offer: vec![false; count],
            refused: vec![false; count],
            unable: vec![0; count],
            answered: vec![false; count],
            asked: Asked::default(),
            offers: Vec::new(),
        }
    }

    /// A message of the AI or a teammate: what it asks, what it puts forward.
    fn others_said(&mut self, said: &'a Said, remembered: Option<usize>, is_first: bool) {
        let read = match remembered {
            Some(row) => Asked { rows: vec![row], other: false },
            None => questions::read(&said.body, self.rows),
        };
        if is_first || read.is_anything() {
            self.asked = read;
        }
        if said.by == Speaker::Ai && offers::is_offer(&said.body) {
            self.offers.push(&said.body);
        }
    }

    fn customer_said(&mut self, said: &'a Said) {
        let heard = Heard::new(&said.body);
        let corrects = is_correction(&said.body);
        let before = self.values.clone();
        let found = self.find(&heard);
        let mut answered = Vec::new();
        for (row, value) in found {
            let is_asked = self.asked.rows.contains(&row);
            if self.values[row].is_none() || is_asked || corrects || self.by_offer[row] {
                self.set(row, value, said, false);
                answered.push(row);
            }
        }
        self.take_offers(&heard, said);
        if corrects && self.values == before {
            self.correct(&heard, said);
        }
        let refusal = answers::refusal(&said.body);
        for row in self.asked.rows.clone() {
            if answered.contains(&row) {
                self.refused[row] = false;
                self.answered[row] = true;
                continue;
            }
            match refusal {
                Some(Refusal::WillNot) => self.refused[row] = true,
                Some(Refusal::CanNotNow) => self.unable[row] += 1,
                None => {}
            }
        }
        self.asked.rows.retain(|row| !answered.contains(row));
    }

    fn set(&mut self, row: usize, value: String, said: &Said, by_offer: bool) {
        let name = self.rows[row].field.name.clone();
        self.values[row] = Some(GatheredValue { name, value, source: ValueSource::Message, seq: Some(said.seq) });
        self.by_offer[row] = by_offer;
    }

    /// The rows' values in one message.
    fn find(&self, heard: &Heard<'_>) -> Vec<(usize, String)> {
        let is_open = |row: usize| self.values[row].is_none();
        let mut found = claims::codes(heard, self.rows, &self.asked, &is_open);
        for (at, row) in self.rows.iter().enumerate() {
            if found.iter().any(|(known, _)| *known == at) {
                continue;
            }
            let reader = Reader { rows: self.rows, heard, asked: &self.asked, at };
            if let Some(value) = reader.find(row).filter(|value| !value.trim().is_empty()) {
                found.push((at, value));
            }
        }
        found.retain(|(row, value)| is_valid(self.rows[*row].field, value));
        // Two rows of one kind don't take the same piece.
        let mut taken: Vec<(Role, String)> = Vec::new();
        found.sort_by_key(|(row, _)| (!self.asked.rows.contains(row), *row));
        found.retain(|(row, value)| {
            let key = (self.rows[*row].role, value.clone());
            let is_new = !taken.contains(&key) || matches!(key.0, Role::YesNo | Role::Free | Role::Story);
            taken.push(key);
            is_new
        });
        found
    }

    /// An accepted offer gives its values; a name put forward and said again counts as said.
    fn take_offers(&mut self, heard: &Heard<'_>, said: &Said) {
        let Some(last) = self.offers.last() else { return };
        let accepts = offers::accepts(heard.text);
        let named: Vec<usize> = (0..self.rows.len())
            .filter(|row| matches!(self.rows[*row].role, Role::Thing | Role::OtherName))
            .filter(|row| self.values[*row].is_none() || self.by_offer[*row])
            .collect();
        if !accepts {
            if let ([row], Some(name)) = (named.as_slice(), offers::best_name(&Heard::new(last)))
                && let Some(value) = offers::said_again(heard, &name)
                && !heard.text.trim_end().ends_with('?')
            {
                self.set(*row, value, said, true);
            }
            return;
        }
        let recent: Vec<Heard<'_>> = self.offers.iter().rev().take(OFFERS_MAX).map(|offer| Heard::new(offer)).collect();
        for row in 0..self.rows.len() {
            let is_fixed = self.values[row].as_ref().is_some_and(|_| !self.by_offer[row]);
            if is_fixed {
                continue;
            }
            let read = &self.rows[row];
            let is_only = is_only(self.rows, row);
            let names_one = !matches!(read.role, Role::Thing | Role::OtherName) || named.len() == 1;
            let value = recent.iter().filter(|_| names_one).find_map(|offer| offers::value(offer, read, is_only));
            if let Some(value) = value.filter(|value| is_valid(read.field, value)) {
                self.set(row, value, said, true);
            }
        }
    }

    /// "No, it's 4567": a piece of the same shape replaces the newest value of that shape.
    fn correct(&mut self, heard: &Heard<'_>, said: &Said) {
        let newest = (0..self.rows.len())
            .filter(|row| self.values[*row].is_some())
            .max_by_key(|row| self.values[*row].as_ref().and_then(|value| value.seq));
        let Some(row) = newest else { return };
        if matches!(self.rows[row].role, Role::Free | Role::Story | Role::YesNo | Role::Kind) {
            return;
        }
        let asked = Asked { rows: vec![row], other: false };
        let codes = claims::codes(heard, self.rows, &asked, &|open| open == row);
        let code = codes.into_iter().find(|(at, _)| *at == row).map(|(_, value)| value);
        let reader = Reader { rows: self.rows, heard, asked: &asked, at: row };
        let value = code.or_else(|| reader.find(&self.rows[row]));
        if let Some(value) = value.filter(|value| is_valid(self.rows[row].field, value)) {
            self.set(row, value, said, false);
        }
    }

    /// The customer usually is the patient, the renter, the guest: once the customer's own name and what they come
    /// for are both named, that row takes the name, unless they speak for somebody else.
    fn fill_customers_parts(&mut self, brief: &Brief) {
        let own = self.rows.iter().position(|row| row.role == Role::OwnName);
        let Some(own) = own.and_then(|row| self.values[row].clone()) else { return };
        let customer = || brief.said.iter().filter(|said| said.by == Speaker::Customer).map(|said| said.body.as_str());
        if !customer().any(|text| names::mentions_another(text, &own.value)) {
            return;
        }
        let is_part = |row: &Row<'_>| row.is_customers_part && row.role == Role::OtherName;
        let parts = self.rows.iter().filter(|row| is_part(row)).count();
        for row in 0..self.rows.len() {
            let is_host = self.rows[row].label.iter().any(|word| word == "host");
            // A host is not the guest, and gives a party for others.
            let is_others = if is_host { parts > 1 } else { customer().any(names::speaks_for_another) };
            if is_part(&self.rows[row]) && self.values[row].is_none() && !is_others {
                self.values[row] = Some(GatheredValue { name: self.rows[row].field.name.clone(), ..own.clone() });
            }
        }
    }
}

/// Whether no other row has this role.
fn is_only(rows: &[Row<'_>], at: usize) -> bool {
    rows.iter().filter(|row| row.role == rows[at].role).count() == 1
}

/// One row looks at one message.
struct Reader<'a> {
    rows: &'a [Row<'a>],
    heard: &'a Heard<'a>,
    asked: &'a Asked,
    at: usize,
}

impl Reader<'_> {
    fn find(&self, row: &Row<'_>) -> Option<String> {
        let (heard, text) = (self.heard, self.heard.text);
        let is_asked = self.asked.rows.contains(&self.at);
        if row.field.kind == FieldKind::OneOf {
            return choice(row.field, text, is_asked);
        }
        let is_request = is_asked && !row.role.is_typed() && request::read(text) != Ask::No && heard.all.len() > 2;
        if is_request {
            return None;
        }
        let is_only = is_only(self.rows, self.at);
        let answers = is_asked && answers::refusal(text).is_none();
        let short = || answers.then(|| answers::short(heard)).flatten();
        match row.role {
            Role::Email => first(&heard.emails),
            Role::Url => first(&heard.urls),
            Role::Birth => self.birth(is_asked),
            Role::Date => self.date(row, is_asked),
            Role::Time => self.time(row, is_asked),
            Role::Duration => first(&heard.durations).or_else(|| is_asked.then(|| first(&heard.numbers)).flatten()),
            Role::Amount => claims::amount(heard, is_asked).filter(|_| is_only || is_asked),
            Role::Quantity => claims::quantity(heard, row, is_asked),
            Role::Code => self.handle(row, is_asked),
            Role::Phone => None,
            Role::OwnName => names::said(text).or_else(|| is_asked.then(|| answers::name(text)).flatten()),
            Role::OtherName => self.other_name(row, is_asked, answers, is_only),
            Role::Thing => things::thing(heard, row, is_asked, is_only).or_else(short),
            Role::Kind => things::kind(heard, row).or_else(short),
            Role::YesNo => things::yes_no(heard, row, is_asked),
            Role::Address => things::address(heard, row, is_asked),
            Role::Place => spans::place(heard, row, is_asked, is_only).or_else(short),
            Role::Story => answers::story(text, answers),
            Role::Free => {
                answers::labelled(row.field, text).or_else(|| answers.then(|| answers::whole(text)).flatten())
            }
        }
    }

    fn birth(&self, is_asked: bool) -> Option<String> {
        let heard = self.heard;
        let told = |piece: &&Piece| {
            let at = heard.word_at(piece.start);
            (at.saturating_sub(6)..at).any(|near| {
                matches!(
                    heard.stems[near].as_str(),
                    "birth"
                        | "born"
                        | "dob"
                        | "birthdai"
                        | "birthdat"
                        | "nacimiento"
                        | "geboren"
                        | "naissance"
                        | "nato"
                        | "nascimento"
                        | "geboortedatum"
                        | "geburtsdatum"
                )
            })
        };
        heard
            .dates
            .iter()
            .find(told)
            .or_else(|| heard.dates.first().filter(|_| is_asked))
            .map(|piece| piece.text.clone())
    }

    /// The date for this end of the stay: "from … until …".
    fn date(&self, row: &Row<'_>, is_asked: bool) -> Option<String> {
        let heard = self.heard;
        let others = self.rows.iter().filter(|other| other.role == Role::Date).count() > 1;
        if !others {
            return first(&heard.dates);
        }
        let own = heard.dates.iter().find(|piece| side_before(heard, piece) == row.side);
        let cued = heard.dates.iter().find(|piece| self.is_cued(row, piece));
        let plain = || heard.dates.iter().find(|piece| side_before(heard, piece) == Side::Neither);
        let lone = heard.dates.len() == 1 && self.asked.rows.len() <= 1;
        let found = cued.or(own).or_else(|| (is_asked && lone).then(|| heard.dates.first()).flatten());
        found.or_else(|| if row.side == Side::Start { plain() } else { None }).map(|piece| piece.text.clone())
    }

    fn time(&self, row: &Row<'_>, is_asked: bool) -> Option<String> {
        let heard = self.heard;
        if is_only(self.rows, self.at) {
            return first(&heard.times);
        }
        let own = heard.times.iter().find(|piece| side_before(heard, piece) == row.side && row.side != Side::Neither);
        let found = heard.times.iter().find(|piece| self.is_cued(row, piece)).or(own);
        found.or_else(|| heard.times.first().filter(|_| is_asked)).map(|piece| piece.text.clone())
    }

    /// A word of the row stands shortly before the piece.
    fn is_cued(&self, row: &Row<'_>, piece: &Piece) -> bool {
        let at = self.heard.word_at(piece.start);
        let near = at.saturating_sub(4)..at;
        let shared =
            |cue: &String| self.rows.iter().enumerate().any(|(n, other)| n != self.at && other.cues.contains(cue));
        near.into_iter().any(|near| {
            let stem = &self.heard.stems[near];
            row.cues.contains(stem) && !shared(stem) && !self.heard.ends_sentence(near + 1)
        })
    }

    /// The name of an account without a digit, when it was asked for.
    fn handle(&self, row: &Row<'_>, is_asked: bool) -> Option<String> {
        let wanted = is_asked && row.shape == Shape::Handle && answers::refusal(self.heard.text).is_none();
        let token = scan::tokens(names::without_lead_in(self.heard.text)).into_iter().next()?;
        let plain = token.text.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'));
        (wanted && plain && self.heard.all.len() <= 5 && token.text.len() > 3).then_some(token.text)
    }

    fn other_name(&self, row: &Row<'_>, is_asked: bool, answers: bool, is_only: bool) -> Option<String> {
        let heard = self.heard;
        let labelled = spans::behind_label(heard, row, is_asked).or_else(|| spans::person(heard, row));
        let paid = || {
            let is_payee = row.cues.iter().any(|cue| {
                matches!(cue.as_str(), "paye" | "payee" | "recipient" | "beneficiari" | "payment" | "receiv" | "pai")
            });
            if is_payee && is_only { spans::payee(heard) } else { None }
        };
        let own = || {
            let has_own = self.rows.iter().any(|other| other.role == Role::OwnName);
            if row.is_customers_part && !has_own { names::said(heard.text) } else { None }
        };
        let answer = || {
            let name = is_asked.then(|| answers::name(heard.text)).flatten();
            name.or_else(|| answers.then(|| answers::short(heard)).flatten())
        };
        labelled.or_else(paid).or_else(own).or_else(answer).filter(|name| !name.chars().any(|c| c.is_ascii_digit()))
    }
}

/// "until Friday" is the end, "from Monday" the start.
fn side_before(heard: &Heard<'_>, piece: &Piece) -> Side {
    let at = heard.word_at(piece.start);
    let near = [heard.before(at, 1), heard.before(at, 2), heard.before(at, 3)];
    for word in near {
        match word {
            "until" | "till" | "to" | "through" | "returning" | "return" | "back" | "ending" | "hasta" | "bis"
            | "jusqu" | "fino" | "ate" | "tot" => return Side::End,
            "from" | "starting" | "since" | "beginning" | "desde" | "ab" | "vom" | "von" | "depuis" | "vanaf"
            | "form" => return Side::Start,
            _ => {}
        }
    }
    Side::Neither
}

fn first(pieces: &[Piece]) -> Option<String> {
    pieces.first().map(|piece| piece.text.clone())
}
