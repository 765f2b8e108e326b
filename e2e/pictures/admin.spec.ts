//! The pictures of the admin page's guide: a house that the cast lives in.
//! Law: what is on them was done, by the calls that the page itself makes.
import type { Page } from "@playwright/test";
import { Admin, DEMO_PASSWORD } from "../people/admin.ts";
import { ada, cora, idris, layla, mina, noor, teo } from "../people/cast.ts";
import { AtDesk } from "../people/desk.ts";
import { Guest } from "../people/guest.ts";
import { call, writesAsGuest } from "../support/furnish.ts";
import { callsHost, keyOf } from "../support/host_server.ts";
import type { Demo } from "../support/porchlight.ts";
import { Site } from "../support/site.ts";
import { expect } from "../support/stage.ts";
import { picture, test } from "./darkroom.ts";

const ADVERTISEMENT = "You have won a voucher for a thousand lamps! Reply with your card number to claim it.";

/** Where the site's server listens: the same in every picture. */
const RECEIVER = 8443;

async function take(page: Page, name: string): Promise<void> {
  await expect(page.getByText("Loading…")).toHaveCount(0);
  await page.screenshot({ path: picture(`admin/${name}.png`), animations: "disabled" });
}

test("the set-up screen", async ({ fresh, stillBrowser }) => {
  const page = await (await stillBrowser({ viewport: { width: 900, height: 780 } })).newPage();
  await page.goto(fresh.setupLink);
  await page.getByLabel("Your name").fill(ada.name);
  await page.getByLabel("Email").fill(ada.email);
  await page.getByLabel("Password", { exact: true }).fill(DEMO_PASSWORD);
  await page.getByLabel("Site name").fill("Lantern & Loom");
  await page.getByLabel("Site address").fill("https://lantern.example");
  await page.getByLabel("Site address").blur();
  await take(page, "setup");
});

test("the admin page", async ({ demo, stillBrowser }) => {
  const open = async () => (await stillBrowser({ viewport: { width: 1280, height: 800 } })).newPage();
  const admin = new Admin(await open());
  await admin.signsIn(demo.chat);
  await livesIn(demo, admin.page);
  await isBothered(demo, new Guest(await open(), idris), new AtDesk(await open(), mina));
  const { page } = admin;
  await page.goto(`${demo.chat}/admin/settings#guest-mode`);
  await expect(admin.card("Guest Mode")).toBeFocused();
  await admin.card("Guest Mode").blur();
  await take(page, "guest-mode");
  await showsWhoMayChat(admin, demo);
  await page.goto(`${demo.chat}/admin/guest-conversations`);
  await page.getByRole("link", { name: new RegExp(`^${idris.name}`) }).filter({ hasText: "Keep the light on" }).click();
  await take(page, "guest-conversations");
  await page.goto(`${demo.chat}/admin/blocked`);
  await expect(page.getByText(ADVERTISEMENT)).toBeVisible();
  await take(page, "blocked");
  await page.goto(`${demo.chat}/admin/activity`);
  await take(page, "activity");
});

