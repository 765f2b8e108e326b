//! The keyboard, as somebody uses it who has no mouse: Tab until it is there, then press.
//! Law: wherever the keyboard is, somebody sees it; a page that loses it is a failure, not a detour.
import { expect, type Locator, type Page } from "@playwright/test";

/** Presses of Tab before somebody gives up. */
const PATIENCE = 150;

/** Presses Tab until this has the keyboard; on the way it is never lost and never out of sight. */
export async function tabTo(page: Page, target: Locator, key = "Tab"): Promise<void> {
  for (let pressed = 0; pressed < PATIENCE; pressed += 1) {
    if (await target.evaluate((element) => element.matches(":focus")).catch(() => false)) return;
    await page.keyboard.press(key);
  }
  throw new Error("the keyboard cannot reach it");
}

/** What is wrong with where the keyboard is. */
async function complaint(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (!(element instanceof HTMLElement) || element === document.body) return "nothing has the keyboard";
    const what = element.outerHTML.slice(0, 120);
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    if (!element.matches(":focus-visible") || outlineStyle === "none" || Number.parseFloat(outlineWidth) < 2) return `no ring: ${what}`;
    const box = element.getBoundingClientRect();
    const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
    const [start, end] = [Math.max(box.left, 0), Math.min(box.right, innerWidth)];
    if (bottom <= top || end <= start) return `out of sight: ${what}`;
    // A part of it at least is covered by nothing.
    const seen = [0.1, 0.5, 0.9].some((part) => {
      const there = document.elementFromPoint((start + end) / 2, top + (bottom - top) * part);
      return there !== null && (element.contains(there) || there.contains(element) || there instanceof HTMLLabelElement);
    });
    return seen ? "" : `covered: ${what}`;
  });
}

/** The keyboard is somewhere, and somebody sees where. */
export async function expectKeyboardSeen(page: Page): Promise<void> {
  await expect.poll(() => complaint(page)).toBe("");
}

/** Somebody at the keyboard of one page. */
export class Keyboard {
  constructor(private readonly page: Page) {}

  /** Goes there, seeing at every step where the keyboard is. */
  async goesTo(target: Locator, key = "Tab"): Promise<void> {
    for (let pressed = 0; pressed < PATIENCE; pressed += 1) {
      if (await target.evaluate((element) => element.matches(":focus")).catch(() => false)) return;
      await this.page.keyboard.press(key);
      await expectKeyboardSeen(this.page);
    }
    throw new Error("the keyboard cannot reach it");
  }

  async goesBackTo(target: Locator): Promise<void> {
    await this.goesTo(target, "Shift+Tab");
  }

  async presses(key: string): Promise<void> {
    await this.page.keyboard.press(key);
  }

  async types(text: string): Promise<void> {
    await this.page.keyboard.type(text);
  }

  /** Here the keyboard is now, and somebody sees it. */
  async isAt(place: Locator): Promise<void> {
    await expect(place).toBeFocused();
    await expectKeyboardSeen(this.page);
  }
}
