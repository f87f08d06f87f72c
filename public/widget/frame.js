// The customer's side of a conversation: session, outbox, stream and what is seen of them. The page around this frame is
// reached only by postMessage (see widget.js). Bodies never become markup.

const BODY_CHARS_MAX = 4000; // the server's bound
const COUNTER_CHARS_LEFT = 200; // the counter shows from here on
const REQUEST_MS_MAX = 15000;
const SILENCE_MS_MAX = 40000; // a heartbeat comes every 15 s
const BACKOFF_MS_MAX = 30000;
const LOST_GRACE_MS = 1200; // shorter ones are not worth a word
const HIDDEN_MS_MAX = 60000; // then a background tab gives its connection back
const GROUP_MS_MAX = 300000;
const END_PX = 60; // this near to its end the log follows what arrives

const WORDS = {
  en: 'AI agent|Waiting for the team|You|Write a message|Send|Close chat|Talk to a person|{} is writing…|Sending…|Sent|Not sent.|Retry|Delete|Connection lost. Your messages are kept and will be sent.|Connected again.|This conversation was closed. Write to start again.|Too long by {} characters. Shorten it to send.|Conversation|New messages',
  es: 'Agente de IA|Esperando al equipo|Usted|Escriba un mensaje|Enviar|Cerrar el chat|Hablar con una persona|{} está escribiendo…|Enviando…|Enviado|No enviado.|Reintentar|Eliminar|Sin conexión. Sus mensajes se guardan y se enviarán.|Conexión recuperada.|Esta conversación se cerró. Escriba para empezar de nuevo.|Sobran {} caracteres. Acorte el mensaje.|Conversación|Mensajes nuevos',
  fr: 'Agent IA|En attente de l’équipe|Vous|Écrivez un message|Envoyer|Fermer le chat|Parler à une personne|{} écrit…|Envoi…|Envoyé|Non envoyé.|Réessayer|Supprimer|Connexion perdue. Vos messages sont conservés et seront envoyés.|Connexion rétablie.|Cette conversation est close. Écrivez pour recommencer.|{} caractères de trop. Raccourcissez le message.|Conversation|Nouveaux messages',
  de: 'KI-Agent|Warten auf das Team|Sie|Nachricht schreiben|Senden|Chat schließen|Mit einem Menschen sprechen|{} schreibt…|Wird gesendet…|Gesendet|Nicht gesendet.|Erneut senden|Löschen|Verbindung verloren. Ihre Nachrichten bleiben erhalten und werden gesendet.|Wieder verbunden.|Diese Unterhaltung wurde geschlossen. Schreiben Sie, um neu zu beginnen.|{} Zeichen zu lang. Kürzen Sie die Nachricht.|Unterhaltung|Neue Nachrichten',
  pt: 'Agente de IA|Aguardando a equipe|Você|Escreva uma mensagem|Enviar|Fechar o chat|Falar com uma pessoa|{} está escrevendo…|Enviando…|Enviada|Não enviada.|Tentar de novo|Excluir|Conexão perdida. Suas mensagens estão guardadas e serão enviadas.|Conexão restabelecida.|Esta conversa foi encerrada. Escreva para começar de novo.|{} caracteres a mais. Encurte a mensagem.|Conversa|Novas mensagens',
  it: 'Agente IA|In attesa del team|Tu|Scrivi un messaggio|Invia|Chiudi la chat|Parla con una persona|{} sta scrivendo…|Invio…|Inviato|Non inviato.|Riprova|Elimina|Connessione persa. I tuoi messaggi sono conservati e verranno inviati.|Di nuovo in linea.|Questa conversazione è stata chiusa. Scrivi per ricominciare.|{} caratteri di troppo. Accorcia il messaggio.|Conversazione|Nuovi messaggi',
  nl: 'AI-agent|Wachten op het team|Jij|Schrijf een bericht|Versturen|Chat sluiten|Met een mens praten|{} is aan het typen…|Versturen…|Verstuurd|Niet verstuurd.|Opnieuw|Verwijderen|Verbinding verbroken. Je berichten blijven bewaard en worden verstuurd.|Weer verbonden.|Dit gesprek is gesloten. Schrijf om opnieuw te beginnen.|{} tekens te lang. Kort het bericht in.|Gesprek|Nieuwe berichten',
};
const locale = navigator.language || 'en';
const language = WORDS[locale.slice(0, 2)] ? locale.slice(0, 2) : 'en';
const [AI_AGENT, WAITING, YOU, WRITE, SEND, CLOSE, PERSON, WRITES, SENDING, SENT, FAILED, RETRY, DELETE, LOST, BACK, CLOSED, TOO_LONG, CONVERSATION, NEW] =
  WORDS[language].split('|');

