//! The story as it is promised: a guest comes back the next day, signs up with the same address, logs in, opens the chat
//! and sees all of it; the agent keeps what they were doing. Then again from another browser.
import { Newcomer } from "../people/newcomer.ts";
import { Agent } from "../people/agent.ts";
import { cora } from "../people/cast.ts";
import { Demo } from "../support/porchlight.ts";
import { expect, test as base } from "../support/stage.ts";

const NOW = "2026-11-20T14:05:00Z";
const A_DAY_IN_MINUTES = 24 * 60;
const BEFORE = ["Is the blue lamp back in stock?", "It is, since this morning.", "Shall I put one aside?", "Yes please."] as const;

/** Half a screen of words, so that a thread has to be scrolled. */
const LONG = Array.from({ length: 12 }, (_, line) => `Line ${line + 1} of a long answer.`).join("\n");

const test = base.extend({
  demo: async ({}, use) => {
    const demo = await Demo.start(NOW);
    await use(demo);
    await demo.stop();
  },
});

/** The first two days: the guest asks, the agent answers, and reads further up with half a sentence written. */
async function twoDays(demo: Demo, visitor: Newcomer, mina: Agent): Promise<unknown> {
  await visitor.startsWith(`${demo.shop}/lamps/blue`, BEFORE[0]);
  await mina.takesPlace(demo.shop);
  await mina.opensConversation(cora.name, BEFORE[0]);
  for (const text of [BEFORE[1], LONG, BEFORE[2]]) await mina.writes(text);
  await visitor.reads(BEFORE[2]);

  await demo.passes(A_DAY_IN_MINUTES);
  // Her session ended overnight; she comes in the morning, and has the thread open from then on.
  await mina.goesTo(demo.shop);
  await mina.opensChat();
  await mina.looksAtInbox();
  await mina.opensConversation(cora.name, BEFORE[2]);
  await visitor.goesTo("about:blank");
  await visitor.goesTo(demo.shop);
  await visitor.opensChat();
  await visitor.reads(BEFORE[0], BEFORE[1], BEFORE[2]);
  await expect(visitor.thread.getByText("Yesterday")).toHaveCount(1);
  await visitor.writes(BEFORE[3]);
  await mina.reads(BEFORE[3]);
  await expect(mina.chat.getByText("Guest · Not verified")).toBeVisible();
  await mina.composer.fill("Half a thou");
  await mina.page.keyboard.press("ArrowLeft");
  await mina.thread.evaluate((log) => (log.scrollTop = -log.scrollHeight));
  return mina.whereabouts();
}

/** What the agent has before them after somebody signed in: the same as before, and the customer is a user. */
async function keepsPlace(mina: Agent, before: unknown, proof: string): Promise<void> {
  await expect(mina.chat.getByText(`Signed in on the site · ${proof}`)).toBeVisible();
  await expect(mina.thread.getByText(/Cora Lindqvist.* is no longer a guest: /)).toHaveCount(1);
  expect(await mina.whereabouts()).toEqual(before);
}

test("C1: in the same browser: all of it is there, with one quiet line; the agent keeps draft, caret and place", async ({ demo, newcomer, agent }) => {
  const [visitor, mina] = [await newcomer(cora), await agent("Mina")];
  const before = await twoDays(demo, visitor, mina);
  await visitor.signsUp(demo.shop, "unverified");
  await visitor.opensChat();
  await visitor.reads(...BEFORE);
  await expect(visitor.quietLine).toHaveCount(1);
  await expect(visitor.chat.getByText("Sent before sign-in, address not proven")).toHaveCount(0);
  await keepsPlace(mina, before, "Was a guest in the same browser");

  // They are at home there: another sign-in finds the same, and the chat goes on both ways.
  await visitor.signsOut();
  await visitor.signsInAgain(demo.shop);
  await visitor.opensChat();
  await visitor.reads(...BEFORE);
  await expect(visitor.quietLine).toHaveCount(1);
  await visitor.writes("I have an account now.");
  await mina.reads("I have an account now.");
  await mina.writes("Welcome.");
  await visitor.reads("Welcome.");
});

test("C4: from another browser, with an address that the shop verified: all of it, and what nobody proved is marked", async ({ demo, newcomer, agent }) => {
  const [visitor, mina, elsewhere] = [await newcomer(cora), await agent("Mina"), await newcomer(cora)];
  const before = await twoDays(demo, visitor, mina);
  await elsewhere.signsUp(demo.shop, "verified");
  await elsewhere.opensChat();
  await elsewhere.row("Your earlier messages are here.").click();
  await elsewhere.reads(...BEFORE);
  await expect(elsewhere.quietLine).toHaveCount(1);
  await expect(elsewhere.thread.getByText("Sent before sign-in, address not proven")).toHaveCount(1);
  await keepsPlace(mina, before, "Was a guest, address not proven");
  await expect(visitor.chat.getByText("This chat continued in the account of c•••@example.org.")).toBeVisible();
  await expect(visitor.chat.getByText(BEFORE[0])).toHaveCount(0);
});

test("C5: from another browser, with an address that the shop did not verify: nothing, and a code is offered", async ({ demo, newcomer, agent }) => {
  const [visitor, mina, elsewhere] = [await newcomer(cora), await agent("Mina"), await newcomer(cora)];
  const before = await twoDays(demo, visitor, mina);
  await elsewhere.signsUp(demo.shop, "unverified");
  await elsewhere.opensChat();
  await expect(elsewhere.chat.getByRole("button", { name: "Bring your earlier chats" })).toBeVisible();
  await expect(elsewhere.chat.getByText("Nothing here yet. Write to us whenever you like.")).toBeVisible();
  await elsewhere.chat.getByRole("button", { name: "New conversation" }).first().click();
  await elsewhere.writes("It is me.");
  await elsewhere.hasEverythingSent();
  for (const text of BEFORE) await expect(elsewhere.message(text)).toHaveCount(0);
  // The guest goes on as before, and the agent is told of the likeness and no more.
  await expect(mina.chat.getByText("Guest · Not verified")).toBeVisible();
  expect(await mina.whereabouts()).toEqual(before);
  await visitor.writes("Still a guest.");
  await mina.reads("Still a guest.");
});
