//! Answers that get lost on their way: the server has what was posted, and the page never hears of it.
//! Law: only the chat's own frame is touched, and it hears again from the moment it is asked to.
import type { Page } from "@playwright/test";
import { chatFrame } from "./doors.ts";

/** From now on the server has what is posted to this path, and this page never hears of it. */
export function losesTheAnswers(page: Page, path: string): Promise<void> {
  return chatFrame(page).evaluate((path) => {
    const { fetch } = window;
    window.fetch = async (...asked) => {
      const answer = await fetch(...asked);
      if (!("hears" in window) && asked[1]?.method === "POST" && String(asked[0]).endsWith(path)) throw new TypeError("lost");
      return answer;
    };
  }, path);
}

/** And now it hears again. */
export function hearsAgain(page: Page): Promise<void> {
  return chatFrame(page).evaluate(() => {
    Object.assign(window, { hears: true });
  });
}
