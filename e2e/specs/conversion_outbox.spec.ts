//! What a guest had not got through when they signed in goes out all the same: as theirs, once, and in their order.
//! Law: told with storage in the frame and without, and with the answer lost as well as the question.
import type { BrowserContext, Page } from "@playwright/test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Agent } from "../people/agent.ts";
import { Newcomer, shopPassword } from "../people/newcomer.ts";
import { cora } from "../people/cast.ts";
import { browserWithFrameStorage } from "../support/frame_storage.ts";
import { hearsAgain, losesTheAnswers } from "../support/lost_answers.ts";
import type { Demo } from "../support/porchlight.ts";
import { expect, test as base } from "../support/stage.ts";

/** A browser in which frames keep things. */
const test = base.extend<{ keeping: BrowserContext }>({
  keeping: async ({ policyReports }, use) => {
    const profile = mkdtempSync(join(tmpdir(), "porchlight-profile-"));
    const browser = await browserWithFrameStorage(profile);
    policyReports.of(browser);
    await use(browser);
    await browser.close();
    rmSync(profile, { recursive: true, force: true });
  },
});

const STARTS = "**/api/conversations";

/** Somebody's very first message is stored, and they never hear of it; the agent has it. */
async function saysFirstWordsUnanswered(demo: Demo, visitor: Newcomer, agent: (name: string) => Promise<Agent>): Promise<Agent> {
  await visitor.goesTo(demo.shop);
  await visitor.opensChat();
  await visitor.startsChat();
  await losesTheAnswers(visitor.page, "/conversations");
  await visitor.writes("My very first words.");
  const mina = await agent("Mina");
  await mina.takesPlace(demo.shop);
  await expect(mina.rowsOf(cora.name)).toHaveCount(1);
  return mina;
}

/** The shop signs somebody up without another page; the chat asks for a token when it next needs one. */
async function signsUpInThisPage(page: Page): Promise<void> {
  await page.evaluate(async ([name, email, password]) => {
    await fetch("/sign-up", { method: "POST", body: new URLSearchParams({ name, email, password } as Record<string, string>) });
    const answer = await fetch("/chat-token");
    const token = await answer.text();
    (window as unknown as { Porchlight: { identify(token: string): void } }).Porchlight.identify(token);
  }, [cora.name, cora.email, shopPassword]);
}

/** The server is away from the first word to the last, and the page is left. */
async function writesIntoTheVoid(demo: Demo, visitor: Newcomer, ...texts: string[]): Promise<void> {
  await demo.halt();
  for (const text of texts) await visitor.writes(text);
  await visitor.reads(...texts);
  // So that no later page of the shop opens the chat before somebody clicks.
  await visitor.page.evaluate(() => localStorage.removeItem("porchlight"));
  await visitor.goesTo("about:blank");
  await demo.begin();
}

test("outbox: what a guest had not got through goes out as theirs, once", async ({ demo, keeping, agent }) => {
  const visitor = new Newcomer(await keeping.newPage(), cora);
  await visitor.startsWith(demo.shop, "One that came through.");
  await writesIntoTheVoid(demo, visitor, "Two in a tunnel.", "Three behind it.");
  await visitor.signsUp(demo.shop, "unverified");
  await visitor.opensChat();
  await visitor.reads("One that came through.", "Two in a tunnel.", "Three behind it.");
  await visitor.hasEverythingSent();
  const mina = await agent("Mina");
  await mina.takesPlace(demo.shop);
  await mina.rowsOf(cora.name).click();
  await expect(mina.thread.getByText(/^(One that|Two in|Three behind)|is no longer a guest: signed in in the same browser/)).toHaveText([/One/, /no longer a guest/, /Two/, /Three/]);
});

