//! The corpus on the admin page: every screen, seen by an admin whose own name is one of the texts.
//! Law: nothing runs, nothing is asked for, no policy has to stop anything, and every text is read as it was typed.
import type { BrowserContext, Frame, Page } from "@playwright/test";
import { Admin, DEMO_PASSWORD } from "../people/admin.ts";
import { mina } from "../people/cast.ts";
import { address, makeGroups, makesKey, signIn } from "../people/strangers.ts";
import { corpus, fieldful, fitting, packs } from "../support/corpus.ts";
import { call, clientId } from "../support/doors.ts";
import type { Demo } from "../support/porchlight.ts";
import { pageShows } from "../support/shown.ts";
import { expect, test } from "../support/stage.ts";
import { Tripwire } from "../support/tripwire.ts";

const names = fitting(80);
const groups = names.filter((text, number) => number % 6 === 4 && text === text.toLowerCase()).slice(0, 10);
/** The admin's own. */
const own = fieldful[1]!;
const people = names.filter((name, number) => number % 16 === 9 && name !== own);
const guestName = names.find((name) => name.includes("<details"))!;
const reason = corpus.filter((_, number) => number % 20 === 11).join("\n").slice(0, 500);
const said = packs(corpus, 6).filter((_, number) => number % 4 === 2);

/** An admin of that name, by the link that Ada makes; signed in at the admin page. */
async function becomesAdmin(demo: Demo, ada: Admin, page: Page): Promise<Admin> {
  const invite = { name: own, email: address("admin"), admin: "on", group_id: null, by_mail: "off" };
  const { link } = await call(ada.page.mainFrame(), "admin", "POST", "/api/admin/invitations", invite);
  await page.goto(`${demo.chat}/admin`);
  const token = link.split("#")[1];
  await call(page.mainFrame(), "visitor", "POST", "/api/invitations", { token, name: own, password: "lit doors and warm lamps" });
  await page.goto(`${demo.chat}/admin/groups`);
  return new Admin(page, { name: own, email: address("admin") });
}

/** A guest of a hostile name who says much; answers the conversation. */
async function chats(demo: Demo, browser: BrowserContext): Promise<string> {
  const page = await browser.newPage();
  await page.goto(`${demo.chat}/chat`);
  const guest = { name: guestName, email: address("guest") };
  await call(page.mainFrame(), "visitor", "POST", "/api/guest", guest);
  const first = { client_id: clientId(), text: said[0], guest };
  const { conversation } = await call(page.mainFrame(), "visitor", "POST", "/api/conversations", first);
  const id: string = conversation.conversation_id;
  for (const text of said.slice(1)) {
    await call(page.mainFrame(), "visitor", "POST", `/api/conversations/${id}/messages`, { client_id: clientId(), text, reply_to: 1 });
  }
  return id;
}

/** Mina reports a message and blocks the guest, by the calls of her desk. */
async function complains(demo: Demo, browser: BrowserContext, conversation: string): Promise<void> {
  const page = await browser.newPage();
  await page.goto(`${demo.chat}/agent`);
  const desk = page.mainFrame();
  await call(desk, "visitor", "POST", "/api/account/session", { email: mina.email, password: DEMO_PASSWORD });
  await call(desk, "user", "POST", `/api/conversations/${conversation}/report`, { position: 2, reason });
  await call(desk, "user", "POST", `/api/conversations/${conversation}/block`, { person_id: null });
}

/** Groups with people, ticks between them, and what leaves a line in Activity. */
async function arranges(office: Frame, personIds: string[]): Promise<void> {
  const ids = await makeGroups(office, groups);
  for (const [number, id] of personIds.entries()) await call(office, "admin", "PUT", `/api/admin/groups/${ids[number % 3]}/members/${id}`);
  await call(office, "admin", "PUT", "/api/admin/permissions", { group_id: ids[0], other_group_id: ids[1], allowed: "on" });
  await call(office, "admin", "PUT", `/api/admin/groups/${ids[9]}`, { name: `${groups[9]} renamed` });
  await call(office, "admin", "DELETE", `/api/admin/groups/${ids[8]}`);
  await call(office, "admin", "DELETE", `/api/admin/groups/${ids[1]}/members/${personIds[1]}`);
  for (const [number, name] of fieldful.entries()) {
    await call(office, "admin", "POST", "/api/admin/invitations", { name, email: address(number), admin: "off", group_id: ids[2], by_mail: "off" });
  }
  const { version, settings } = await call(office, "admin", "GET", "/api/admin/settings");
  const next = { ...settings, site_name: fieldful[2], reserved_names: names.slice(0, 60) };
  await call(office, "admin", "PUT", "/api/admin/settings", { version, settings: next });
}

