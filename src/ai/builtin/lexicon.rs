//! What words weigh and which words mean the same in customer support: stopwords, weak words, small groups of
//! synonyms over the seven languages. Data and look-ups only; the scoring is in `matching`.

use super::words::stem;
use std::collections::HashMap;
use std::sync::OnceLock;

/// Words that say nothing about the subject.
const STOP: &str = "a an the and or but if then than so of to in on at by for from with without about into over under \
    is are was were be been being am do does did done doing have has had having can could will would shall should may \
    might must i im ive id me my mine we us our you your youre yours he she it its they them their this that thats these those there \
    here who whom whose which what whats when where why how as not no nor dont doesnt didnt isnt arent wasnt cant cannot wont \
    any some all each every both either just only also too very really quite more most much many few less again still \
    please pls thanks thank hi hello hey ok okay yes yeah well want wants wanted need needs needed like likes help try tries \
    trying tried get gets getting got go goes going come let say says said tell know think thinks look looks see up out off down \
    one someone somebody anyone anybody something anything other another else same such via per etc eg ie already now yet \
    kind sort thing things way typically usually especially particular concerning regarding related about case cases \
    el la los las un una unos unas y o de del al en con sin por para que es son mi mis su sus me se lo le no si hay estoy tengo \
    le les des du au aux et ou dans avec sans pour qui est sont mon ma mes son sa ses je nous vous ne pas il elle ce cette \
    der die das den dem ein eine einen einem einer und oder mit ohne fur von zu ist sind mein meine ich wir sie nicht es auf \
    il lo gli i uno di da per che non ho mio mia sono e os as um uma do da em com sem por meu minha nao eu \
    het een en of met zonder voor van naar is zijn mijn ik wij niet";

/// Words of the frame around a condition: who, and what Baton does. They say nothing about the subject.
const FRAME: &str = "customer customers client clients user users visitor visitors caller hand hands handed handing handoff \
    handover transfer2 escalate escalates escalated escalation human humans person people agent agents team teams colleague \
    colleagues teammate teammates specialist specialists representative representatives staff bot ai assistant assistants \
    whenever once anything everything immediately always directly use used using pass route forward connect conversation chat \
    trigger triggers condition conditions reason reasons rule rules keyword keywords topic topics wants asks ask asking asked \
    mentions mention mentioned reports report reporting says states talks believes feels seems would handled handle deal \
    should must first before after action support desk hotline department passenger passengers member members holder holders subscriber subscribers shopper shoppers buyer buyers \
    hear want2 involve involved note pull standard article kunde cliente client utente klant usuario";

/// Words so common in support that one alone proves little.
const WEAK: &str = "account accounts card cards order orders payment pay issue problem trouble question questions request \
    information info number service product item items purchase money bank app application system website page site time date \
    day days week month change changes update make add new old close open cancel delete remove stop start set check show \
    find give send receive use work works working way name phone email address plan policy type different own whole again \
    buy order place book thing status wrong error mistake reason able unable fail2 allow move put take keep apply anything \
    incorrect physical customer general transaction file lodge submit raise inform notify locate visit";

/// Groups of words that stand for one another. Folded, unstemmed; single words only.
const GROUPS: &[&str] = &[
    "billing bill invoice charge charged overcharged factura facturacion facture facturation rechnung abrechnung fattura fatturazione fatura factuur cobro cobrado prelevement abgebucht addebito cobranca",
    "refund reimburse reimbursement restitution rebate moneyback compensation reembolso devolucion remboursement ruckerstattung erstattung rimborso terugbetaling estorno",
    "payment pay paid pago paiement zahlung bezahlen pagamento betaling betalen",
    "twice double duplicate duplicated doubly dos doble fois doppelt doppio dobro dubbel",
    "cancel cancellation terminate annul cancelar annuler resilier kundigen stornieren annullare disdire opzeggen annuleren",
    "close delete remove deactivate erase terminate eliminar supprimer loschen cancellare excluir verwijderen",
    "delivery deliver shipping ship shipment shipped parcel package courier envio entrega livraison colis lieferung versand paket spedizione consegna pacco envoi levering verzending bezorging pakket",
    "complain complaint dissatisfied unhappy reclamation grievance queja reclamacion plainte beschwerde reclamo reclamacao klacht",
    "fraud steal stole intruder fraudulent scam scammed hacked suspicious unauthorized unauthorised phishing fraude estafa betrug frode golpe oplichting",
    "steal stolen theft thief robbed robado vole gestohlen rubato roubado gestolen",
    "lost missing disappeared gone misplaced perdido perdu verloren perso kwijt",
    "atm cashpoint cashmachine",
    "cash withdrawal withdraw withdrew",
    "blocked locked frozen lockedout suspended disabled bloqueado bloque gesperrt bloccato geblokkeerd block hold",
    "broken damaged defective faulty smashed cracked bent roto casse kaputt beschadigt rotto quebrado kapot",
    "crash crashed crashes error errors bug broken freezes notworking fehler erreur fallo errore erro fout",
    "login signin password contrasena passwort senha wachtwoord",
    "declined rejected refused denied failed fail unsuccessful notgothrough rechazado refuse abgelehnt rifiutato recusado geweigerd",
    "issue problem trouble difficulty problema probleme problem schwierigkeit probleem",
    "lawyer legal attorney sue court solicitor abogado avocat anwalt rechtsanwalt avvocato advogado advocaat",
    "luggage baggage suitcase bag equipaje bagage gepack bagaglio bagagem",
    "claim claims siniestro sinistre schadensfall",
    "accident crash collision accidente unfall incidente acidente ongeluk",
    "dependent dependents family spouse wife husband son daughter child kid kids baby",
    "identity verification verify identification verified",
    "swallowed ate retained kept eaten swallow swallows",
    "subscription subscribe plan membership tier abo abonnement suscripcion abbonamento assinatura",
    "switch change upgrade downgrade convert",
    "return returns exchange devolver retourner zurucksenden restituire devolver retourneren",
    "warranty guarantee garantia garantie garanzia",
    "price pricing cost costs fee fees precio prix preis prezzo preco prijs",
    "order purchase pedido commande bestellung ordine encomenda bestelling",
    "account cuenta compte konto conto conta rekening tier",
    "technician technical tech tecnico technique technisch",
    "vehicle car auto coche voiture carro",
    "phone mobile cellphone telephone telefono handy telefon",
    "appointment meeting schedule booking reservation cita rendezvous termin appuntamento",
    "join signup register enrol enroll subscribe",
    "visa visas",
    "pin pins passcode",
    "newsletter mailing",
    "unrecognised unrecognized unknown recognise recognize",
    "topup topping",
    "privacy gdpr data2 datenschutz",
];

