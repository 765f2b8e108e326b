//! The corpus as the names of people and groups: in lists, searches, headers and questions of those who chat with them.
//! Law: nothing runs, nothing is asked for, no policy has to stop anything, and every text is read as it was typed.
import { Guest } from "../people/guest.ts";
import { address, makeGroups, makesKey, signIn, tokenFor } from "../people/strangers.ts";
import { corpus, fieldful, fitting } from "../support/corpus.ts";
import { call } from "../support/doors.ts";
import { pageShows, showsLiterally } from "../support/shown.ts";
import { expect, test } from "../support/stage.ts";
import { Tripwire } from "../support/tripwire.ts";

/** Every text that fits a name stands in one of these or in the admin's story. */
const names = fitting(80);
const groups = names.filter((text, number) => number % 6 === 1 && text === text.toLowerCase());
const people = names.filter((_, number) => number % 8 === 5);
/** Somebody whose name stands in nobody else's. */
const chosen = people.find((name) => people.every((other) => other === name || !other.toLowerCase().includes(name.toLowerCase())))!;

test("people and groups of any name are found, opened, written to and asked about, as text", async ({ demo, admin, shopper, newBrowser }) => {
  const ada = await admin();
  await ada.signsIn(demo.chat);
  const office = ada.page.mainFrame();
  const settings = await call(office, "admin", "GET", "/api/admin/settings");
  await call(office, "admin", "PUT", "/api/admin/settings", { version: settings.version, settings: { ...settings.settings, show_addresses: "on" } });
  const key = await makesKey(office);
  const chat = await (await newBrowser()).newPage();
  await chat.goto(`${demo.chat}/chat`);
  const personIds = await signIn(chat.mainFrame(), key, people);
  const groupIds = await makeGroups(office, groups);
  const board = await call(office, "admin", "GET", "/api/admin/groups");
  const regulars = board.groups.find(({ name }: { name: string }) => name === "Regulars").group_id;
  for (const [number, id] of personIds.entries()) {
    const group = groupIds[number % groupIds.length]!;
    await call(office, "admin", "PUT", `/api/admin/groups/${group}/members/${id}`);
    await call(office, "admin", "PUT", "/api/admin/permissions", { group_id: group, other_group_id: regulars, allowed: "on" });
    if (number > 0) await call(office, "admin", "PUT", `/api/admin/groups/${groupIds[0]}/members/${id}`);
  }

  const noor = await shopper("Noor");
  const stranger = await shopper("Nobody of the cast");
  const wire = await Tripwire.over([demo.chat, demo.shop], noor.page.context(), stranger.page.context());
  await noor.signsIn(demo.shop);
  await noor.opensChat();
  await noor.looksAtGroups();
  await pageShows(noor.chat, groups.slice(0, people.length));
  await wire.isSilent("groups", noor.page);
  await noor.listed(groups[0]!).first().click();
  await pageShows(noor.chat, [groups[0]!, ...people]);
  await wire.isSilent("people of a group", noor.page);

  // Whatever is looked for, somebody is found or nobody; a name is found by itself.
  for (const text of corpus.filter((_, number) => number % 12 === 0)) {
    await noor.search.fill(text);
    await expect(noor.search).toHaveValue(text);
  }
  await noor.search.fill(chosen);
  await expect(noor.chat.getByRole("listitem")).toHaveCount(1);
  await showsLiterally(noor.chat.getByRole("listitem"), [chosen]);
  await wire.isSilent("searches", noor.page);

  // Somebody of such a name: the thread, the question before blocking, the list of chats.
  await noor.chat.getByRole("listitem").getByRole("button").click();
  await noor.writes(fieldful.join("\n"));
  await noor.hasEverythingSent();
  await pageShows(noor.chat, [chosen, address(chosen.length)]);
  await noor.chat.getByRole("button", { name: "More", exact: true }).click();
  await noor.chat.getByRole("menuitem", { name: `Block ${chosen}…` }).click();
  await pageShows(noor.chat, [`Messages from ${chosen} won't be delivered any more.`]);
  await noor.chooses(`Block ${chosen}`);
  await expect(noor.chat.getByText(`You blocked ${chosen}.`)).toBeVisible();
  await noor.chat.getByRole("button", { name: "Unblock", exact: true }).click();
  await noor.goesToTheLists();
  await noor.looksAtChats();
  await pageShows(noor.chat, [chosen]);
  await wire.isSilent("a direct conversation", noor.page);

  // The same conversation as the other one sees it, on a page that hands over the token.
  await stranger.goesTo(demo.shop);
  await stranger.page.evaluate((token) => (window as any).Porchlight.identify(token), tokenFor(key, chosen));
  await stranger.opensChat();
  await stranger.looksAtChats();
  await stranger.listed("Noor Haddad").click();
  await showsLiterally(stranger.thread, [fieldful.join("\n")]);
  await wire.isSilent("the other side of it", stranger.page);
});

test("a host page, its visitors' names and what they look at are text on both sides", async ({ demo, agent, newBrowser }) => {
  const page = await (await newBrowser()).newPage();
  const mina = await agent("Mina");
  const wire = await Tripwire.over([demo.chat, demo.shop], page.context(), mina.page.context());
  const customer = new Guest(page, { name: fieldful[1]!, email: address("customer") });
  await customer.goesTo(`${demo.shop}/sign-up`);
  await page.getByLabel("Your name").fill(customer.particulars.name);
  await page.getByLabel("E-mail address").fill(customer.particulars.email);
  await page.getByLabel("Password").fill("a lamp by the door");
  await page.getByRole("button", { name: "Make the account" }).click();
  await pageShows(page, [`Signed in as ${customer.particulars.name}`]);
  await customer.opensChat();
  await customer.chat.getByRole("button", { name: "New conversation" }).first().click();
  await customer.writes(fieldful[0]!);
  await customer.hasEverythingSent();
  await mina.takesPlace(demo.shop);
  await mina.opensConversation(customer.particulars.name, fieldful[0]!);
  await pageShows(mina.chat, [customer.particulars.name, customer.particulars.email]);
  await mina.writes(fieldful[3]!);
  await customer.reads(fieldful[3]!);
  await wire.isSilent("a customer whom the shop vouches for", page, mina.page);
});
