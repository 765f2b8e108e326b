//! Photographs of the gallery: every component in each state, light, dark, from right to left, and on the smallest phone;
//! what opens by a press is pressed.
//! Law: the gallery itself says what is in it, so a story that is added is photographed.
import type { Page } from "@playwright/test";
import { openGallery, turnsTo } from "../support/gallery.ts";
import type { Site } from "../support/site.ts";
import { expect, test } from "../support/stage.ts";
import { browserOf, camera, type Look, pathOf } from "./album.ts";

const LOOKS: Record<string, Look & { language?: string }> = {
  light: { colorScheme: "light", viewport: { width: 1660, height: 900 } },
  dark: { colorScheme: "dark", viewport: { width: 1660, height: 900 } },
  rtl: { colorScheme: "light", viewport: { width: 1660, height: 900 }, language: "ar" },
  narrow: { colorScheme: "light", viewport: { width: 320, height: 640 }, hasTouch: true },
};

/** Stories of which each button opens something over the page. */
const MENU = "Icon buttons and menu";
const OPENERS = ["Questions", "Not me", MENU];

test.describe.configure({ timeout: 300_000 });

/** A story's chapter is what its name begins with. */
const chapterOf = (name: string) => name.split(",")[0]!;

/** Leaves only the stories of a chapter on the page. */
async function leaves(page: Page, chapter: string): Promise<void> {
  await page.evaluate((chapter) => {
    for (const story of document.querySelectorAll<HTMLElement>(".story")) {
      const name = story.querySelector("h3")?.textContent?.split(",")[0];
      story.style.display = name === chapter ? "" : "none";
    }
  }, chapter);
}

for (const [name, { language, ...look }] of Object.entries(LOOKS)) {
  test(`the gallery, ${name}`, async ({ newBrowser }) => {
    const site: Site = await openGallery();
    const page = await (await newBrowser(browserOf(look))).newPage();
    const takes = camera(`gallery-${name}`, look);
    const fileOf = (words: string) => words.toLowerCase().replaceAll(/\W+/g, "-");
    await turnsTo(page, site, "", language);
    const names = await page.locator(".story-name").allTextContents();
    expect(names.length).toBeGreaterThan(80);
    for (const chapter of new Set(names.map(chapterOf))) {
      await leaves(page, chapter);
      await takes(fileOf(chapter), page);
      if (!OPENERS.includes(chapter)) continue;
      const story = page.locator(".story").filter({ has: page.getByRole("heading", { name: chapter, exact: true }) });
      for (const opener of await story.locator(chapter === MENU ? "button[aria-haspopup]" : "button:visible").all()) {
        const label = (await opener.getAttribute("aria-label")) ?? (await opener.textContent()) ?? "";
        await opener.click();
        await page.screenshot({ path: pathOf(`gallery-${name}`, `${fileOf(chapter)}-${fileOf(label)}`), animations: "disabled" });
        await page.keyboard.press("Escape");
      }
    }
    await site.stop();
  });
}
