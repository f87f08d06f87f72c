//! Customers: they write, in bursts and twice, close the page before the answer comes, ask for a person in words and by
//! the button, and come back as somebody new.

use crate::book::{Book, Writer, Written};
use crate::load::{Load, pause};
use crate::people::{Customer, code};
use baton::domain::ConversationId;
use rand::Rng;
use rand::rngs::StdRng;
use reqwest::StatusCode;
use std::time::Duration;

/// What they say: what the AI answers, what makes it ask for the order number, the number, refusals, and the wish for a
/// person.
const SAYINGS: [&str; 14] = [
    "Hello!",
    "Where is my parcel?",
    "Do you ship to Iceland?",
    "I have a billing issue",
    "I was charged twice and I want a refund",
    "My order number is 48213",
    "48213",
    "skip",
    "I want to talk to a person",
    "Can a human look at this, please?",
    "Yes, please",
    "No, thanks",
    "Thank you",
    "Wo ist meine Bestellung?",
];
/// How many messages one customer writes before the next comes.
const MESSAGES: std::ops::Range<u32> = 4..16;
/// The longest time before a page is closed, so that its answer is lost.
const CLOSED_AFTER_MS: u64 = 12;

/// One customer after the other, until the load ends.
pub async fn come_and_go(load: Load, chair: usize, mut rng: StdRng) {
    let http = crate::people::client();
    let mut written = 0;
    while !load.is_over() {
        let customer = Customer::visit(&http, &load.url, &load.widget_key).await;
        load.book.visitors().push(customer.clone());
        for _ in 0..rng.random_range(MESSAGES) {
            if load.is_over() {
                break;
            }
            written += 1;
            let client_id = format!("customer-{chair}-{written}");
            if rng.random_bool(0.03) {
                press(&load.book, &customer, &client_id).await;
            } else {
                let mut body = SAYINGS[rng.random_range(0..SAYINGS.len())].to_owned();
                // Half of the bodies are like no other, so that a mix-up would show.
                if rng.random_bool(0.5) {
                    body = format!("{body} I ask for the sake of {}.", name(chair, written));
                }
                write(&load.book, &customer, &client_id, &body, &mut rng).await;
            }
            // A burst now and then: one turn answers it.
            if rng.random_bool(0.7) {
                pause(&mut rng, 20..250).await;
            }
        }
    }
}

async fn write(book: &Book, customer: &Customer, client_id: &str, body: &str, rng: &mut StdRng) {
    if rng.random_bool(0.08) {
        let closed_after = Duration::from_millis(rng.random_range(0..CLOSED_AFTER_MS));
        // Whatever comes of it: nobody is there to read it.
        let _ = tokio::time::timeout(closed_after, customer.message(client_id, body).send()).await;
    }
    let (answer, stored) = if rng.random_bool(0.08) {
        // Two tabs, or a retry that overtakes.
        let (one, other) = tokio::join!(customer.write(client_id, body), customer.write(client_id, body));
        assert_eq!(one.1.entry.id, other.1.entry.id, "the message {client_id} was stored twice");
        if one.0.status == StatusCode::CREATED { one } else { other }
    } else {
        customer.write(client_id, body).await
    };
    assert_eq!(stored.entry.client_id.as_deref(), Some(client_id), "another message was acknowledged");
    let mut pages = book.open();
    pages.asked_again += answer.tries - 1;
    pages.stored_before += u32::from(answer.status == StatusCode::OK);
    pages.written.push(Written {
        by: Writer::Customer,
        conversation_id: stored.conversation_id,
        client_id: client_id.to_owned(),
        body: body.to_owned(),
        entry_id: stored.entry.id.0,
        seq: stored.entry.seq,
    });
}

async fn press(book: &Book, customer: &Customer, client_id: &str) {
    let answer = customer.ask_for_person(client_id).await;
    let mut pages = book.open();
    pages.asked_again += answer.tries - 1;
    if answer.status.is_success() {
        #[derive(serde::Deserialize)]
        struct Asked {
            conversation_id: ConversationId,
        }
        pages.pressed.push(answer.read::<Asked>().conversation_id);
    } else {
        *pages.refused.entry(format!("button: {}", code(&answer))).or_default() += 1;
    }
}

/// A name of letters alone: digits could be taken for an order number.
fn name(chair: usize, written: u32) -> String {
    let digits = format!("{chair}{written:04}");
    digits.bytes().map(|digit| char::from(digit - b'0' + b'a')).collect()
}
