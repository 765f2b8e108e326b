//! The corpus on the way in: addresses that people are led to, setting up, invitations, and the loader on host pages.
//! Law: nothing runs, nothing is asked for, no policy has to stop anything, and every text is read as it was typed.
import type { Page } from "@playwright/test";
import { ada } from "../people/cast.ts";
import { Visitor } from "../people/visitor.ts";
import { corpus, fieldful } from "../support/corpus.ts";
import { call, calls } from "../support/doors.ts";
import { hostPages } from "../support/host_pages.ts";
import { Fresh } from "../support/porchlight.ts";
import { pageShows } from "../support/shown.ts";
import { Site } from "../support/site.ts";
import { expect, test as base } from "../support/stage.ts";
import { Tripwire } from "../support/tripwire.ts";

const PASSWORD = "a porch with three steps";
const siteName = fieldful[2]!;
/** Nothing that needs a parenthesis, a quotation mark or an angle bracket is an address; this is what is left. */
const email = "'onfocus=tripped``'{{tripped}}@example.org";

const test = base.extend<{ fresh: Fresh; shop: Site }>({
  fresh: async ({}, use) => {
    const fresh = await Fresh.start();
    await use(fresh);
    await fresh.stop();
  },
  shop: async ({ fresh }, use) => {
    const shop = await Site.start("shop");
    shop.routes = hostPages(fresh.origin);
    await use(shop);
    await shop.stop();
  },
});

/** Fills the set-up page and sends it. */
async function setsUp(page: Page, fields: { name: string; email: string; siteName: string; siteAddress: string }): Promise<void> {
  await page.getByLabel("Your name").fill(fields.name);
  await page.getByLabel("Email").fill(fields.email);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByLabel("Site name").fill(fields.siteName);
  await page.getByLabel("Site address").fill(fields.siteAddress);
  await page.getByRole("button", { name: "Set up" }).click();
}

/** Sets up by the call that the page makes. */
async function isSetUp(page: Page, fresh: Fresh, siteAddress: string): Promise<void> {
  await page.goto(`${fresh.origin}/admin`);
  const token = fresh.setupLink.split("#")[1];
  const body = { token, name: ada.name, email: ada.email, password: PASSWORD, site_name: "Lantern & Loom", site_address: siteAddress };
  await call(page.mainFrame(), "visitor", "POST", "/api/setup", body);
}

test("an address is text too: whatever stands behind a path, a hash or a question mark", async ({ fresh, newBrowser }) => {
  const page = await (await newBrowser()).newPage();
  const wire = await Tripwire.over([fresh.origin], page.context());
  const paths = ["/admin/setup#", "/admin/invitation#", "/admin/", "/admin/groups/", "/admin/guest-conversations/", "/agent#conversation="];
  const queries = ["/chat?origin=", "/widget?origin=", "/admin/preview?language="];
  const places = [...paths, ...queries].map((place) => `${place}"><img src=x onerror=tripped()>`);
  for (const place of [...places, "/chat?origin=javascript:tripped()", "/admin/preview?language=javascript:tripped()"]) {
    // A page that only changes its hash would not be loaded anew.
    await page.goto("about:blank");
    await page.goto(fresh.origin + place);
    await expect(page.locator("body")).toContainText(/\w/);
    await wire.isSilent(place, page);
  }
});

