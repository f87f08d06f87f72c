//! The first line of a handoff under a condition: the admin's rule as a short sentence about the customer.

use super::words::excerpt;

/// The longest headline, in characters.
const CHARS_MAX: usize = 120;

/// What opens a rule before it says what it is about, in lower case, longest first.
const OPENINGS: &[&str] = &[
    "hand the conversation off",
    "hand the conversation over",
    "hand off",
    "hand over",
    "handoff",
    "transfer",
    "escalate",
    "pass",
    "connect",
    "forward",
    "route",
    "when to use",
    "use this action",
    "use this",
    "use it",
    "use",
    "trigger",
    "always",
];
/// What joins the opening to its subject.
const JOINTS: &[&str] = &[
    "as soon as",
    "whenever",
    "once",
    "when",
    "if",
    "for",
    "in case",
    "cuando",
    "si",
    "quand",
    "lorsque",
    "wenn",
    "falls",
    "quando",
    "se",
    "als",
    "wanneer",
];

/// "Hand off to billing when the user has a billing issue." is "The user has a billing issue."
pub fn of(rule: &str) -> String {
    let line = rule.split_whitespace().collect::<Vec<_>>().join(" ");
    let first = line.split_terminator(['.', '!', '\n']).find(|part| !part.trim().is_empty()).unwrap_or_default().trim();
    let subject = without_opening(first).trim_matches([' ', ':', ',', ';', '-']);
    let subject = if subject.is_empty() { first } else { subject };
    let wants = ["requests to ", "request to "].iter().find_map(|opening| strip(subject, opening));
    let text = match wants {
        Some(deed) => format!("The customer wants to {deed}"),
        None => subject.to_owned(),
    };
    let mut letters = text.chars();
    let sentence: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
    let sentence = excerpt(&sentence, CHARS_MAX);
    if sentence.is_empty() {
        return "A condition of the action is met.".into();
    }
    if sentence.ends_with(['.', '!', '?', '…', '”', '"']) { sentence } else { format!("{sentence}.") }
}

/// The rule from its subject on: behind "hand off to … when", or behind a bare "when".
fn without_opening(rule: &str) -> &str {
    let mut rest = rule;
    for _ in 0..3 {
        let opening = OPENINGS.iter().find_map(|opening| strip_word(rest, opening));
        if let Some(after) = opening {
            // "to the billing team when …": from the first joint on, or from the colon.
            let joint = JOINTS.iter().filter_map(|joint| find_word(after, joint)).min();
            let colon = after.find(':').map(|at| at + 1);
            match (joint, colon) {
                (_, Some(at)) if joint.is_none_or(|joint| at <= joint) => rest = after[at..].trim(),
                (Some(at), _) => rest = &after[at..],
                _ => return rest,
            }
        }
        match JOINTS.iter().find_map(|joint| strip_word(rest, joint)) {
            Some(after) => rest = after,
            None if opening.is_none() => break,
            None => {}
        }
    }
    rest
}

fn strip<'a>(text: &'a str, opening: &str) -> Option<&'a str> {
    text.get(..opening.len()).filter(|head| head.eq_ignore_ascii_case(opening)).map(|_| &text[opening.len()..])
}

/// The text behind a whole word at its beginning.
fn strip_word<'a>(text: &'a str, opening: &str) -> Option<&'a str> {
    let rest = strip(text.trim_start(), opening)?;
    (!rest.starts_with(char::is_alphanumeric)).then(|| rest.trim_start_matches([' ', ',']))
}

/// Where a whole word stands.
fn find_word(text: &str, word: &str) -> Option<usize> {
    text.match_indices(word).map(|(at, _)| at).find(|at| {
        let end = at + word.len();
        !text[..*at].ends_with(char::is_alphanumeric) && !text[end..].starts_with(char::is_alphanumeric)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_becomes_a_sentence_about_the_customer() {
        for (rule, expected) in [
            ("when the user has a billing issue", "The user has a billing issue."),
            (
                "Hand off to the billing team when the user has a billing issue, please",
                "The user has a billing issue, please.",
            ),
            ("Hand off for refunds", "Refunds."),
            ("Use for: renting a boat", "Renting a boat."),
            ("When to use: requests to rent a boat", "The customer wants to rent a boat."),
            ("Customer wants to cancel an order. Be kind.", "Customer wants to cancel an order."),
            ("Refunds over 100 euros", "Refunds over 100 euros."),
            ("wenn der Kunde kündigen will", "Der Kunde kündigen will."),
            ("Hand off", "Hand off."),
            ("", "A condition of the action is met."),
            ("🙂", "🙂."),
        ] {
            assert_eq!(of(rule), expected);
        }
    }
}
