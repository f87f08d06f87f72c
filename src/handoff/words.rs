//! The words behind `promise`, by language. Short, kind, no exclamation marks. Each sentence stands alone, so
//! that any of them can follow any other; none says more than its name.

/// What can be said in one language.
pub(super) struct Words {
    // Why a person comes: one by kind of handoff.
    pub of_course: &'static str,
    pub for_the_team: &'static str,
    pub person_helps_better: &'static str,
    pub answer_failed: &'static str,
    pub passed_on: &'static str,
    pub welcome_back: &'static str,
    /// The office is open and somebody is online.
    pub teammate_comes: &'static str,
    /// The handoff is stored and the team notified.
    pub team_told: &'static str,
    /// Somebody answers when they are back; the second form when an email address is known.
    pub answer_later: &'static str,
    pub answer_later_and_email: &'static str,
    /// The office is closed; `{}` is when the team is back, in words.
    pub closed: &'static str,
    pub closed_back: &'static str,
    /// The pick-up guarantee.
    pub nobody_free: &'static str,
    pub still_with_team: &'static str,
    pub still_with_team_and_email: &'static str,
    pub leave_email: &'static str,
    // The AI agent about itself.
    pub apology: &'static str,
    pub cant_hand_off: &'static str,
    pub back_with_ai: &'static str,
    // The team, in the widget's head.
    pub online: &'static str,
    pub away: &'static str,
}

/// The languages with words of their own.
#[cfg(test)]
pub(super) const LANGUAGES: [&str; 7] = ["en", "es", "fr", "de", "pt", "it", "nl"];

/// The words of a language (ISO 639-1, a region such as `-GB` is passed over); English for one without.
pub(super) fn words(language: &str) -> &'static Words {
    let primary = language.split(['-', '_']).next().unwrap_or_default();
    match primary.to_ascii_lowercase().as_str() {
        "es" => &SPANISH,
        "fr" => &FRENCH,
        "de" => &GERMAN,
        "pt" => &PORTUGUESE,
        "it" => &ITALIAN,
        "nl" => &DUTCH,
        _ => &ENGLISH,
    }
}

const ENGLISH: Words = Words {
    of_course: "Of course.",
    for_the_team: "This is one for our team.",
    person_helps_better: "A person can help you better with this.",
    answer_failed: "Sorry, something went wrong with the answer.",
    passed_on: "Your conversation has gone to our team.",
    welcome_back: "Thanks for writing again.",
    teammate_comes: "I'm bringing in a teammate; they'll answer here.",
    team_told: "Our team has been told.",
    answer_later: "The answer will come here as soon as someone is back.",
    answer_later_and_email: "The answer will come here and by email as soon as someone is back.",
    closed: "It's outside our office hours.",
    closed_back: "It's outside our office hours (the team is back: {}).",
    nobody_free: "Sorry for the wait: nobody has been free to answer yet.",
    still_with_team: "Your conversation stays with our team and the answer will come here.",
    still_with_team_and_email: "Your conversation stays with our team and the answer will come here and by email.",
    leave_email: "If you can't wait, please write your email address here so that the team can reach you.",
    apology: "I'm sorry, I couldn't come up with an answer. Please try again, or put it in other words.",
    cant_hand_off: "I'm sorry, I can't bring in a person from this chat. I'm glad to go on helping with your questions.",
    back_with_ai: "Thanks for waiting. I'm the AI agent and I'm answering here again; tell me what you still need.",
    online: "The team is online.",
    away: "The team answers here when someone is back.",
};

const SPANISH: Words = Words {
    of_course: "Por supuesto.",
    for_the_team: "De esto se ocupa mejor nuestro equipo.",
    person_helps_better: "Una persona puede ayudarte mejor con esto.",
    answer_failed: "Lo siento, ha habido un problema con la respuesta.",
    passed_on: "Tu conversación ha pasado a nuestro equipo.",
    welcome_back: "Gracias por escribir de nuevo.",
    teammate_comes: "Voy a avisar a una persona del equipo; te responderá aquí.",
    team_told: "Hemos avisado a nuestro equipo.",
    answer_later: "La respuesta llegará aquí en cuanto vuelva alguien.",
    answer_later_and_email: "La respuesta llegará aquí y por correo electrónico en cuanto vuelva alguien.",
    closed: "El equipo está fuera de su horario de atención.",
    closed_back: "El equipo está fuera de su horario de atención (vuelta: {}).",
    nobody_free: "Sentimos la espera: todavía nadie ha podido responder.",
    still_with_team: "Tu conversación sigue con nuestro equipo y la respuesta llegará aquí.",
    still_with_team_and_email: "Tu conversación sigue con nuestro equipo y la respuesta llegará aquí y por correo electrónico.",
    leave_email: "Si no puedes esperar, escribe aquí tu correo electrónico para que el equipo pueda contactarte.",
    apology: "Lo siento, no he podido encontrar una respuesta. Inténtalo de nuevo o dilo con otras palabras.",
    cant_hand_off: "Lo siento, desde este chat no puedo pasarte con una persona. Puedo seguir ayudándote con tus preguntas.",
    back_with_ai: "Gracias por esperar. Soy el agente de IA y vuelvo a responder aquí; dime qué más necesitas.",
    online: "El equipo está en línea.",
    away: "El equipo responde aquí cuando vuelva alguien.",
};