// State. The outbox holds { client_id, at, body or person, error? } until the server has said that it has them.
const around = new URLSearchParams(location.hash.slice(1)); // o: the origin of the page around, p: its address
const agentKey = new URLSearchParams(location.search).get('agent');
const memory = {}; // where storage is forbidden or full
let token = keep('');
let session = null; // a promise
let setup = { agent: { name: '' }, greeting: '' };
let conversation = null; // without its entries
let lastSeq = 0; // as the stream has it: something may lie between it and the answer to a POST
const entries = new Map(); // by id
let outbox = readOutbox();
let refusal = ''; // why there can be no chat
let isOpen = !around.get('o');

function keep(name, value) {
  const key = 'baton:' + agentKey + name;
  try {
    if (value !== undefined) localStorage.setItem(key, value);
    return localStorage.getItem(key) || '';
  } catch (_) {
    if (value !== undefined) memory[key] = value;
    return memory[key] || '';
  }
}
function readOutbox() {
  return JSON.parse(keep(':outbox') || '[]').sort((a, b) => a.at - b.at);
}
/** Tabs share the stored outbox, so there only the one item changes. */
function store(item, remains) {
  const replace = (list) => list.filter((other) => other.client_id !== item.client_id).concat(remains ? item : []);
  keep(':outbox', JSON.stringify(replace(readOutbox())));
  outbox = replace(outbox).sort((a, b) => a.at - b.at);
}
function enqueue(item) {
  const random = (digit) => (digit ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (digit / 4)))).toString(16);
  item.client_id = '10000000-1000-4000-8000-100000000000'.replace(/[018]/g, random); // crypto.randomUUID wants https
  item.at = Date.now();
  store(item, true);
  render();
  flush();
}
/** Takes an entry in once, whichever way it came; our own leaves the outbox by its client_id. */
function put(entry) {
  const item = outbox.find((other) => other.client_id === entry.client_id);
  if (item) store(item);
  entries.set(entry.id, entry);
}
function adopt(next) {
  if (!next || !conversation || conversation.id !== next.id) {
    entries.clear();
    lastSeq = 0;
  }
  conversation = next;
  if (next) {
    next.entries.forEach(put);
    lastSeq = Math.max(lastSeq, next.last_seq);
  }
  render();
}

