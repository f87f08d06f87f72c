//! Words of the seven languages that say nothing about what a question is about, folded. Data and a look-up only. Unlike the
//! lexicon of conditions it keeps words such as "support" and "team": pages are written about them.

use std::collections::HashSet;
use std::sync::OnceLock;

/// Whether a folded word says nothing about the subject.
pub fn is_stopword(word: &str) -> bool {
    static WORDS: OnceLock<HashSet<&'static str>> = OnceLock::new();
    let words = WORDS.get_or_init(|| STOP.iter().flat_map(|line| line.split_whitespace()).collect());
    word.chars().count() < 2 && !word.chars().all(|c| c.is_ascii_digit()) || words.contains(word)
}

/// Whether a folded word asks for a kind of answer ("how long", "how much") rather than about a thing.
pub fn is_faint(word: &str) -> bool {
    static WORDS: OnceLock<HashSet<&'static str>> = OnceLock::new();
    WORDS.get_or_init(|| FAINT.iter().flat_map(|line| line.split_whitespace()).collect()).contains(word)
}

const STOP: &[&str] = &[
    "a an the and or but if then than so of to in on at by for from with without about into over under as is are was were be \
     been being am do does did done doing have has had having can could will would shall should may might must i im ive id \
     ill me my mine we us our ours you your youre yours he she it its they them their this that thats these those there here \
     who whom whose which what whats when where why how not no nor dont doesnt didnt isnt arent wasnt cant cannot wont any \
     some all each every both either just only also too very really quite please pls thanks thank hi hello hey ok okay yes \
     yeah well want wants need needs like help try let say said tell know think anyone anybody someone somebody something \
     anything thing things up out off down am pm eg ie etc via per get gets got getting im going gonna wondering wonder \
     question questions ask asking possible able still already now today good morning afternoon evening dear team2 sir madam",
    "el la los las un una unos unas y o u de del al a en con sin por para que es son soy eres esta este esto esa ese eso estan \
     estoy mi mis su sus tu tus me te se le lo les no si hay ha he han ser tengo tiene tienen como cuando donde cual cuales \
     quien cuanto cuanta cuantos cuantas puedo puede pueden podria quiero quisiera necesito hola buenos buenas dias tardes \
     gracias favor porque pero muy mas ya yo ella ellos nosotros usted ustedes algo alguien tambien aqui ahi saber hacer hago",
    "le la les l un une des du de d au aux et ou dans en avec sans pour par sur que qu qui quoi quel quelle quels quelles est \
     sont suis etes es ai as avez avons ont mon ma mes ton ta tes son sa ses votre vos notre nos je j tu il elle on nous vous \
     ils elles ne n pas ni ce c cet cette ces se s me m te t y comment quand ou combien pourquoi peux peut pouvez puis je \
     voudrais veux veut besoin bonjour bonsoir merci plait svp si mais tres plus aussi faire fait fais savoir etre avoir",
    "der die das den dem des ein eine einen einem einer eines und oder mit ohne fur von vom zu zum zur in im an am auf aus bei \
     nach uber um als ist sind war bin bist sein mein meine meinen meinem meiner ihr ihre ihren ihnen sie ich wir er es du \
     man mir mich uns sich nicht kein keine keinen wie was wer wann wo wohin warum wieso welche welcher welches wieviel kann \
     konnen konnte konnten mochte mochten will wollen muss mussen darf durfen soll habe haben hat hatte wird werden gibt hallo \
     guten tag morgen abend danke bitte auch noch schon sehr mehr nur wenn dass ob da hier dort etwas jemand frage",
    "o a os as um uma uns umas e ou de do da dos das em no na nos nas com sem por pelo pela para que e sao sou esta estao estou \
     este esse isto isso meu minha meus minhas seu sua seus suas me se lhe eu ele ela nos voce voces nao sim ha ser ter tenho \
     tem como quando onde qual quais quem quanto quanta quantos quantas posso pode podem poderia quero queria preciso ola bom \
     boa dia tarde noite obrigado obrigada favor porque mas muito mais ja aqui algo alguem tambem saber fazer faco",
    "il lo la i gli le l un uno una e o di del dello della dei degli delle d da dal dalla in nel nella nei con senza su sul sulla \
     per tra fra che chi cui e sono sei siete ho hai ha abbiamo avete hanno mio mia miei mie tuo tua suo sua nostro vostro mi ti \
     si ci vi io tu lui lei noi voi loro non come quando dove quale quali quanto quanta quanti quante perche posso puo potete \
     potrei vorrei voglio bisogno ciao salve buongiorno buonasera grazie favore se ma molto piu anche essere avere sapere fare \
     questo questa quello quella qualcosa qualcuno",
    "de het een en of van voor met zonder op in aan bij naar uit over om te als is zijn was ben bent mijn jouw uw hun haar ons \
     onze ik jij je u hij zij ze we wij jullie me mij niet geen wel hoe wat wie wanneer waar waarom welke welk hoeveel kan kunnen \
     kunt kon wil willen wilt graag moet moeten mag heb hebt heeft hebben had wordt worden er hallo hoi goedemorgen goedemiddag \
     dag dank bedankt alstublieft alsjeblieft aub ook nog al zeer meer maar dan dat die dit deze iets iemand vraag weten doen",
];

const FAINT: &[&str] = &[
    "long much many often soon far big large late take takes taking took cost2 time times day days week weeks hour hours use \
     using used work works working find make makes offer offers give happen happens there's new old way type different first \
     last buy bought see show look looking information info details explain mean means allow allowed currently usually",
    "tarda tardan tiempo dias horas semana veces usar uso funciona hacen pasa pasar sirve quien informacion",
    "temps jours heures semaine dure prend prendre utiliser marche fonctionne passe informations",
    "lange dauert dauern zeit tage stunden woche nutzen benutzen funktioniert passiert geht macht machen informationen viel",
    "demora tempo dias horas semana vezes usar funciona acontece informacoes",
    "tempo giorni ore settimana volte usare funziona succede serve informazioni ci vuole",
    "lang duurt duren tijd dagen uren week keer gebruiken werkt gebeurt gaat informatie veel",
];
