//! The fixed sentences of the built-in engine, in seven languages. None of them promises a handoff: that sentence
//! is made elsewhere, from facts.

use super::language::Language;
use crate::domain::FieldKind;

/// A sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phrase {
    Greeting,
    Thanks,
    /// No answer, and the offer of a person.
    CantHelp,
    /// The same, the second time.
    Offer,
    /// No answer, where no person may be offered.
    NoAnswer,
    /// The customer asks for a person and the action is disabled.
    CannotBringIn,
    /// The honest attempt before a handoff.
    TryFirst,
    /// The customer does not want a person, or no longer.
    Stay,
    /// "Are you a bot?"
    IsBot,
    /// "You can say “skip”."
    MaySkip,
    Understood,
    /// The answer broke off; a person is offered.
    BrokeOff,
    /// The answer broke off, where no person may be offered.
    BrokeOffAlone,
    /// The offer of a person by itself, after an answer.
    OfferAlso,
}

/// The sentence in a language.
pub fn say(phrase: Phrase, language: Language) -> &'static str {
    table(phrase)[language as usize]
}

/// Whether `body` ends in this sentence, in any language: how the engine knows its own earlier messages.
pub fn is(phrase: Phrase, body: &str) -> bool {
    table(phrase).iter().any(|sentence| body.trim() == *sentence)
}

