//! The sentences Baton itself says to the customer. They are made of facts: each says what is so, in the
//! customer's language, and nothing more. The words stand in `words`; languages without words read English.

use super::policy::Facts;
use super::words::{Words, words};
use crate::domain::HandoffKind;

/// Tells of a handoff: why, in a few words, and what happens next as far as it is known.
pub fn promise(facts: &Facts, reason: HandoffKind) -> String {
    let words = words(&facts.language);
    let lead = match reason {
        HandoffKind::AskedForPerson | HandoffKind::Button => words.of_course,
        HandoffKind::Condition => words.for_the_team,
        HandoffKind::AiLimit => words.person_helps_better,
        HandoffKind::Failure => words.answer_failed,
        HandoffKind::Teammate => words.passed_on,
        HandoffKind::Returned => words.welcome_back,
    };
    join(&[lead, &who_comes(facts, words)])
}

/// Tells that nobody picked the conversation up yet, and where the answer will come.
pub fn no_one_free_yet(facts: &Facts) -> String {
    let words = words(&facts.language);
    let next = if facts.has_contact { words.still_with_team_and_email } else { words.still_with_team };
    let back = if facts.is_open { String::new() } else { back_sentence(facts, words) };
    let ask = if facts.has_contact { "" } else { words.leave_email };
    join(&[words.nobody_free, &back, next, ask])
}

/// Tells that the AI agent has no answer, when nobody can be brought in.
pub fn apology(language: &str) -> String {
    words(language).apology.to_owned()
}

/// Tells that a conversation can't be handed to a person: the Human Handoff action is disabled.
pub fn cant_hand_off(language: &str) -> String {
    words(language).cant_hand_off.to_owned()
}

/// What the widget says of the team before anything is asked.
pub fn availability(is_anyone_online: bool, language: &str) -> String {
    let words = words(language);
    if is_anyone_online { words.online } else { words.away }.to_owned()
}

/// Tells a waiting customer that the AI agent answers again.
pub fn back_with_ai(language: &str) -> String {
    words(language).back_with_ai.to_owned()
}

/// Who will answer, and when, as far as the facts go. A closed office promises nobody before it is back.
fn who_comes(facts: &Facts, words: &Words) -> String {
    if facts.is_open && facts.is_anyone_online {
        return words.teammate_comes.to_owned();
    }
    let answer = if facts.has_contact { words.answer_later_and_email } else { words.answer_later };
    let back = if facts.is_open { String::new() } else { back_sentence(facts, words) };
    join(&[words.team_told, &back, answer])
}

/// When the closed team is back: only if it is known.
fn back_sentence(facts: &Facts, words: &Words) -> String {
    match facts.back_at.as_deref().map(str::trim).filter(|back_at| !back_at.is_empty()) {
        Some(back_at) => words.closed_back.replace("{}", back_at),
        None => words.closed.to_owned(),
    }
}

fn join(sentences: &[&str]) -> String {
    let said: Vec<&str> = sentences.iter().copied().filter(|sentence| !sentence.is_empty()).collect();
    said.join(" ")
}

#[cfg(test)]
mod tests {
    use super::super::words::LANGUAGES;
    use super::*;

    /// Words that promise somebody at this moment.
    const AT_ONCE: [&str; 10] =
        ["now", "right away", "ahora", "maintenant", "jetzt", "sofort", "agora", "adesso", "subito", "meteen"];

    fn facts(is_open: bool, is_anyone_online: bool, back_at: Option<&str>, has_contact: bool, language: &str) -> Facts {
        Facts { is_open, is_anyone_online, back_at: back_at.map(str::to_owned), has_contact, language: language.into() }
    }

    /// Every combination of facts, in every language.
    fn every_facts() -> Vec<Facts> {
        let mut every = Vec::new();
        for language in LANGUAGES {
            for bits in 0..16 {
                let back_at = (bits & 4 != 0).then_some("Mon 09:00");
                every.push(facts(bits & 1 != 0, bits & 2 != 0, back_at, bits & 8 != 0, language));
            }
        }
        every
    }

