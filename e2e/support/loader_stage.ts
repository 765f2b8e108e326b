//! The stage for the loader alone: a chat that is only played, and host pages around it.
import type { Page } from "@playwright/test";
import { hostPages } from "./host_pages.ts";
import { startPlayedChat } from "./played_chat.ts";
import { Site } from "./site.ts";
import { test as base } from "./stage.ts";

export { expect } from "@playwright/test";

export const test = base.extend<{ chat: Site; host: Site }>({
  chat: async ({}, use) => {
    const chat = await startPlayedChat();
    await use(chat);
    await chat.stop();
  },
  host: async ({ chat }, use) => {
    const host = await Site.start("host");
    host.routes = hostPages(chat.origin);
    await use(host);
    await host.stop();
  },
});

/** The badge as it is drawn: no element, so that the launcher's name stays what it does. */
export function badge(page: Page): Promise<{ content: string; height: string } | null> {
  return page.locator("porchlight-chat button").evaluate((launcher) => {
    const { content, height } = getComputedStyle(launcher, ":after");
    return content === "none" ? null : { content, height };
  });
}

export const open = { name: "Open chat" };
export const close = { name: "Close chat" };