fn table(phrase: Phrase) -> &'static [&'static str; 7] {
    match phrase {
        Phrase::Greeting => &[
            "Hello. What can I do for you?",
            "Hola. ¿En qué puedo ayudarte?",
            "Bonjour. Que puis-je faire pour vous ?",
            "Hallo. Was kann ich für Sie tun?",
            "Olá. Em que posso ajudar?",
            "Salve. Come posso aiutarla?",
            "Hallo. Wat kan ik voor u doen?",
        ],
        Phrase::Thanks => &[
            "You're welcome. Write again whenever you need something.",
            "De nada. Escríbenos cuando lo necesites.",
            "Avec plaisir. N'hésitez pas à écrire à nouveau.",
            "Gern geschehen. Schreiben Sie jederzeit wieder.",
            "De nada. Escreva sempre que precisar.",
            "Prego. Scriva pure quando le serve qualcosa.",
            "Graag gedaan. Schrijf gerust weer als u iets nodig hebt.",
        ],
        Phrase::CantHelp => &[
            "I'm sorry, I can't help with that myself. Would you like a person to look at it?",
            "Lo siento, no puedo ayudarte con eso. ¿Quieres que lo vea una persona?",
            "Je suis désolé, je ne peux pas vous aider sur ce point. Souhaitez-vous qu'une personne s'en occupe ?",
            "Es tut mir leid, dabei kann ich selbst nicht helfen. Möchten Sie, dass sich ein Mensch das ansieht?",
            "Lamento, não consigo ajudar com isso. Quer que uma pessoa veja o assunto?",
            "Mi dispiace, non posso aiutarla su questo. Vuole che se ne occupi una persona?",
            "Het spijt me, daar kan ik zelf niet mee helpen. Wilt u dat een mens ernaar kijkt?",
        ],
        Phrase::Offer => &[
            "I still don't have an answer for you. Would you like to talk to a person?",
            "Sigo sin tener una respuesta. ¿Quieres hablar con una persona?",
            "Je n'ai toujours pas de réponse pour vous. Souhaitez-vous parler à une personne ?",
            "Ich habe leider noch keine Antwort für Sie. Möchten Sie mit einem Menschen sprechen?",
            "Continuo sem uma resposta. Quer falar com uma pessoa?",
            "Non ho ancora una risposta per lei. Vuole parlare con una persona?",
            "Ik heb nog steeds geen antwoord voor u. Wilt u met een mens praten?",
        ],
        Phrase::NoAnswer => &[
            "I'm sorry, I don't have an answer to that.",
            "Lo siento, no tengo una respuesta para eso.",
            "Je suis désolé, je n'ai pas de réponse à cela.",
            "Es tut mir leid, darauf habe ich keine Antwort.",
            "Lamento, não tenho uma resposta para isso.",
            "Mi dispiace, non ho una risposta a questo.",
            "Het spijt me, daar heb ik geen antwoord op.",
        ],
        Phrase::CannotBringIn => &[
            "I understand that you'd like to talk to a person. I can't bring anybody in from this chat, I'm sorry.",
            "Entiendo que quieres hablar con una persona. Lo siento, desde este chat no puedo avisar a nadie.",
            "Je comprends que vous souhaitiez parler à une personne. Je suis désolé, je ne peux faire venir personne dans ce chat.",
            "Ich verstehe, dass Sie mit einem Menschen sprechen möchten. Leider kann ich in diesem Chat niemanden dazuholen.",
            "Entendo que queira falar com uma pessoa. Lamento, não consigo chamar ninguém a partir deste chat.",
            "Capisco che voglia parlare con una persona. Mi dispiace, da questa chat non posso coinvolgere nessuno.",
            "Ik begrijp dat u met een mens wilt praten. Het spijt me, ik kan in deze chat niemand erbij halen.",
        ],
        Phrase::TryFirst => &[
            "I'm sorry about that. Let me try to sort it out with you: what exactly happened, and what have you tried so far?",
            "Lo siento. Intentemos resolverlo: ¿qué ha pasado exactamente y qué has probado ya?",
            "J'en suis désolé. Essayons de résoudre cela : que s'est-il passé exactement et qu'avez-vous déjà essayé ?",
            "Das tut mir leid. Versuchen wir, das zu klären: Was genau ist passiert, und was haben Sie schon versucht?",
            "Lamento. Vamos tentar resolver: o que aconteceu exatamente e o que já tentou?",
            "Mi dispiace. Proviamo a risolvere: che cosa è successo esattamente e che cosa ha già provato?",
            "Dat spijt me. Laten we het proberen op te lossen: wat is er precies gebeurd en wat hebt u al geprobeerd?",
        ],
        Phrase::Stay => &[
            "All right, we'll stay here. What else can I do for you?",
            "De acuerdo, seguimos aquí. ¿Qué más puedo hacer por ti?",
            "Très bien, nous restons ici. Que puis-je faire d'autre pour vous ?",
            "In Ordnung, wir bleiben hier. Was kann ich sonst für Sie tun?",
            "Tudo bem, continuamos aqui. Que mais posso fazer por si?",
            "Va bene, restiamo qui. Che altro posso fare per lei?",
            "Goed, we blijven hier. Wat kan ik nog meer voor u doen?",
        ],
        Phrase::IsBot => &[
            "I'm an AI assistant, not a person. What can I do for you?",
            "Soy un asistente de IA, no una persona. ¿En qué puedo ayudarte?",
            "Je suis un assistant IA, pas une personne. Que puis-je faire pour vous ?",
            "Ich bin ein KI-Assistent, kein Mensch. Was kann ich für Sie tun?",
            "Sou um assistente de IA, não uma pessoa. Em que posso ajudar?",
            "Sono un assistente IA, non una persona. Come posso aiutarla?",
            "Ik ben een AI-assistent, geen mens. Wat kan ik voor u doen?",
        ],
        Phrase::MaySkip => &[
            "(If you'd rather not say, write “skip”.)",
            "(Si prefieres no decirlo, escribe «omitir».)",
            "(Si vous préférez ne pas le dire, écrivez « passer ».)",
            "(Wenn Sie das nicht angeben möchten, schreiben Sie „überspringen“.)",
            "(Se preferir não dizer, escreva «pular».)",
            "(Se preferisce non dirlo, scriva «salta».)",
            "(Als u dit liever niet zegt, schrijf dan “overslaan”.)",
        ],
        Phrase::BrokeOff => &[
            "I'm sorry, my answer broke off here. Would you like a person to go on?",
            "Lo siento, mi respuesta se ha cortado aquí. ¿Quieres que siga una persona?",
            "Je suis désolé, ma réponse s'est interrompue ici. Souhaitez-vous qu'une personne prenne la suite ?",
            "Es tut mir leid, meine Antwort ist hier abgebrochen. Möchten Sie, dass ein Mensch weitermacht?",
            "Lamento, a minha resposta parou aqui. Quer que uma pessoa continue?",
            "Mi dispiace, la mia risposta si è interrotta qui. Vuole che continui una persona?",
            "Het spijt me, mijn antwoord is hier afgebroken. Wilt u dat een mens verdergaat?",
        ],
        Phrase::BrokeOffAlone => &[
            "I'm sorry, my answer broke off here. Please ask again.",
            "Lo siento, mi respuesta se ha cortado aquí. Por favor, pregunta de nuevo.",
            "Je suis désolé, ma réponse s'est interrompue ici. Merci de reposer la question.",
            "Es tut mir leid, meine Antwort ist hier abgebrochen. Bitte fragen Sie noch einmal.",
            "Lamento, a minha resposta parou aqui. Por favor, pergunte de novo.",
            "Mi dispiace, la mia risposta si è interrotta qui. Riprovi a chiedere, per favore.",
            "Het spijt me, mijn antwoord is hier afgebroken. Stel uw vraag gerust opnieuw.",
        ],
        Phrase::OfferAlso => &[
            "Would you like a person to look at it?",
            "¿Quieres que lo vea una persona?",
            "Souhaitez-vous qu'une personne s'en occupe ?",
            "Möchten Sie, dass sich ein Mensch das ansieht?",
            "Quer que uma pessoa veja o assunto?",
            "Vuole che se ne occupi una persona?",
            "Wilt u dat een mens ernaar kijkt?",
        ],
        Phrase::Understood => {
            &["Understood.", "Entendido.", "C'est noté.", "Verstanden.", "Entendido.", "Capito.", "Begrepen."]
        }
    }
}