test("outbox: what the server had, and nobody heard of, is the same message after the sign-in", async ({ demo, keeping, agent }) => {
  const visitor = new Newcomer(await keeping.newPage(), cora);
  await visitor.startsWith(demo.shop, "One that came through.");
  await losesTheAnswers(visitor.page, "/messages");
  await visitor.writes("Heard, and never answered.");
  const mina = await agent("Mina");
  await mina.takesPlace(demo.shop);
  await expect(mina.row(cora.name, "Heard, and never answered.")).toHaveCount(1);
  await visitor.goesTo("about:blank");
  await visitor.signsUp(demo.shop, "unverified");
  await visitor.opensChat();
  await visitor.reads("One that came through.", "Heard, and never answered.");
  await visitor.hasEverythingSent();
  await mina.rowsOf(cora.name).click();
  await mina.reads("One that came through.", "Heard, and never answered.");
});

test("outbox: a first message that never came through before the sign-in comes with it", async ({ demo, keeping, agent }) => {
  const visitor = new Newcomer(await keeping.newPage(), cora);
  await visitor.goesTo(demo.shop);
  await visitor.opensChat();
  await visitor.startsChat();
  await writesIntoTheVoid(demo, visitor, "My very first words.");
  await visitor.signsUp(demo.shop, "unverified");
  await visitor.opensChat();
  // It came just after they did, so the list may have been quicker than the thread.
  await visitor.row("Your earlier messages are here.").or(visitor.quietLine).first().click();
  await visitor.reads("My very first words.");
  const mina = await agent("Mina");
  await mina.takesPlace(demo.shop);
  await expect(mina.rowsOf(cora.name)).toHaveCount(1);
  await mina.rowsOf(cora.name).click();
  await mina.reads("My very first words.");
  await expect(mina.chat.getByText("Signed in on the site · Was a guest in the same browser")).toBeVisible();
});

test("outbox: a first message whose answer was lost is one conversation after the sign-in", async ({ demo, keeping, agent }) => {
  const visitor = new Newcomer(await keeping.newPage(), cora);
  const mina = await saysFirstWordsUnanswered(demo, visitor, agent);
  await visitor.goesTo("about:blank");
  await visitor.signsUp(demo.shop, "unverified");
  await visitor.opensChat();
  await visitor.reads("My very first words.");
  await visitor.writes("And my second.");
  await visitor.hasEverythingSent();
  await expect(mina.rowsOf(cora.name)).toHaveCount(1);
  await expect(mina.row(cora.name, "And my second.")).toHaveCount(1);
  await visitor.chat.getByRole("button", { name: "Back" }).click();
  await expect(visitor.chat.getByRole("listitem")).toHaveCount(1);
});

test("outbox: a first message on its way while the page signs in lands before it, without storage in the frame", async ({ demo, newcomer, agent }) => {
  const visitor = await newcomer(cora);
  await visitor.goesTo(demo.shop);
  await visitor.opensChat();
  await visitor.startsChat();
  let release = () => {};
  const held = new Promise<void>((open) => (release = open));
  await visitor.page.route(STARTS, (route) => held.then(() => route.continue()));
  await visitor.writes("On its way.");
  await signsUpInThisPage(visitor.page);
  await expect(visitor.composer).toHaveCount(0);
  release();
  await visitor.reads("On its way.");
  await expect(visitor.quietLine).toHaveCount(1);
  const mina = await agent("Mina");
  await mina.takesPlace(demo.shop);
  await expect(mina.rowsOf(cora.name)).toHaveCount(1);
});

test("outbox: a first message whose answer was lost, and what was written behind it, go on in the account that another tab signed in to", async ({ demo, keeping, agent }) => {
  const [visitor, elsewhere] = [new Newcomer(await keeping.newPage(), cora), new Newcomer(await keeping.newPage(), cora)];
  const mina = await saysFirstWordsUnanswered(demo, visitor, agent);
  await visitor.writes("And some more.");
  await elsewhere.signsUp(demo.shop, "unverified");
  await elsewhere.opensChat();
  await elsewhere.row("Your earlier messages are here.").or(elsewhere.quietLine).first().waitFor();
  await hearsAgain(visitor.page);
  // The first tab hears that its message is somebody's by now, and its page says whose.
  await visitor.reads("My very first words.", "And some more.");
  await visitor.hasEverythingSent();
  // No other guest was begun: what came later is the user's, perhaps in a conversation of its own.
  await mina.row(cora.name, "And some more.").click();
  await expect(mina.chat.getByText(/^Signed in on the site/)).toBeVisible();
});
