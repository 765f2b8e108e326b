//! Who may tell the live preview what to show: the admin page around it, and nobody else.
//! Law: every word that is not heard here is one that would have been heard from the page.
import type { Frame, Page } from "@playwright/test";
import { call } from "../support/doors.ts";
import { expect, test } from "../support/stage.ts";
import { Tripwire } from "../support/tripwire.ts";

/** The word as bytes, so that it can be handed from one frame to another. */
type Word = number[];

/** From now on previews keep what their page says to them. */
async function listensIn(page: Page): Promise<void> {
  await page.addInitScript(() => {
    if (location.pathname !== "/admin/preview") return;
    const words: Word[] = ((window as any).words = []);
    addEventListener("message", ({ data }) => data instanceof Uint8Array && words.push([...data]));
  });
}

function previewIn(page: Page): Frame {
  return page.frames().find((frame) => new URL(frame.url()).pathname === "/admin/preview")!;
}

/** The word that brought this text. */
function wordWith(preview: Frame, text: string): Promise<Word> {
  return preview.evaluate((text) => {
    const holds = (word: Word) => new TextDecoder().decode(new Uint8Array(word)).includes(text);
    return (window as any).words.find(holds);
  }, text);
}

/** Has a frame say words to the preview, first nonsense, then one that would be understood. */
function says(speaker: Frame, word: Word): Promise<void> {
  return speaker.evaluate((word) => {
    const windows = [window, ...Array.from(window.parent.frames as unknown as ArrayLike<Window>), window.parent];
    const preview = windows.find((candidate) => candidate.location.pathname === "/admin/preview")!;
    const bytes = new Uint8Array(word);
    const nonsense = [null, "porchlight-preview", {}, { greeting: "<img src=x>" }, word, bytes.buffer, bytes.slice(0, -3), new Uint8Array(0), new Uint8Array(64).fill(255)];
    for (const each of [...nonsense, bytes]) preview.postMessage(each, preview.location.origin);
  }, word);
}

/** Waits until whatever was posted to a frame has been handled. */
function settles(frame: Frame): Promise<void> {
  return frame.evaluate(() => new Promise<void>((settled) => requestAnimationFrame(() => setTimeout(settled, 100))));
}

test("the preview hears the page around it and nobody else, and no nonsense", async ({ demo, admin }) => {
  const ada = await admin({ viewport: { width: 1500, height: 900 } });
  const wire = await Tripwire.over([demo.chat], ada.page.context());
  await listensIn(ada.page);
  await ada.signsIn(demo.chat);
  await ada.goesTo("Settings");
  const greeting = ada.page.getByLabel("Greeting", { exact: true });
  const shown = ada.page.frameLocator('iframe[src*="/admin/preview"]').getByRole("heading", { level: 1 });
  await greeting.fill("The first word");
  await expect(shown).toHaveText("The first word");
  await greeting.fill("The last word");
  await expect(shown).toHaveText("The last word");
  const preview = previewIn(ada.page);
  const word = await wordWith(preview, "The first word");

  // The preview's own window, and another window of the same origin beside it.
  await ada.page.evaluate(() => {
    const sibling = document.createElement("iframe");
    sibling.name = "sibling";
    document.body.append(sibling);
  });
  for (const speaker of [preview, ada.page.frame("sibling")!]) {
    await says(speaker, word);
    await settles(preview);
    await expect(shown).toHaveText("The last word");
  }
  await ada.page.evaluate(() => document.querySelector("[name=sibling]")!.remove());
  // The very same words from the page are heard, nonsense is not.
  await says(ada.page.mainFrame(), word);
  await expect(shown).toHaveText("The first word");
  // And a preview that says things to the page changes nothing of what it holds.
  await preview.evaluate(() => parent.postMessage("porchlight-preview", location.origin));
  await expect(shown).toHaveText("The last word");
  await expect(greeting).toHaveValue("The last word");
  await wire.isSilent("words", ada.page);
});

test("another site's page cannot frame the preview, and has no hold on one that it opens", async ({ demo, admin, newBrowser, policyReports }) => {
  policyReports.mayHold(/frame-ancestors/);
  const ada = await admin({ viewport: { width: 1500, height: 900 } });
  await listensIn(ada.page);
  await ada.signsIn(demo.chat);
  await ada.goesTo("Settings");
  const { settings } = await call(ada.page.mainFrame(), "admin", "GET", "/api/admin/settings");
  await ada.page.getByLabel("Greeting", { exact: true }).fill("A stranger's word");
  await expect(ada.page.frameLocator('iframe[src*="/admin/preview"]').getByText("A stranger's word")).toBeVisible();
  const word = await wordWith(previewIn(ada.page), "A stranger's word");
  expect(settings.greeting).not.toBe("A stranger's word");

  const stranger = await (await newBrowser()).newPage();
  await stranger.goto(demo.shop);
  const refused = stranger.waitForEvent("console", (line) => /frame-ancestors/.test(line.text()));
  await stranger.evaluate((chat) => document.body.append(Object.assign(document.createElement("iframe"), { src: `${chat}/admin/preview` })), demo.chat);
  await refused;

  const opened = stranger.context().waitForEvent("page");
  await stranger.evaluate((chat) => void ((window as any).opened = window.open(`${chat}/admin/preview`)), demo.chat);
  const preview = await opened;
  const heading = preview.getByRole("heading", { level: 1 });
  await expect(heading).toHaveText("Chat with our support team");
  expect(await preview.evaluate(() => window.opener)).toBeNull();
  await stranger.evaluate((word) => (window as any).opened.postMessage(new Uint8Array(word), "*"), word);
  await settles(preview.mainFrame());
  await expect(heading).toHaveText("Chat with our support team");
});
