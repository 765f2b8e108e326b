//! On which pages the loader shows the chat, and with which drawing.
//! Law: the loader and the server agree on every case of `shared/tests/url_rules.json`.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { close, expect, open, test } from "../support/loader_stage.ts";
import { PlayedFrame, serveLoader } from "../support/played_chat.ts";

type Case = { row: string; rule: string; path: string; holds: boolean; why: string };

const table = join(import.meta.dirname, "..", "..", "shared", "tests", "url_rules.json");
const cases: Case[] = JSON.parse(readFileSync(table, "utf8"));

/** Every path is answered with the same page, so that a case needs no load of its own. */
const go = (page: Page, path: string) => page.evaluate((path) => history.pushState(null, "", location.origin + path), path);

/** What is decided on each path, by a loader with this one rule. The page is asked until the loader has looked. */
async function judged(page: Page, path: string): Promise<boolean> {
  return page.evaluate((path) => {
    history.pushState(null, "", `${location.origin}/neither-this-nor-that`);
    dispatchEvent(new PopStateEvent("popstate"));
    history.pushState(null, "", location.origin + path);
    dispatchEvent(new PopStateEvent("popstate"));
    return !document.querySelector<HTMLElement>("porchlight-chat")!.hidden;
  }, path);
}

test("the loader agrees with the server on every case of the table", async ({ page, chat, host }) => {
  expect(cases.length).toBeGreaterThan(50);
  const rules = [...new Set(cases.map(({ rule }) => rule))];
  const wrong: unknown[] = [];
  for (const rule of rules) {
    serveLoader(chat, { include: [rule] });
    await page.goto(host.origin);
    await page.locator("porchlight-chat").waitFor({ state: "attached" });
    for (const one of cases.filter((one) => one.rule === rule)) {
      const holds = await judged(page, one.path);
      if (holds !== one.holds) wrong.push({ ...one, loader: holds });
    }
  }
  expect(wrong).toEqual([]);
});

test("where it is not shown there is no launcher, no frame and no word from the host that opens it", async ({ page, chat, host }) => {
  serveLoader(chat, { exclude: ["/", "/checkout/*"] });
  await page.addInitScript(() => localStorage.setItem("porchlight", "1"));
  await page.goto(host.origin);
  await page.locator("porchlight-chat").waitFor({ state: "attached" });
  await page.evaluate(() => new Promise((idle) => requestIdleCallback(idle)));
  await page.evaluate(() => (window as any).Porchlight.open());
  await expect(page.getByRole("button", open)).toHaveCount(0);
  await expect(page.getByRole("button", close)).toHaveCount(0);
  expect(chat.asked).toEqual(["/embed.js"]);
  // Elsewhere, without a load: the launcher is there, and so is the frame of somebody who has chatted before.
  await go(page, "/other");
  await expect(page.getByRole("button", open)).toBeVisible();
  await expect.poll(() => chat.asked).toContain("/widget");
});

test("going to a page where it is not shown closes the card, and coming back does not open it", async ({ page, chat, host }) => {
  serveLoader(chat, { include: ["/", "/shop/*"] });
  await page.goto(host.origin);
  await page.getByRole("button", open).click();
  const frame = await PlayedFrame.of(page);
  await go(page, "/checkout");
  await expect(page.getByTitle("Chat")).toBeHidden();
  await expect(page.getByRole("button", close)).toHaveCount(0);
  await expect.poll(() => frame.heard()).toContainEqual({ porchlight: "look", look: "hidden" });
  await page.goBack();
  await expect(page.getByRole("button", open)).toBeVisible();
  await expect(page.getByTitle("Chat")).toBeHidden();
});

test("a rule of many stars costs nobody their page", async ({ page, chat, host }) => {
  serveLoader(chat, { exclude: [`/${"*a".repeat(99)}b`] });
  await page.goto(host.origin);
  await page.locator("porchlight-chat").waitFor({ state: "attached" });
  const path = `/${"a".repeat(5_000)}`;
  const took = await page.evaluate((path) => {
    const began = performance.now();
    history.pushState(null, "", path);
    dispatchEvent(new PopStateEvent("popstate"));
    return performance.now() - began;
  }, path);
  expect(took).toBeLessThan(200);
  await expect(page.getByRole("button", open)).toBeVisible();
});

test("a message may open the card, and leaves the keyboard where it is", async ({ page, host }) => {
  await page.goto(host.origin);
  await page.getByRole("button", open).hover();
  const frame = await PlayedFrame.of(page);
  await expect.poll(() => frame.heardNames()).toContain("hello");
  await page.getByLabel("Search").focus();
  await frame.says({ porchlight: "open" });
  await expect(page.getByRole("button", close)).toBeVisible();
  await expect.poll(() => frame.heard()).toContainEqual({ porchlight: "look", look: "open" });
  await expect(page.getByLabel("Search")).toBeFocused();
  expect(await frame.heardNames()).not.toContain("focus");
});

for (const icon of ["question", "lifebuoy", "lantern"]) {
  test(`the launcher shows a ${icon} where the site wants one, also under the strictest policy`, async ({ page, chat, host }) => {
    const refusals: string[] = [];
    page.on("console", (message) => message.type() === "error" && refusals.push(message.text()));
    serveLoader(chat, { icon });
    await page.goto(`${host.origin}/strict`);
    const drawn = () => page.locator("porchlight-chat button").evaluate((launcher) => getComputedStyle(launcher, ":before").clipPath);
    const closed = await drawn();
    expect(closed).toMatch(/^path\(evenodd/);
    await page.getByRole("button", open).click();
    // The cross is the same for all.
    await expect.poll(drawn).not.toBe(closed);
    expect(await drawn()).toContain("path(");
    expect(refusals).toEqual([]);
  });
}
