//! The looks in which every screen is photographed, and the camera.
//! Law: nothing moves while a picture is taken.
import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import type { BrowserContextOptions } from "@playwright/test";
import type { Visit } from "../support/admin_tour.ts";

const folder = join(import.meta.dirname, "..", "shots");

export type Look = BrowserContextOptions & { direction?: "rtl" };

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

/** The admin page is in English only and says so at its root; its boxes must stand either way all the same. */
function turn(direction: string): void {
  for (const root of [document.documentElement, ...document.body.children]) if (root instanceof HTMLElement) root.dir = direction;
}
