//! Pages that embed the chat: as plain as can be, as strict as can be, and as hostile as can be.
//! Law: what stands here is what host developers write; nothing of it knows how the loader works.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Routes } from "./site.ts";

const folder = join(import.meta.dirname, "..", "hosts");

function page(file: string, chat: string): string {
  return readFileSync(join(folder, file), "utf8").replaceAll("{{chat}}", chat);
}

/** The policy of a site that allows as little as an embedding can live with. */
export function strictPolicy(chat: string): string {
  return [
    "default-src 'none'",
    `script-src ${chat}`,
    `frame-src ${chat}`,
    "style-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join("; ");
}

/** Everything a host site of the stories answers. */
export function hostPages(chat: string): Routes {
  const hostile = { type: "text/css", body: page("hostile.css", chat) };
  return {
    "/": { body: page("plain.html", chat) },
    "/other": { body: page("plain.html", chat) },
    "/head": { body: page("head.html", chat) },
    "/left": { body: page("left.html", chat) },
    "/queue": { body: page("queue.html", chat) },
    "/twice": { body: page("twice.html", chat) },
    "/identified": { body: page("identified.html", chat) },
    // With the line break that a template likes to leave behind.
    "/chat-token": { type: "text/plain", body: "token-of-the-host\n" },
    "/strict": { body: page("strict.html", chat), headers: { "content-security-policy": strictPolicy(chat) } },
    "/hostile.css": hostile,
    "/impostor": { body: page("impostor.html", chat) },
    "/spy": { body: page("spy.html", chat) },
    "/spy-identified": { body: page("spy.html", chat).replace("<script src=", '<script data-identity-url="/chat-token" src=') },
    "/thief": { body: page("thief.html", chat) },
  };
}
