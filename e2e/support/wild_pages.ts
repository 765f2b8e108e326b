//! Host pages that do what real ones do, each one thing: styles that reach for everything, layers above all layers,
//! scripts that change what the language brings, keys that are all taken.
//! Law: none of it knows the loader; it would be the same on a page without the chat.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Answer, Routes } from "./site.ts";

const source = join(import.meta.dirname, "..", "hosts", "wild.html");

/** What a page holds besides what every page does. */
type Wildness = { style?: string; script?: string; headers?: Record<string, string> };

/** Styles that real sites have at their root, in their resets and in their effects. */
export const STYLES: Record<string, string> = {
  "a reset of everything": "* { all: unset } *, *::before, *::after { all: unset !important }",
  "no frames": "iframe, [title], button, porchlight-chat, html > :last-child { display: none !important; position: static !important }",
  "a page that is moved": "html { transform: translate(-200px, -300px) scale(0.5) } body { height: 3000px }",
  "a page behind a filter": "html { filter: blur(8px) opacity(0.1); opacity: 0.2; backdrop-filter: blur(2px) } body { filter: invert(1) }",
  "a page that contains what is in it": "html { contain: strict; height: 200px; width: 300px; overflow: hidden; will-change: transform; perspective: 300px }",
  "tiny words": "html { font-size: 2px; line-height: 0; letter-spacing: 2em; word-spacing: 9em; text-indent: -9999px }",
  "the other way round": "html { direction: rtl; writing-mode: vertical-rl }",
  "dim backdrops": "::backdrop { background: #000 !important; opacity: 1 !important; pointer-events: auto !important; backdrop-filter: blur(9px) !important } [popover] { inset: 0 !important; width: 10px !important; height: 10px !important; display: none !important }",
  "everything clipped and still": "html { clip-path: inset(50%); mask: linear-gradient(transparent, transparent); pointer-events: none; user-select: none; visibility: hidden } * { animation: none !important; transition: none !important }",
};

/** Layers as high as a layer can be, drawn after ours. */
const LAYERS = `
  addEventListener("DOMContentLoaded", () => {
    for (const parent of [document.body, document.documentElement]) {
      const layer = document.createElement("div");
      Object.assign(layer.style, { position: "fixed", inset: "0", zIndex: "2147483647", background: "#0008", isolation: "isolate" });
      // After everything that scripts put there.
      setTimeout(() => parent.append(layer), 50);
    }
    document.body.style.cssText = "isolation:isolate;z-index:2147483647;position:relative";
  });`;

/** What old libraries put into the language, and what careful pages freeze. */
const LANGUAGE = `
  for (const Kind of [Object, Array, String, Number, Function, Promise, Element, Node, EventTarget, Event]) {
    Kind.prototype.extend = Kind.prototype.each = Kind.prototype.toJSON = function () { throw new Error("a method of the page"); };
  }
  Array.prototype.porchlight = { ready: 1 };
  JSON.parse = JSON.stringify = () => { throw new Error("the page's own JSON"); };
  const Kept = Promise;
  window.Promise = class extends Kept {};
  window.MutationObserver = window.ResizeObserver = class { observe() { throw new Error("the page's own observer"); } };
  window.postMessage = () => { throw new Error("the page's own messages"); };
  window.customElements.define = () => { throw new Error("the page's own elements"); };
  window.setImmediate = window.requestIdleCallback = undefined;
  for (const Kind of [Object, Array, Function, Promise]) Object.freeze(Kind.prototype);`;

/** Takes every key before anybody else, as a page does that is one big application. */
const KEYS = `
  window.pressed = [];
  addEventListener("keydown", (event) => {
    window.pressed.push(event.key);
    if (!event.target.closest("input")) event.preventDefault();
  }, true);`;

function wild(chat: string, { style = "", script = "", headers }: Wildness): Answer {
  const wildness = `<style>${style}</style><script>${script}</script>`;
  const body = readFileSync(source, "utf8").replace("<!-- What makes it wild. -->", () => wildness).replaceAll("{{chat}}", chat);
  return { body, headers };
}

/** A page on which nothing of another origin is loaded that does not say it may be. */
function isolated(embedder: string): Record<string, string> {
  return { "cross-origin-opener-policy": "same-origin", "cross-origin-embedder-policy": embedder };
}

export function wildPages(chat: string): Routes {
  const styles = Object.values(STYLES).map((style, number) => [`/style-${number}`, wild(chat, { style })]);
  return {
    ...Object.fromEntries(styles),
    "/wild": wild(chat, {}),
    "/zoomed": wild(chat, { style: "html { zoom: 2 }" }),
    "/layers": wild(chat, { script: LAYERS }),
    "/language": wild(chat, { script: LANGUAGE }),
    "/keys": wild(chat, { script: KEYS }),
    "/isolated": wild(chat, { headers: isolated("require-corp") }),
    "/credentialless": wild(chat, { headers: isolated("credentialless") }),
  };
}