/// Names the source of a quote.
pub fn source(title: &str, language: Language) -> String {
    match language {
        Language::En => format!("From “{title}”"),
        Language::Es => format!("De «{title}»"),
        Language::Fr => format!("Extrait de « {title} »"),
        Language::De => format!("Aus „{title}“"),
        Language::Pt => format!("De «{title}»"),
        Language::It => format!("Da «{title}»"),
        Language::Nl => format!("Uit “{title}”"),
    }
}

/// Asks for `what`, in the frame of the language.
pub fn ask(what: &str, language: Language) -> String {
    match language {
        Language::En => format!("Could you tell me {what}?"),
        Language::Es => format!("¿Podrías decirme lo siguiente? {what}"),
        Language::Fr => format!("Pourriez-vous me donner l'information suivante ? {what}"),
        Language::De => format!("Könnten Sie mir bitte Folgendes nennen? {what}"),
        Language::Pt => format!("Poderia dizer-me o seguinte? {what}"),
        Language::It => format!("Potrebbe dirmi quanto segue? {what}"),
        Language::Nl => format!("Kunt u mij het volgende geven? {what}"),
    }
}

/// Says what an answer has to look like.
pub fn expected(kind: FieldKind, choices: &[String], language: Language) -> String {
    let table: [&str; 7] = match kind {
        FieldKind::Email => [
            "That doesn't look like an email address, such as ana@example.com.",
            "Eso no parece una dirección de correo, como ana@example.com.",
            "Cela ne ressemble pas à une adresse e-mail, comme ana@example.com.",
            "Das sieht nicht nach einer E-Mail-Adresse aus, wie ana@example.com.",
            "Isso não parece um endereço de e-mail, como ana@example.com.",
            "Non sembra un indirizzo e-mail, come ana@example.com.",
            "Dat lijkt geen e-mailadres, zoals ana@example.com.",
        ],
        FieldKind::Phone => [
            "I need a phone number, with at least 7 digits.",
            "Necesito un número de teléfono, de al menos 7 cifras.",
            "Il me faut un numéro de téléphone, d'au moins 7 chiffres.",
            "Ich brauche eine Telefonnummer mit mindestens 7 Ziffern.",
            "Preciso de um número de telefone, com pelo menos 7 algarismos.",
            "Mi serve un numero di telefono, di almeno 7 cifre.",
            "Ik heb een telefoonnummer nodig, van minstens 7 cijfers.",
        ],
        FieldKind::Number => [
            "I need a number here.",
            "Aquí necesito un número.",
            "Il me faut un nombre ici.",
            "Hier brauche ich eine Zahl.",
            "Aqui preciso de um número.",
            "Qui mi serve un numero.",
            "Hier heb ik een getal nodig.",
        ],
        FieldKind::Date => [
            "I need a date, such as 2025-03-14.",
            "Necesito una fecha, como 2025-03-14.",
            "Il me faut une date, comme 2025-03-14.",
            "Ich brauche ein Datum, wie 2025-03-14.",
            "Preciso de uma data, como 2025-03-14.",
            "Mi serve una data, come 2025-03-14.",
            "Ik heb een datum nodig, zoals 2025-03-14.",
        ],
        FieldKind::Url => [
            "I need a web address, such as https://example.com.",
            "Necesito una dirección web, como https://example.com.",
            "Il me faut une adresse web, comme https://example.com.",
            "Ich brauche eine Webadresse, wie https://example.com.",
            "Preciso de um endereço web, como https://example.com.",
            "Mi serve un indirizzo web, come https://example.com.",
            "Ik heb een webadres nodig, zoals https://example.com.",
        ],
        FieldKind::OneOf => [
            "Please choose one of these:",
            "Elige una de estas opciones:",
            "Choisissez l'une de ces réponses :",
            "Bitte wählen Sie eines davon:",
            "Escolha uma destas opções:",
            "Scelga una di queste opzioni:",
            "Kies een van deze:",
        ],
        FieldKind::Text => [
            "I couldn't find that in your answer.",
            "No lo encuentro en tu respuesta.",
            "Je ne le trouve pas dans votre réponse.",
            "Das habe ich in Ihrer Antwort nicht gefunden.",
            "Não encontro isso na sua resposta.",
            "Non lo trovo nella sua risposta.",
            "Dat vind ik niet in uw antwoord.",
        ],
    };
    let sentence = table[language as usize];
    if kind == FieldKind::OneOf { format!("{sentence} {}.", choices.join(", ")) } else { sentence.to_owned() }
}

