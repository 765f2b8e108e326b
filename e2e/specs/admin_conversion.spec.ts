//! Guests who become users, as an admin decides it, tries it out and takes it back; the site's server, its keys and
//! webhooks; erasing somebody.
import type { Page } from "@playwright/test";
import type { Admin } from "../people/admin.ts";
import { idris, noor } from "../people/cast.ts";
import { callsHost, madeKey } from "../support/host_server.ts";
import type { Demo } from "../support/porchlight.ts";
import { Site } from "../support/site.ts";
import { expect, test } from "../support/stage.ts";

const POLICY = {
  never: "Never",
  sameBrowser: "In the same browser only",
  verified: "Same browser, or an address your site verified",
  any: "Whenever the address is the same",
};

async function opensPolicy(ada: Admin, chat: string) {
  await ada.signsIn(chat);
  await ada.goesTo("Settings");
  return ada.card("Guests who become users");
}

async function saves(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("Saved.", { exact: true })).toBeVisible();
}

/** The site's server says who Idris is, and that the address is his: his chat as a guest becomes his. */
async function idrisSignsUp(ada: Admin, demo: Demo): Promise<string> {
  await ada.goesTo("Settings");
  const key = await madeKey(ada, "Shop backend", ["Name people", "Erase people"]);
  const body = { name: idris.name, email: idris.email, email_verified: true };
  expect(await callsHost(demo.chat, key, "PUT", IDRIS, body)).toMatchObject({ status: 200, answer: { converted: 1 } });
  return key;
}

const IDRIS = "/api/host/users/1042";

for (const colorScheme of ["light", "dark"] as const) {
  test(`a policy is tried out before it is saved, and takes effect when it is, ${colorScheme}`, async ({ demo, admin }) => {
    const ada = await admin({ colorScheme });
    const section = await opensPolicy(ada, demo.chat);
    const choice = (name: string) => section.getByRole("radio", { name, exact: true });
    await expect(choice(POLICY.verified)).toBeChecked();
    await expect(choice(POLICY.any)).toHaveAccessibleDescription(/can then read what that person wrote as a guest/);
    await expect(section.getByText(/^Codes by mail are on/)).toBeVisible();

    // Three guests have written in the demo, and nobody has signed up with their addresses.
    const run = section.getByRole("button", { name: "See what would happen" });
    await run.press("Enter");
    await expect(section.getByText("3 guests would stay what they are.")).toBeVisible();
    await expect(section.getByRole("row", { name: "Nobody with a log-in has the address 3" })).toBeVisible();
    expect(await ada.complaints()).toEqual([]);

    // The site's server names Idris, which under Never converts nobody.
    await choice(POLICY.verified).focus();
    await ada.page.keyboard.press("ArrowUp");
    await ada.page.keyboard.press("ArrowUp");
    await expect(choice(POLICY.never)).toBeChecked();
    await expect(section.getByRole("table")).toHaveCount(0);
    await saves(ada.page);
    expect(await demo.command("settings", "get", "conversion")).toMatch(/off$/);
    const key = await madeKey(ada, "Shop backend", ["Name people"]);
    const put = await callsHost(demo.chat, key, "PUT", IDRIS, { name: idris.name, email: idris.email, email_verified: true });
    expect(put).toMatchObject({ status: 200, answer: { converted: 0 } });

    // Tried out, what is not saved yet would convert one.
    await choice(POLICY.verified).check();
    await run.click();
    await expect(section.getByText("of 3 guests, 1 would become 1 user, and 2 would stay guests.")).toBeVisible();
    await expect(section.getByRole("row", { name: "The address is the same 1" })).toBeVisible();
    expect(await demo.command("settings", "get", "conversion")).toMatch(/off$/);
    await saves(ada.page);
    await expect.poll(() => demo.command("settings", "get", "conversion")).toMatch(/auto_verified$/);
    const verified = await callsHost(demo.chat, key, "POST", `${IDRIS}/email-verified`, { email: idris.email });
    expect(verified).toMatchObject({ status: 200, answer: { converted: 1 } });
  });
}

test("a dry run that fails says so, and the next one is shown", async ({ demo, admin }) => {
  const ada = await admin();
  const section = await opensPolicy(ada, demo.chat);
  await ada.page.route("**/api/admin/conversions/plan", (route) => route.abort());
  const run = section.getByRole("button", { name: "See what would happen" });
  await run.click();
  await expect(section.getByText("We couldn't reach the server. Please try again.")).toBeVisible();
  expect(await ada.complaints()).toEqual([]);
  await ada.page.unroute("**/api/admin/conversions/plan");
  await run.click();
  await expect(section.getByRole("table", { name: POLICY.verified })).toBeVisible();
});

