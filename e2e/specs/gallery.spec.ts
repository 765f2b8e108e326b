//! Every component in each of its states: axe finds nothing, nothing is wider than the smallest phone, and nothing moves
//! for whoever asked for less motion.
//! Law: a component that is added gets its story, and with it is asked about here.
import { complaints } from "../support/axe.ts";
import { openGallery, turnsTo } from "../support/gallery.ts";
import type { Site } from "../support/site.ts";
import { expect, test as base } from "../support/stage.ts";

const test = base.extend<{ gallery: Site }>({
  gallery: async ({}, use) => {
    const site = await openGallery();
    await use(site);
    await site.stop();
  },
});

/** Stories stand side by side as no screen does: each is a card of its own, with its own headings, landmarks and ids. */
const OF_ONE_PAGE = ["duplicate-id", "duplicate-id-aria", "heading-order", "landmark-unique", "landmark-no-duplicate-banner", "landmark-banner-is-top-level", "landmark-main-is-top-level", "landmark-no-duplicate-main", "region", "page-has-heading-one", "landmark-one-main", "landmark-no-duplicate-contentinfo", "landmark-contentinfo-is-top-level"];

for (const [name, options, language] of [
  ["light", { colorScheme: "light" }, "en"],
  ["dark", { colorScheme: "dark" }, "en"],
  ["from right to left", { colorScheme: "light" }, "ar"],
] as const) {
  test(`axe finds nothing in any component, ${name}`, async ({ gallery, newBrowser }) => {
    const page = await (await newBrowser(options)).newPage();
    await turnsTo(page, gallery, "", language);
    expect(await complaints(page, { without: OF_ONE_PAGE })).toEqual([]);
  });
}

for (const language of ["en", "de", "ar"]) {
  test(`no component is wider than the smallest phone, ${language}`, async ({ gallery, newBrowser }) => {
    const page = await (await newBrowser({ viewport: { width: 320, height: 640 } })).newPage();
    await turnsTo(page, gallery, "", language);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
    const spilling = await page.locator(".story").evaluateAll((stories) =>
      stories.filter((story) => story.scrollWidth > story.clientWidth).map((story) => story.querySelector("h3")?.textContent),
    );
    expect(spilling).toEqual([]);
    expect(await page.evaluate(wordsOverTheEdge)).toEqual([]);
  });
}

/** Words that end beyond their card, where nothing shortens them with an ellipsis. Runs in the page. */
function wordsOverTheEdge(): string[] {
  const found: string[] = [];
  for (const stage of document.querySelectorAll<HTMLElement>(".story-stage")) {
    const { left, right } = stage.getBoundingClientRect();
    const walker = document.createTreeWalker(stage, NodeFilter.SHOW_TEXT);
    for (let text = walker.nextNode(); text; text = walker.nextNode()) {
      const isShortened = (element: Element | null): boolean =>
        element !== null && element !== stage && (getComputedStyle(element).textOverflow === "ellipsis" || isShortened(element.parentElement));
      // What is there for ears only lies in a box of one pixel.
      const isSeen = text.parentElement!.getBoundingClientRect().width > 1;
      if (!isSeen || isShortened(text.parentElement)) continue;
      const range = document.createRange();
      range.selectNodeContents(text);
      const isOver = [...range.getClientRects()].some((box) => box.width > 0 && (box.right > right + 1 || box.left < left - 1));
      if (isOver) found.push(`${stage.parentElement!.querySelector("h3")?.textContent}: ${text.textContent?.slice(0, 60)}`);
    }
  }
  return found;
}

test("nothing in the gallery moves for whoever asked for less motion", async ({ gallery, newBrowser }) => {
  const moving = async (reducedMotion: "reduce" | "no-preference") => {
    const page = await (await newBrowser({ reducedMotion })).newPage();
    await turnsTo(page, gallery, "");
    return page.evaluate(() => {
      const lasts = (durations: string) => durations.split(",").some((duration) => Number.parseFloat(duration) > 0);
      return [...document.querySelectorAll("*")].flatMap((element) => {
        const { transitionDuration, animationDuration, animationName, animationTimingFunction } = getComputedStyle(element);
        // What appears in one step does not move.
        const animates = animationName !== "none" && !animationTimingFunction.startsWith("steps(1") && lasts(animationDuration);
        const moves = lasts(transitionDuration) || animates;
        return moves ? [`${element.tagName}.${element.className}`] : [];
      });
    });
  };
  expect(await moving("no-preference")).not.toEqual([]);
  expect(await moving("reduce")).toEqual([]);
});
