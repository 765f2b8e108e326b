//! A walk through what an admin sets up for the site's server: its keys, its webhooks with their deliveries, the mail
//! server.
//! Law: the same walk for photographs and for axe; what was delivered or refused really was.
import type { Locator, Page } from "@playwright/test";
import type { Admin } from "../people/admin.ts";
import { cora, idris } from "../people/cast.ts";
import type { Visit } from "./admin_tour.ts";
import { call, writesAsGuest } from "./furnish.ts";
import { callsHost, keyOf } from "./host_server.ts";
import type { Demo } from "./porchlight.ts";
import { Site } from "./site.ts";
import { expect } from "./stage.ts";

/** As long as a key's name may be. */
const LONG_KEY = "The till in the workshop, which also prints the labels for the lamps we send off";
const LONG_PATH = "/chat-events/of-the-shop/which-answers-from-behind-a-very-long-address/and-takes-its-time";

export class HostTour {
  private readonly page: Page;

  /** `admin` is signed in. */
  constructor(private readonly admin: Admin, private readonly demo: Demo, private readonly visit: Visit) {
    this.page = admin.page;
  }

  async whole(): Promise<void> {
    await this.keys();
    await this.webhooks();
    await this.mail();
  }

  private async keys(): Promise<void> {
    const { admin, page } = this;
    const section = await this.opens("site-server", "Your site's server");
    await this.stops("server-keys-one", section);
    await section.getByRole("button", { name: "Create a server key" }).click();
    await this.stops("server-key-form", admin.dialog);
    for (const scope of await admin.dialog.getByRole("checkbox").all()) await scope.uncheck();
    await admin.dialog.getByRole("button", { name: "Create", exact: true }).click();
    await this.stops("server-key-mistakes", admin.dialog);
    for (const scope of await admin.dialog.getByRole("checkbox").all()) await scope.check();
    await admin.dialog.getByRole("textbox").fill(LONG_KEY);
    await admin.dialog.getByRole("button", { name: "Create", exact: true }).click();
    await expect(admin.dialog.getByRole("group", { name: "Key" })).toBeVisible();
    await this.stops("server-key-made", admin.dialog);
    await admin.dialog.getByRole("button", { name: "I have copied it" }).click();
    const key = await keyOf(page, "Shop backend", ["users_write"]);
    await callsHost(this.demo.chat, key, "GET", "/api/host/users/noor");
    await page.reload();
    await expect(section.getByRole("listitem").nth(2)).toBeVisible();
    await this.stops("server-keys-many", section);
    await section.getByRole("button", { name: `Revoke the key ${LONG_KEY}` }).click();
    await this.stops("server-key-revoke", admin.dialog);
    await page.route("**/api/admin/host-keys/*", (route) => route.abort());
    await admin.dialog.getByRole("button", { name: "Revoke" }).click();
    await expect(admin.dialog.getByText("We couldn't reach the server.")).toBeVisible();
    await this.stops("server-key-revoke-failed", admin.dialog);
    await page.unroute("**/api/admin/host-keys/*");
    await page.keyboard.press("Escape");
    await this.cannotBeFetched("**/api/admin/host-keys", section, "server-keys-failed");
  }