    /// Everything that can be said under these facts.
    fn everything(facts: &Facts) -> Vec<String> {
        let mut texts: Vec<String> = HandoffKind::ALL.into_iter().map(|kind| promise(facts, kind)).collect();
        texts.push(no_one_free_yet(facts));
        texts.push(apology(&facts.language));
        texts.push(cant_hand_off(&facts.language));
        texts.push(back_with_ai(&facts.language));
        texts
    }

    #[test]
    fn a_teammate_comes_only_when_the_office_is_open_and_somebody_is_online() {
        for facts in every_facts() {
            let comes = words(&facts.language).teammate_comes;
            for kind in HandoffKind::ALL {
                let said = promise(&facts, kind).contains(comes);
                assert_eq!(said, facts.is_open && facts.is_anyone_online, "{facts:?}");
            }
        }
    }

    #[test]
    fn a_closed_office_never_promises_anybody_at_once() {
        for facts in every_facts().into_iter().filter(|facts| !facts.is_open) {
            for text in everything(&facts).into_iter().take(HandoffKind::ALL.len() + 1) {
                let said: Vec<String> = text.split(|c: char| !c.is_alphabetic()).map(str::to_lowercase).collect();
                let said = format!(" {} ", said.join(" "));
                for word in AT_ONCE {
                    assert!(!said.contains(&format!(" {word} ")), "“{word}” in: {text}");
                }
                assert!(text.contains(words(&facts.language).closed.trim_end_matches('.')), "{text}");
            }
        }
    }

    #[test]
    fn when_the_team_is_back_is_said_only_if_it_is_closed_and_known() {
        for facts in every_facts() {
            let is_said = !facts.is_open && facts.back_at.is_some();
            for text in [promise(&facts, HandoffKind::Condition), no_one_free_yet(&facts)] {
                assert_eq!(text.contains("Mon 09:00"), is_said, "{text}");
                assert!(!text.contains("{}"), "{text}");
            }
        }
        let unknown = facts(false, false, Some("  "), false, "en");
        assert!(promise(&unknown, HandoffKind::Button).contains("outside our office hours."));
    }

    #[test]
    fn email_is_promised_only_to_a_known_contact_and_asked_for_from_an_unknown_one() {
        for facts in every_facts() {
            let words = words(&facts.language);
            let waits = !(facts.is_open && facts.is_anyone_online);
            let promise = promise(&facts, HandoffKind::AskedForPerson);
            assert_eq!(promise.contains(words.answer_later_and_email), waits && facts.has_contact, "{promise}");
            assert_eq!(
                promise.to_lowercase().contains("mail") || promise.contains("correo"),
                waits && facts.has_contact,
                "{promise}"
            );
            let late = no_one_free_yet(&facts);
            assert_eq!(late.contains(words.leave_email), !facts.has_contact, "{late}");
            assert_eq!(late.contains(words.still_with_team_and_email), facts.has_contact, "{late}");
        }
    }

    #[test]
    fn every_sentence_is_short_whole_and_calm() {
        for facts in every_facts() {
            for text in everything(&facts) {
                assert!(!text.contains('!') && !text.contains("  "), "{text}");
                assert!(text.ends_with('.') && text.chars().count() <= 320, "{} characters: {text}", text.len());
            }
        }
    }

    #[test]
    fn no_language_borrows_words_from_english() {
        for language in LANGUAGES.into_iter().skip(1) {
            let (open, english) = (facts(true, true, None, false, language), facts(true, true, None, false, "en"));
            for (theirs, ours) in everything(&open).iter().zip(everything(&english)) {
                assert_ne!(*theirs, ours, "{language}");
            }
        }
    }

    #[test]
    fn regions_are_passed_over_and_unknown_languages_read_english() {
        for (language, expected) in [("de-AT", "de"), ("PT_br", "pt"), ("ja", "en"), ("", "en"), ("dex", "en")] {
            assert_eq!(apology(language), apology(expected));
        }
    }
}