// Requests
const sleepers = new Set();
const wake = () => {
  sleepers.forEach((resolve) => resolve());
  sleepers.clear();
};
const pause = (ms, canWake) => new Promise((resolve) => {
  setTimeout(resolve, ms);
  if (canWake) sleepers.add(resolve);
});
const backoffMs = (attempt) => Math.min(BACKOFF_MS_MAX, 500 * 2 ** attempt) * (0.5 + Math.random() / 2);
/** No cookies: a teammate who tries the widget is a customer here. */
const call = (path, signal, more, headers) => fetch('/widget/api/' + path, {
  ...more, signal, credentials: 'omit', cache: 'no-store', headers: token ? { ...headers, Authorization: 'Bearer ' + token } : headers,
});
async function request(path, body) {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), REQUEST_MS_MAX);
  try {
    const more = body && { method: 'POST', body: JSON.stringify(body) };
    const answer = await call(path, abort.signal, more, { 'Content-Type': 'application/json' });
    const data = await answer.json().catch((error) => !answer.ok || Promise.reject(error));
    return { status: answer.status, waitMs: answer.headers.get('Retry-After') * 1000, data };
  } catch (_) {
    return { status: 0 };
  } finally {
    clearTimeout(timer);
  }
}
/** Asks until there is an answer; only what asking again can't change comes back as { refused }. */
async function ask(path, body) {
  for (let attempt = 0; ; attempt++) {
    if (path !== 'session' && !(await ensureSession())) return { refused: refusal };
    const usedToken = token;
    const { status, waitMs, data } = await request(path, body);
    connection(status === 0 || status >= 500);
    if (status >= 200 && status < 300) return data;
    if (status === 401) {
      // Unknown to the server: begin anew, with what was typed and not yet sent.
      if (token === usedToken && path !== 'session') session = null;
      if (keep('') === usedToken) keep('', '');
      token = keep('');
    } else if (status === 429) bar('slow', data.detail || SENDING);
    else if (status >= 400 && status < 500) return { refused: (data.errors && data.errors[0] && data.errors[0].message) || data.detail || String(status) };
    await pause(waitMs || backoffMs(attempt), status !== 429);
    if (status === 429) bar();
  }
}
function ensureSession() {
  session = session || beginSession();
  return session;
}
async function beginSession() {
  token = token || keep('');
  const data = await ask('session', { agent: agentKey, locale, page_url: around.get('p') || location.href });
  refusal = data.refused;
  byId('skeleton').hidden = true;
  if (refusal) {
    session = null; // opening the chat again asks again
    render();
    return false;
  }
  setup = data;
  token = keep('', data.token);
  adopt(data.conversation);
  followStream();
  flush();
  return true;
}

let isFlushing = false;
/** Sends what waits, one by one and in order. The server knows a client_id again, so repeating does no harm. */
async function flush() {
  if (isFlushing) return;
  isFlushing = true;
  for (let item; (item = outbox.find((other) => !other.error)); render()) {
    const { client_id, body, person } = item;
    const data = await ask(person ? 'person' : 'messages', person ? { client_id } : { client_id, body });
    if (refusal) break;
    if (data.refused && !person) {
      store({ ...item, error: data.refused }, true);
      continue;
    }
    if (data.refused) complain(data.refused);
    else if (person || !conversation || conversation.id !== data.conversation_id) {
      adopt((await ask('conversation')).conversation);
      followStream();
    }
    if (data.entry) entries.set(data.entry.id, data.entry);
    store(item);
  }
  isFlushing = false;
}

// Stream
let streamAbort = null;
function stopStream() {
  if (streamAbort) streamAbort.abort();
  streamAbort = null;
}
/** Takes in how things stand. */
async function catchUp(mine) {
  const { conversation: next } = await ask('conversation');
  if (mine === streamAbort && next) adopt(next);
}
async function followStream() {
  stopStream();
  const mine = (streamAbort = new AbortController());
  for (let attempt = 0; conversation && mine === streamAbort; await catchUp(mine)) {
    const beganAtMs = Date.now();
    await listen(mine);
    if (mine !== streamAbort) return;
    conversation.thinking = false;
    render();
    if (Date.now() - beganAtMs > 5000) attempt = 0;
    await pause(backoffMs(attempt++), true);
  }
}
/** One connection, until it ends, fails or falls silent. */
async function listen(mine) {
  const abort = new AbortController();
  const stop = () => abort.abort();
  let silence = setTimeout(stop, SILENCE_MS_MAX);
  mine.signal.addEventListener('abort', stop);
  window.addEventListener('offline', stop);
  try {
    const answer = await call('stream', abort.signal, {}, { Accept: 'text/event-stream', 'Last-Event-ID': String(lastSeq) });
    if (!answer.ok) return;
    await catchUp(mine); // once the stream is open, so that nothing falls between
    const reader = answer.body.getReader();
    const decoder = new TextDecoder();
    for (let text = ''; ;) {
      const { done, value } = await reader.read();
      if (done || mine !== streamAbort) return;
      clearTimeout(silence);
      silence = setTimeout(stop, SILENCE_MS_MAX);
      const events = (text + decoder.decode(value, { stream: true })).replace(/\r\n/g, '\n').split('\n\n');
      text = events.pop();
      events.forEach(receive);
      if (events.some((event) => /^event: ?bye/m.test(event))) return;
    }
  } catch (_) {
    // The caller connects again.
  } finally {
    clearTimeout(silence);
    window.removeEventListener('offline', stop);
    stop();
  }
}
function receive(event) {
  const field = (name) => (new RegExp('^' + name + ': ?(.*)', 'm').exec(event) || [])[1];
  const type = field('event');
  if (type !== 'entry' && type !== 'state') return;
  const data = JSON.parse(field('data'));
  if (type === 'entry') {
    put(data);
    lastSeq = Math.max(lastSeq, field('id'));
    if (data.author.kind === 'ai') conversation.thinking = false;
  } else Object.assign(conversation, data);
  render();
}

