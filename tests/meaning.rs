//! The sentence encoder over the weights that set-up fetches. Where they are not there, each test says so.

use baton::ai::meaning::{DIMENSIONS, Meaning, Vector};
use baton::config::Config;

/// The encoder, where set-up has fetched its weights.
fn encoder() -> Option<Meaning> {
    let folder = Config::load().expect("the settings are right").model_dir;
    if !folder.join("model.safetensors").is_file() {
        println!("not run: there are no weights in {}; script/bootstrap fetches them", folder.display());
        return None;
    }
    Some(Meaning::load(&folder).expect("the files are what set-up fetched"))
}

#[test]
fn texts_of_like_meaning_have_like_directions() {
    let Some(meaning) = encoder() else { return };
    let about = |text: &str| meaning.about(text).expect("it encodes");
    let asked = about("How do I get my money back?");
    let near = asked.likeness(&about("Our refund policy"));
    let far = asked.likeness(&about("The weather in Lisbon"));
    assert!(near > far + 0.2, "{near} {far}");
    assert!((asked.likeness(&asked) - 1.0).abs() < 1e-4);
}

#[test]
fn the_published_layers_give_the_published_figures() {
    let Some(meaning) = encoder() else { return };
    let about = |text: &str| meaning.about(text).expect("it encodes");
    // By the reference implementation over the same weights (training/encoder.py with no layer tuned).
    for (left, right, likeness) in [
        ("That is a happy person", "That is a very happy person", 0.9429),
        ("That is a happy person", "Today is a sunny day", 0.2569),
    ] {
        let found = about(left).likeness(&about(right));
        assert!((found - likeness).abs() < 1e-3, "{left} / {right}: {found}, not {likeness}");
    }
}

#[test]
fn tuned_layers_tell_a_condition_from_its_topic() {
    let Some(meaning) = encoder() else { return };
    let vector = |text: &str| meaning.condition(text).expect("it encodes");
    let message = vector("Why was my parcel marked as delivered when I never got it?");
    let met = message.likeness(&vector("the customer did not receive a delivery"));
    let near = message.likeness(&vector("the customer wants to change the delivery address"));
    assert!(meaning.head.trigger(met) > meaning.head.trigger(near), "{met} {near}");
}

#[test]
fn any_text_has_a_vector() {
    let Some(meaning) = encoder() else { return };
    for text in ["", " ", "🦀🦀", "مرحبا", "a\u{0}b", &"word ".repeat(4_000), &"x".repeat(9_000)] {
        let vector = meaning.condition(text).expect("it encodes");
        let bytes = vector.to_bytes();
        assert_eq!(bytes.len(), DIMENSIONS * 4);
        assert!((vector.likeness(&vector) - 1.0).abs() < 1e-3, "{text:?} has a direction");
        assert_eq!(Vector::from_bytes(&bytes), Some(vector));
        assert_eq!(Vector::from_bytes(&bytes[1..]), None);
    }
}

#[test]
fn files_that_are_not_the_weights_are_refused_with_their_name() {
    let folder = tempfile::tempdir().expect("a folder");
    let refused = |what: &str| match Meaning::load(folder.path()) {
        Ok(_) => panic!("{what} was taken for the encoder"),
        Err(error) => error.to_string(),
    };
    assert!(refused("nothing").contains("tokenizer.json"));
    std::fs::write(folder.path().join("tokenizer.json"), "{}").expect("written");
    assert!(refused("an empty tokenizer").contains("tokenizer.json"));
}