/// Pairs of words that are one idea: "first second = what they become". Compared by their stems.
const PAIRS: &[&str] = &[
    "money back = moneyback",
    "cash machine = atm",
    "log in = login",
    "sign in = login",
    "sign up = signup",
    "top up = topup",
    "two times = twice",
    "multiple times = twice",
    "locked out = lockedout",
    "not work = notworking",
    "isnt working = notworking",
    "doesnt work = notworking",
    "wont work = notworking",
    "stopped working = notworking",
    "not go = notgothrough",
    "didnt go = notgothrough",
    "wont go = notgothrough",
    "credit card = card",
    "debit card = card",
    "direct debit = directdebit",
    "not recognise = unrecognised",
    "not recognize = unrecognised",
    "dont recognise = unrecognised",
    "dont recognize = unrecognised",
    "not make = unrecognised",
    "didnt make = unrecognised",
    "not authorise = unrecognised",
    "not authorize = unrecognised",
    "someone else = intruder",
    "somebody else = intruder",
    "cant find = missing",
    "cannot find = missing",
    "cant locate = missing",
    "never arrived = missing",
    "basic account = tier",
    "standard account = tier",
    "premium account = tier",
    "pro account = tier",
    "plus account = tier",
    "platinum account = tier",
    "gold account = tier",
    "silver account = tier",
    "bronze account = tier",
    "starter account = tier",
    "family account = tier",
    "business account = tier",
    "enterprise account = tier",
    "free account = tier",
    "time off = vacation",
];

/// A word's place in the lexicon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// Not about the subject.
    None,
    Weak,
    Full,
}

struct Lexicon {
    stop: HashMap<String, Weight>,
    groups: HashMap<String, Vec<usize>>,
    /// "stem stem" of a pair, with what it becomes.
    pairs: HashMap<String, &'static str>,
}

fn lexicon() -> &'static Lexicon {
    static LEXICON: OnceLock<Lexicon> = OnceLock::new();
    LEXICON.get_or_init(|| {
        let mut stop = HashMap::new();
        for word in WEAK.split_whitespace() {
            stop.insert(stem(word), Weight::Weak);
        }
        for word in STOP.split_whitespace().chain(FRAME.split_whitespace()) {
            stop.insert(word.to_owned(), Weight::None);
        }
        let mut groups: HashMap<String, Vec<usize>> = HashMap::new();
        for (number, group) in GROUPS.iter().enumerate() {
            for word in group.split_whitespace() {
                let members = groups.entry(stem(word)).or_default();
                if !members.contains(&number) {
                    members.push(number);
                }
            }
        }
        let mut pairs = HashMap::new();
        for (words, one) in PAIRS.iter().filter_map(|row| row.split_once(" = ")) {
            pairs.insert(words.split(' ').map(stem).collect::<Vec<_>>().join(" "), one);
        }
        Lexicon { stop, groups, pairs }
    })
}

/// How much `word` (folded, unstemmed) says about a subject.
pub fn weight(word: &str) -> Weight {
    if word.chars().count() < 2 {
        return Weight::None;
    }
    let lexicon = lexicon();
    lexicon.stop.get(word).or_else(|| lexicon.stop.get(&stem(word))).copied().unwrap_or(Weight::Full)
}

/// The groups of synonyms a stem belongs to.
pub fn groups(stem: &str) -> &'static [usize] {
    lexicon().groups.get(stem).map_or(&[], Vec::as_slice)
}

/// What the pair of stems becomes, if it is one idea.
pub fn pair(first: &str, second: &str) -> Option<&'static str> {
    lexicon().pairs.get(&format!("{first} {second}")).copied()
}
