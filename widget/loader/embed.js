//! The loader: what one script tag puts on a host page.
//! Laws: until somebody means to chat there is no cookie, no storage, no socket and no request besides this file;
//! nothing here needs `unsafe-inline` in the host's policy (a constructed style sheet, no markup from strings, no
//! `style` attributes); with the frame it speaks only the messages below, to and from exactly the chat's origin.
//! Every page view of every visitor pays for this file, so it is written to compress: at most 2,000 bytes. What only
//! some sites need stands between marks, lines like `‹name›` and `‹/name›`, and is served to those sites only.
(() => {
  const { src, dataset: { position, identityUrl } } = document.currentScript;
  const { accent, ink, corner, labels, ...more } = "__PORCHLIGHT_SETTINGS__";
  const early = window.Porchlight || [];
  // Evaluated a second time (some sites swap whole bodies): the first launcher still stands.
  if (early.open) return;

  const chat = new URL(src).origin;
  const side = position || corner;

  // ── What is on the page ────────────────────────────────────────────────────────────────────────────────────────

  // `!important` inside a shadow root wins over `!important` of the host page, so `:host` cannot be restyled.
  // It is a line without height at the bottom of what a phone's keyboard leaves of the window; the rest hangs on it.
  // The host page may colour what lies behind its own dialogs (`::backdrop`); behind the launcher there is nothing.
  // The icon is backgrounds and a clip, because a host's policy may refuse images from `data:`.
  const styles = new CSSStyleSheet();
  styles.replaceSync(`
:host{all:initial!important;position:fixed!important;inset:var(--y,100%) 0 auto!important;z-index:2147483647!important;color-scheme:light dark!important}
*,:before,:after{position:absolute;border:0;border-radius:99px;font:600 13px/18px system-ui}
button,div{${side}:16px;bottom:calc(16px + env(safe-area-inset-bottom));width:56px;height:56px;background:${accent};box-shadow:0 4px 24px #0004;forced-color-adjust:none;cursor:pointer}
:host::backdrop{opacity:0!important}
:focus-visible{outline:2px solid #fff;box-shadow:0 0 0 4px ${accent}}
:before{content:"";inset:16px;border-bottom-${side}-radius:4px;background:radial-gradient(circle,${accent} 1.5px,${ink} 2px)0/8px}
[aria-expanded=true]:before{rotate:90deg;background:${ink};clip-path:path("M6 4l6 6 6-6 2 2-6 6 6 6-2 2-6-6-6 6-2-2 6-6-6-6z")}
[data-unread]:after{content:attr(data-unread);top:-2px;right:-2px;padding:0 6px;background:#c81e1e;color:#fff}
div{bottom:88px;width:384px;height:min(640px,var(--h,100dvh) - 104px);border-radius:16px;background:Canvas;overflow:hidden;line-height:4;text-align:center}
[aria-expanded=false]+div{visibility:hidden;opacity:0}
iframe{inset:0;width:100%;height:100%;border-radius:0;opacity:0}
@media not (prefers-reduced-motion){:before,div{transition:.16s ease-out}}
@media(width<480px){div{inset:auto 0 env(safe-area-inset-bottom);width:auto;height:calc(var(--h,100dvh) - env(safe-area-inset-top) - env(safe-area-inset-bottom));border-radius:0;box-shadow:0 0 0 99px Canvas}[aria-expanded=true]{visibility:hidden}}
@media print{:host{display:none!important}}`);
  // ‹icon›
  // A drawing instead of the speech mark: a clip on the same 24 px, for hosts that refuse images.
  const icons = {
    question: "M6.6 8.2a5.4 5.4 0 1 1 7.6 4.9q-.9.5-.9 1.5v.8h-2.9v-1.3q0-2 1.9-3a2.5 2.5 0 1 0-2.8-2.9zM10.3 17.4h3.1v3.1h-3.1z",
    lifebuoy:
      "M12 2a10 10 0 0 1 0 20a10 10 0 0 1 0-20zm0 6.5a3.5 3.5 0 0 0 0 7a3.5 3.5 0 0 0 0-7zM14.6 7.8l3.2-3.2 1.6 1.6-3.2 3.2zM9.4 7.8L6.2 4.6 4.6 6.2l3.2 3.2zM14.6 16.2l3.2 3.2 1.6-1.6-3.2-3.2zM9.4 16.2l-3.2 3.2-1.6-1.6 3.2-3.2z",
    lantern:
      "M12 .5a3.5 3.5 0 0 1 3.5 3.5H17l1 3H6l1-3h1.5A3.5 3.5 0 0 1 12 .5zm0 1.7A1.8 1.8 0 0 0 10.2 4h3.6A1.8 1.8 0 0 0 12 2.2zM7 8h10l1.5 11h-13zm5 1.8c-1.9 2.2-2.6 3.3-2.6 4.7a2.6 2.6 0 0 0 5.2 0c0-1.4-.7-2.5-2.6-4.7zM5 20h14v3H5z",
  };
  styles.insertRule(`[aria-expanded=false]:before{border-radius:0;background:${ink};clip-path:path(evenodd,"${icons[more.icon]}")}`, styles.cssRules.length);
  // ‹/icon›

  const host = document.createElement("porchlight-chat");
  // Any word but "auto" and "hint" is "manual".
  host.popover = 1;
  const root = host.attachShadow({ mode: "open" });
  root.adoptedStyleSheets = [styles];
  const launcher = document.createElement("button");
  const card = document.createElement("div");
  root.append(launcher, card);

  // ── The frame ──────────────────────────────────────────────────────────────────────────────────────────────────

  let frame;
  let isOpen;
  let isReady;
  let path;
  let signedOut;

  // Where tokens come from: a function that answers a token, nothing for nobody, or a promise of either.
  // A host in trouble has not said that nobody is signed in, so that is an error in the host's console.
  const askUrl = identityUrl && (() =>
    fetch(identityUrl, { cache: "no-store" }).then((answer) => (answer.ok ? answer.text() : Promise.reject(answer))));
  let askHost = askUrl;

  // The events of `Porchlight.on` are real ones, so that a listener which throws cannot stop the loader.
  const emit = (event, detail) => host.dispatchEvent(new CustomEvent(event, { detail }));

  const post = (porchlight, more) => isReady && frame.contentWindow.postMessage({ porchlight, ...more }, chat);

  const look = () => ({ look: isOpen ? "open" : "hidden" });

  const vouch = async () => {
    const asked = askHost;
    const token = (await asked?.())?.trim() || null;
    // Somebody else may have signed in while we waited.
    if (asked && asked === askHost) post("identity", { token });
  };

  const heard = {
    ready() {
      if (!isReady) emit("ready");
      isReady = true;
      frame.style.opacity = 1;
      post("hello", { path: (path = location.pathname), identity: askHost ? "pending" : "none", ...look() });
      vouch();
      if (signedOut) post("logout");
      if (isOpen) focusFrame();
    },
    need_identity: vouch,
    unread({ count }) {
      // The badge is no text of the button, whose name says what it does; its description says the number.
      if (count) launcher.dataset.unread = count > 99 ? "99+" : count;
      else delete launcher.dataset.unread;
      launcher.setAttribute("aria-description", count ? labels.unread.replace("{count}", count) : "");
      emit("unread", count);
    },
    close: () => show(false),
    // On a message: whoever is typing on the host page goes on typing.
    open: () => show(true, true),
    message: () => emit("message"),
    keep({ keep }) {
      try {
        if (keep) localStorage.porchlight = 1;
        else delete localStorage.porchlight;
      } catch {}
    },
    signed_out: () => signedOut?.(),
  };

  const load = () => {
    if (frame) return;
    frame = document.createElement("iframe");
    frame.title = labels.title;
    frame.allow = "autoplay; clipboard-write";
    // An origin has no character that a query could not hold.
    frame.src = `${chat}/widget?origin=${location.origin}`;
    // A refused frame (an origin that is not allowed, a server that is down) loads the browser's own error page.
    frame.onload = () => setTimeout(() => {
      if (isReady) return;
      card.textContent = labels.unavailable;
      frame = 0;
    }, 9000);
    card.replaceChildren(frame);
  };

  const focusFrame = () => {
    frame.focus();
    post("focus");
  };

  // Only the top page sees a phone's keyboard. While somebody zooms, the pieces stay where they are.
  const fit = () => {
    const { scale, offsetTop, height } = visualViewport;
    host.style.cssText = isOpen && scale < 1.1 ? `--y:${offsetTop + height}px;--h:${height}px` : "";
  };

  const show = (open, isQuiet) => {
    // ‹rules›
    open &&= !host.hidden;
    // ‹/rules›
    if (open === isOpen) return;
    const hadFocus = root.activeElement;
    isOpen = open;
    launcher.setAttribute("aria-expanded", open);
    launcher.setAttribute("aria-label", labels[open ? "close" : "open"]);
    fit();
    post("look", look());
    if (open) {
      load();
      isQuiet || focusFrame();
    } else if (hadFocus) launcher.focus();
    emit(open ? "open" : "close");
  };

  // ── What the host page may ask ─────────────────────────────────────────────────────────────────────────────────

  const api = (window.Porchlight = {
    open: () => show(true),
    close: () => show(false),
    identify(source) {
      askHost = source?.call ? source : source ? () => source : askUrl;
      vouch();
    },
    logout() {
      askHost = 0;
      load();
      post("logout");
      return new Promise((done) => (signedOut = done));
    },
    on(event, listener) {
      const hear = ({ detail }) => listener(detail);
      host.addEventListener(event, hear);
      return () => host.removeEventListener(event, hear);
    },
    push: ([command, ...values]) => api[command](...values),
  });

  // ‹rules›
  // ── Where it is shown ──────────────────────────────────────────────────────────────────────────────────────────

  // The same as the server's, by the same table of cases: percents decoded once, composed, no empty or dot segments.
  const formed = (path) => {
    const kept = [];
    try {
      path = decodeURIComponent(path);
    } catch {}
    for (const part of path.normalize().split("/")) {
      if (part === "..") kept.pop();
      else if (part && part !== ".") kept.push(part);
    }
    return "/" + kept.join("/");
  };

  // Each part between stars at the first place where it fits: no number of stars makes this slow.
  const fits = (path, [first, ...rest]) => {
    const last = rest.pop();
    let place = first.length;
    if (last === undefined) return path === first;
    return path.startsWith(first) && rest.every((part) => (place = path.indexOf(part, place) + part.length) >= part.length) &&
      path.length >= place + last.length && path.endsWith(last);
  };

  const anyFits = (rules = []) => rules.some((rule) => {
    const parts = formed(rule).split("*");
    const path = formed(location.pathname);
    return fits(path, parts) || (path[1] && fits(path + "/", parts));
  });

  let judged;
  const judge = () => {
    if (judged === (judged = location.pathname)) return;
    host.hidden = (more.include?.[0] && !anyFits(more.include)) || anyFits(more.exclude);
    if (host.hidden) show(false);
    else wake();
  };
  styles.insertRule(":host([hidden]){display:none!important}");
  // ‹/rules›

  // ── Start ──────────────────────────────────────────────────────────────────────────────────────────────────────

  // Somebody has chatted here before: the frame opens unseen, once the page has nothing better to do.
  const wake = () => {
    // ‹rules›
    if (host.hidden) return;
    // ‹/rules›
    try {
      if (localStorage.porchlight) (window.requestIdleCallback || setTimeout)(load);
    } catch {}
  };

  show(false);
  launcher.onpointerenter = launcher.onfocus = load;
  launcher.onclick = () => show(!isOpen);
  addEventListener("message", ({ source, origin, data }) => {
    if (origin === chat && source === frame?.contentWindow) heard[data?.porchlight]?.(data);
  });
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented) show(false);
  });
  visualViewport.addEventListener("resize", fit);
  visualViewport.addEventListener("scroll", fit);

  // Beside the body, not in it: sites that swap or transform their body keep a launcher that stays in its corner. In the
  // browsers' top layer no z-index is above it, and no transform, filter or opacity of the page reaches it. A site that
  // throws away even what stands beside its body gets it back, and a tag in the head waits for a body.
  const stand = () => {
    if (!host.isConnected && document.body) {
      document.documentElement.append(host);
      host.showPopover?.();
    }
    if (path !== (path = location.pathname)) post("path", { path });
    // ‹rules›
    judge();
    // ‹/rules›
  };

  // ‹rules›
  addEventListener("popstate", judge);
  // ‹/rules›
  stand();
  wake();
  setInterval(stand, 500);
  early.forEach(api.push);
})();