const FRENCH: Words = Words {
    of_course: "Bien sûr.",
    for_the_team: "Notre équipe est la mieux placée pour cela.",
    person_helps_better: "Une personne pourra mieux vous aider.",
    answer_failed: "Désolé, il y a eu un problème avec la réponse.",
    passed_on: "Votre conversation a été transmise à notre équipe.",
    welcome_back: "Merci de nous écrire à nouveau.",
    teammate_comes: "Je fais venir une personne de l'équipe ; elle vous répondra ici.",
    team_told: "Notre équipe est prévenue.",
    answer_later: "La réponse arrivera ici dès que quelqu'un sera de retour.",
    answer_later_and_email: "La réponse arrivera ici et par e-mail dès que quelqu'un sera de retour.",
    closed: "L'équipe est en dehors de ses horaires.",
    closed_back: "L'équipe est en dehors de ses horaires (retour : {}).",
    nobody_free: "Désolé pour l'attente : personne n'a encore pu répondre.",
    still_with_team: "Votre conversation reste entre les mains de notre équipe et la réponse arrivera ici.",
    still_with_team_and_email: "Votre conversation reste entre les mains de notre équipe et la réponse arrivera ici et par e-mail.",
    leave_email: "Si vous ne pouvez pas attendre, écrivez ici votre adresse e-mail pour que l'équipe puisse vous joindre.",
    apology: "Désolé, je n'ai pas trouvé de réponse. Réessayez, ou dites-le autrement.",
    cant_hand_off: "Désolé, je ne peux pas faire venir une personne dans cette discussion. Je peux continuer à répondre à vos questions.",
    back_with_ai: "Merci d'avoir patienté. Je suis l'agent IA et je réponds de nouveau ici ; dites-moi ce qu'il vous faut encore.",
    online: "L'équipe est en ligne.",
    away: "L'équipe répond ici dès que quelqu'un est de retour.",
};

const GERMAN: Words = Words {
    of_course: "Gerne.",
    for_the_team: "Das ist etwas für unser Team.",
    person_helps_better: "Ein Mensch kann Ihnen dabei besser helfen.",
    answer_failed: "Entschuldigung, bei der Antwort ist etwas schiefgegangen.",
    passed_on: "Ihre Unterhaltung liegt bei unserem Team.",
    welcome_back: "Danke, dass Sie wieder schreiben.",
    teammate_comes: "Ich hole jemanden aus dem Team dazu; die Antwort kommt hier.",
    team_told: "Unser Team ist benachrichtigt.",
    answer_later: "Die Antwort kommt hier, sobald jemand zurück ist.",
    answer_later_and_email: "Die Antwort kommt hier und per E-Mail, sobald jemand zurück ist.",
    closed: "Das Team ist außerhalb der Bürozeiten nicht da.",
    closed_back: "Das Team ist außerhalb der Bürozeiten nicht da (zurück: {}).",
    nobody_free: "Entschuldigung für die Wartezeit: Bisher war niemand frei.",
    still_with_team: "Ihre Unterhaltung bleibt bei unserem Team und die Antwort kommt hier.",
    still_with_team_and_email: "Ihre Unterhaltung bleibt bei unserem Team und die Antwort kommt hier und per E-Mail.",
    leave_email: "Wenn Sie nicht warten können, schreiben Sie bitte Ihre E-Mail-Adresse hier hinein, damit das Team Sie erreicht.",
    apology: "Es tut mir leid, ich habe keine Antwort gefunden. Bitte versuchen Sie es noch einmal oder mit anderen Worten.",
    cant_hand_off: "Es tut mir leid, aus diesem Chat kann ich niemanden dazuholen. Bei Fragen helfe ich gerne weiter.",
    back_with_ai: "Danke fürs Warten. Ich bin der KI-Agent und antworte hier wieder; sagen Sie mir, was Sie noch brauchen.",
    online: "Das Team ist online.",
    away: "Das Team antwortet hier, sobald jemand zurück ist.",
};

