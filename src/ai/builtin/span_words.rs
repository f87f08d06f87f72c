//! Words of grammar and everyday nouns that end a name or a place, or are none. Data and look-ups only.

/// Words that stand in no name written in small letters.
pub(super) fn is_function(word: &str) -> bool {
    const FUNCTION: &str = " a an the and or but if of in on at by for from with to into as is are was were be been being am do \
        does did done doing have has had having can could will would shall should may might must i im ive id ill me my \
        mine we our ours us you your youre yours he she it its they their theirs them this that these those there here who \
        whom which what whats when where why how not no yes please thanks thank because so than then just also too very \
        really still now again today tomorrow yesterday tonight one some any all each every both many much few more most \
        other another same such only already yet about over under after before until till since during between through \
        without via per up down out off away back well ok okay sure dont doesnt didnt cant cannot wont isnt wasnt arent \
        need needs want wants wanted like get got go going gone make made take took tell told know think please hello hi \
        hey overall total last next first soon asap right maybe perhaps actually sorry speaking here thats hes shes \
        de la el los las un una y en con por para que es lo le les des du et ou dans avec sur pour est der die das den \
        dem ein eine und oder mit von zu im ist il gli di da che con per sono os as um uma do da em com het een van met \
        voor ik ich je yo ";
    is_listed(FUNCTION, word)
}

/// Whether a word stands in a list of words between spaces.
fn is_listed(list: &str, word: &str) -> bool {
    !word.is_empty()
        && list.match_indices(word).any(|(at, _)| {
            let bytes = list.as_bytes();
            at > 0 && bytes[at - 1] == b' ' && bytes.get(at + word.len()).is_none_or(|next| *next == b' ')
        })
}

/// Words that may join two parts of one name.
pub(super) fn is_joint(word: &str) -> bool {
    matches!(
        word,
        "and"
            | "of"
            | "the"
            | "de"
            | "la"
            | "del"
            | "van"
            | "von"
            | "der"
            | "da"
            | "di"
            | "du"
            | "des"
            | "y"
            | "e"
            | "et"
            | "und"
            | "en"
    )
}

pub(super) fn is_preposition(word: &str) -> bool {
    matches!(
        word,
        "from"
            | "to"
            | "in"
            | "on"
            | "at"
            | "for"
            | "with"
            | "by"
            | "of"
            | "via"
            | "near"
            | "until"
            | "till"
            | "around"
            | "into"
            | "after"
            | "before"
            | "about"
            | "than"
            | "as"
    )
}

/// Verbs of going somewhere, before "to" and "from".
pub(super) fn is_motion(word: &str) -> bool {
    matches!(
        word,
        "go" | "going"
            | "travel"
            | "travelling"
            | "traveling"
            | "ride"
            | "trip"
            | "taxi"
            | "cab"
            | "bus"
            | "train"
            | "flight"
            | "fly"
            | "flying"
            | "drive"
            | "headed"
            | "heading"
            | "get"
            | "come"
            | "coming"
            | "leave"
            | "leaving"
            | "depart"
            | "departing"
            | "ship"
            | "deliver"
            | "shipping"
            | "delivery"
            | "move"
            | "moving"
            | "moved"
            | "up"
            | "off"
            | "back"
            | "journey"
            | "ticket"
            | "tickets"
            | "transfer"
            | "me"
            | "us"
            | "it"
            | "is"
    )
}

/// Verbs that follow "to" and are no place.
pub(super) fn is_verb(word: &str) -> bool {
    const VERBS: &str = " be go get have make do see know take give find think tell become leave put mean keep let begin help talk \
        turn start show hear play run move like live believe hold bring happen write provide sit stand lose pay meet include \
        continue set learn change lead understand watch follow stop create speak read allow add spend grow open walk win offer \
        remember consider appear buy wait serve die send expect build stay fall cut reach remain book order cancel check ask \
        need want use try call report travel rent reserve schedule plan submit request update fix return exchange upgrade \
        downgrade confirm verify contact complete cover look pick dispute transfer purchase deliver ship receive refund \
        claim remove delete close sign log pay return speak arrive depart drop fly drive ride come work explain discuss \
        register resolve solve replace track withdraw deposit organize organise rsvp make eat drink sleep visit attend \
        know sort apply join enter prove ensure avoid double note inform access reset recover place finish see send ";
    is_listed(VERBS, word)
}

/// Everyday nouns that are no name of a person.
pub(super) const COMMON: &[&str] = &[
    "account",
    "accounts",
    "card",
    "cards",
    "savings",
    "saving",
    "checking",
    "current",
    "business",
    "bank",
    "money",
    "payment",
    "payments",
    "order",
    "orders",
    "invoice",
    "bill",
    "bills",
    "shipping",
    "delivery",
    "refund",
    "address",
    "email",
    "phone",
    "number",
    "name",
    "website",
    "app",
    "someone",
    "somebody",
    "everyone",
    "anyone",
    "customer",
    "service",
    "support",
    "agent",
    "human",
    "manager",
    "team",
    "friend",
    "family",
    "wife",
    "husband",
    "daughter",
    "mother",
    "father",
    "son",
    "child",
    "kid",
    "kids",
    "abroad",
    "different",
    "wrong",
    "joint",
    "holiday",
    "rent",
    "food",
    "gas",
    "electricity",
    "car",
    "house",
    "ticket",
    "tickets",
    "hotel",
    "flight",
    "table",
    "room",
    "restaurant",
    "month",
    "week",
    "day",
    "year",
    "morning",
    "evening",
    "afternoon",
    "night",
    "weekend",
    "store",
    "shop",
    "something",
    "anything",
    "nothing",
    "everything",
    "details",
    "information",
    "problem",
    "issue",
    "question",
    "free",
    "sale",
    "help",
    "time",
    "date",
    "credit",
    "debit",
    "loan",
    "mortgage",
    "deposit",
    "balance",
    "limit",
    "country",
    "countries",
    "city",
    "europe",
    "eu",
    "usa",
    "uk",
    "currency",
    "euros",
    "dollars",
    "pounds",
    "landlord",
    "company",
    "companies",
    "merchant",
    "item",
    "items",
    "product",
    "products",
    "thing",
    "things",
    "way",
    "place",
    "home",
    "work",
    "school",
    "doctor",
    "new",
    "old",
    "good",
    "bad",
    "sure",
    "fine",
    "great",
    "pretty",
    "subscription",
    "membership",
    "party",
    "appointment",
    "booking",
    "reservation",
    "long",
    "late",
    "early",
    "instead",
    "reason",
    "unknown",
    "external",
    "internal",
    "third",
    "overseas",
    "standing",
    "direct",
    "online",
    "cash",
    "isa",
    "pot",
    "personal",
    "myself",
    "paying",
    "being",
    "getting",
    "having",
    "making",
    "buying",
    "sending",
];
