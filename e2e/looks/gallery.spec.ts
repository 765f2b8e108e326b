//! Photographs of the gallery: every component in each state, light, dark, from right to left, and on the smallest phone.
import { openGallery, CHAPTERS, turnsTo } from "../support/gallery.ts";
import type { Site } from "../support/site.ts";
import { test } from "../support/stage.ts";
import { browserOf, camera, type Look } from "./album.ts";

const LOOKS: Record<string, Look & { language?: string }> = {
  light: { colorScheme: "light", viewport: { width: 1660, height: 900 } },
  dark: { colorScheme: "dark", viewport: { width: 1660, height: 900 } },
  rtl: { colorScheme: "light", viewport: { width: 1660, height: 900 }, language: "ar" },
  narrow: { colorScheme: "light", viewport: { width: 320, height: 640 }, hasTouch: true },
};

/** Single pieces, and what has a story to itself. */
const PIECES = ["Buttons", "Icon buttons", "Fields", "Faces", "Badges", "Typing", "Reply", "Banner", "Drawings", "Footer", "Waiting", "Could not load", "A window", "Reload"];

test.describe.configure({ timeout: 300_000 });

for (const [name, { language, ...look }] of Object.entries(LOOKS)) {
  test(`the gallery, ${name}`, async ({ newBrowser }) => {
    const site: Site = await openGallery();
    const page = await (await newBrowser(browserOf(look))).newPage();
    const takes = camera(`gallery-${name}`, look);
    for (const only of [...CHAPTERS, ...PIECES]) {
      await turnsTo(page, site, only, language);
      await takes(only.toLowerCase().replaceAll(" ", "-"), page);
    }
    await site.stop();
  });
}
