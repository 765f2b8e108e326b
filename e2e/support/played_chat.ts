//! A chat that is only played: the true loader, and behind it a frame that says what a spec tells it to say.
//! Law: the messages are those of the true frame, so that what holds here holds there.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Frame, Page } from "@playwright/test";
import { Site } from "./site.ts";

const source = join(import.meta.dirname, "..", "..", "widget", "loader", "embed.js");

export const settings = {
  accent: "#2563EB",
  ink: "#ffffff",
  corner: "right",
  labels: {
    open: "Open chat",
    close: "Close chat",
    unread: "{count} unread",
    title: "Chat with Support",
    unavailable: "The chat is not available right now.",
  },
};

const framePage = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Chat</title>
<textarea aria-label="Write a message"></textarea>
<script>
  window.heard = [];
  const host = new URLSearchParams(location.search).get("origin");
  window.say = (message) => parent.postMessage(message, host);
  addEventListener("message", (event) => {
    if (event.origin !== host || event.source !== parent) return;
    window.heard.push(event.data);
    if (event.data.porchlight === "focus") document.querySelector("textarea").focus();
  });
  addEventListener("keydown", (event) => event.key === "Escape" && say({ porchlight: "close" }));
  if (host.startsWith("http")) say({ porchlight: "ready" });
</script>`;

/** What only some sites are served: the settings it needs, and the marks around it. */
export type More = { icon?: string; include?: string[]; exclude?: string[] };

/** The loader as the server renders it: the settings written in, the marked parts only where they are needed. */
function loader(more: More): string {
  const needed = { icon: more.icon !== undefined, rules: Boolean(more.include?.length || more.exclude?.length) };
  let script = readFileSync(source, "utf8");
  for (const [name, isNeeded] of Object.entries(needed)) {
    if (!isNeeded) script = script.replace(new RegExp(`// ‹${name}›[^]*?// ‹/${name}›`, "g"), "");
  }
  return script.replace('"__PORCHLIGHT_SETTINGS__"', () => JSON.stringify({ ...settings, ...more }));
}

export async function startPlayedChat(): Promise<Site> {
  const site = await Site.start("chat");
  serveLoader(site, {});
  return site;
}

/** From now on the loader is that of a site with these settings. */
export function serveLoader(site: Site, more: More): void {
  site.routes = {
    "/embed.js": { type: "text/javascript; charset=utf-8", body: loader(more) },
    "/widget": { body: framePage },
  };
}

/** What the frame heard so far, and a mouth for it. */
export class PlayedFrame {
  private constructor(private readonly frame: Frame) {}

  static async of(page: Page): Promise<PlayedFrame> {
    const element = await page.locator("porchlight-chat iframe").elementHandle();
    const frame = await element?.contentFrame();
    if (!frame) throw new Error("the loader has made no frame");
    await frame.waitForFunction(() => "heard" in window);
    return new PlayedFrame(frame);
  }

  says(message: Record<string, unknown>): Promise<void> {
    return this.frame.evaluate((message) => (window as unknown as { say: (message: unknown) => void }).say(message), message);
  }

  heard(): Promise<Record<string, unknown>[]> {
    return this.frame.evaluate(() => (window as unknown as { heard: Record<string, unknown>[] }).heard);
  }

  /** The names of the messages heard so far. */
  async heardNames(): Promise<unknown[]> {
    return (await this.heard()).map((message) => message.porchlight);
  }

  reload(): Promise<unknown> {
    return this.frame.evaluate(() => location.reload());
  }

  hasFocus(): Promise<boolean> {
    return this.frame.evaluate(() => document.activeElement?.tagName === "TEXTAREA" && document.hasFocus());
  }
}
