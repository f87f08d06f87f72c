//! The words behind `promises`, by language: folded, without apostrophes, separated by `|`. Data only.

use super::promises::Tongue;

pub(super) const ENGLISH: Tongue = Tongue {
    hands: "transferring you|transfer you|transferred you|connecting you|connect you with|connect you to|\
        connected you|handing you over|hand you over|handing this over|hand this over|handed this over|\
        passing you on|pass you on|passing you to|pass you to|pass this on|passing this on|passed this on|\
        pass this along|passed this along|pass your|passed your|passing your|forwarding you|forward you|\
        forward your case|forward your request|forwarded your|forwarding your|forward this to|forwarded this|\
        forwarding this|route you|routing you|putting you through|put you through|ill escalate|i will escalate|\
        im escalating|i am escalating|ive escalated|i have escalated|been escalated|escalating this|\
        escalating your|escalate this|escalate your|escalated your|hand you off|handing you off|handing off|\
        you will be contacted|youll be contacted|you will be transferred|youll be transferred|\
        you are being transferred|youre being transferred|you will be connected|youll be connected|\
        you will hear from us|youll hear from us|opened a ticket|created a ticket|open a ticket for you|\
        create a ticket|raised a ticket|well get back to you|we will get back to you|we will contact you|\
        well contact you|well be in touch|we will be in touch|flagged this|flagging this|flagged your",
    brings: "let me get|let me bring|let me connect|let me transfer|let me call|let me ask|let me hand|let me pass|\
        let me forward|let me escalate|let me involve|ill get|i will get|ill bring|i will bring|ill connect|\
        i will connect|ill transfer|i will transfer|ill call|i will call|ill ask|i will ask|ill hand|\
        i will hand|ill pass|i will pass|ill forward|i will forward|ill notify|i will notify|ill inform|\
        i will inform|ill let|i will let|ill involve|i will involve|ill have|i will have|ill put|ill arrange|\
        i will arrange|ill alert|i will alert|ill reach out|i will reach out|im bringing|i am bringing|\
        im getting|i am getting|im calling|i am calling|im connecting|i am connecting|im transferring|\
        i am transferring|im notifying|i am notifying|im handing|i am handing|im passing|i am passing|\
        im forwarding|i am forwarding|im asking|i am asking|im going to|i am going to|ive notified|\
        i have notified|ive informed|i have informed|ive alerted|i have alerted|ive contacted|i have contacted|\
        ive asked|i have asked|ive called|i have called|ive forwarded|i have forwarded|ive passed|i have passed|\
        ive told|i have told|ive transferred|i have transferred|ive handed|i have handed|has been notified|\
        has been informed|have been notified|has been alerted|has been contacted|been forwarded|been passed|\
        been transferred|been handed|well have|we will have|well get|we will get",
    persons: "person|human|humans|someone|somebody|colleague*|teammate*|agent|agents|representative*|specialist*|team|\
        staff|support|expert*|supervisor*|manager*|advisor*|adviser*|operator*",
    comes: "will contact|will reach|will reply|will answer|will respond|will get back|will be with you|\
        will be in touch|will assist|will help|will take over|will take it|will take this|will join|will look|\
        will follow|will call|will email|will message|will write|will handle|will review|will get in touch|\
        will be contacting|will be reaching|will be happy|will be able|will pick|will take care|will check|\
        will investigate|will continue|will come|will be here|will be there|will speak|will talk|will see|\
        will work|is going to|are going to|should be with you|should contact|should reach|should get back|\
        is on the way|is on their way|is joining|is taking over|is looking|are looking|is reviewing|theyll|\
        can take it from here|will be assigned|has been assigned|shall contact|hear from",
    offers: "would you like|do you want|if you want|if youd like|if you like|if you wish|if you prefer|if you need|\
        if you would|shall i|should i|can i|i can|i could|we can|want me to|may i|let me know if|you can ask|\
        you may ask|just ask|you could|you can",
    denies: "cant|cannot|can not|couldnt|could not|unable|not able|wont|will not|dont|do not|havent|have not|not|\
        never|no one|nobody|without",
    times: "shortly|soon|right away|immediately|in a moment|in a minute|momentarily|asap|right now|available|online|\
        today|tomorrow|within minutes|in a few minutes|within the hour|24 7|business days|business day|\
        as soon as possible|in a bit|any minute|offline|a few hours",
};

