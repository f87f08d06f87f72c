//! The form of a question by what it asks for: "where", "when", "how many", "your name".

use super::roles::{Role, Row, Side};
use super::words::{has_any, words};

/// "your name": the customer's, and the part the customer plays when there is no row for the customer.
pub(super) fn own_name(flat: &str) -> Option<usize> {
    const FORMS: &[&str] = &[
        "your name",
        "your full name",
        "our full name",
        "your complete name",
        "your first name",
        "your first and last name",
        "your last name",
        "your name and",
        "full name",
        "the name on the account",
        "first name",
        "last name",
        "surname",
        "who am i speaking",
        "who am i talking",
        "whom am i",
        "who is this",
        "what should i call you",
        "your names",
        "tu nombre",
        "su nombre",
        "como te llamas",
        "como se llama",
        "votre nom",
        "comment vous appelez",
        "ihr name",
        "ihren namen",
        "ihren vollen namen",
        "wie heissen sie",
        "dein name",
        "suo nome",
        "come si chiama",
        "tuo nome",
        "seu nome",
        "como se chama",
        "uw naam",
        "je naam",
        "hoe heet",
        "name please",
        "and name",
    ];
    let at = FORMS.iter().filter_map(|form| flat.find(&format!(" {form} "))).min();
    let is_short = words(flat).len() <= 4 && has_any(flat, &["name"]);
    at.map(|at| flat[..at].split(' ').count()).or(is_short.then_some(0))
}

/// The form of the question fits the role: "where", "when", "how many".
pub(super) fn by_form(row: &Row<'_>, flat: &str, rows: &[Row<'_>]) -> Option<usize> {
    let alone = |role: Role| rows.iter().filter(|other| other.role == role).count() == 1;
    let start = [
        "from",
        "leave",
        "leaving",
        "depart",
        "departing",
        "pick up",
        "picking",
        "pick you up",
        "start",
        "begin",
        "coming from",
        "check in",
        "abfahrt",
        "salida",
        "desde",
    ];
    let end = [
        "to",
        "going",
        "go",
        "headed",
        "heading",
        "head",
        "drop",
        "arrive",
        "arriving",
        "destination",
        "travel to",
        "until",
        "till",
        "return",
        "check out",
        "how long",
        "end",
        "nach",
        "wohin",
    ];
    let sided = |flat: &str| match row.side {
        Side::Start => has_any(flat, &start),
        Side::End => has_any(flat, &end),
        Side::Neither => true,
    };
    let at = |list: &[&str]| list.iter().filter_map(|sign| flat.find(&format!(" {sign} "))).min();
    let found = match row.role {
        Role::Email => at(&["email", "e mail", "mail address", "correo", "courriel", "emailadres"]),
        Role::Phone => at(&[
            "phone",
            "telephone",
            "mobile",
            "contact number",
            "number to reach",
            "call you",
            "telefono",
            "telefon",
            "telefonnummer",
            "telefone",
        ]),
        Role::Url => at(&["url", "link", "website", "web address"]),
        Role::Birth => at(&["birth", "birthday", "born", "dob", "birthdate"]),
        Role::Date => at(&[
            "when",
            "date",
            "dates",
            "what day",
            "which day",
            "day of the week",
            "cuando",
            "fecha",
            "quand",
            "wann",
            "datum",
            "quando",
            "wanneer",
            "how long",
        ])
        .filter(|_| (alone(Role::Date) && !(row.side == Side::Start && has_any(flat, &["how long"]))) || sided(flat)),
        Role::Time => {
            at(&["time", "times", "when", "hour", "hora", "heure", "uhrzeit", "um wie viel", "ora", "laat", "horas"])
                .filter(|_| alone(Role::Time) || sided(flat))
        }
        Role::Duration => at(&[
            "how long",
            "how many days",
            "how many nights",
            "duration",
            "length",
            "cuanto tiempo",
            "wie lange",
            "combien de temps",
            "quanto tempo",
            "hoe lang",
        ]),
        Role::Quantity => at(&[
            "how many",
            "number of",
            "cuantos",
            "cuantas",
            "wie viele",
            "combien",
            "quanti",
            "quante",
            "quantos",
            "quantas",
            "hoeveel",
        ])
        .filter(|_| alone(Role::Quantity) && !has_any(flat, &["how many days", "how many nights"])),
        Role::Amount => at(&["how much", "amount", "cuanto", "wie viel", "combien", "quanto", "hoeveel"])
            .filter(|_| alone(Role::Amount)),
        Role::Address => at(&["address", "direccion", "adresse", "anschrift", "indirizzo", "endereco", "adres"])
            .filter(|_| !has_any(flat, &["email", "mail"])),
        Role::Place => place(row, flat, alone(Role::Place), sided),
        Role::OtherName => at(&["who", "whom", "to whom", "quien", "wer", "wem", "qui", "chi", "quem", "wie"])
            .filter(|_| alone(Role::OtherName) && !has_any(flat, &["who am i"])),
        _ => None,
    };
    let by_part =
        row.role == Role::OtherName && row.is_customers_part && !rows.iter().any(|other| other.role == Role::OwnName);
    found
        .or_else(|| if by_part { own_name(flat) } else { None })
        // A place may come from another form of the text, in which a letter such as a ligature is longer.
        .map(|at| flat[..flat.floor_char_boundary(at)].split(' ').count())
}

fn place(row: &Row<'_>, flat: &str, is_alone: bool, sided: impl Fn(&str) -> bool) -> Option<usize> {
    let signs = [
        "where",
        "which city",
        "what city",
        "which area",
        "what area",
        "which town",
        "what location",
        "which location",
        "which place",
        "city",
        "location",
        "donde",
        "wo",
        "woher",
        "wohin",
        "ou",
        "dove",
        "onde",
        "waar",
        "specific location",
        "destination",
    ];
    let at = signs.iter().filter_map(|sign| flat.find(&format!(" {sign} "))).min()?;
    let is_theirs = match row.side {
        Side::Neither => true,
        _ => {
            is_alone
                || sided(flat) && {
                    // "where are you coming from?" has no "to"; "where from and where to" has both.
                    row.side == Side::Start
                        || has_any(
                            flat,
                            &[
                                "to",
                                "going",
                                "go",
                                "headed",
                                "heading",
                                "drop",
                                "arrive",
                                "arriving",
                                "destination",
                                "nach",
                                "wohin",
                            ],
                        )
                }
        }
    };
    is_theirs.then_some(at)
}