// What is seen
const byId = (id) => document.getElementById(id);
const aria = (node, name, value) => node.setAttribute('aria-' + name, value);
const [log, scroll, input, form, newer, person] = ['log', 'scroll', 'input', 'composer', 'newer', 'person'].map(byId);

function make(name, className, ...children) {
  const node = document.createElement(name);
  node.className = className;
  node.append(...children);
  return node;
}
function drawAvatar(node, kind, name) {
  node.className = 'avatar ' + kind;
  if (kind === 'teammate' && name) return void (node.textContent = [...name][0].toUpperCase());
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.append(document.createElementNS(svg.namespaceURI, 'use'));
  svg.firstChild.setAttribute('href', kind === 'ai' ? '#i-ai' : '#i-queue');
  node.replaceChildren(svg);
}

let lostTimer = 0;
function connection(isLost) {
  if (isLost) lostTimer = lostTimer || setTimeout(bar, LOST_GRACE_MS, 'lost', LOST);
  else if (lostTimer) {
    clearTimeout(lostTimer);
    lostTimer = 0;
    if (byId('bar').dataset.kind !== 'lost') return;
    bar('back', BACK);
    setTimeout(() => byId('bar').dataset.kind === 'back' && bar(), 2500);
  }
}
function bar(kind, text = '') {
  if (kind) byId('bar').dataset.kind = kind;
  else delete byId('bar').dataset.kind;
  byId('connection').textContent = text;
}
function complain(text) {
  byId('error').textContent = text;
  form.classList.toggle('wrong', Boolean(text));
  aria(input, 'invalid', Boolean(text));
}