pub(super) const SPANISH: Tongue = Tongue {
    hands: "te transfiero|le transfiero|te paso con|le paso con|te voy a transferir|le voy a transferir|te conecto|\
        le conecto|voy a transferirte|voy a transferirle|voy a pasarte|voy a pasarle|he escalado|voy a escalar|\
        escalare|te comunico con|le comunico con|te derivo|le derivo|voy a derivar|he derivado|he transferido|\
        transfiriendo|te pongo en contacto|le pongo en contacto|nos pondremos en contacto|te contactaremos|\
        le contactaremos|te pondre en contacto|le pondre en contacto|he abierto un ticket|he creado un ticket|\
        estoy transfiriendo|te transferire|le transferire|te pasare con",
    brings: "voy a avisar|voy a llamar|voy a pedir|he avisado|he informado|he notificado|he pasado|aviso a|avisare|\
        llamare a|informare|notificare|voy a informar|voy a contactar|he contactado|ha sido informado|\
        ha sido avisado|enviare|voy a enviar|he enviado|pasare|voy a pasar|voy a traer|voy a conectar",
    persons: "persona|humano|alguien|companero*|companera*|agente|agentes|representante*|especialista*|equipo|\
        experto*|supervisor*|asesor*|operador*|departamento|colega*|soporte",
    comes: "te contactara|le contactara|se pondra en contacto|se pondran en contacto|te respondera|le respondera|\
        te responderan|le responderan|te atendera|le atendera|te ayudara|le ayudara|te llamara|le llamara|\
        te escribira|le escribira|se encargara|se hara cargo|va a contactar|va a ayudar|va a responder|\
        contactara|respondera|revisara|continuara|estara contigo|estara con usted|te contactaran",
    offers: "quieres|quiere que|te gustaria|le gustaria|prefieres|si quieres|si lo deseas|si desea|si prefieres|\
        puedo|podria|puedes|puede",
    denies: "no|nunca|sin|nadie|tampoco",
    times: "pronto|enseguida|en breve|inmediatamente|ahora mismo|hoy|manana|disponible|disponibles|en linea|\
        en unos minutos|lo antes posible|cuanto antes",
};

pub(super) const FRENCH: Tongue = Tongue {
    hands: "je vous transfere|je vous mets en relation|je vous passe|je vous connecte|je te transfere|\
        je vais vous transferer|je vais vous mettre en relation|je vais vous passer|vous mettre en contact|\
        je transfere votre|je transmets votre|j ai transmis|j ai transfere|je vais transmettre|j ai escalade|\
        nous vous contacterons|nous reviendrons vers vous|vous serez contacte|vous allez etre mis|\
        vous serez mis en relation|j escalade|j ai ouvert un ticket|j ai cree un ticket|je transmets|\
        je vous redirige|je vous oriente",
    brings: "je fais venir|je vais appeler|j appelle|je vais demander|je vais prevenir|je previens|j ai prevenu|\
        j ai informe|j ai contacte|j ai demande|je vais contacter|je vais informer|je contacte|j informe|\
        a ete prevenue|a ete informee|je demande a|je vais faire venir|je vais envoyer|j ai envoye",
    persons: "personne|humain|quelqu un|collegue*|agent|agents|conseiller*|conseillere*|specialiste*|equipe|expert*|\
        superviseur*|responsable*|operateur*|service|representant*",
    comes: "vous contactera|vous repondra|vous aidera|vous appellera|vous ecrira|vous recontactera|\
        va vous contacter|va vous repondre|va vous aider|va prendre|prendra le relais|prendra contact|\
        prendra en charge|reviendra vers vous|vous rejoindra|vous assistera|te contactera|te repondra|\
        s en occupera|va s en occuper|vous rappellera|sera avec vous|va examiner|vous contacteront|\
        vous repondront",
    offers: "voulez vous|souhaitez vous|si vous le souhaitez|si vous voulez|si vous souhaitez|puis je|je peux|\
        je pourrais|vous pouvez|preferez vous|si vous preferez",
    denies: "ne|n|pas|sans|jamais|impossible",
    times: "bientot|rapidement|immediatement|tout de suite|dans un instant|dans quelques minutes|aujourd hui|demain|\
        disponible|disponibles|en ligne|sous peu|des que possible|dans les plus brefs delais",
};

