// The shop's own script: what any host site adds on its pages. Everything here also works without it, save the chat.
(() => {
  "use strict";

  // Usable before the chat's script has loaded: it plays what was pushed.
  const chat = (command) => {
    const porchlight = window.Porchlight;
    if (porchlight && typeof porchlight[command] === "function") return porchlight[command]();
    (window.Porchlight ||= []).push([command]);
  };

  // "Ask us about it" needs the chat, so it appears only where scripts run.
  for (const button of document.querySelectorAll("[data-ask]")) {
    button.hidden = false;
    button.addEventListener("click", () => chat("open"));
  }

  // Signing out of the shop signs out of the chat, before the page goes away.
  for (const form of document.querySelectorAll("form[data-sign-out]")) {
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      // Whatever becomes of the chat, nobody is kept from leaving the shop.
      const longest = new Promise((done) => setTimeout(done, 3_000));
      await Promise.race([longest, Promise.resolve(chat("logout")).catch(() => {})]);
      form.submit();
    });
  }
})();
