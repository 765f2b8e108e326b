//! The corpus where the site's server and its admins bring it in: names of people and of keys, a webhook's address, a
//! guest who becomes a user.
//! Law: nothing runs, nothing is asked for, no policy has to stop anything, and every text is read as it was typed.
import { address } from "../people/strangers.ts";
import { fieldful, fitting } from "../support/corpus.ts";
import { call, calls } from "../support/doors.ts";
import { writesAsGuest } from "../support/furnish.ts";
import { callsHost, keyOf } from "../support/host_server.ts";
import { pageShows } from "../support/shown.ts";
import { expect, test } from "../support/stage.ts";
import { Tripwire } from "../support/tripwire.ts";

const names = fitting(80);
const [guestName, userName, keyName, webhookPath] = fieldful as [string, string, string, string];
/** A server key may be called anything; twenty fit. */
const keys = names.filter((_, number) => number % 12 === 5).slice(0, 15);
const people = names.filter((_, number) => number % 14 === 3);

test("keys, webhooks, people named by a server, a conversion and its undoing show every text as it was typed", async ({ demo, admin, newBrowser }) => {
  const ada = await admin({ viewport: { width: 1500, height: 900 } });
  const wire = await Tripwire.over([demo.chat], ada.page.context());
  await ada.signsIn(demo.chat);
  const office = ada.page.mainFrame();
  const look = async (where: string, texts: string[]) => {
    await pageShows(ada.page, texts);
    await wire.isSilent(where, ada.page);
  };
  const key = await keyOf(ada.page, keyName, ["users_write", "users_erase"]);
  for (const name of keys) await keyOf(ada.page, name, ["users_write"]);
  const url = `http://127.0.0.1:9/${webhookPath}`;
  const [kept] = await calls(office, "admin", [{ method: "POST", path: "/api/admin/webhooks", body: { url, events: ["message.sent"] } }]);
  expect(kept!.status).toBe(200);
  const { webhooks } = await call(office, "admin", "GET", "/api/admin/webhooks");

  for (const [number, name] of people.entries()) {
    const put = await callsHost(demo.chat, key, "PUT", `/api/host/users/${encodeURIComponent(`at the host ${number}`)}`, { name });
    expect(put).toMatchObject({ status: 200, answer: { name } });
  }
  await writesAsGuest(demo, await newBrowser(), { name: guestName, email: address("converted") }, userName);
  const user = { name: userName, email: address("converted"), email_verified: true };
  expect(await callsHost(demo.chat, key, "PUT", "/api/host/users/converted", user)).toMatchObject({ status: 200, answer: { converted: 1 } });

  await ada.goesTo("Settings");
  await look("keys of the server, and webhooks", [keyName, ...keys, webhooks[0].url]);
  await ada.page.getByRole("button", { name: `Revoke the key ${keys[0]}`, exact: true }).click();
  await look("the question before revoking", [`Revoke the key ${keys[0]}?`]);
  await ada.dialog.getByRole("button", { name: "Cancel" }).click();
  await ada.page.getByRole("button", { name: `End the webhook to ${webhooks[0].url}`, exact: true }).click();
  await look("the question before ending a webhook", [`End the webhook to ${webhooks[0].url}?`]);
  await ada.dialog.getByRole("button", { name: "Cancel" }).click();
  await ada.page.getByRole("link", { name: `Deliveries to ${webhooks[0].url}`, exact: true }).click();
  await look("deliveries", [webhooks[0].url]);
  for (const label of ["Name of the key", "Address"] as const) await typesIntoDialog(label);

  await ada.goesTo("Conversations");
  await ada.page.getByRole("link").filter({ hasText: userName }).first().click();
  const became = `The guest ${guestName} became the user ${userName}.`;
  await look("a conversion", [became, address("converted")]);
  const story = ada.page.getByRole("region", { name: "Whose conversation it is" });
  await story.getByRole("button", { name: "Undo" }).click();
  await look("the question before undoing", [`Give this conversation back to ${guestName}?`, `the user ${userName}`]);
  await ada.dialog.getByRole("button", { name: "Undo" }).click();
  await expect(story.getByText(/^Undone by /)).toBeVisible();
  await look("what is undone", [became]);

  await ada.goesTo("User Groups");
  await ada.turnsTo("People");
  await look("people whom the server named", [...people, userName]);
  await ada.page.getByRole("link", { name: people[1], exact: true }).click();
  await ada.page.getByRole("button", { name: "Erase for ever" }).click();
  await look("the question before erasing", [`Erase ${people[1]}?`, `Type “${people[1]}”`]);
  await ada.dialog.getByLabel("Their name").fill(people[1]!);
  await ada.dialog.getByLabel("Their name").press("Enter");
  await look("who is erased", [`${people[1]} is erased.`]);
  await ada.goesTo("Activity");
  await look("Activity", [
    `Ada Brandt gave a conversation of ${userName} back to its guest.`,
    `The site's server added ${userName}, with the key ${keyName}.`,
  ]);

  /** Typed and refused, or typed and left. */
  async function typesIntoDialog(label: "Name of the key" | "Address"): Promise<void> {
    await ada.goesTo("Settings");
    await ada.page.getByRole("button", { name: label === "Address" ? "Add a webhook" : "Create a server key" }).click();
    for (const text of fieldful) await ada.dialog.getByLabel(label).fill(text);
    await look(label, []);
    await ada.page.keyboard.press("Escape");
  }
});

test("what is no address and no id is refused at its field when the site's server says it", async ({ demo, admin }) => {
  const ada = await admin();
  await ada.signsIn(demo.chat);
  const key = await keyOf(ada.page, "Shop backend", ["users_write"]);
  const office = ada.page.mainFrame();
  const before = await call(office, "admin", "GET", "/api/admin/people?of=users");
  const asks = (method: string, path: string, body: object) => callsHost(demo.chat, key, method, path, body);
  for (const text of names.filter((_, number) => number % 3 === 0)) {
    expect(await asks("PUT", "/api/host/users/1042", { name: "Noor Haddad", email: text }), text).toMatchObject({ status: 422, answer: { field: "email" } });
    expect(await asks("POST", "/api/host/users/noor/email-verified", { email: text }), text).toMatchObject({ status: 422, answer: { field: "email" } });
    expect((await asks("PUT", "/api/host/users/1042", { name: "Noor Haddad", picture: text })).status, text).toBe(400);
  }
  expect(await call(office, "admin", "GET", "/api/admin/people?of=users")).toEqual(before);
});