pub(super) const GERMAN: Tongue = Tongue {
    hands: "ich verbinde sie|ich verbinde dich|ich leite sie|ich leite dich|ich leite ihre|ich leite das|\
        ich leite es|ich leite ihr|verbinde ich sie|leite ich sie|ich ubergebe sie|ich ubergebe das|\
        ich ubergebe an|habe ich weitergeleitet|ich habe ihre anfrage|wurde weitergeleitet|\
        ich habe es weitergeleitet|weitergeleitet|ich eskaliere|ich habe das eskaliert|eskaliert|wir melden uns|\
        wir werden uns|ich werde sie verbinden|ich werde sie weiterleiten|sie werden verbunden|\
        sie werden weitergeleitet|sie werden kontaktiert|ich habe ein ticket|ich stelle sie durch|\
        ich gebe das weiter|ich gebe ihre|gebe ich weiter|ich reiche das weiter|stelle ich sie durch",
    brings: "ich hole|hole ich|ich rufe|ich informiere|ich benachrichtige|ich habe informiert|\
        ich habe benachrichtigt|ich sage|ich bitte|ich werde|ich habe das team|ich habe einen|ich habe eine|\
        ich habe unser|wurde informiert|wurde benachrichtigt|ist informiert|ich ziehe|ich schicke|ich frage|\
        ich gebe|ich leite|ich verbinde|ich ubergebe",
    persons: "mensch|menschen|person|jemand|jemanden|jemandem|kollege|kollegen|kollegin|kolleginnen|mitarbeiter*|team|\
        fachmann|experte|experten|expertin|berater*|support|kundendienst|abteilung|teamkolleg*|kundenservice|\
        spezialist*|vorgesetzte*",
    comes: "meldet sich|melden sich|wird sich|werden sich|wird sie|wird ihnen|werden ihnen|wird dir|wird dich|\
        kontaktiert sie|antwortet ihnen|ubernimmt|kummert sich|kummern sich|hilft ihnen|ruft sie|schreibt ihnen|\
        wird ihre|wird ihr|setzt sich mit|setzen sich mit|schaut sich|schauen sich|ist gleich|kommt gleich|\
        wird das|wird es|wird ubernehmen|ist unterwegs",
    offers: "mochten sie|mochtest du|wollen sie|willst du|soll ich|wenn sie mochten|wenn sie wollen|wenn du mochtest|\
        wenn du willst|falls sie|kann ich|ich kann|konnte ich|ich konnte|sie konnen|du kannst|auf wunsch|\
        gerne kann",
    denies: "nicht|kein|keine|keinen|niemand|niemanden|ohne|nie|leider kann",
    times: "gleich|sofort|bald|in kurze|umgehend|in wenigen minuten|heute|morgen|verfugbar|erreichbar|online|\
        so schnell wie moglich|schnellstmoglich|demnachst|jetzt",
};

pub(super) const PORTUGUESE: Tongue = Tongue {
    hands: "vou transferir voce|vou transferi lo|vou transferi la|estou transferindo|vou te transferir|\
        vou passar voce|vou conectar voce|vou conecta lo|vou te conectar|transferi o|transferi a|encaminhei|\
        vou encaminhar|estou encaminhando|vou escalar|escalei|entraremos em contato|entraremos em contacto|\
        sera contatado|sera contactado|sera transferido|abri um ticket|abri um chamado|criei um ticket|\
        vou transferir|estou a transferir|vou transferi|encaminharei|transferirei",
    brings: "vou chamar|vou avisar|vou pedir|vou informar|vou contatar|vou contactar|vou passar|vou trazer|avisei|\
        informei|notifiquei|chamei|contatei|pedi|passei|foi avisada|foi avisado|foi notificada|vou enviar|\
        enviei|vou conectar|vou colocar",
    persons: "pessoa|humano|humana|alguem|colega*|agente|agentes|atendente*|representante*|especialista*|equipe|\
        equipa|suporte|supervisor*|gerente*|operador*|departamento|time",
    comes: "vai entrar em contato|entrara em contato|entrara em contacto|vai entrar em contacto|vai responder|\
        respondera|vai ajudar|ajudara|vai atender|atendera|vai ligar|ligara|vai assumir|assumira|vai cuidar|\
        cuidara|vai analisar|vai contatar|vai contactar|vai continuar|vai falar|vai escrever|vai verificar|\
        retornara|vai retornar|vao entrar|entrarao em contato|entrarao em contacto",
    offers: "quer que|gostaria|deseja|prefere|se quiser|se desejar|se preferir|posso|poderia|voce pode|pode pedir|\
        queres",
    denies: "nao|nunca|sem|ninguem",
    times: "em breve|logo|imediatamente|agora mesmo|ja|hoje|amanha|disponivel|disponiveis|on line|online|\
        em alguns minutos|o mais rapido possivel|assim que possivel",
};