test("setting up and following an invitation show every text as it was typed", async ({ fresh, shop, newBrowser }) => {
  const [admin, invited] = [await (await newBrowser()).newPage(), await (await newBrowser()).newPage()];
  const wire = await Tripwire.over([fresh.origin, shop.origin], admin.context(), invited.context());
  await admin.goto(fresh.setupLink);
  const good = { name: fieldful[0]!, email, siteName, siteAddress: shop.origin };
  // What is no address is named at its field, and nothing is set up.
  await setsUp(admin, { ...good, email: `${fieldful[0]}@example.org` });
  await expect(admin.getByLabel("Email")).toHaveAccessibleDescription(/looks unfinished/);
  await setsUp(admin, { ...good, siteAddress: "javascript:tripped()" });
  await expect(admin.getByLabel("Site address")).toHaveAccessibleDescription(/https:\/\//);
  await wire.isSilent("a set-up that was refused", admin);
  await setsUp(admin, good);
  await expect(admin.getByRole("heading", { level: 1, name: "Settings" })).toBeVisible();
  await expect(admin).toHaveTitle(`Settings · ${siteName}`);
  await pageShows(admin, [`Last saved by ${good.name}`]);

  await admin.getByRole("navigation", { name: "Admin pages" }).getByRole("link", { name: "User Groups" }).click();
  await admin.getByRole("link", { name: "Invitations" }).click();
  await admin.getByLabel("Name").fill(fieldful[1]!);
  await admin.getByLabel("Email").fill(`mina.${email}`);
  await admin.getByRole("button", { name: "Make the link" }).click();
  const link = (await admin.getByRole("group", { name: "Link" }).getByText(/^http/).textContent())!;
  await admin.getByRole("dialog").getByRole("button", { name: "Done" }).click();
  await pageShows(admin, [fieldful[1]!, `mina.${email}`]);
  await wire.isSilent("invitations", admin);

  await invited.goto(link);
  await pageShows(invited, [`Welcome to ${siteName}`, `You sign in with mina.${email}`]);
  await expect(invited.getByLabel("Your name")).toHaveValue(fieldful[1]!);
  await invited.getByLabel("New password").fill(PASSWORD);
  await invited.getByRole("button", { name: "Set password and sign in" }).click();
  await invited.waitForURL(`${fresh.origin}/agent`);
  await expect(invited.getByRole("button", { name: `More: ${fieldful[1]}` })).toBeVisible();
  await wire.isSilent("an invitation that was followed", admin, invited);
});

test("whatever an admin saves is a value in the loader, on a plain page and on a strict one", async ({ fresh, shop, newBrowser }) => {
  const admin = await (await newBrowser()).newPage();
  await isSetUp(admin, fresh, shop.origin);
  const rules = [...new Set(corpus.map((text) => `/${text.replace(/\s+/g, " ").trim()}`))].filter((rule) => !/[\\?#]|:\/\/|^\/\//.test(rule)).slice(-98);
  const separators = "/a\u2028tripped()\u2029b";
  const names = ["</script><script>tripped()</script>\"'`${tripped()}\\", "\\\";tripped();//", "'+tripped()+'{name}<!--<script>"];
  for (const [number, support_name] of names.entries()) {
    const { version, settings } = await call(admin.mainFrame(), "admin", "GET", "/api/admin/settings");
    const next = { ...settings, support_name, exclude_urls: [separators, ...rules] };
    await call(admin.mainFrame(), "admin", "PUT", "/api/admin/settings", { version, settings: next });
    // A browser of its own for each: the loader may be kept for five minutes.
    const visitor = new Visitor(await (await newBrowser()).newPage());
    const wire = await Tripwire.over([fresh.origin, shop.origin], visitor.page.context());
    await visitor.goesTo(shop.origin + ["/", "/strict", "/head"][number]);
    await visitor.opensChat();
    await expect(visitor.page.getByTitle(`Chat with ${support_name}`, { exact: true })).toBeVisible();
    await expect(visitor.chat.getByText("Lantern & Loom")).toBeVisible();
    await visitor.closesChat();
    // The rules are compared as they were typed.
    for (const rule of [rules[3]!, rules.at(-1)!, separators]) {
      await visitor.page.evaluate((rule) => history.pushState(null, "", location.origin + encodeURI(rule)), rule);
      await expect(visitor.launcher).toHaveCount(0);
    }
    await wire.isSilent(`the loader with ${support_name}`, visitor.page);
  }
  const refused = corpus.filter((text) => /[\\?#]|:\/\//.test(text)).map((text) => `/${text}`);
  const { version, settings } = await call(admin.mainFrame(), "admin", "GET", "/api/admin/settings");
  const wanted = refused.map((rule) => ({ method: "PUT", path: "/api/admin/settings", body: { version, settings: { ...settings, exclude_urls: [rule] } } }));
  const outcomes = await calls(admin.mainFrame(), "admin", wanted);
  expect(outcomes.map(({ status, body }) => [status, body.field])).toEqual(refused.map(() => [422, "exclude_urls"]));
  expect((await call(admin.mainFrame(), "admin", "GET", "/api/admin/settings")).version).toBe(version);
});