/** Marks of direction end an address: a link must read as it leads. */
function linkify(node, text) {
  text.split(/(https?:\/\/[^\s<>"'\u200e\u200f\u202a-\u202e\u2066-\u2069]*[^\s<>"'\u200e\u200f\u202a-\u202e\u2066-\u2069.,;:!?)\]}…])/i).forEach((part, i) => {
    if (i % 2 === 0) return node.append(part);
    const link = make('a', '', part);
    Object.assign(link, { href: part, target: '_blank', rel: 'noopener noreferrer' });
    node.append(link);
  });
}

const CLOCK = new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit' });
const DATE = new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long' });
const rows = new Map(); // by key: a message's client_id, else the entry's id

function listItems() {
  const items = [...entries.values()].sort((a, b) => a.seq - b.seq).map(({ id, client_id, author, body, created_at_ms }) => (
    { key: client_id || id, kind: author.kind, name: author.name, body, at: created_at_ms, state: 'sent' }));
  const { greeting, agent } = setup;
  if (greeting && !(items[0] && items[0].body === greeting)) items.unshift({ key: 'greeting', kind: 'ai', name: agent.name, body: greeting, state: 'sent' });
  for (const { client_id, body, at, error } of outbox) {
    if (body) items.push({ key: client_id, kind: 'customer', body, at, error, state: error ? 'failed' : 'sending' });
  }
  const { writing } = conversation || {}; // until it is a message
  if (writing && !items.some(({ body }) => body.startsWith(writing))) items.push({ key: 'writing', kind: 'ai', name: agent.name, body: writing });
  let day = DATE.format();
  return items.flatMap((item) => {
    const before = day;
    day = item.at ? DATE.format(item.at) : day;
    return day === before ? item : [{ key: day, day }, item];
  });
}
function makeRow({ key, day, kind, name }) {
  if (day) return { node: make('div', 'day', day) };
  const by = make('div', 'by', make('b', '', kind === 'customer' ? YOU : name || ''));
  by.dir = 'auto';
  if (kind === 'ai') by.append(AI_AGENT);
  if (kind !== 'customer') {
    by.prepend(make('span', ''));
    drawAvatar(by.firstChild, kind, name);
    aria(by.firstChild, 'hidden', true);
  }
  const bubble = make('div', 'bubble');
  bubble.dir = 'auto';
  const status = make('span', 'status');
  const meta = make('div', 'meta', status);
  const button = (text, act) => {
    const node = make('button', '', text);
    node.onclick = () => {
      act(outbox.find((other) => other.client_id === key));
      input.focus();
      render();
      flush();
    };
    return node;
  };
  const buttons = [button(RETRY, (item) => store({ ...item, error: '' }, true)), button(DELETE, (item) => store(item))];
  const node = make('div', '', by, bubble, meta);
  aria(node, 'hidden', key === 'writing'); // it is read out when it is whole
  return { node, bubble, meta, status, buttons };
}
function drawRow({ node, bubble, meta, status, buttons }, item, previous, next) {
  if (item.day) return;
  if (bubble.textContent !== item.body) {
    bubble.textContent = '';
    linkify(bubble, item.body);
  }
  const joins = (other) => other && other.kind === item.kind && other.name === item.name && !(Math.abs(other.at - item.at) > GROUP_MS_MAX);
  node.classList.add('row', item.kind);
  node.classList.toggle('first', !joins(previous));
  node.classList.toggle('last', !joins(next) || next.state !== item.state);
  node.dataset.author = item.kind;
  if (node.dataset.state !== item.state) {
    node.dataset.state = item.state;
    buttons.forEach((button) => (item.error ? meta.append(button) : button.remove()));
  }
  const time = item.at ? CLOCK.format(item.at) : '';
  const text = item.error ? FAILED + ' ' + item.error : item.state === 'sending' ? SENDING : item.kind === 'customer' && !next ? time + ' · ' + SENT : time;
  if (status.textContent !== text) status.textContent = text;
}

let follows = true; // whether the log stays at its end
function scrolled() {
  follows = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < END_PX;
  if (follows) newer.hidden = true;
}
function toEnd() {
  scroll.scrollTop = scroll.scrollHeight;
  scrolled();
}
/** Brings the page in line with the state. Nodes stay where they are: a screen reader hears only what is new. */
function render() {
  const items = listItems();
  const keys = new Set(items.map(({ key }) => key));
  rows.forEach(({ node }, key) => keys.has(key) || (node.remove(), rows.delete(key)));
  const isFirst = !rows.size;
  let at = log.firstChild;
  let arrived = '';
  items.forEach((item, i) => {
    const isNew = !rows.has(item.key);
    if (isNew) {
      rows.set(item.key, makeRow(item));
      arrived = item.kind || arrived;
    }
    const row = rows.get(item.key);
    drawRow(row, item, items[i - 1], items[i + 1]);
    if (row.node === at) at = at.nextSibling;
    else {
      row.node.classList.toggle('fresh', isNew && !isFirst);
      log.insertBefore(row.node, at);
    }
  });
  if (isFirst && items.length) setTimeout(aria, 500, log, 'live', 'polite'); // the history is no news
  drawFrame();
  if (isFirst || follows || arrived === 'customer') toEnd();
  else if (arrived) newer.hidden = false;
  report();
}
function drawFrame() {
  const { agent, availability, person_button } = setup;
  const { owner, lifecycle, thinking } = conversation || { owner: {} };
  const kind = /queue|teammate/.test(owner.kind) ? owner.kind : 'ai';
  const name = kind === 'queue' ? WAITING : (kind === 'teammate' && owner.name) || agent.name;
  byId('owner').textContent = name;
  byId('badge').hidden = kind !== 'ai' || !name;
  drawAvatar(byId('avatar'), kind, name);
  byId('availability').textContent = availability ? availability.text : '';
  byId('availability').className = availability && availability.team_online ? 'online' : '';
  byId('typing').hidden = !thinking || kind !== 'ai';
  byId('writes').textContent = byId('typing').hidden ? '' : WRITES.replace('{}', name);
  byId('notice').textContent = refusal || (lifecycle === 'resolved' && !outbox.length ? CLOSED : '');
  form.hidden = Boolean(refusal);
  person.hidden = !person_button || Boolean(refusal) || kind !== 'ai' || lifecycle === 'resolved';
  person.disabled = outbox.some((item) => item.person);
}

function typed() {
  const chars = [...input.value.trim()].length;
  byId('send').disabled = !chars;
  byId('counter').textContent = chars > BODY_CHARS_MAX - COUNTER_CHARS_LEFT ? chars + '/' + BODY_CHARS_MAX : '';
  complain(chars > BODY_CHARS_MAX ? TOO_LONG.replace('{}', chars - BODY_CHARS_MAX) : '');
  keep(':draft', input.value);
  input.style.height = 'auto';
  input.style.height = input.scrollHeight + 'px';
}
function submit(event) {
  event.preventDefault();
  input.focus();
  const body = input.value.trim();
  if (!body || [...body].length > BODY_CHARS_MAX) return;
  input.value = '';
  typed();
  enqueue({ body });
}

// The page around
function tell(baton, more) {
  const origin = around.get('o');
  if (origin && parent !== window) parent.postMessage({ baton, ...more }, origin === 'null' ? '*' : origin);
}
function report() {
  const news = [...entries.values()].filter(({ author }) => /ai|teammate/.test(author.kind)).map((entry) => entry.created_at_ms);
  if (isOpen && !document.hidden) keep(':read', Math.max(keep(':read'), ...news));
  tell('state', { unread: news.filter((ms) => ms > keep(':read')).length, exists: Boolean(conversation || outbox.length) });
}
function open(takesFocus) {
  isOpen = true;
  ensureSession();
  render();
  toEnd();
  // On a touch screen, focus in the composer would bring the keyboard up over the greeting.
  if (takesFocus) (matchMedia('(pointer: coarse)').matches ? scroll : input).focus();
}

document.documentElement.lang = language;
aria(log, 'label', CONVERSATION);
aria(scroll, 'label', CONVERSATION);
aria(input, 'label', WRITE);
aria(byId('send'), 'label', SEND);
aria(byId('close'), 'label', CLOSE);
input.placeholder = WRITE + '…';
byId('badge').textContent = AI_AGENT;
byId('again').textContent = RETRY;
person.textContent = PERSON;
newer.textContent = '↓ ' + NEW;
byId('close').hidden = isOpen;
input.value = keep(':draft');

form.onsubmit = submit;
input.oninput = typed;
// 229: Safari ends a composition with an Enter for which isComposing is already false.
input.onkeydown = (event) => {
  if (event.key === 'Enter' && !event.shiftKey && !event.isComposing && event.keyCode !== 229) submit(event);
};
newer.onclick = toEnd;
scroll.onscroll = scrolled;
new ResizeObserver(() => follows && toEnd()).observe(scroll);
byId('again').onclick = wake;
byId('close').onclick = () => tell('close');
person.onclick = () => {
  input.focus();
  enqueue({ person: true });
};
document.onkeydown = (event) => {
  if (event.key === 'Escape' && !event.isComposing) tell('close');
};
let hiddenTimer = 0;
document.onvisibilitychange = () => {
  clearTimeout(hiddenTimer);
  if (document.hidden) hiddenTimer = setTimeout(stopStream, HIDDEN_MS_MAX);
  else if (!streamAbort) session = beginSession(); // what happened meanwhile, and whether the team is there
  report();
};
window.ononline = wake;
window.onmessage = ({ source, origin, data }) => {
  if (source !== parent || origin !== around.get('o') || !data) return;
  if (data.baton === 'open') open(data.focus);
  if (data.baton === 'close') isOpen = false;
};

typed();
render();
ensureSession();
tell('ready');