/// The admin's description as what is asked for: "Customer's full name" is "your full name".
pub fn wanted_thing(name: &str, description: &str, language: Language) -> String {
    let plain = description.trim().trim_end_matches(['.', ':', ';']).trim();
    let plain = if plain.is_empty() { name.replace('_', " ") } else { plain.to_owned() };
    if language != Language::En {
        return plain;
    }
    let mut text = plain;
    for opening in ["Ask the customer for ", "Ask for ", "Please ask for "] {
        if let Some(rest) = text.strip_prefix(opening) {
            text = rest.to_owned();
        }
    }
    for (from, to) in [
        ("The customer's ", "your "),
        ("the customer's ", "your "),
        ("Customer's ", "your "),
        ("customer's ", "your "),
        ("The user's ", "your "),
        ("the user's ", "your "),
        ("User's ", "your "),
        ("The customer’s ", "your "),
        ("Customer’s ", "your "),
        ("their ", "your "),
        (" of the customer", ""),
        ("the customer mentions", "you mean"),
        ("the customer is", "you are"),
        ("the customer has", "you have"),
        ("the customer", "you"),
        ("we can call back on", "we can reach you on"),
    ] {
        text = text.replace(from, to);
    }
    let second_is_upper = text.chars().nth(1).is_some_and(char::is_uppercase);
    let starts_known = [
        "your ", "the ", "The ", "a ", "an ", "which ", "what ", "when ", "how ", "where ", "why ", "Which ", "What ",
        "When ", "How ", "Where ", "Why ",
    ];
    let mut letters = text.chars();
    let lowered = match letters.next() {
        Some(first) if !second_is_upper => first.to_lowercase().chain(letters).collect(),
        _ => text.clone(),
    };
    if starts_known.iter().any(|start| text.starts_with(start)) { lowered } else { format!("your {lowered}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_sentence_promises_a_handoff() {
        let all = [
            Phrase::Greeting,
            Phrase::Thanks,
            Phrase::CantHelp,
            Phrase::Offer,
            Phrase::NoAnswer,
            Phrase::CannotBringIn,
            Phrase::TryFirst,
            Phrase::Stay,
            Phrase::IsBot,
            Phrase::MaySkip,
            Phrase::Understood,
            Phrase::BrokeOff,
            Phrase::BrokeOffAlone,
            Phrase::OfferAlso,
        ];
        for phrase in all {
            for language in Language::ALL {
                let text = say(phrase, language).to_lowercase();
                for promise in
                    ["transfer", "hand you", "i'll connect", "will join", "weiterleiten", "derivar", "verbinde"]
                {
                    assert!(!text.contains(promise), "{text}");
                }
                assert!(is(phrase, say(phrase, language)));
            }
        }
    }

    #[test]
    fn descriptions_become_questions() {
        for (name, description, expected) in [
            ("name", "Customer's full name", "Could you tell me your full name?"),
            ("order_number", "", "Could you tell me your order number?"),
            ("email", "Email address of the customer", "Could you tell me your email address?"),
            ("iban", "IBAN", "Could you tell me your IBAN?"),
            ("order", "The order or purchase number", "Could you tell me the order or purchase number?"),
        ] {
            assert_eq!(ask(&wanted_thing(name, description, Language::En), Language::En), expected);
        }
    }
}
