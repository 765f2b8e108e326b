//! A session ends by time while its owner has a thread open: the page vouches anew, and nothing that they were doing is
//! lost. Where the page vouches for nobody any more, nothing of them is shown.
import { cora } from "../people/cast.ts";
import { Demo } from "../support/porchlight.ts";
import { expect, test as base } from "../support/stage.ts";

const A_DAY_IN_MINUTES = 24 * 60;
/** Half a screen of words, so that a thread has to be scrolled. */
const LONG = Array.from({ length: 12 }, (_, line) => `Line ${line + 1} of a long answer.`).join("\n");

const test = base.extend({
  demo: async ({}, use) => {
    const demo = await Demo.start("2026-11-20T14:05:00Z");
    await use(demo);
    await demo.stop();
  },
});

test("an agent finds draft, caret and place in the morning as they were", async ({ demo, guest, agent }) => {
  const [visitor, mina] = [await guest(cora), await agent("Mina")];
  await visitor.startsWith(demo.shop, "Is the blue lamp back in stock?");
  await mina.takesPlace(demo.shop);
  await mina.opensConversation(cora.name, "Is the blue lamp back in stock?");
  for (const text of ["It is, since this morning.", LONG, "Shall I put one aside?"]) await mina.writes(text);
  await mina.hasEverythingSent();
  await mina.composer.fill("Half a thou");
  await mina.page.keyboard.press("ArrowLeft");
  await mina.thread.evaluate((log) => (log.scrollTop = -log.scrollHeight));
  const before = await mina.whereabouts();
  await mina.composer.evaluate((field) => ((field as any).isTheSame = true));
  const again = mina.page.waitForResponse((answer) => answer.url().endsWith("/api/session") && answer.request().method() === "POST");
  await demo.passes(A_DAY_IN_MINUTES);
  // Whatever she does next finds out that the session ended, several things at once.
  await mina.page.evaluate(() => dispatchEvent(new Event("online")));
  for (const frame of mina.page.frames()) await frame.evaluate(() => dispatchEvent(new Event("online")));
  expect((await again).status()).toBe(200);
  await mina.page.keyboard.type("s");
  await visitor.writes("Yes please.");
  await mina.reads("Yes please.");
  expect(await mina.composer.evaluate((field) => (field as any).isTheSame)).toBe(true);
  const [start, end, draft, hasKeyboard] = ((before as any).caret as [number, number, string, boolean])!;
  expect(await mina.whereabouts()).toEqual({ ...(before as object), caret: [start + 1, end + 1, `${draft.slice(0, start)}s${draft.slice(start)}`, hasKeyboard] });
  await expect(mina.chat.getByText("Please reload this page")).toHaveCount(0);
});

test("a page that vouches for nobody any more shows nothing of them in the morning", async ({ demo, guest, agent }) => {
  const [visitor, mina] = [await guest(cora), await agent("Mina")];
  await visitor.startsWith(demo.shop, "For the support team alone.");
  await mina.takesPlace(demo.shop);
  await mina.opensConversation(cora.name, "For the support team alone.");
  await mina.reads("For the support team alone.");
  // The shop's own session ended as well.
  await mina.page.route("**/chat-token", (route) => route.fulfill({ status: 204 }));
  await demo.passes(A_DAY_IN_MINUTES);
  for (const frame of mina.page.frames()) await frame.evaluate(() => dispatchEvent(new Event("online")));
  await expect(mina.chat.getByLabel("Full name")).toBeVisible();
  await expect(mina.chat.getByText("For the support team alone.")).toHaveCount(0);
});
