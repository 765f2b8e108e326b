//! A message comes while nobody looks: a sound, and the card, as the site wants it and as the person allows it.
import type { Page } from "@playwright/test";
import { cora } from "../people/cast.ts";
import type { Agent } from "../people/agent.ts";
import type { Guest } from "../people/guest.ts";
import { expect, test } from "../support/stage.ts";

/** Counts the notes that are played in the page and its frames; headless browsers have no loudspeaker. */
async function countNotes(page: Page): Promise<() => number> {
  let notes = 0;
  await page.exposeBinding("noteIsPlayed", () => (notes += 1));
  await page.addInitScript(() => {
    const start = OscillatorNode.prototype.start;
    OscillatorNode.prototype.start = function (when?: number) {
      (window as any).noteIsPlayed();
      return start.call(this, when);
    };
  });
  return () => notes;
}

async function answeredBy(staff: Agent, visitor: Guest, shop: string): Promise<void> {
  await visitor.startsWith(shop, "Hello?");
  await staff.takesPlace(shop);
  await staff.opensConversation(cora.name, "Hello?");
}

test("a closed chat makes two soft notes, an open one none, a silenced one none", async ({ demo, guest, agent }) => {
  const [visitor, mina] = [await guest(cora), await agent("Mina")];
  const notes = await countNotes(visitor.page);
  await answeredBy(mina, visitor, demo.shop);
  await mina.writes("While you look.");
  await visitor.reads("While you look.");
  expect(notes()).toBe(0);
  await visitor.closesChat();
  await mina.writes("While you don't.");
  await expect.poll(notes).toBe(2);
  await visitor.opensChat();
  await visitor.chat.getByRole("button", { name: "More" }).click();
  await visitor.chat.getByRole("menuitem", { name: "Turn the sound off" }).click();
  await expect(visitor.launcher).not.toHaveAccessibleDescription(/unread/);
  await visitor.closesChat();
  await mina.writes("Quietly.");
  await expect(visitor.launcher).toHaveAccessibleDescription("1 unread");
  expect(notes()).toBe(2);
});

test("a site without the sound has none, and nobody is asked about it", async ({ demo, guest, agent }) => {
  await demo.command("settings", "set", "notification_sound", "off");
  const [visitor, mina] = [await guest(cora), await agent("Mina")];
  const notes = await countNotes(visitor.page);
  await answeredBy(mina, visitor, demo.shop);
  await visitor.chat.getByRole("button", { name: "More" }).click();
  await expect(visitor.chat.getByRole("menuitem")).toHaveText(["Continue an earlier conversation", "Forget me on this device"]);
  await visitor.page.keyboard.press("Escape");
  await visitor.closesChat();
  await mina.writes("Quietly.");
  await expect(visitor.launcher).toHaveAccessibleDescription("1 unread");
  expect(notes()).toBe(0);
});

test("a message opens the card where the site wants that, but not for somebody who has just closed it", async ({ demo, guest, agent }) => {
  await demo.command("settings", "set", "open_on_message", "on");
  const [visitor, mina] = [await guest(cora), await agent("Mina")];
  await answeredBy(mina, visitor, demo.shop);
  const card = visitor.page.getByTitle(/^Chat with/);
  // Another page, where the card is closed and nobody closed it.
  await visitor.page.goto(`${demo.shop}/lamps/blue`);
  await expect(card).toBeAttached();
  await expect(card).toBeHidden();
  await mina.writes("On the next page.");
  await expect(card).toBeVisible();
  await visitor.reads("On the next page.");
  // It was on screen long enough to be seen.
  await expect(visitor.launcher).toHaveAccessibleDescription("");
  await visitor.closesChat();
  await mina.writes("Just after you closed it.");
  await expect(visitor.launcher).toHaveAccessibleDescription("1 unread");
  await expect(card).toBeHidden();
});
