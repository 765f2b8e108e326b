//! The corpus in what an admin sets: in the live preview before anything is saved, and afterwards wherever it is shown.
//! Law: nothing runs, nothing is asked for, no policy has to stop anything, and every text is read as it was typed.
import type { Page } from "@playwright/test";
import { cora } from "../people/cast.ts";
import { corpus, fieldful } from "../support/corpus.ts";
import { call } from "../support/doors.ts";
import { pageShows } from "../support/shown.ts";
import { expect, test } from "../support/stage.ts";
import { Tripwire } from "../support/tripwire.ts";

/** Wide enough for the preview to stand beside the settings. */
const wide = { viewport: { width: 1500, height: 900 } };
const preview = "As visitors would see it, with what you typed.";

/** Fields of one line, and the view of the preview that shows them. */
const views = {
  Door: ["Site name", "Greeting", "Usual answer", "Footer text"],
  Conversation: ["Support group's name", "Footer text"],
};

/**
 * Types each text into each of these fields and answers those that the preview did not show as they are. Every field has
 * another text, so that none is taken for another's. A few that are missing are enough.
 */
function typedAndNotShown(page: Page, fields: string[], texts: string[]): Promise<string[]> {
  return page.evaluate(
    async ({ fields, texts, preview }) => {
      const labels = [...document.querySelectorAll("label")];
      const inputs = fields.map((field) => labels.find((label) => label.textContent === field)!.control as HTMLInputElement);
      const shown = () => document.querySelector<HTMLIFrameElement>(`iframe[title="${preview}"]`)!.contentDocument!.body.textContent!;
      const missed: string[] = [];
      for (let first = 0; first < texts.length && missed.length < 3; first++) {
        const typed = inputs.map((input, place) => {
          input.value = texts[(first + place * 7) % texts.length]!;
          input.dispatchEvent(new Event("input", { bubbles: true }));
          return input.value;
        });
        const missing = () => typed.filter((text) => !shown().includes(text));
        for (let patience = 100; patience > 0 && missing().length > 0; patience--) await new Promise((later) => setTimeout(later, 10));
        missed.push(...missing());
      }
      return missed;
    },
    { fields, texts, preview },
  );
}

test("what is typed into the settings is text in the preview before it is saved", async ({ demo, admin }) => {
  const ada = await admin(wide);
  const wire = await Tripwire.over([demo.chat], ada.page.context());
  await ada.signsIn(demo.chat);
  await ada.goesTo("Settings");
  const shown = ada.page.frameLocator(`iframe[title="${preview}"]`);
  await expect(shown.getByRole("button", { name: "Start chat" })).toBeVisible();
  for (const [view, fields] of Object.entries(views)) {
    await ada.page.getByRole("button", { name: view, exact: true }).click();
    expect(await typedAndNotShown(ada.page, fields, corpus)).toEqual([]);
    await wire.isSilent(`the preview's ${view}`, ada.page);
  }
  // Fields that lead somewhere: what is typed leads nowhere as long as it is no address.
  for (const view of Object.keys(views)) {
    await ada.page.getByRole("button", { name: view, exact: true }).click();
    for (const text of ["javascript:tripped()", "data:text/html,<script>tripped()</script>", "//tripped.invalid", "\"onclick=tripped()//", "#fff;background:url(x)"]) {
      for (const field of ["Footer URL", "Privacy page", "Colour"]) await ada.page.getByLabel(field, { exact: true }).fill(text);
      await expect(shown.getByRole("link")).toHaveCount(0);
      await wire.isSilent(`addresses in the preview's ${view}`, ada.page);
    }
  }
});

/** What the saved settings hold: every line another text. */
const lines = {
  "Site name": fieldful[0]!,
  "Support group's name": fieldful[1]!,
  Greeting: fieldful[2]!,
  "Usual answer": fieldful[3]!,
  "Footer text": "<b>bold</b> &amp; <i>slanted</i>",
};

test("what is saved is text on every door, in the loader, and in the question about a conflict", async ({ demo, admin, guest, shopper }) => {
  const [ada, visitor, noor] = [await admin(wide), await guest(cora), await shopper("Noor")];
  const pages = [ada.page, visitor.page, noor.page];
  const wire = await Tripwire.over([demo.chat, demo.shop], ...pages.map((page) => page.context()));
  await ada.signsIn(demo.chat);
  await ada.goesTo("Settings");
  for (const [field, text] of Object.entries(lines)) await ada.page.getByLabel(field, { exact: true }).fill(text);

  // Somebody else saved other texts meanwhile.
  const { version, settings } = await call(ada.page.mainFrame(), "admin", "GET", "/api/admin/settings");
  const theirs = { ...settings, greeting: "\"><svg/onload=tripped()>", footer_text: "${tripped()}", reserved_names: ["<img src=x onerror=tripped()>"] };
  await call(ada.page.mainFrame(), "admin", "PUT", "/api/admin/settings", { version, settings: theirs });
  await ada.page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(ada.dialog).toBeVisible();
  await pageShows(ada.page, [`to “${theirs.greeting}”`, `to “${theirs.footer_text}”`, theirs.reserved_names[0]!]);
  await wire.isSilent("the question about a conflict", ada.page);
  await ada.page.getByRole("button", { name: "Keep mine and save again" }).click();
  await ada.isTold("Saved.");
  await expect(ada.page).toHaveTitle(`Settings · ${lines["Site name"]}`);
  await wire.isSilent("settings that are saved", ada.page);

  // The visitor's door, on a page whose loader holds the name.
  await visitor.goesTo(demo.shop);
  await visitor.opensChat();
  const shown = Object.values(lines);
  await pageShows(visitor.chat, shown.filter((text) => text !== lines["Support group's name"]));
  await expect(visitor.page.getByTitle(`Chat with ${lines["Support group's name"]}`, { exact: true })).toBeVisible();
  await visitor.startsChat();
  await pageShows(visitor.chat, [lines["Support group's name"], lines["Usual answer"], lines["Footer text"]]);
  await noor.signsIn(demo.shop);
  await noor.opensChat();
  await noor.chat.getByRole("button", { name: "New conversation" }).first().click();
  await pageShows(noor.chat, [lines["Support group's name"]]);

  // The doors of those who answer.
  await ada.page.getByRole("button", { name: "Sign out" }).click();
  await pageShows(ada.page, [`Sign in to ${lines["Site name"]}`]);
  await expect(ada.page).toHaveTitle(`Sign in · ${lines["Site name"]}`);
  await wire.isSilent("doors", ...pages);
  await ada.page.goto(`${demo.chat}/agent`);
  await expect(ada.page.getByLabel("Password", { exact: true })).toBeVisible();
  await wire.isSilent("the desk's door", ada.page);
});
