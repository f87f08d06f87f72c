// The loader a company puts on its own site:
//   <script async src="https://HOST/widget.js" data-agent="KEY"></script>
// It draws the launcher, opens the chat in an iframe and minds focus; the conversation lives in widget/frame.js.
// All of it stands in a shadow root, styled through CSSOM: neither the page's CSS nor its CSP gets in the way.
(() => {
  'use strict';
  const script = document.currentScript;
  const agent = script && script.dataset.agent;
  if (!agent || document.querySelector('[data-baton]')) return;

  const base = new URL(script.src);
  const key = 'baton-launcher:' + agent; // the page may share an origin with the frame, which keeps 'baton:…'
  const [OPEN, CLOSE] = ({
    es: ['Abrir el chat', 'Cerrar el chat'],
    fr: ['Ouvrir le chat', 'Fermer le chat'],
    de: ['Chat öffnen', 'Chat schließen'],
    pt: ['Abrir o chat', 'Fechar o chat'],
    it: ['Apri la chat', 'Chiudi la chat'],
    nl: ['Chat openen', 'Chat sluiten'],
  })[navigator.language.slice(0, 2)] || ['Open chat', 'Close chat'];

  const CSS = `
:host { all: initial !important; color-scheme: light dark !important; }
.root { --accent: #3b5bdb; --surface: #fff; --border: #0000001f; --ring: #3b5bdb;
  position: fixed; z-index: 2147483000; inset-block-end: 20px; inset-inline-end: 20px; font: 600 11px/20px system-ui, sans-serif; }
@media (prefers-color-scheme: dark) { .root { --accent: #4d69e2; --surface: #16181b; --border: #ffffff24; --ring: #8da2ff; } }
button { display: grid; place-items: center; position: relative; width: 56px; height: 56px; padding: 0; border: 0; border-radius: 50%;
  background: var(--accent); color: #fff; font: inherit; cursor: pointer; box-shadow: 0 1px 2px #0003, 0 6px 20px #0000002e; transition: transform .15s; }
button:hover { transform: scale(1.04); }
button:focus-visible { outline: 3px solid var(--ring); outline-offset: 3px; }
svg { grid-area: 1 / 1; width: 26px; fill: none; stroke: currentColor; stroke-width: 2; stroke-linecap: round; stroke-linejoin: round;
  transition: opacity .15s, transform .15s; }
.open .talk, .root:not(.open) .down { opacity: 0; transform: scale(.6); }
.dot { position: absolute; inset-block-start: -3px; inset-inline-end: -3px; min-width: 20px; padding: 0 5px; box-sizing: border-box;
  border-radius: 10px; background: #c4183c; box-shadow: 0 0 0 2px var(--surface); }
.dot:empty, .open .dot { display: none; }
.panel { position: fixed; inset-block-end: 88px; inset-inline-end: 20px; width: 392px; height: min(680px, 100vh - 108px);
  border-radius: 12px; overflow: hidden; background: var(--surface); box-shadow: 0 0 0 1px var(--border), 0 12px 40px #0000002e; transition: opacity .16s, transform .16s; }
.root:not(.open) .panel { visibility: hidden; opacity: 0; transform: translateY(8px); }
iframe { display: block; width: 100%; height: 100%; border: 0; }
@media (max-width: 480px) {
  .panel { inset: 0; width: auto; height: 100vh; height: 100dvh; border-radius: 0; }
  .open button { visibility: hidden; }
}
@media (prefers-reduced-motion: reduce) { * { transition: none !important; } }`;

  /** Reads or writes a flag ('' takes it back); where storage is forbidden nothing is remembered. */
  const flag = (area, value) => {
    try {
      if (value !== undefined) window[area][key] = value;
      return window[area][key];
    } catch (_) {}
  };
  // Node by node: a page that demands Trusted Types takes no HTML from strings.
  const make = (name, attributes, ...children) => {
    const node = /svg|path/.test(name) ? document.createElementNS('http://www.w3.org/2000/svg', name) : document.createElement(name);
    for (const attribute in attributes) node.setAttribute(attribute, attributes[attribute]);
    node.append(...children);
    return node;
  };
  const icon = (name, d) => make('svg', { class: name, viewBox: '0 0 24 24', 'aria-hidden': 'true' }, make('path', { d }));

  function begin() {
    const dot = make('span', { class: 'dot', 'aria-hidden': 'true' });
    const launcher = make('button', { type: 'button', 'aria-label': OPEN, 'aria-expanded': 'false' },
      icon('talk', 'M21 11.5a8.4 8.4 0 0 1-12.2 7.5L3 21l2-5.8A8.4 8.4 0 1 1 21 11.5z'), icon('down', 'm6 9 6 6 6-6'), dot);
    const panel = make('div', { class: 'panel' });
    const root = make('div', { class: 'root', role: 'region', 'aria-label': 'Chat', dir: getComputedStyle(document.body).direction }, panel, launcher);
    const host = make('div', { 'data-baton': '' });
    const shadow = host.attachShadow({ mode: 'open' });
    try {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(CSS);
      shadow.adoptedStyleSheets = [sheet];
    } catch (_) {
      shadow.append(make('style', {}, CSS)); // older browsers
    }
    shadow.append(root);
    document.body.append(host);

    let frame = null;
    let isOpen = false;
    let unread = 0;

    const load = () => {
      if (frame) return;
      frame = make('iframe', { title: 'Chat' });
      // The page's address goes without query and fragment: those may hold what is none of the team's business.
      frame.src = new URL('widget/frame?agent=' + encodeURIComponent(agent), base)
        + '#' + new URLSearchParams({ o: location.origin, p: location.origin + location.pathname });
      panel.append(frame);
    };
    const tell = (focus) => frame.contentWindow.postMessage({ baton: isOpen ? 'open' : 'close', focus }, base.origin);
    const label = () => {
      dot.textContent = unread || '';
      launcher.setAttribute('aria-label', isOpen ? CLOSE : unread ? OPEN + ' (' + unread + ')' : OPEN);
      launcher.setAttribute('aria-expanded', isOpen);
    };
    // A phone's keyboard shrinks only the visual viewport; the panel follows it, so that the composer stays in sight.
    const view = window.visualViewport;
    const fit = () => {
      const isPhone = isOpen && matchMedia('(max-width: 480px)').matches;
      panel.style.height = isPhone ? view.height + 'px' : '';
      panel.style.top = isPhone ? view.offsetTop + 'px' : '';
    };
    const setOpen = (next, focus) => {
      isOpen = next;
      load();
      root.classList.toggle('open', isOpen);
      flag('sessionStorage', isOpen ? 'open' : '');
      label();
      if (view) fit();
      if (focus) (isOpen ? frame : launcher).focus();
      tell(focus);
    };

    launcher.onclick = () => setOpen(!isOpen, true);
    root.onkeydown = (event) => {
      if (event.key === 'Escape' && isOpen) setOpen(false, true);
    };
    if (view) view.onresize = view.onscroll = fit;
    window.addEventListener('message', ({ source, origin, data }) => {
      if (!frame || source !== frame.contentWindow || origin !== base.origin || !data) return;
      if (data.baton === 'ready') tell(isOpen && document.activeElement === host);
      if (data.baton === 'close') setOpen(false, true);
      if (data.baton === 'state') {
        unread = data.unread;
        flag('localStorage', data.exists ? 'seen' : '');
        label();
      }
    });

    if (flag('sessionStorage')) setOpen(true, false);
    else if (flag('localStorage')) load(); // there is a conversation to listen to
  }

  if (document.body) begin();
  else document.addEventListener('DOMContentLoaded', begin);
})();