test("a conversation that became somebody's is given back, once, and its line says so", async ({ demo, admin }) => {
  const ada = await admin();
  await ada.signsIn(demo.chat);
  const key = await idrisSignsUp(ada, demo);
  await ada.goesTo("Conversations");
  await ada.page.getByRole("link", { name: new RegExp(`^${idris.name}`) }).press("Enter");
  const story = ada.page.getByRole("region", { name: "Whose conversation it is" });
  await expect(story.getByText(`The guest ${idris.name} became the user ${idris.name}.`)).toBeVisible();
  await expect(story.getByText("Only the address is the same. Who typed it isn't known.")).toBeVisible();
  expect(await ada.complaints()).toEqual([]);

  // The question says what goes where, and Escape changes nothing.
  const undo = story.getByRole("button", { name: "Undo" });
  await undo.press("Enter");
  await expect(ada.dialog.getByText(idris.email)).toBeVisible();
  await expect(ada.dialog.getByText(/^This can be done until /)).toBeVisible();
  expect(await ada.complaints()).toEqual([]);
  await ada.page.keyboard.press("Escape");
  await expect(undo).toBeFocused();
  await undo.press("Enter");
  await ada.dialog.getByRole("button", { name: "Undo" }).press("Enter");
  await ada.isTold("The conversation is the guest's again.");
  await expect(story.getByText(/^Undone by Ada Brandt, /)).toBeVisible();
  await expect(undo).toHaveCount(0);
  await ada.goesTo("Guest Conversations");
  await expect(ada.page.getByRole("link", { name: new RegExp(`^${idris.name}`) })).toBeVisible();

  // It isn't done again by itself.
  const again = await callsHost(demo.chat, key, "POST", `${IDRIS}/email-verified`, { email: idris.email });
  expect(again).toMatchObject({ status: 200, answer: { converted: 0 } });
  await ada.goesTo("Activity");
  await expect(ada.page.getByText(`Ada Brandt gave a conversation of ${idris.name} back to its guest.`)).toBeVisible();
  await expect(ada.page.getByText(`A guest's conversation became ${idris.name}'s: the address is the same, who typed it isn't known.`)).toBeVisible();
  await expect(ada.page.getByText(`The site's server added ${idris.name}, with the key Shop backend.`)).toBeVisible();
});