test("guests who become users, and the site's server", async ({ demo, stillBrowser }) => {
  const page = await (await stillBrowser({ viewport: { width: 1280, height: 800 } })).newPage();
  const admin = new Admin(page);
  await admin.signsIn(demo.chat);
  const key = await keyOf(page, "Shop backend", ["users_write"]);
  const says = (id: string, body: object) => callsHost(demo.chat, key, "PUT", `/api/host/users/${id}`, body);
  const receiver = await Site.start("receiver", RECEIVER);
  receiver.routes = { "/chat-events": { status: 503 } };
  const url = `http://127.0.0.1:${RECEIVER}/chat-events`;
  await call(page, "POST", "/api/admin/webhooks", { url, events: ["guest.started", "conversion.done"] }, "admin");
  await says("layla", layla);
  await writesAsGuest(demo, await stillBrowser(), cora, "Is the reading lamp back in stock?");
  await demo.passes(3);

  await page.setViewportSize({ width: 1280, height: 1100 });
  await page.goto(`${demo.chat}/admin/settings#conversion`);
  const section = admin.card("Guests who become users");
  await section.getByRole("button", { name: "See what would happen" }).click();
  await expect(section.getByRole("table")).toBeVisible();
  await section.getByRole("button", { name: "See what would happen" }).blur();
  await section.evaluate((card) => card.scrollIntoView());
  await take(page, "conversion");
  await page.setViewportSize({ width: 1280, height: 800 });

  await says("cora", { ...cora, email_verified: true });
  await page.goto(`${demo.chat}/admin/conversations`);
  await page.getByRole("link", { name: new RegExp(`^${cora.name}`) }).click();
  await expect(page.getByRole("button", { name: /^Undo/ })).toBeVisible();
  await take(page, "undo");

  await page.goto(`${demo.chat}/admin/settings#webhooks`);
  await page.getByRole("link", { name: `Deliveries to ${url}` }).click();
  const again = page.getByRole("button", { name: "Look again" });
  const shows = async (words: RegExp) => {
    await expect(async () => {
      await again.click();
      await expect(page.getByText(words).first()).toBeVisible({ timeout: 500 });
    }).toPass();
  };
  await shows(/your server answered 503/);
  receiver.routes = { "/chat-events": { status: 204 } };
  await page.getByRole("button", { name: /^Repeat: A guest started/ }).click();
  await shows(/^Your server took it/);
  await again.blur();
  await expect(page.getByRole("status").filter({ hasText: "sent again" })).toHaveCount(0);
  await take(page, "deliveries");
  await receiver.stop();
});

/** Who may chat with whom, and why, on a page tall enough for both. */
async function showsWhoMayChat(admin: Admin, demo: Demo): Promise<void> {
  const { page } = admin;
  const before = page.viewportSize()!;
  await page.setViewportSize({ ...before, height: 1000 });
  await page.goto(`${demo.chat}/admin/groups/permissions`);
  const who = admin.card("Who may chat with whom?");
  await who.getByLabel("People of", { exact: true }).selectOption({ label: "Wholesale" });
  await who.getByLabel("and people of").selectOption({ label: "Workshop" });
  await expect(who.getByText("No.", { exact: true })).toBeVisible();
  await who.getByLabel("and people of").blur();
  await take(page, "groups");
  await page.setViewportSize(before);
}

/** Ada makes two groups, says whose people may chat, and invites somebody. */
async function livesIn(demo: Demo, page: Page): Promise<void> {
  const asks = (method: string, path: string, body?: unknown) => call(page, method, `/api/admin/${path}`, body, "admin");
  for (const [name, somebody] of [["Workshop", teo], ["Wholesale", noor]] as const) {
    await demo.passes(3);
    const { groups } = await asks("POST", "groups", { name });
    const idOf = (wanted: string) => groups.find((group: { name: string }) => group.name === wanted).group_id;
    await demo.passes(1);
    await asks("PUT", `groups/${idOf(name)}/members/${await demo.idOf(somebody.name)}`);
    await demo.passes(1);
    await asks("PUT", "permissions", { group_id: idOf(name), other_group_id: idOf("Support"), allowed: "on" });
  }
  await demo.passes(2);
  await asks("POST", "invitations", { ...layla, admin: "off", group_id: null, by_mail: "off" });
}

/** Somebody writes what nobody asked for; Mina reports it, and stops it. */
async function isBothered(demo: Demo, guest: Guest, desk: AtDesk): Promise<void> {
  await demo.passes(4);
  await guest.startsWith(demo.shop, ADVERTISEMENT);
  await desk.comesTo(demo);
  await desk.signsIn(DEMO_PASSWORD);
  const { conversations } = await call(desk.page, "GET", "/api/inbox");
  const { conversation_id } = conversations[0];
  await demo.passes(2);
  await call(desk.page, "POST", `/api/conversations/${conversation_id}/report`, { position: 1, reason: "The third one of these today." });
  await call(desk.page, "POST", `/api/conversations/${conversation_id}/block`, { person_id: null });
  await demo.passes(1);
}
