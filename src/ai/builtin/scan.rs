//! Finding typed pieces in a text: email and web addresses, phone numbers, amounts, codes. Dates and times are in
//! `calendar`. Each scanner gives the customer's own characters, never a rewritten value.

use super::spoken::is_count;
use super::words::{has_any, padded};

/// A piece of a text, with its byte offsets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    pub text: String,
    pub start: usize,
    pub end: usize,
}

/// The most pieces a scanner gives of one text.
pub(super) const PIECES_MAX: usize = 50;

/// The pieces between white space, without the punctuation around them.
pub fn tokens(text: &str) -> Vec<Piece> {
    let mut found = Vec::new();
    let mut start = None;
    for (at, letter) in text.char_indices().chain(std::iter::once((text.len(), ' '))) {
        if letter.is_whitespace() {
            if let Some(from) = start.take() {
                found.extend(trimmed(text, from, at));
            }
        } else if start.is_none() {
            start = Some(at);
        }
    }
    found
}

fn trimmed(text: &str, from: usize, to: usize) -> Option<Piece> {
    let edge = |c: char| {
        matches!(
            c,
            '.' | ','
                | ';'
                | ':'
                | '!'
                | '?'
                | '"'
                | '\''
                | '('
                | ')'
                | '['
                | ']'
                | '<'
                | '>'
                | '“'
                | '”'
                | '«'
                | '»'
                | '*'
                | '`'
        )
    };
    let raw = &text[from..to];
    let head = raw.len() - raw.trim_start_matches(edge).len();
    let body = raw.trim_matches(edge);
    (!body.is_empty()).then(|| Piece { text: body.to_owned(), start: from + head, end: from + head + body.len() })
}

/// Email addresses.
pub fn emails(text: &str) -> Vec<Piece> {
    tokens(text)
        .into_iter()
        .filter_map(|token| {
            let at =
                token.text.rfind([':', '=', ',']).filter(|at| token.text[*at..].contains('@')).map_or(0, |at| at + 1);
            let body = token.text[at..].to_owned();
            is_email(&body).then(|| Piece { start: token.start + at, end: token.end, text: body })
        })
        .take(PIECES_MAX)
        .collect()
}

/// Whether a text is an email address as people write them.
pub fn is_email(text: &str) -> bool {
    let Some((local, host)) = text.split_once('@') else { return false };
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '%' | '+' | '-' | '\'');
    let labels: Vec<&str> = host.split('.').collect();
    !local.is_empty()
        && local.chars().all(plain)
        && labels.len() >= 2
        && labels.iter().all(|label| !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-'))
        && labels.last().is_some_and(|top| top.chars().count() >= 2 && top.chars().all(char::is_alphabetic))
        && text.len() <= 254
}

/// Web addresses.
pub fn urls(text: &str) -> Vec<Piece> {
    tokens(text).into_iter().filter(|token| is_url(&token.text)).take(PIECES_MAX).collect()
}

/// Whether a text is a web address: with a scheme, or a host with a known ending.
pub fn is_url(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let rest = lower.strip_prefix("https://").or_else(|| lower.strip_prefix("http://"));
    let host = rest.unwrap_or(&lower).split(['/', '?', '#']).next().unwrap_or_default();
    let labels: Vec<&str> = host.split('.').collect();
    let well_formed = labels.len() >= 2
        && labels.iter().all(|l| !l.is_empty() && l.chars().all(|c| c.is_alphanumeric() || c == '-' || c == ':'));
    let known = [
        "com", "org", "net", "io", "dev", "app", "de", "fr", "es", "it", "nl", "pt", "uk", "eu", "shop", "store", "co",
        "br", "ai",
    ];
    well_formed && (rest.is_some() || lower.starts_with("www.") || labels.last().is_some_and(|top| known.contains(top)))
}

/// Runs of digits with the separators people put in phone numbers; 7 to 15 digits.
pub fn phones(text: &str) -> Vec<Piece> {
    let mut found = Vec::new();
    let mut run: Option<(usize, usize, usize)> = None;
    let mut last_was_gap = 0;
    for (at, letter) in text.char_indices().chain(std::iter::once((text.len(), '\0'))) {
        if letter.is_ascii_digit() {
            let (start, _, digits) = run.unwrap_or((at, at, 0));
            run = Some((start, at + 1, digits + 1));
            last_was_gap = 0;
        } else if run.is_none() && matches!(letter, '+' | '(') {
            run = Some((at, at, 0));
        } else if run.is_some() && last_was_gap < 2 && matches!(letter, ' ' | '-' | '.' | '(' | ')' | '/' | '\u{a0}') {
            last_was_gap += 1;
        } else {
            if let Some((start, end, digits)) = run.take()
                && (7..=15).contains(&digits)
                && !text[end..].starts_with(|c: char| c.is_alphanumeric() || c == '@')
                && !text[..start]
                    .ends_with(|c: char| c.is_alphanumeric() || matches!(c, '#' | '-' | '@' | '$' | '€' | '£'))
                && !is_date_like(&text[start..end])
            {
                found.push(Piece { text: text[start..end].to_owned(), start, end });
            }
            last_was_gap = 0;
        }
    }
    found.truncate(PIECES_MAX);
    found
}

