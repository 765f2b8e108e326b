//! What a screen shows of texts that were brought in, compared character by character.
//! Law: text that is shown as it was typed stands in the page's own text, whatever elements stand around it.
import { expect, type FrameLocator, type Locator, type Page } from "@playwright/test";

/** Waits until every one of these texts stands in an element as it was typed. */
export async function showsLiterally(where: Locator, texts: string[]): Promise<void> {
  const missing = async () => {
    const shown = (await where.textContent()) ?? "";
    return texts.filter((text) => !shown.includes(text));
  };
  await expect.poll(missing, "shown as something else than it was typed").toEqual([]);
}

/** The same for a whole page or frame. */
export function pageShows(page: Page | FrameLocator, texts: string[]): Promise<void> {
  return showsLiterally(page.locator("body"), texts);
}
