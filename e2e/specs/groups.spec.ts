//! Groups and direct conversations: who finds whom, what they write to each other, and what is kept.
import { ada, mina as minaOf, noor as noorOf, teo as teoOf } from "../people/cast.ts";
import type { Shopper } from "../people/shopper.ts";
import { expect, test } from "../support/stage.ts";

test("a user finds somebody in a group and writes to them, and both see how far it got", async ({ demo, shopper, agent }) => {
  const [noor, mina] = [await shopper("Noor"), await agent("Mina")];
  await noor.signsIn(demo.shop);
  await noor.opensChat();
  await mina.signsIn(demo.shop);
  await mina.opensChat();
  await expect(mina.tab("Groups")).toBeVisible();
  await mina.closesChat();
  // The demo's own conversations wait for an answer already.
  await expect(mina.launcher).toHaveAccessibleDescription("2 unread");

  await noor.looksAtGroups();
  await expect(noor.listed("Support")).toContainText("people");
  await noor.choosesSomebody("Support", minaOf.name);
  await noor.writes("Is the workshop free at noon?");
  await noor.reads("Is the workshop free at noon?");
  await noor.hasEverythingSent();

  await expect(mina.launcher).toHaveAccessibleDescription("3 unread");
  await mina.opensChat();
  await expect(mina.tab("Chats")).toHaveAccessibleDescription("1 unread");
  await mina.looksAtChats();
  await mina.listed(noorOf.name).click();
  await mina.reads("Is the workshop free at noon?");
  await expect(mina.chat.getByRole("heading", { name: noorOf.name })).toBeVisible();
  await expect(noor.ticks("Seen")).toHaveCount(1);

  await mina.composer.pressSequentially("It is");
  await expect(noor.chat.getByText(`${minaOf.name} is typing`)).toBeVisible();
  await mina.writes("It is. Bring the small lamp along.");
  await noor.reads("It is. Bring the small lamp along.");
  await expect(mina.ticks("Seen")).toHaveCount(1);
  // Nobody else of the staff has it anywhere.
  const teo = await agent("Teo");
  await teo.takesPlace(demo.shop);
  await expect(teo.chat.getByText("Is the workshop free at noon?")).toHaveCount(0);
  await teo.looksAtChats();
  await expect(teo.chat.getByText("Is the workshop free at noon?")).toHaveCount(0);
});

test("what is begun to somebody is kept until they are written to", async ({ demo, shopper }) => {
  const noor = await shopper("Noor");
  await noor.signsIn(demo.shop);
  await noor.opensChat();
  await noor.choosesSomebody("Support", minaOf.name);
  await noor.composer.fill("Dear Mina, about the");
  await noor.goesToTheLists();
  // The group is open still; somebody else in it has a page of their own.
  await noor.listed(teoOf.name).click();
  await expect(noor.composer).toHaveValue("");
  await noor.goesToTheLists();
  await noor.listed(minaOf.name).click();
  await expect(noor.composer).toHaveValue("Dear Mina, about the");
  await noor.writes("Dear Mina, about the lamp.");
  await noor.hasEverythingSent();
  // Whoever is chosen again has a conversation now.
  await noor.goesToTheLists();
  await noor.listed(minaOf.name).click();
  await noor.reads("Dear Mina, about the lamp.");
  await noor.goesToTheLists();
  await noor.looksAtChats();
  await expect(noor.listed(minaOf.name)).toContainText("Dear Mina, about the lamp.");
});

test("two who write to each other at once are in one conversation, and lose no word", async ({ demo, shopper, agent }) => {
  const [noor, mina] = [await shopper("Noor"), await agent("Mina")];
  for (const somebody of [noor, mina]) {
    await somebody.signsIn(demo.shop);
    await somebody.opensChat();
  }
  await noor.choosesSomebody("Support", minaOf.name);
  await noor.composer.fill("I was about to");
  await mina.choosesSomebody("Regulars", noorOf.name);
  await mina.writes("Noor, are you there?");
  // What Mina wrote appears above what Noor is writing.
  await noor.reads("Noor, are you there?");
  await expect(noor.composer).toHaveValue("I was about to");
  await noor.writes("I was about to ask you.");
  await mina.reads("I was about to ask you.");
  for (const somebody of [noor, mina]) {
    await somebody.goesToTheLists();
    await somebody.looksAtChats();
  }
  await expect(noor.listed(minaOf.name)).toHaveCount(1);
  await expect(mina.listed(noorOf.name)).toHaveCount(1);
});