pub(super) const ITALIAN: Tongue = Tongue {
    hands: "la trasferisco|ti trasferisco|la metto in contatto|ti metto in contatto|la passo a|ti passo a|le passo|\
        la collego|ti collego|ho inoltrato|inoltro la|inoltro il|inoltrero|ho trasferito|sto trasferendo|\
        ho passato|vi mettiamo in contatto|la contatteremo|ti contatteremo|verra contattato|verra contattata|\
        sara contattato|sara contattata|verra trasferito|ho aperto un ticket|ho creato un ticket|ho segnalato|\
        segnalo la|la mettero in contatto|ti mettero in contatto|la trasferiro|ti trasferiro|sto inoltrando|\
        ci metteremo in contatto",
    brings: "chiamo|chiamero|avviso|avvisero|informo|informero|ho avvisato|ho informato|ho chiamato|ho contattato|\
        contatto|contattero|chiedo|chiedero|ho chiesto|coinvolgo|coinvolgero|passo|passero|faccio venire|\
        e stato avvisato|e stato informato|ho mandato|invio|inviero|ho inviato",
    persons: "persona|umano|umana|qualcuno|collega|colleghi|operatore|operatori|operatrice|agente|agenti|\
        rappresentante*|specialista*|specialisti|team|assistenza|esperto*|esperti|responsabile|consulente|\
        reparto|personale",
    comes: "la contattera|ti contattera|le rispondera|ti rispondera|la aiutera|ti aiutera|la chiamera|ti chiamera|\
        si mettera in contatto|si occupera|prendera in carico|le scrivera|ti scrivera|la assistera|ti assistera|\
        la ricontattera|ti ricontattera|sara da lei|sara da te|esaminera|verifichera|la contatteranno|\
        ti contatteranno|risponderanno|se ne occupera|continuera",
    offers: "vuole|vuoi|desidera|vorresti|vorrebbe|se vuole|se vuoi|se desidera|se preferisce|posso|potrei|\
        puo chiedere|puoi chiedere|preferisce",
    denies: "non|nessuno|senza|mai",
    times: "presto|subito|a breve|immediatamente|oggi|domani|disponibile|disponibili|on line|online|\
        tra pochi minuti|fra pochi minuti|al piu presto|quanto prima|adesso",
};

pub(super) const DUTCH: Tongue = Tongue {
    hands: "ik verbind u|ik verbind je|ik verbind jou|ik schakel u|ik schakel je|ik zet u door|ik zet je door|\
        ik verwijs u door|ik draag u over|ik draag je over|ik draag dit over|ik stuur dit door|ik stuur uw|\
        ik stuur je|ik heb dit doorgestuurd|doorgestuurd|doorgezet|doorverbonden|ik geef dit door|\
        ik heb dit doorgegeven|doorgegeven|ik escaleer|geescaleerd|wij nemen contact|we nemen contact|\
        u wordt doorverbonden|je wordt doorverbonden|er wordt contact|ik zal u doorverbinden|\
        ik zal je doorverbinden|ik ga u doorverbinden|ik ga je doorverbinden|ik heb een ticket",
    brings: "ik haal|ik roep|ik vraag|ik laat|ik zal|ik ga|ik heb|ik informeer|ik waarschuw|ik breng|is geinformeerd|\
        is op de hoogte|ik schakel|ik verbind|ik stuur|ik geef",
    persons: "mens|persoon|iemand|collega*|medewerker*|team|specialist*|expert*|leidinggevende*|afdeling|\
        klantenservice|adviseur*|support",
    comes: "neemt contact|nemen contact|zal contact|zal u|zal je|antwoordt|gaat u|gaat je|helpt u|helpt je|belt u|\
        belt je|schrijft u|schrijft je|neemt het over|neemt dit over|kijkt ernaar|pakt dit op|pakt het op|\
        komt bij u|komt bij je|komt er zo|gaat ermee|zullen contact|zal ernaar|zal dit|zal het",
    offers: "wil je|wilt u|zal ik|als u wilt|als je wilt|indien gewenst|kan ik|ik kan|ik zou|u kunt|je kunt|liever|\
        mag ik",
    denies: "niet|geen|niemand|nooit|zonder",
    times: "zo snel mogelijk|binnenkort|meteen|direct|zo meteen|straks|vandaag|morgen|beschikbaar|online|bereikbaar|\
        over een paar minuten|spoedig|nu",
};