  private async webhooks(): Promise<void> {
    const { admin, page } = this;
    const receiver = await Site.start("receiver");
    receiver.routes = { [LONG_PATH]: { status: 503 }, "/chat-events": { status: 204 } };
    const section = await this.opens("webhooks", "Webhooks");
    await section.getByRole("button", { name: "Add a webhook" }).click();
    await this.stops("webhook-form", admin.dialog);
    for (const event of await admin.dialog.getByRole("checkbox").all()) await event.uncheck();
    await admin.dialog.getByLabel("Address").fill("https://10.0.0.7/hook");
    await admin.dialog.getByRole("button", { name: "Add", exact: true }).click();
    await this.stops("webhook-nothing-ticked", admin.dialog);
    for (const event of await admin.dialog.getByRole("checkbox").all()) await event.check();
    await admin.dialog.getByRole("button", { name: "Add", exact: true }).click();
    await expect(admin.dialog.getByLabel("Address")).toHaveAttribute("aria-invalid", "true");
    await this.stops("webhook-address-refused", admin.dialog);
    const long = `http://127.0.0.1:${receiver.port}${LONG_PATH}`;
    await admin.dialog.getByLabel("Address").fill(long);
    await admin.dialog.getByRole("button", { name: "Add", exact: true }).click();
    await expect(admin.dialog.getByRole("group", { name: "Secret" })).toBeVisible();
    await this.stops("webhook-made", admin.dialog);
    await admin.dialog.getByRole("button", { name: "I have copied it" }).click();
    await this.stops("webhooks-one", section);
    const short = `http://127.0.0.1:${receiver.port}/chat-events`;
    await call(page, "POST", "/api/admin/webhooks", { url: short, events: ["conversion.done", "conversion.undone"] }, "admin");
    await section.getByRole("link", { name: `Deliveries to ${long}` }).click();
    await expect(page.getByText("Nothing has been sent yet.")).toBeVisible();
    await this.stops("deliveries-none");
    await this.deliveries(receiver, long);
    await page.goto(`${this.demo.chat}/admin/settings#webhooks`);
    await expect(section.getByText(/to be tried again/)).toBeVisible();
    await this.stops("webhooks-many", section);
    await section.getByRole("button", { name: `End the webhook to ${long}` }).click();
    await this.stops("webhook-end", admin.dialog);
    await admin.dialog.getByRole("button", { name: "End" }).click();
    await expect(admin.dialog).toBeHidden();
    await page.goto(`${this.demo.chat}/admin/webhooks/01890000-0000-7000-8000-000000000000`);
    await expect(page.getByText("This webhook isn't there any more.")).toBeVisible();
    await this.stops("deliveries-gone");
    await this.cannotBeFetched("**/api/admin/webhooks", await this.opens("webhooks", "Webhooks"), "webhooks-failed");
    await receiver.stop();
  }

  /** The other side is busy, and then takes what is repeated. */
  private async deliveries(receiver: Site, url: string): Promise<void> {
    const { demo, page } = this;
    await writesAsGuest(demo, await page.context().browser()!.newContext(), idris, "Do you mend shades?");
    await this.shows(/your server answered 503/);
    await this.stops("deliveries-waiting");
    await page.route("**/repeat", (route) => route.abort());
    await page.getByRole("button", { name: /^Repeat/ }).first().click();
    await expect(page.getByText("We couldn't reach the server.")).toBeVisible();
    await this.stops("deliveries-repeat-failed");
    await page.unroute("**/repeat");
    receiver.routes = { [new URL(url).pathname]: { status: 204 } };
    await page.getByRole("button", { name: /^Repeat/ }).first().click();
    await this.shows(/^Your server took it/);
    await this.stops("deliveries");
    // Whatever was tried again by itself meanwhile: one waits, once the list of webhooks is looked at.
    receiver.routes = { [new URL(url).pathname]: { status: 503 } };
    await writesAsGuest(demo, await page.context().browser()!.newContext(), cora, "Hello?");
    await this.shows(/your server answered 503/);
  }

  /** Asks for what is new until it is there. */
  private async shows(words: RegExp): Promise<void> {
    await expect(async () => {
      await this.page.getByRole("button", { name: "Look again" }).click();
      await expect(this.page.getByText(words).first()).toBeVisible({ timeout: 500 });
    }).toPass();
  }

  private async mail(): Promise<void> {
    const { admin, demo, page } = this;
    const section = await this.opens("mail", "Mail");
    await section.getByRole("button", { name: "Send a test mail" }).click();
    await admin.isTold("The mail server took it.");
    await this.stops("mail-tested", section);
    await section.getByLabel("Port").fill("1");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await admin.isTold("Saved.");
    await section.getByRole("button", { name: "Send a test mail" }).click();
    await expect(section.getByText(/mail server/i).last()).toBeVisible();
    await this.stops("mail-test-failed", section);
  }

  private async cannotBeFetched(calls: string, section: Locator, stop: string): Promise<void> {
    await this.page.route(calls, (route) => route.abort());
    await this.page.reload();
    await expect(section.getByRole("button", { name: "Try again" })).toBeVisible();
    await this.stops(stop, section);
    await this.page.unroute(calls);
  }

  private async opens(id: string, title: string): Promise<Locator> {
    await this.page.goto(`${this.demo.chat}/admin/settings#${id}`);
    await expect(this.admin.card(title)).toBeVisible();
    return this.admin.card(title);
  }

  /** Once nothing is on its way any more. */
  private async stops(stop: string, part?: Locator): Promise<void> {
    await expect(this.page.getByText("Loading…")).toHaveCount(0);
    await this.visit(stop, this.page, part);
  }
}
