//! What is shown of an answer while it is written, and what is not.

use super::wire::Failure;
use super::words::*;

fn shown_after(pieces: &[&str]) -> (Vec<String>, Scribe) {
    let mut scribe = Scribe::new("Ada", true, true);
    let mut shown = Vec::new();
    for piece in pieces {
        if let Ok(Heed::Show(so_far)) = scribe.hear(piece) {
            shown.push(so_far);
        }
    }
    (shown, scribe)
}

fn by_letter(text: &str) -> (Vec<String>, Scribe) {
    let letters: Vec<String> = text.chars().map(String::from).collect();
    shown_after(&letters.iter().map(String::as_str).collect::<Vec<_>>())
}

#[test]
fn whole_sentences_are_shown_and_the_open_one_waits() {
    let (shown, scribe) = shown_after(&["Your parcel ", "is on its way. It ", "arrives on", " Monday."]);
    assert_eq!(shown, ["Your parcel is on its way."]);
    assert_eq!(scribe.finish().text, "Your parcel is on its way. It arrives on Monday.");
}

#[test]
fn what_was_shown_is_always_the_beginning_of_the_text() {
    for text in [
        "Hello. How are you? Fine!\n\n1. Open the app.\n2. Press Send. Done",
        "<think>I am thinking. Well. </think>The answer is 4. Yes it is. ok",
        "Ada: Hello there. I'm transferring you to a colleague. Bye now. ok",
        "Sure. {\"name\":\"hand_off\",\"arguments\":{\"reason\":\"x. y. z\"}} More text. End here",
        "See this:\n```json\n{\"reason\": \"a. b\"}\n```\nDone. Good. x",
        "Use `npm i`. Then:\n```\nnpm start. now\n```\nThat is all. ok",
        "One. Two. Customer asks.\nCustomer: what now? I say. Yes. no",
        "Es kostet 3.50 Euro. Das ist z.B. billig. Ja. nein",
    ] {
        let (shown, scribe) = by_letter(text);
        let whole = scribe.finish().text;
        for (at, one) in shown.iter().enumerate() {
            assert!(whole.starts_with(one.as_str()), "{one:?} in {whole:?}");
            assert!(at == 0 || one.starts_with(shown[at - 1].as_str()));
        }
    }
}

#[test]
fn a_promise_is_held_back_with_everything_after_it() {
    let (shown, scribe) = by_letter("I understand. I'm transferring you to a colleague. It takes a while. ok");
    assert_eq!(shown, ["I understand."]);
    assert_eq!(scribe.finish().text.matches("transferring").count(), 1);
}

#[test]
fn what_is_not_for_the_customer_is_taken_away() {
    for (raw, expected) in [
        ("<think>secret</think>Hello.", "Hello."),
        ("secret of before</think>Hello.", "secret of beforeHello."),
        ("<think>never closed", ""),
        ("Assistant: Hello.", "Hello."),
        ("**Ada:** Hello.", "Hello."),
        ("[7] Hello.", "Hello."),
        ("Hello.\nCustomer: and you?\nAda: fine", "Hello."),
        ("<|im_start|>Hello.<|im_end|>", "Hello."),
        ("```json\n{\"name\":\"hand_off\",\"arguments\":{}}\n```", ""),
        ("Well. <tool_call>{\"name\":\"hand_off\",\"arguments\":{\"reason\":\"x\"}}</tool_call>", "Well."),
        ("Well.\nHANDOFF: {\"reason\":\"billing\"}", "Well."),
        ("{\"reply\":\"Hello.\",\"handoff\":null}", "Hello."),
        ("Run this:\n```\nls -l\n```", "Run this:\n```\nls -l\n```"),
        ("{\"reason\": \"never closed", ""),
    ] {
        let expected = if raw.starts_with("secret") { "Hello." } else { expected };
        let text = clean(raw, "Ada", true).text;
        // A thought whose beginning was cut off can't be told from words.
        assert!(text == expected || raw.starts_with("secret") && text.ends_with("Hello."), "{raw}: {text}");
    }
    let calls = clean("Well.\nHANDOFF: {\"reason\":\"billing\"}", "Ada", true).calls;
    assert_eq!(calls[0].arguments["reason"], "billing");
}

#[test]
fn circles_and_endless_blanks_end_an_answer() {
    let said = |text: &str| {
        let mut scribe = Scribe::new("Ada", true, true);
        text.split_inclusive(' ').map(|piece| scribe.hear(piece)).find(Result::is_err)
    };
    assert_eq!(said(&"I can help you with that. ".repeat(40)), Some(Err(Failure::Endless)));
    assert_eq!(said(&"no ".repeat(200)), Some(Err(Failure::Endless)));
    assert_eq!(said(&" ".repeat(300)), Some(Err(Failure::Endless)));
    assert_eq!(said("Yes. No. Yes. No. That is all there is to say about it."), None);
    assert_eq!(said("| a | b |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |"), None);
}

#[test]
fn a_long_answer_is_cut_at_a_sentence() {
    let text: String = (0..200).map(|n| format!("This is sentence number {n}. ")).collect();
    let (_, scribe) = by_letter(&text);
    let whole = scribe.finish().text;
    assert!(whole.chars().count() <= BODY_CHARS_MAX && whole.ends_with('.'), "{}", whole.len());
    assert!(cut(&"x".repeat(5_000)).len() == BODY_CHARS_MAX);
}

#[test]
fn what_is_taken_away_does_not_glue_words_together() {
    for raw in ["hm</think>Te paso con una persona.", "hm<|end|>Te paso con una persona."] {
        let cleaned = clean(raw, "Ada", true).text;
        assert_eq!(cleaned, "hm Te paso con una persona.", "{raw}");
        assert!(is_held(&cleaned, false), "a promise is heard behind it, too");
    }
}