test("a server key is shown once, does what it was made for, and ends when it is revoked", async ({ demo, admin }) => {
  const ada = await admin();
  await ada.signsIn(demo.chat);
  await ada.goesTo("Settings");
  const section = ada.card("Your site's server");
  const keys = section.getByRole("listitem");
  await expect(keys).toHaveText([/^The shop's server/]);
  await expect(section.getByRole("link", { name: /openapi\.json/ })).toHaveAttribute("href", "/api/openapi.json");
  const make = section.getByRole("button", { name: "Create a server key" });
  await make.press("Enter");
  await ada.dialog.getByRole("button", { name: "Create", exact: true }).press("Enter");
  await expect(ada.dialog.getByLabel("Name of the key")).toHaveAccessibleDescription(/Please give it a name/);
  await ada.dialog.getByRole("checkbox", { name: "Name people" }).uncheck();
  await ada.dialog.getByRole("button", { name: "Create", exact: true }).press("Enter");
  await expect(ada.dialog.getByText("Tick at least one.")).toBeVisible();
  expect(await ada.complaints()).toEqual([]);
  await ada.page.keyboard.press("Escape");
  await expect(make).toBeFocused();

  const key = await madeKey(ada, "Shop backend", ["Name people"]);
  await expect(ada.page.getByText(key)).toHaveCount(0);
  await expect(section.getByText("Shop backend", { exact: true })).toBeVisible();
  expect(await callsHost(demo.chat, key, "GET", "/api/host/users/noor")).toMatchObject({ status: 200, answer: { name: noor.name } });
  expect(await callsHost(demo.chat, key, "DELETE", "/api/host/users/noor")).toMatchObject({ status: 401 });
  await ada.page.reload();
  await expect(section.getByText(/used within the hour/)).toBeVisible();
  await expect(ada.page.getByText(key)).toHaveCount(0);
  await section.getByRole("button", { name: "Revoke the key Shop backend" }).click();
  await ada.dialog.getByRole("button", { name: "Revoke" }).press("Enter");
  await ada.isTold("The key Shop backend doesn't work any more.");
  await expect(keys).toHaveText([/^The shop's server/]);
  expect(await callsHost(demo.chat, key, "GET", "/api/host/users/noor")).toMatchObject({ status: 401 });
});

test("a webhook's failed delivery says why, and repeated it arrives", async ({ demo, admin }) => {
  const receiver = await Site.start("receiver");
  receiver.routes = { "/chat-events": { status: 503 } };
  const url = `http://127.0.0.1:${receiver.port}/chat-events`;
  const ada = await admin();
  await ada.signsIn(demo.chat);
  await ada.goesTo("Settings");
  const section = ada.card("Webhooks");
  await section.getByRole("button", { name: "Add a webhook" }).click();
  const address = ada.dialog.getByLabel("Address");
  for (const [refused, why] of [
    ["shop", /Write an https:\/\/ address/],
    ["https://10.0.0.7/hook", /That isn't a public https address/],
  ] as const) {
    await address.fill(refused);
    await ada.dialog.getByRole("button", { name: "Add", exact: true }).click();
    await expect(address).toHaveAccessibleDescription(why);
  }
  expect(await ada.complaints()).toEqual([]);
  await address.fill(url);
  await ada.dialog.getByRole("button", { name: "Add", exact: true }).click();
  const secret = await ada.dialog.getByRole("group", { name: "Secret" }).getByText(/^whsec_/).innerText();
  expect(await ada.complaints()).toEqual([]);
  await ada.dialog.getByRole("button", { name: "I have copied it" }).click();
  await expect(section.getByText(url)).toBeVisible();
  await expect(ada.page.getByText(secret)).toHaveCount(0);

  await section.getByRole("link", { name: `Deliveries to ${url}` }).click();
  await expect(ada.page.getByText("Nothing has been sent yet.")).toBeVisible();
  await idrisSignsUp(ada, demo);
  await section.getByRole("link", { name: `Deliveries to ${url}` }).click();
  const delivery = ada.page.getByRole("listitem").filter({ hasText: "A guest became a user" });
  const isShown = async (words: RegExp) => {
    await expect(async () => {
      await ada.page.getByRole("button", { name: "Look again" }).click();
      await expect(delivery.getByText(words)).toBeVisible({ timeout: 500 });
    }).toPass();
  };
  await isShown(/^After \d (try|tries): your server answered 503\. The next try: /);
  await expect(delivery.getByText("Waiting", { exact: true })).toBeVisible();
  expect(await ada.complaints()).toEqual([]);
  receiver.routes = { "/chat-events": { status: 204 } };
  await delivery.getByRole("button", { name: /^Repeat: A guest became a user/ }).press("Enter");
  await ada.isTold("It is sent again now.");
  await isShown(/^Your server took it\.$/);
  await expect(delivery.getByText("Delivered", { exact: true })).toBeVisible();

  await ada.page.getByRole("link", { name: "All webhooks" }).click();
  await section.getByRole("button", { name: `End the webhook to ${url}` }).click();
  await ada.dialog.getByRole("button", { name: "End" }).press("Enter");
  await expect(section.getByText("No webhook yet.")).toBeVisible();
  await ada.page.goBack();
  await expect(ada.page.getByText("This webhook isn't there any more.")).toBeVisible();
  await receiver.stop();
});

test("erasing somebody wants their name, and leaves nothing of them to be read", async ({ demo, admin }) => {
  const ada = await admin();
  await ada.signsIn(demo.chat);
  await ada.goesTo("User Groups");
  await ada.page.getByRole("link", { name: "People", exact: true }).click();
  await ada.page.getByRole("link", { name: noor.name }).click();
  const erase = ada.card("Erase").getByRole("button", { name: "Erase for ever" });
  await erase.press("Enter");
  await expect(ada.dialog.getByText("Nobody can bring any of it back.")).toBeVisible();
  const name = ada.dialog.getByLabel("Their name");
  await name.fill("Noor");
  await name.press("Enter");
  await expect(name).toHaveAccessibleDescription(/That isn't the name above/);
  expect(await ada.complaints()).toEqual([]);
  await ada.page.keyboard.press("Escape");
  await expect(erase).toBeFocused();
  await erase.press("Enter");
  await expect(name).toHaveValue("");
  await name.fill(noor.name);
  await name.press("Enter");
  await ada.isTold("Noor Haddad is erased.");
  await expect(ada.page.getByRole("link", { name: /Mina Okafor/ })).toBeVisible();
  await expect(ada.page.getByText(noor.name, { exact: true })).toHaveCount(0);
  await ada.goesTo("Conversations");
  const rows = ada.page.getByRole("link", { name: /^Erased/ });
  await rows.first().click();
  await expect(ada.page.getByRole("log", { name: "Messages" }).getByText("This message was erased.").first()).toBeVisible();
  expect(await ada.complaints()).toEqual([]);
  await ada.goesTo("Activity");
  await expect(ada.page.getByText("Ada Brandt erased somebody.")).toBeVisible();
});

test("all of it fits into 320 pixels", async ({ demo, admin }) => {
  const ada = await admin({ viewport: { width: 320, height: 640 } });
  await ada.signsIn(demo.chat);
  const fits = async () => expect(await ada.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  await ada.page.goto(`${demo.chat}/admin/settings#conversion`);
  const section = ada.card("Guests who become users");
  await section.getByRole("button", { name: "See what would happen" }).click();
  await expect(section.getByRole("table")).toBeVisible();
  await fits();
  for (const [card, button] of [["Your site's server", "Create a server key"], ["Webhooks", "Add a webhook"]] as const) {
    await ada.card(card).getByRole("button", { name: button }).click();
    const width = await ada.dialog.evaluate((dialog) => dialog.scrollWidth - dialog.clientWidth);
    expect(width).toBeLessThanOrEqual(0);
    await ada.page.keyboard.press("Escape");
  }
  await fits();
});
