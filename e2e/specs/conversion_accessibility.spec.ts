//! What people who hear or feel the screen get where a guest becomes a user: axe finds nothing, nothing runs over the edge
//! of the smallest phone, and the keyboard alone is enough.
import type { BrowserContextOptions, Page } from "@playwright/test";
import { cora } from "../people/cast.ts";
import { Shopper } from "../people/shopper.ts";
import type { Visitor } from "../people/visitor.ts";
import { complaintsAboutCard } from "../support/axe.ts";
import { chatFrame } from "../support/doors.ts";
import { expect, test } from "../support/stage.ts";

const looks: Record<string, BrowserContextOptions> = {
  "light, wide": { colorScheme: "light", viewport: { width: 1200, height: 800 } },
  "dark, 320 pixels": { colorScheme: "dark", viewport: { width: 320, height: 640 } },
};

/** Everything axe has to say about the card, frame contents included, and what is wider than the card. */
async function isInOrder(page: Page): Promise<void> {
  expect(await complaintsAboutCard(page)).toEqual([]);
  const overflow = await chatFrame(page).evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(overflow).toBeLessThanOrEqual(0);
}

/** Goes on with Tab until the keyboard is at the button of this name, and presses it. The way may lead around the whole page. */
async function pressesByKeyboard(visitor: Visitor, name: string): Promise<void> {
  const button = visitor.chat.getByRole("button", { name, exact: true }).last();
  await expect(button).toBeVisible();
  const hasKeyboard = () => button.evaluate((button) => document.hasFocus() && button === document.activeElement);
  for (let step = 0; step < 150 && !(await hasKeyboard()); step += 1) await visitor.page.keyboard.press("Tab");
  await expect(button).toBeFocused();
  await visitor.page.keyboard.press("Enter");
}

for (const [look, options] of Object.entries(looks)) {
  test(`codes, the door of a chat that went on elsewhere, and Not me, by keyboard, ${look}`, async ({ demo, newcomer, agent }) => {
    const guest = await newcomer(cora, options);
    await guest.startsWith(demo.shop, "Typed, not proven.");
    const mina = await agent("Mina", options);
    await mina.takesPlace(demo.shop);
    await mina.opensConversation(cora.name, "Typed, not proven.");

    const visitor = await newcomer(cora, options);
    await visitor.goesTo(demo.shop);
    await visitor.opensChat();
    await visitor.chat.getByRole("button", { name: "Continue an earlier conversation" }).focus();
    await visitor.page.keyboard.press("Enter");
    await expect(visitor.chat.getByRole("textbox", { name: "Email" })).toBeFocused();
    await visitor.page.keyboard.type(cora.email);
    await isInOrder(visitor.page);
    await visitor.page.keyboard.press("Enter");
    await expect(visitor.chat.getByRole("textbox", { name: "Code from the mail" })).toBeFocused();
    await visitor.page.keyboard.type("1234");
    await visitor.page.keyboard.press("Enter");
    await expect(visitor.chat.getByText("The code has eight digits.")).toBeVisible();
    await isInOrder(visitor.page);

    const user = await newcomer(cora, options);
    await user.signsUp(demo.shop, "verified");
    await user.opensChat();
    await user.row("Your earlier messages are here.").press("Enter");
    await user.reads("Typed, not proven.");
    await isInOrder(user.page);
    await expect(guest.chat.getByText("This chat continued in the account of c•••@example.org.")).toBeVisible();
    await isInOrder(guest.page);
    await expect(mina.chat.getByText("Was a guest, address not proven")).toBeVisible();
    await isInOrder(mina.page);

    await user.thread.getByRole("button", { name: "Not me" }).focus();
    await user.page.keyboard.press("Enter");
    await expect(user.chat.getByRole("dialog")).toBeVisible();
    await isInOrder(user.page);
    await user.page.keyboard.press("Escape");
    await expect(user.thread.getByRole("button", { name: "Not me" })).toBeFocused();
    await user.page.keyboard.press("Enter");
    await pressesByKeyboard(user, "These messages are not mine");
    await expect(user.chat.getByRole("dialog")).toHaveCount(0);
    await expect(user.chat.getByText("Typed, not proven.")).toHaveCount(0);
    await expect(mina.thread.getByText("Taken back: this chat is the guest's again.")).toHaveCount(1);
    await isInOrder(mina.page);
  });

  test(`the question whether to continue here, by keyboard, ${look}`, async ({ demo, newcomer }) => {
    const visitor = await newcomer(cora, options);
    await visitor.startsWith(demo.shop, "From before I signed in.");
    const user = new Shopper(visitor.page, "Noor");
    await user.signsIn(demo.shop);
    await user.opensChat();
    await expect(user.chat.getByText("You were chatting as")).toBeVisible();
    await isInOrder(user.page);
    await pressesByKeyboard(user, "Yes, continue here");
    await expect(user.chat.getByText("You were chatting as")).toHaveCount(0);
    await visitor.row("Your earlier messages are here.").press("Enter");
    await user.reads("From before I signed in.");
    await isInOrder(user.page);
  });
}
