//! What is held about somebody, saved as a file; and a guest who asks to be forgotten, from their conversation.
import { readFile } from "node:fs/promises";
import type { Locator, Page } from "@playwright/test";
import type { Admin } from "../people/admin.ts";
import { idris, layla, noor } from "../people/cast.ts";
import { expect, test } from "../support/stage.ts";

/** Presses it, and reads the file that the browser saves. */
async function saves(page: Page, button: Locator) {
  const [download] = await Promise.all([page.waitForEvent("download"), button.press("Enter")]);
  const file = JSON.parse(await readFile(await download.path(), "utf8"));
  return { name: download.suggestedFilename(), file };
}

async function opensGuest(ada: Admin, name: string): Promise<void> {
  await ada.goesTo("Guest Conversations");
  await ada.page.getByRole("link", { name: new RegExp(`^${name}`) }).first().press("Enter");
  await expect(ada.page.getByRole("log", { name: "Messages" })).toBeVisible();
}

for (const colorScheme of ["light", "dark"] as const) {
  test(`a user's file is saved, and says who they are and what was written, ${colorScheme}`, async ({ demo, admin }) => {
    const ada = await admin({ colorScheme });
    await ada.signsIn(demo.chat);
    await ada.goesTo("User Groups");
    await ada.page.getByRole("link", { name: "People", exact: true }).click();
    await ada.page.getByRole("link", { name: noor.name }).click();
    const address = ada.page.url();
    const button = ada.card("Export").getByRole("button", { name: "Export as a file" });
    await expect(ada.card("Export")).toContainText("recorded in Activity");
    expect(await ada.complaints()).toEqual([]);
    const { name, file } = await saves(ada.page, button);
    expect(name).toBe(`porchlight-person-${address.split("/").at(-1)}.json`);
    expect(file).toMatchObject({ format: "porchlight.person", version: 1, person: { name: noor.name, kind: "user" } });
    const authors = file.conversations.flatMap(({ messages }: { messages: { by: string; author: string }[] }) => messages).map(({ by, author }: { by: string; author: string }) => `${by}: ${author}`);
    expect(authors).toContain(`they: ${noor.name}`);
    await ada.isTold(`The file about ${noor.name} is saved among your downloads.`);
    await expect(button).toBeFocused();
    expect(ada.page.url(), "what is in it is never shown").toBe(address);
    expect(await ada.complaints()).toEqual([]);
    await ada.goesTo("Activity");
    await expect(ada.page.getByText(`Ada Brandt exported everything about ${noor.name}.`)).toBeVisible();
    await ada.page.getByRole("combobox", { name: "Show" }).selectOption({ label: "Exported" });
    await expect(ada.page.getByText(`Ada Brandt exported everything about ${noor.name}.`)).toBeVisible();
  });
}

test("a file that does not come is said, and nothing is saved", async ({ demo, admin }) => {
  const ada = await admin();
  await ada.signsIn(demo.chat);
  await opensGuest(ada, idris.name);
  let saved = 0;
  ada.page.on("download", () => (saved += 1));
  const button = ada.page.getByRole("button", { name: "Export as a file" });
  await ada.page.route("**/export", (route) => route.abort());
  await button.press("Enter");
  await expect(ada.page.getByText("We couldn't reach the server. Please try again.")).toBeVisible();
  expect(await ada.complaints()).toEqual([]);
  await ada.page.unroute("**/export");
  // Somebody else was quicker.
  const address = new URL(await addressOf(ada.page, button));
  await ada.page.evaluate(async (path) => {
    await fetch(path, { method: "POST", headers: { "x-porchlight": "admin" } });
  }, address.pathname.replace("/export", "/erase"));
  await button.press("Enter");
  await expect(ada.page.getByText("It isn't there any more. Please look again.")).toBeVisible();
  expect(saved).toBe(0);
});

/** Where a press of it asks; nothing gets there. */
async function addressOf(page: Page, button: Locator): Promise<string> {
  await page.route("**/export", (route) => route.abort());
  const [request] = await Promise.all([page.waitForRequest("**/export"), button.press("Enter")]);
  await page.unroute("**/export");
  return request.url();
}

test("a guest is exported and erased from their conversation", async ({ demo, admin }) => {
  const ada = await admin();
  await ada.signsIn(demo.chat);
  await opensGuest(ada, layla.name);
  const thread = ada.page.getByRole("region", { name: "Messages" });
  const exports = thread.getByRole("button", { name: "Export as a file" });
  const { file } = await saves(ada.page, exports);
  expect(file.person).toMatchObject({ kind: "guest", name: layla.name, email_as_typed: layla.email, email_verified: false });
  expect(file.conversations).toHaveLength(1);
  expect(file.conversations[0].messages[0]).toMatchObject({ position: 1, by: "they", author: layla.name });
  await ada.isTold(`The file about ${layla.name} is saved among your downloads.`);

  const erase = thread.getByRole("button", { name: "Erase for ever" });
  await erase.press("Enter");
  await expect(ada.dialog.getByText("Their name and their address are gone, and their browser forgets them at once.")).toBeVisible();
  expect(await ada.complaints()).toEqual([]);
  await ada.page.keyboard.press("Escape");
  await expect(erase).toBeFocused();
  await erase.press("Enter");
  const name = ada.dialog.getByLabel("Their name");
  await name.fill(layla.name);
  await name.press("Enter");
  await ada.isTold(`${layla.name} is erased.`);
  await expect(thread.getByText("This message was erased.").first()).toBeVisible();
  await expect(thread.getByRole("button", { name: /^(Export|Erase) / })).toHaveCount(0);
  expect(await ada.complaints()).toEqual([]);
});

test("it fits into 320 pixels, on their page and at their conversation", async ({ demo, admin }) => {
  const ada = await admin({ viewport: { width: 320, height: 640 } });
  await ada.signsIn(demo.chat);
  const fits = async () => expect(await ada.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  await ada.page.goto(`${demo.chat}/admin/guest-conversations`);
  await ada.page.getByRole("link", { name: new RegExp(`^${layla.name}`) }).click();
  await expect(ada.page.getByRole("button", { name: "Export as a file" })).toBeVisible();
  await fits();
  await ada.page.goto(`${demo.chat}/admin/groups/people`);
  await ada.page.getByRole("link", { name: noor.name }).click();
  await expect(ada.card("Export")).toBeVisible();
  await fits();
});
