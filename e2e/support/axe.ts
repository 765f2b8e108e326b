//! What axe has to say about what is on screen: one line for each element that it complains about.
//! Law: it is asked within the page that is looked at, so that no other page takes the keyboard from it; only where a
//! frame is of another site, as the chat in its card, does axe need a page of its own to put the parts together.
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";

/** Everything that WCAG 2.2 asks for at level AA, as far as a program can tell, and what is good practice besides. */
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** What is asked about. `only`: these rules. `without`: all but these. */
export type Question = { only?: string[]; without?: string[] };

/** About a page whose frames, if there are any, are of its own site. */
export async function complaints(page: Page, question: Question = {}): Promise<string[]> {
  return told(asking(page, question).setLegacyMode());
}

/** About the launcher and the card in a host page, frame contents included. */
export async function complaintsAboutCard(page: Page, question: Question = {}): Promise<string[]> {
  const said = await told(asking(page, question).include(["porchlight-chat"]));
  await page.bringToFront();
  return said;
}

function asking(page: Page, { only, without = [] }: Question): AxeBuilder {
  const rules = Object.fromEntries(without.map((rule) => [rule, { enabled: false }]));
  const runOnly = only ? { type: "rule" as const, values: only } : { type: "tag" as const, values: TAGS };
  // What axe finds in order is not gathered: it would be most of what there is to carry.
  return new AxeBuilder({ page }).options({ runOnly, rules, resultTypes: ["violations"] });
}

async function told(axe: AxeBuilder): Promise<string[]> {
  const { violations } = await axe.analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(" ")} ${node.failureSummary ?? ""}`));
}

/** The same screen in both schemes: whatever axe finds in the light, and the colours in the dark, which alone are others. */
export async function complaintsInBoth(page: Page): Promise<string[]> {
  await page.emulateMedia({ colorScheme: "light" });
  const light = await complaints(page);
  await page.emulateMedia({ colorScheme: "dark" });
  const dark = await complaints(page, { only: ["color-contrast", "link-in-text-block"] });
  await page.emulateMedia({ colorScheme: "light" });
  return [...light, ...dark.map((line) => `in the dark: ${line}`)];
}