pub(super) fn is_date_like(text: &str) -> bool {
    let parts: Vec<&str> = text.split(['-', '/', '.']).collect();
    parts.len() == 3
        && parts.iter().all(|p| (1..=4).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_digit()))
        && parts.iter().filter(|p| p.len() == 4).count() <= 1
        && parts.iter().filter(|p| p.len() <= 2).count() >= 2
}

/// Numbers: digits with `.` or `,` inside, or a small number as a word.
pub fn numbers(text: &str) -> Vec<Piece> {
    tokens(text)
        .into_iter()
        .filter_map(|token| {
            let bare = token.text.trim_matches(['$', '€', '£', '%', '#', '+']);
            let digits = !bare.is_empty()
                && bare.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '-'))
                && bare.starts_with(|c: char| c.is_ascii_digit() || c == '-');
            let has_digit = bare.contains(|c: char| c.is_ascii_digit());
            let lower = bare.to_ascii_lowercase();
            let named = is_count(&lower);
            let at = token.text.find(bare).unwrap_or(0);
            ((digits && has_digit) || named).then(|| Piece {
                text: bare.to_owned(),
                start: token.start + at,
                end: token.start + at + bare.len(),
            })
        })
        .take(PIECES_MAX)
        .collect()
}

/// Amounts of money: a number beside a currency, with the currency as the customer wrote it.
pub fn amounts(text: &str) -> Vec<Piece> {
    const CURRENCIES: &[&str] = &[
        "dollars", "dollar", "usd", "euros", "euro", "eur", "pounds", "pound", "gbp", "quid", "bucks", "reais",
        "francs", "chf", "cents", "libras", "dolares",
    ];
    let all = tokens(text);
    let mut found = Vec::new();
    for (at, token) in all.iter().enumerate() {
        let number = token.text.trim_matches(['$', '€', '£']);
        let is_number = number.starts_with(|c: char| c.is_ascii_digit())
            && number.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | 'k' | 'K'));
        if !is_number {
            continue;
        }
        let has_sign = number.len() != token.text.len() || text[..token.start].ends_with(['$', '€', '£']);
        let currency_after = |place: usize| {
            all.get(place).filter(|next| {
                CURRENCIES.contains(&next.text.to_lowercase().as_str()) || matches!(next.text.as_str(), "€" | "£" | "$")
            })
        };
        let scaled = all.get(at + 1).filter(|next| {
            matches!(next.text.to_lowercase().as_str(), "thousand" | "hundred" | "million" | "mil" | "mille")
        });
        let end = currency_after(at + 1).or_else(|| scaled.and_then(|_| currency_after(at + 2)));
        if let Some(end) = end {
            found.push(Piece { text: text[token.start..end.end].to_owned(), start: token.start, end: end.end });
        } else if has_sign {
            found.push(token.clone());
        }
    }
    found.truncate(PIECES_MAX);
    found
}

/// Codes: pieces with digits and no other meaning (order numbers, account numbers, booking references).
pub fn codes(text: &str) -> Vec<Piece> {
    tokens(text).into_iter().filter(|token| is_code(&token.text)).take(PIECES_MAX).collect()
}

/// Digits in groups, twelve or more, and account numbers of letters and digits in groups of four: card numbers and
/// IBANs as people copy them.
pub fn grouped(text: &str) -> Vec<Piece> {
    let all = tokens(text);
    let mut found = Vec::new();
    let mut at = 0;
    while at < all.len() && found.len() < PIECES_MAX {
        let is_group = |piece: &Piece| {
            (2..=6).contains(&piece.text.len())
                && piece.text.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase())
                && piece.text.bytes().any(|b| b.is_ascii_digit())
        };
        let run = all[at..].iter().take(10).take_while(|piece| is_group(piece));
        let run: Vec<&Piece> = run.collect();
        let length: usize = run.iter().map(|piece| piece.text.len()).sum();
        match (run.first(), run.last()) {
            (Some(first), Some(last)) if run.len() > 2 && (12..=34).contains(&length) => {
                found.push(Piece { text: text[first.start..last.end].to_owned(), start: first.start, end: last.end });
                at += run.len();
            }
            _ => at += 1,
        }
    }
    found
}