test("every screen of the admin page shows every name, message, reason and setting as it was typed", async ({ demo, admin, newBrowser }) => {
  const ada = await admin();
  await ada.signsIn(demo.chat);
  const browser = await newBrowser({ viewport: { width: 1500, height: 900 }, userAgent: `${fieldful[0]} Firefox/1 Linux` });
  const wire = await Tripwire.over([demo.chat], browser);
  const root = await becomesAdmin(demo, ada, await browser.newPage());
  const office = root.page.mainFrame();
  const key = await makesKey(office);
  const host = await (await newBrowser()).newPage();
  await host.goto(`${demo.chat}/chat`);
  const personIds = await signIn(host.mainFrame(), key, people);
  const conversation = await chats(demo, await newBrowser());
  await complains(demo, await newBrowser(), conversation);
  await arranges(office, personIds);

  const look = async (where: string, texts: string[]) => {
    await pageShows(root.page, texts);
    await wire.isSilent(where, root.page);
  };
  const search = root.page.getByRole("textbox", { name: "Search by name or address" });

  await root.page.goto(`${demo.chat}/admin/guest-conversations`);
  await look("Guest Conversations", [own, guestName]);
  await expect(root.page).toHaveTitle(`Guest Conversations · ${fieldful[2]}`);
  for (const text of [guestName, fieldful[2]!, fieldful[3]!, guestName]) await search.fill(text);
  await root.page.getByRole("link").filter({ hasText: guestName }).first().click();
  await look("a thread that is read along", [guestName, address("guest"), ...said]);
  await root.goesTo("Conversations");
  await search.fill(fieldful[0]!);
  await look("Conversations", []);

  await root.goesTo("Blocked & Reported");
  await look("reports", [`reported ${guestName}`, said[1]!, reason]);
  await root.turnsTo("Blocked people");
  await look("blocks", [`blocked ${guestName}`]);
  await root.page.getByRole("button", { name: /^Unblock/ }).first().click();
  await look("the question before unblocking", [guestName]);
  await root.dialog.getByRole("button", { name: "Cancel" }).click();
  await root.turnsTo("Open");
  await root.page.getByRole("button", { name: `Dismiss the report about ${guestName}` }).click();
  await expect(root.page.getByText("No report is waiting.")).toBeVisible();
  await root.turnsTo("Dismissed");
  await look("dismissed reports", [`reported ${guestName}`, own]);

  await root.goesTo("User Groups");
  const there = [...groups.slice(0, 8), `${groups[9]} renamed`];
  await look("groups", there);
  await root.page.getByRole("button", { name: `Delete ${groups[0]}`, exact: true }).click();
  await look("the question before deleting", [`Delete the group ${groups[0]}?`]);
  await root.dialog.getByRole("button", { name: "Cancel" }).click();
  await root.page.getByRole("link", { name: groups[0], exact: true }).click();
  await look("a group", [groups[0]!, people[0]!, people[3]!]);
  await root.page.getByRole("button", { name: "Add people" }).click();
  await root.dialog.getByRole("textbox", { name: "Search by name or address" }).fill(people[1]!);
  await expect(root.dialog.getByRole("button", { name: `Add ${people[1]}`, exact: true })).toBeVisible();
  await look("people to add", [`Add people to ${groups[0]}`, people[1]!]);
  await root.dialog.getByRole("button", { name: "Done" }).click();

  await root.turnsTo("Permissions");
  const who = root.card("Who may chat with whom?");
  await who.getByLabel("People of", { exact: true }).selectOption({ label: groups[0]! });
  await who.getByLabel("and people of").selectOption({ label: groups[1]! });
  await look("permissions and why", [...there, `People of ${groups[0]} may chat with people of ${groups[1]}, because ${groups[0]} × ${groups[1]} is ticked.`]);

  await root.turnsTo("People");
  await look("people", people.slice(0, 5));
  await search.fill(people[2]!);
  await root.page.getByRole("link", { name: people[2], exact: true }).first().click();
  await look("a person", [people[2]!, `at the host ${people[2]}`, groups[2]!]);
  await root.page.getByRole("button", { name: "Disable" }).click();
  await look("the question before disabling", [`Disable ${people[2]}?`]);
  await root.dialog.getByRole("button", { name: "Cancel" }).click();
  await root.turnsTo("Invitations");
  await look("invitations", [...fieldful, address(0), address(3)]);

  await root.goesTo("Settings");
  await expect(root.page.getByLabel("Site name", { exact: true })).toHaveValue(fieldful[2]!);
  await expect(root.page.getByLabel("Guest Group Id").locator("option").filter({ hasText: groups[3] })).toHaveCount(1);
  await look("settings", [`Last saved by ${own}`, ...groups.slice(0, 8)]);

  await root.goesTo("Activity");
  const more = root.page.getByRole("button", { name: "Show more" });
  await look("Activity", [
    `${own} renamed the group ${groups[9]} renamed.`,
    `${own} ticked ${groups[0]} × ${groups[1]}.`,
    `${own} put ${people[0]} into ${groups[0]}.`,
    `${own} dismissed a report about ${guestName}.`,
    `${own} read along: ${guestName}.`,
  ]);
  await more.click();
  await look("Activity, further back", [`${people[0]} signed in.`]);
  await root.page.getByRole("link", { name: "Your account" }).click();
  await look("one's own account", [own, address("admin")]);
});