const PORTUGUESE: Words = Words {
    of_course: "Claro.",
    for_the_team: "A nossa equipe pode tratar melhor disto.",
    person_helps_better: "Uma pessoa pode ajudar melhor com isto.",
    answer_failed: "Desculpe, houve um problema com a resposta.",
    passed_on: "A sua conversa passou para a nossa equipe.",
    welcome_back: "Obrigado por escrever de novo.",
    teammate_comes: "Vou chamar alguém da equipe; a resposta virá por aqui.",
    team_told: "A nossa equipe foi avisada.",
    answer_later: "A resposta virá por aqui assim que alguém voltar.",
    answer_later_and_email: "A resposta virá por aqui e por e-mail assim que alguém voltar.",
    closed: "A equipe está fora do horário de atendimento.",
    closed_back: "A equipe está fora do horário de atendimento (volta: {}).",
    nobody_free: "Desculpe a espera: ainda ninguém pôde responder.",
    still_with_team: "A sua conversa continua com a nossa equipe e a resposta virá por aqui.",
    still_with_team_and_email: "A sua conversa continua com a nossa equipe e a resposta virá por aqui e por e-mail.",
    leave_email: "Se não puder esperar, escreva aqui o seu e-mail para que a equipe possa falar com você.",
    apology: "Desculpe, não encontrei uma resposta. Tente de novo ou diga com outras palavras.",
    cant_hand_off: "Desculpe, não posso chamar uma pessoa a partir deste chat. Posso continuar a ajudar com as suas perguntas.",
    back_with_ai: "Obrigado por esperar. Sou o agente de IA e volto a responder por aqui; diga o que ainda precisa.",
    online: "A equipe está on-line.",
    away: "A equipe responde aqui quando alguém voltar.",
};

const ITALIAN: Words = Words {
    of_course: "Certo.",
    for_the_team: "Di questo si occupa meglio il nostro team.",
    person_helps_better: "Una persona può aiutarti meglio.",
    answer_failed: "Scusa, c'è stato un problema con la risposta.",
    passed_on: "La tua conversazione è passata al nostro team.",
    welcome_back: "Grazie per averci scritto di nuovo.",
    teammate_comes: "Chiamo una persona del team; ti risponderà qui.",
    team_told: "Il nostro team è stato avvisato.",
    answer_later: "La risposta arriverà qui appena qualcuno sarà di ritorno.",
    answer_later_and_email: "La risposta arriverà qui e per e-mail appena qualcuno sarà di ritorno.",
    closed: "Il team è fuori dall'orario di servizio.",
    closed_back: "Il team è fuori dall'orario di servizio (ritorno: {}).",
    nobody_free: "Scusa per l'attesa: finora nessuno ha potuto rispondere.",
    still_with_team: "La tua conversazione resta al nostro team e la risposta arriverà qui.",
    still_with_team_and_email: "La tua conversazione resta al nostro team e la risposta arriverà qui e per e-mail.",
    leave_email: "Se non puoi aspettare, scrivi qui il tuo indirizzo e-mail così il team potrà contattarti.",
    apology: "Mi dispiace, non ho trovato una risposta. Riprova o dillo con altre parole.",
    cant_hand_off: "Mi dispiace, da questa chat non posso chiamare una persona. Posso continuare ad aiutarti con le tue domande.",
    back_with_ai: "Grazie per l'attesa. Sono l'agente IA e rispondo di nuovo qui; dimmi di cosa hai ancora bisogno.",
    online: "Il team è online.",
    away: "Il team risponde qui appena qualcuno è di nuovo disponibile.",
};

const DUTCH: Words = Words {
    of_course: "Natuurlijk.",
    for_the_team: "Dit is iets voor ons team.",
    person_helps_better: "Een mens kan je hier beter mee helpen.",
    answer_failed: "Sorry, er ging iets mis met het antwoord.",
    passed_on: "Je gesprek ligt bij ons team.",
    welcome_back: "Fijn dat je weer schrijft.",
    teammate_comes: "Ik haal er iemand van het team bij; die antwoordt hier.",
    team_told: "Ons team heeft bericht gekregen.",
    answer_later: "Het antwoord komt hier zodra er iemand terug is.",
    answer_later_and_email: "Het antwoord komt hier en per e-mail zodra er iemand terug is.",
    closed: "Het team is er buiten kantooruren niet.",
    closed_back: "Het team is er buiten kantooruren niet (terug: {}).",
    nobody_free: "Sorry voor het wachten: er was nog niemand vrij.",
    still_with_team: "Je gesprek blijft bij ons team en het antwoord komt hier.",
    still_with_team_and_email: "Je gesprek blijft bij ons team en het antwoord komt hier en per e-mail.",
    leave_email: "Kun je niet wachten, schrijf dan hier je e-mailadres zodat het team je kan bereiken.",
    apology: "Het spijt me, ik heb geen antwoord gevonden. Probeer het nog eens of zeg het anders.",
    cant_hand_off: "Het spijt me, vanuit deze chat kan ik er niemand bij halen. Ik help je graag verder met je vragen.",
    back_with_ai: "Bedankt voor het wachten. Ik ben de AI-agent en antwoord hier weer; zeg maar wat je nog nodig hebt.",
    online: "Het team is online.",
    away: "Het team antwoordt hier zodra er iemand terug is.",
};