/// References of capital letters only, such as `HXDUBJ`.
pub fn letter_codes(text: &str) -> Vec<Piece> {
    let is_reference = |body: &str| (5..=8).contains(&body.len()) && body.chars().all(|c| c.is_ascii_uppercase());
    // Words in capitals are no references: one alone among small letters is.
    let found: Vec<Piece> = tokens(text).into_iter().filter(|token| is_reference(&token.text)).take(2).collect();
    if found.len() == 1 && text.contains(|c: char| c.is_lowercase()) { found } else { Vec::new() }
}

fn is_code(text: &str) -> bool {
    let body = text.trim_start_matches('#');
    let digits = body.chars().filter(char::is_ascii_digit).count();
    let plain = body.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '/' | '.'));
    let is_ordinal = digits <= 2 && body.len() <= 4 && body.ends_with(|c: char| c.is_alphabetic());
    let is_mixed = digits >= 1
        && body.len() >= 5
        && body.chars().any(|c| c.is_ascii_uppercase())
        && !body.chars().any(|c| c.is_ascii_lowercase());
    (digits >= 2 || is_mixed) && plain && body.len() >= 3 && !is_date_like(body) && !is_ordinal && !is_url(body)
}

/// Whether the limits in a phrase ("under 50 €", "more than 100 dollars") hold for the amounts in a message. A
/// phrase without a limit holds; with one, a message without an amount holds too: it can't be told.
pub fn limits_hold(phrase: &str, message: &str) -> bool {
    let flat = padded(phrase);
    let upper = has_any(&flat, &["under", "below", "less than", "up to", "cheaper than", "smaller than"]);
    let lower = has_any(&flat, &["over", "above", "more than", "at least", "exceeding", "greater than", "higher than"]);
    if !upper && !lower {
        return true;
    }
    let Some(limit) = amounts(phrase).first().and_then(|piece| amount_value(&piece.text)) else { return true };
    let said: Vec<f64> = amounts(message).iter().filter_map(|piece| amount_value(&piece.text)).collect();
    said.is_empty() || said.iter().any(|value| if upper { *value <= limit } else { *value >= limit })
}

fn amount_value(text: &str) -> Option<f64> {
    let digits: String = text.chars().filter(|c| c.is_ascii_digit() || matches!(c, '.' | ',')).collect();
    let digits = digits.trim_matches(['.', ',']);
    let cents = digits.len() >= 3 && digits.as_bytes()[digits.len() - 3].is_ascii_punctuation();
    let plain: String = digits.chars().filter(char::is_ascii_digit).collect();
    let value: f64 = plain.parse().ok()?;
    let scale =
        if text.to_lowercase().contains("thousand") || text.to_lowercase().ends_with('k') { 1000.0 } else { 1.0 };
    Some(value * scale / if cents { 100.0 } else { 1.0 })
}

/// Whether an exclusion such as "they quote the invoice number" holds: what it says is present is present.
pub fn presence_holds(phrase: &str, message: &str) -> bool {
    let flat = padded(phrase);
    let gives = has_any(
        &flat,
        &[
            "quote",
            "quotes",
            "give",
            "gives",
            "has",
            "have",
            "already has",
            "provide",
            "provides",
            "include",
            "includes",
            "with",
            "mention",
            "mentions",
            "state",
            "states",
        ],
    );
    let number = has_any(&flat, &["number", "reference", "id", "code"]);
    if !gives || has_any(&flat, &["not", "dont", "doesnt", "without", "no"]) {
        return false;
    }
    (number && codes(message).iter().any(|code| code.text.chars().filter(char::is_ascii_digit).count() >= 4))
        || (has_any(&flat, &["email address"]) && !emails(message).is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(pieces: Vec<Piece>) -> Vec<String> {
        pieces.into_iter().map(|piece| piece.text).collect()
    }

    #[test]
    fn typed_pieces_are_found_as_written() {
        assert_eq!(texts(emails("mail me: ana.b+x@example.co.uk, ok? not a@b")), ["ana.b+x@example.co.uk"]);
        assert_eq!(
            texts(urls("see https://a.example/x?y=1 and shop.example.com.")),
            ["https://a.example/x?y=1", "shop.example.com"]
        );
        assert_eq!(
            texts(phones("call +44 20 7946 0958 or (555) 123-4567, on 2025-03-14")),
            ["+44 20 7946 0958", "(555) 123-4567"]
        );
        assert_eq!(
            texts(amounts("$1200 or 10£ or 2000 dollars or 1 thousand dollars")),
            ["$1200", "10£", "2000 dollars", "1 thousand dollars"]
        );
        assert_eq!(texts(codes("order #00108 and AB-1234, the 3rd")), ["#00108", "AB-1234"]);
    }

    #[test]
    fn limits_compare_amounts() {
        assert!(limits_hold("refunds under 50 €", "I want 20 € back"));
        assert!(!limits_hold("refunds under 50 €", "I want 80 € back"));
        assert!(!limits_hold("payments over 1,000 dollars", "a payment of 20.50 dollars"));
        assert!(limits_hold("refunds", "80 €"));
    }
}
