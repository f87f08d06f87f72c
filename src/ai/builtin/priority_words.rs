//! The words by which urgency is known, in seven languages: danger, money, time, mood. Data only; what each row leads to
//! is decided in `priority`.

/// Words and phrases, with `|` between them.
pub(super) type Words = &'static str;

/// Signs with one reason.
pub(super) struct Row {
    pub reason: &'static str,
    /// Any of these is enough.
    pub signs: Words,
    /// One of the first list and one of the second, in the same message.
    pub pairs: &'static [(Words, Words)],
}

const PAYMENTS: Words = "transaction|transactions|charge|charges|withdrawal|withdrawals|withdrawl|payment|payments|\
        debit|debits|purchase|purchases|transfer|transfers|cargo|cargos|pago|transaccion|paiement|\
        prelevement|abbuchung|zahlung|uberweisung|pagamento|addebito|cobranca|transacao|betaling|\
        afschrijving|transactie";
const NOT_MINE: Words = "didnt make|did not make|havent made|have not made|never made|not mine|arent mine|isnt mine|\
        dont recognise|dont recognize|do not recognise|do not recognize|didnt recognise|\
        didnt recognize|dont remember|didnt authorise|didnt authorize|did not authorise|\
        did not authorize|not authorised|not authorized|never authorised|never authorized|\
        without my consent|without my knowledge|suspicious|questionable|unknown|unfamiliar|\
        no reconozco|no he hecho|ne reconnais pas|pas autorise|nicht erkenne|nicht kenne|nicht von mir|\
        non riconosco|non ho fatto|nao reconheco|nao fiz|niet herken|herken ik niet|niet van mij";
const CARDS: Words = "card|cards|wallet|purse|tarjeta|cartera|carte|portefeuille|karte|kreditkarte|bankkarte|\
        brieftasche|cartao|carteira|carta|portafoglio|kaart|pinpas|portemonnee";
const LOST: Words = "lost|lose|losing|cant find|cannot find|missing|misplaced|perdi|perdido|perdu|verloren|perso|\
        kwijt";
const BILLS: Words = "bill|bills|billing|invoice|invoices|payment|payments|pay|charge|charges|transaction|\
        transactions|factura|pago|facture|paiement|rechnung|zahlung|fattura|pagamento|fatura|factuur|\
        betaling";
const WRONG: Words = "problem|problems|issue|issues|trouble|troubles|error|errors|wrong|weird|incorrect|mistake|\
        mistakes|failed|multiple times|two times|twice|double|duplicate|duplicated|two of the same|\
        shows two|problema|problemas|errores|probleme|erreur|fehler|falsch|doppelt|errore|erro|\
        probleem|fout|dubbel";
const ACCESS: Words = "account|accounts|card|login|cuenta|compte|konto|conto|conta|rekening|tarjeta|carte|karte|\
        cartao|carta|kaart";
const CLOSED_OFF: Words = "hold|locked|blocked|block|blocking|frozen|suspended|barred|disabled|restricted|swallowed|ate|\
        eaten|stuck|trapped|retained|kept|bloqueada|bloqueado|bloquee|bloque|gesperrt|eingezogen|\
        bloccato|bloccata|geblokkeerd|ingeslikt";

pub(super) const URGENT: &[Row] = &[
    Row {
        reason: "Money or an account may be in danger",
        signs: "fraud|fraudulent|scam|scammed|phishing|hacked|stolen|stole|steal|stealing|cloned|unauthorized|\
        unauthorised|without my permission|compromised|exposed|identity theft|used my card|\
        using my card|copy of my card|has my information|someone is using|someone else is using|\
        freeze my card|block my card|robo|robado|robaron|estafa|betrug|gestohlen|geklaut|vole|volee|\
        fraude|arnaque|rubato|rubata|truffa|roubado|roubaram|gestolen|oplichting",
        pairs: &[(PAYMENTS, NOT_MINE), (CARDS, LOST)],
    },
    Row {
        reason: "Somebody may be in danger",
        signs: "emergency|accident|injured|hospital|ambulance|suicide|kill myself|fire|gas leak|emergencia|\
        notfall|urgence vitale|unfall|accidente|emergenza|acidente|incidente|noodgeval|ongeluk|allergic",
        pairs: &[(
            "car|vehicle|motorbike|truck|van|coche|voiture|carro|macchina",
            "crash|crashed|collision|wrecked|destroyed|choque|choc",
        )],
    },
    Row {
        reason: "Legal steps are mentioned",
        signs: "lawyer|attorney|sue you|legal action|court|police|abogado|anwalt|avocat|avvocato|advogado|\
        advocaat|polizei|policia|polizia|politie",
        pairs: &[],
    },
];

/// Said of the matter itself. What was done in haste is none: "I paid immediately".
pub(super) const HASTE: Row = Row {
    reason: "The customer says it is urgent",
    signs: "urgent|urgently|asap|as soon as possible|immediately|right now|right away|urgente|\
        lo antes posible|dringend|sofort|tout de suite|des que possible|subito|o quanto antes|spoed|\
        zo snel mogelijk",
    pairs: &[],
};

/// The customer says that there is time.
pub(super) const NO_HASTE: Words = "no rush|no hurry|not in a hurry|not in a rush|not urgent|isnt urgent|nothing urgent|\
        whenever you|take your time|sin prisa|no es urgente|no corre prisa|pas presse|pas urgent|\
        rien ne presse|keine eile|nicht dringend|nicht eilig|eilt nicht|nessuna fretta|non e urgente|\
        sem pressa|nao e urgente|geen haast|niet dringend";

