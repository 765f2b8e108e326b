//! At 200 % everything is there and nothing runs out of the window; whoever wants less motion sees none, and whoever has
//! colours of their own sees what is a button.
import type { Frame, Page } from "@playwright/test";
import { cora } from "../people/cast.ts";
import { Guest } from "../people/guest.ts";
import { chatFrame } from "../support/doors.ts";
import { expect, test } from "../support/stage.ts";

/** A window of 1280 × 900 at 200 %. */
const ZOOMED = { viewport: { width: 640, height: 450 }, deviceScaleFactor: 2 };
const LONG = "I bought the reading lamp in spring, and since last week it flickers: https://shop.example/lamps/" + "reading".repeat(12);

/** Nothing stands beside the window, and what is to be pressed can be. */
async function fits(frame: Frame | Page): Promise<void> {
  expect(await frame.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
}

/** A guest in a window of the chat's own, which has no launcher. */
class Alone extends Guest {
  override readonly chat = this.page as never as Guest["chat"];
  override readonly thread = this.page.getByRole("log", { name: "Conversation" });
  override readonly composer = this.page.getByRole("textbox", { name: "Write a message" });
}

test("at 200 % a guest chats in the card", async ({ demo, guest }) => {
  const visitor = await guest(cora, ZOOMED);
  await visitor.goesTo(demo.shop);
  await visitor.opensChat();
  await visitor.fillsTheDoor();
  await fits(chatFrame(visitor.page));
  await visitor.startsChat();
  await visitor.writes(LONG);
  await visitor.hasEverythingSent();
  await fits(chatFrame(visitor.page));
  await expect(visitor.composer).toBeInViewport({ ratio: 1 });
  await visitor.closesChat();
});

test("at 200 %, and on a wide screen, a guest chats in a window of the chat's own", async ({ demo, newBrowser }) => {
  for (const options of [ZOOMED, { viewport: { width: 1440, height: 900 } }]) {
    const visitor = new Alone(await (await newBrowser(options)).newPage(), cora);
    await visitor.goesTo(`${demo.chat}/chat`);
    await visitor.fillsTheDoor();
    await fits(visitor.page);
    // What is filled in is as wide as in the card, in the middle.
    const field = (await visitor.chat.getByLabel("Full name").boundingBox())!;
    expect(field.width).toBeLessThanOrEqual(384);
    expect(Math.abs(field.x + field.width / 2 - options.viewport.width / 2)).toBeLessThan(10);
    await visitor.startsChat();
    await visitor.writes(LONG);
    await visitor.hasEverythingSent();
    await fits(visitor.page);
    await expect(visitor.composer).toBeInViewport({ ratio: 1 });
  }
});

/** Whatever moves in a page by style: how long it would take, by class. What only waits with its words does not move. */
function movements(frame: Frame): Promise<string[]> {
  return frame.evaluate(() => {
    const moving = [...document.querySelectorAll("*")].filter((element) => {
      const { transitionDuration, animationName, animationDuration } = getComputedStyle(element);
      const animated = animationName !== "none" && animationName !== "say-late" && parseFloat(animationDuration) > 0;
      return animated || transitionDuration.split(",").some((lasts) => parseFloat(lasts) > 0);
    });
    return moving.map((element) => element.className.toString());
  });
}

test("whoever wants less motion sees none at the door and in a thread", async ({ demo, guest }) => {
  const visitor = await guest(cora, { reducedMotion: "reduce" });
  await visitor.goesTo(demo.shop);
  await visitor.opensChat();
  await visitor.fillsTheDoor();
  expect(await movements(chatFrame(visitor.page))).toEqual([]);
  await visitor.startsChat();
  await visitor.writes("Nothing moves here.");
  await visitor.hasEverythingSent();
  expect(await movements(chatFrame(visitor.page))).toEqual([]);
  // The control: others see the bubble come.
  await visitor.page.emulateMedia({ reducedMotion: "no-preference" });
  expect((await movements(chatFrame(visitor.page))).length).toBeGreaterThan(0);
});

test("where the browser takes all colours away, a button is seen to be one", async ({ demo, guest }) => {
  const visitor = await guest(cora, { forcedColors: "active" });
  await visitor.goesTo(demo.shop);
  await visitor.opensChat();
  const line = await visitor.chat.getByRole("button", { name: "Start chat" }).evaluate((button) => {
    const { borderTopWidth, borderTopStyle, borderTopColor, backgroundColor } = getComputedStyle(button);
    return { width: borderTopWidth, style: borderTopStyle, isSeen: borderTopColor !== backgroundColor && borderTopColor !== "rgba(0, 0, 0, 0)" };
  });
  expect(line).toEqual({ width: "1px", style: "solid", isSeen: true });
});