test("a message to somebody new waits out an outage, and arrives once", async ({ demo, shopper, agent }) => {
  const [noor, mina] = [await shopper("Noor"), await agent("Mina")];
  for (const somebody of [noor, mina]) {
    await somebody.signsIn(demo.shop);
    await somebody.opensChat();
  }
  await noor.choosesSomebody("Support", minaOf.name);
  await noor.page.context().setOffline(true);
  await noor.composer.fill("One.");
  await noor.page.keyboard.press("Enter");
  await noor.composer.fill("Two.");
  await noor.page.keyboard.press("Enter");
  await noor.reads("One.", "Two.");
  // The clock stands once, under the last of them.
  await expect(noor.ticks("Sending")).toHaveCount(1);
  await noor.page.context().setOffline(false);
  await noor.hasEverythingSent();
  await noor.reads("One.", "Two.");
  await mina.looksAtChats();
  await mina.listed(noorOf.name).click();
  await mina.reads("One.", "Two.");
});

test("everything in Groups is done from the keyboard, and Escape goes back one step", async ({ demo, shopper }) => {
  const noor = await shopper("Noor");
  await noor.signsIn(demo.shop);
  await noor.opensChat();
  const keys = noor.page.keyboard;
  await noor.looksAtGroups();
  await noor.search.focus();
  await keys.press("ArrowDown");
  await expect(noor.listed("Support")).toBeFocused();
  await keys.press("Enter");
  await expect(noor.chat.getByRole("heading", { name: "Support", exact: true })).toBeVisible();
  await expect(noor.listed(minaOf.name)).toBeVisible();
  await keys.press("ArrowDown");
  await expect(noor.listed(minaOf.name)).toBeFocused();
  await keys.press("ArrowUp");
  await expect(noor.search).toBeFocused();
  await keys.type("te");
  await expect(noor.chat.getByRole("listitem")).toHaveCount(1);
  await keys.press("ArrowDown");
  await expect(noor.listed(teoOf.name)).toBeFocused();
  // What is typed, then the group, then the card.
  await keys.press("Escape");
  await expect(noor.search).toHaveValue("");
  await expect(noor.search).toBeFocused();
  await expect(noor.listed(minaOf.name)).toBeVisible();
  await keys.press("Escape");
  await expect(noor.chat.getByRole("heading", { name: "Support", exact: true })).toHaveCount(0);
  await expect(noor.listed("Support")).toBeFocused();
  await keys.press("Escape");
  await expect(noor.page.getByRole("button", { name: "Open chat" })).toBeVisible();
});

test("a search has two characters, looks in all groups, and says when nobody is found", async ({ demo, shopper }) => {
  const noor = await shopper("Noor");
  await noor.signsIn(demo.shop);
  await noor.opensChat();
  await noor.looksAtGroups();
  await noor.search.fill("m");
  await expect(noor.listed("Support")).toBeVisible();
  await noor.search.fill("MIN");
  await expect(noor.listed(minaOf.name)).toBeVisible();
  await noor.search.fill("nobody of this name");
  await expect(noor.chat.getByText("Nobody here goes by that name.")).toBeVisible();
  await noor.chat.getByRole("button", { name: "Clear the search" }).click();
  await expect(noor.search).toBeFocused();
  await expect(noor.listed("Support")).toBeVisible();
});

test("a permission that goes takes the tab with it, and what was written stays", async ({ demo, shopper, agent }) => {
  const noor = await shopper("Noor");
  await noor.signsIn(demo.shop);
  await noor.opensChat();
  await noor.choosesSomebody("Support", minaOf.name);
  await noor.writes("While we still may.");
  await noor.hasEverythingSent();
  const admin = await agent("Ada");
  await signInAsAdmin(admin, demo.chat);
  await allowEveryPair(admin, "off");
  await expect(noor.chat.getByText("You can't write to each other any more.", { exact: false })).toBeVisible();
  await expect(noor.composer).toHaveCount(0);
  await noor.reads("While we still may.");
  await noor.goesToTheLists();
  await expect(noor.tab("Groups")).toHaveCount(0);
  await allowEveryPair(admin, "on");
  await expect(noor.tab("Groups")).toBeVisible();
});

/** Signs Ada in to the admin page with the password that the demo prints. */
async function signInAsAdmin(admin: Shopper, chat: string): Promise<void> {
  await admin.goesTo(`${chat}/admin`);
  const status = await admin.page.evaluate(async (email) => {
    const headers = { "content-type": "application/json", "x-porchlight": "admin" };
    const body = JSON.stringify({ email, password: "lantern-and-loom" });
    return (await fetch("/api/admin/session", { method: "POST", headers, body })).status;
  }, ada.email);
  expect(status).toBe(200);
}

/** Turns every pair of groups that there is on or off, as the admin page does. */
async function allowEveryPair(admin: Shopper, allowed: "on" | "off"): Promise<void> {
  await admin.page.evaluate(async (allowed) => {
    const headers = { "content-type": "application/json", "x-porchlight": "admin" };
    const { groups } = await (await fetch("/api/admin/groups", { headers })).json();
    for (const { group_id } of groups)
      for (const other of groups) {
        const body = JSON.stringify({ group_id, other_group_id: other.group_id, allowed });
        await fetch("/api/admin/permissions", { method: "PUT", headers, body });
      }
  }, allowed);
}
