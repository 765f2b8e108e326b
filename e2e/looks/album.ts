//! The looks in which every screen is photographed, and the camera.
//! Law: nothing moves while a picture is taken.
import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import type { BrowserContextOptions, Page } from "@playwright/test";
import type { Visit } from "../support/admin_tour.ts";

const folder = join(import.meta.dirname, "..", "shots");

export type Look = BrowserContextOptions & { direction?: "rtl" };

/** The looks of the card in the corner of a page, which needs less room. */
export const CARD_LOOKS: Record<string, Look> = {
  light: { colorScheme: "light", viewport: { width: 900, height: 760 } },
  dark: { colorScheme: "dark", viewport: { width: 900, height: 760 } },
  rtl: { colorScheme: "light", viewport: { width: 900, height: 760 }, direction: "rtl" },
  narrow: { colorScheme: "light", viewport: { width: 320, height: 640 }, hasTouch: true },
  zoom: { colorScheme: "dark", viewport: { width: 640, height: 450 }, deviceScaleFactor: 2 },
};

/** The last is a window of 1280 × 900 at 200 %. */
export const LOOKS: Record<string, Look> = {
  light: { colorScheme: "light", viewport: { width: 1440, height: 900 } },
  dark: { colorScheme: "dark", viewport: { width: 1440, height: 900 } },
  rtl: { colorScheme: "light", viewport: { width: 1280, height: 900 }, direction: "rtl" },
  narrow: { colorScheme: "light", viewport: { width: 320, height: 640 }, hasTouch: true },
  zoom: { colorScheme: "light", viewport: { width: 640, height: 450 }, deviceScaleFactor: 2 },
};

/** What a browser needs to know of a look. */
export function browserOf({ direction: _, ...options }: Look): BrowserContextOptions {
  return options;
}

/** Where a picture of an album lies. */
export const pathOf = (album: string, stop: string): string => join(folder, album, `${stop}.png`);

/** Takes what is on screen, a card in its corner and all. */
export async function snapshot(page: Page, album: string, stop: string, { direction }: Look): Promise<void> {
  // The frame is a page of its own, and not every document is one that can be turned.
  if (direction) await Promise.allSettled(page.frames().map((frame) => frame.evaluate(turn, direction)));
  await page.screenshot({ path: pathOf(album, stop), animations: "disabled" });
}

/** Takes a picture at every stop of a walk. */
export function camera(album: string, { direction }: Look): Visit {
  return async (stop, page, part) => {
    if (direction) await page.evaluate(turn, direction);
    const path = pathOf(album, stop);
    mkdirSync(dirname(path), { recursive: true });
    if (!part) return void (await page.screenshot({ path, animations: "disabled", fullPage: true }));
    // In a window that holds all of it: otherwise it is moved while the picture is taken, and what sticks lies over it.
    const window = page.viewportSize()!;
    const { height } = (await part.boundingBox())!;
    if (height > window.height / 2) await page.setViewportSize({ ...window, height: Math.ceil(height) * 2 });
    await part.screenshot({ path, animations: "disabled" });
    await page.setViewportSize(window);
  };
}

/** The words stay English, and the boxes must stand either way all the same; `right_to_left.spec.ts` has the words too. */
function turn(direction: string): void {
  for (const root of [document.documentElement, ...document.body.children]) if (root instanceof HTMLElement) root.dir = direction;
}