pub(super) const HIGH: &[Row] = &[
    Row {
        reason: "The customer can't use the service",
        signs: "locked out|blocked|cant access|cannot access|cant log in|cannot log in|declined|frozen|\
        swallowed|cant pay|cannot pay|unable to pay|my card back|bloqueado|gesperrt|bloque|bloccato|\
        geblokkeerd",
        pairs: &[
            (ACCESS, CLOSED_OFF),
            (
                "site|website|app|system|server|servers|service|page|internet|web|sitio|seite|sito",
                "down|offline|not working|doesnt work|does not work|isnt working|no funciona|geht nicht|\
        funktioniert nicht|ne marche pas|non funziona|nao funciona|werkt niet",
            ),
        ],
    },
    Row {
        reason: "Money is at stake",
        signs: "charged twice|charged two times|double charge|double charged|billed twice|paid twice|\
        overcharged|wrong amount|missing money|never received|not received|compensation|lost|\
        cobrado dos veces|debite deux fois|doppelt abgebucht|addebitato due volte|cobrado duas vezes|\
        dubbel afgeschreven",
        pairs: &[
            (BILLS, WRONG),
            (
                "refund|refunded|money back|reembolso|ruckerstattung|remboursement|rimborso|terugbetaling",
                "still|not received|not arrived|havent received|have not received|hasnt arrived|hasnt come|\
        never|waiting|refused|denied|todavia|aun|toujours|immer noch|noch nicht|ancora|ainda|nog steeds",
            ),
            (
                "luggage|baggage|bag|bags|suitcase|suitcases|equipaje|maleta|bagage|bagages|valise|koffer|\
        gepack|bagaglio|valigia|bagagem|mala",
                "arrived|arrive|arriving|missing|locate|track|come with|perdida|perdu|nicht angekommen",
            ),
        ],
    },
    Row {
        reason: "A claim or a complaint",
        signs: "complaint|complaints|complain|reclamation|insurance claim|queja|reclamacion|reklamation|\
        beschwerde|plainte|reclamo|reclamacao|klacht",
        pairs: &[("file|filing|lodge|lodging|make|making|submit|report|raise|open", "claim|claims|grievance")],
    },
    Row {
        reason: "Somebody died",
        signs: "died|passed away|death of|funeral|fallecio|fallecido|decede|decedee|gestorben|verstorben|\
        deceduto|faleceu|overleden",
        pairs: &[],
    },
    Row {
        reason: "The customer is upset",
        signs: "unacceptable|ridiculous|terrible|worst|furious|angry|frustrated|frustrating|disgusting|fed up|\
        third time|still not|inaceptable|unverschamt|inacceptable|harto|harta|ras le bol|inaccettabile|\
        inaceitavel|onacceptabel",
        pairs: &[],
    },
    Row {
        reason: "Time presses",
        signs: "in a rush|in a hurry|desperately|deadline|by today|by tonight|by tomorrow|due today|\
        due tomorrow|expires today|expires tomorrow|leaves in|departs in|running out of time|\
        time sensitive|need it back now|tengo prisa|para manana|je suis presse|je suis pressee|\
        d ici demain|in eile|bis morgen|bis heute|ho fretta|entro domani|com pressa|ate amanha|haast|\
        voor morgen",
        pairs: &[],
    },
    Row {
        reason: "The customer wants to leave",
        signs: "cancel my account|close my account|delete my account|switch to another|leave you",
        pairs: &[],
    },
];

pub(super) const LOW: &[Row] = &[
    Row {
        reason: "A general question",
        signs: "just wondering|just curious|do you offer|do you have|do you sell|do you ship|do you deliver|\
        do you accept|do you support|ship to|shipping to|shipments to|deliver to|opening hours|\
        payment methods|payment options|payment modalities|shipping methods|delivery options|\
        exchange rate|conversion|convert|currency|currencies|age limit|age limits|how old|a quote|\
        how much is|how much are|how much does|how much will|horario|horarios|metodos de pago|horaires|\
        moyens de paiement|offnungszeiten|zahlungsarten|orari|metodi di pagamento|formas de pagamento|\
        openingstijden|betaalmethoden",
        pairs: &[],
    },
    Row {
        reason: "Feedback",
        signs: "feedback|suggestion|newsletter|feature request|comment|opinion|review|sugerencia|avis|\
        vorschlag|suggerimento|sugestao|mening",
        pairs: &[],
    },
];

/// Forms of a question that is general unless it is about the customer's own matter.
pub(super) const QUESTIONS: Words = "how do i|how can i|how does|what is|what are|whats|where can i|is it possible|can i|which|\
        como puedo|que es|donde puedo|comment puis je|qu est ce|ou puis je|wie kann ich|was ist|\
        wo kann ich|come posso|dove posso|como posso|onde posso|hoe kan ik|wat is|waar kan ik";

/// Words of the customer's own matter.
pub(super) const OWN: Words = "my|mine|mi|mis|mon|ma|mes|mein|meine|meinen|meinem|mio|mia|miei|meu|minha|mijn";

/// Thanks and contentment.
pub(super) const THANKS: Words = "thanks|thank you|appreciate|grateful|happy with|pleased|gracias|merci|danke|grazie|obrigado|\
        obrigada|bedankt|dank";
