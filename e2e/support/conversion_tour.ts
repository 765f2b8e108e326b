//! A walk through guests who become users, on the admin page: the policy and what it would do, a conversation that became
//! somebody's, taking it back, exporting and erasing somebody.
//! Law: the same walk for photographs and for axe; whoever appears wrote, was named by the site's server, or was erased,
//! as people do it.
import type { Locator, Page } from "@playwright/test";
import type { Admin } from "../people/admin.ts";
import { cora, idris, layla, maximiliana, mina, type Particulars } from "../people/cast.ts";
import type { Visit } from "./admin_tour.ts";
import { writesAsGuest } from "./furnish.ts";
import { callsHost, keyOf } from "./host_server.ts";
import type { Demo } from "./porchlight.ts";
import { expect } from "./stage.ts";

/** The section of *Settings*. */
const SECTION = "Guests who become users";

export class ConversionTour {
  private readonly page: Page;
  private key = "";

  /** `admin` is signed in, the demo furnished. */
  constructor(private readonly admin: Admin, private readonly demo: Demo, private readonly visit: Visit) {
    this.page = admin.page;
  }

  async whole(): Promise<void> {
    await this.policy();
    await this.guestsComeAndSignUp();
    await this.dryRun();
    await this.undo();
    await this.exporting();
    await this.erasing();
  }

  /** Each choice, with a mail server and without one. */
  private async policy(): Promise<void> {
    const { admin, demo } = this;
    await demo.command("settings", "set", "mail_host", "");
    const section = await this.opensPolicy();
    await expect(section.getByRole("link", { name: "Set up mail" })).toBeVisible();
    await this.stops("conversion-without-mail", section);
    await section.getByRole("radio", { name: "Never", exact: true }).check();
    await this.stops("conversion-never", section);
    await this.page.getByRole("button", { name: "Discard" }).click();
    await demo.command("settings", "set", "mail_host", "127.0.0.1");
    await demo.command("settings", "set", "conversion", "off");
    this.key = await keyOf(admin.page, "Till of the shop", ["users_write", "users_erase"]);
  }

  /** While nothing converts: guests of every kind, and users with their addresses. */
  private async guestsComeAndSignUp(): Promise<void> {
    for (const somebody of [cora, idris, layla, maximiliana, { ...mina, name: idris.name }]) await this.writes(somebody);
    await this.names("cora-1", cora, true);
    await this.names("idris-1", idris, false);
    await this.names("layla-1", layla, true);
    await this.names("layla-2", layla, true);
  }

  private async dryRun(): Promise<void> {
    const { page } = this;
    const section = await this.opensPolicy();
    const run = section.getByRole("button", { name: "See what would happen" });
    await page.route("**/api/admin/conversions/plan", (route) => route.abort());
    await run.click();
    await expect(section.getByText("We couldn't reach the server.")).toBeVisible();
    await this.stops("conversion-dry-run-failed", section);
    await page.unroute("**/api/admin/conversions/plan");
    await run.click();
    await expect(section.getByRole("table")).toBeVisible();
    await this.stops("conversion-dry-run-never", section);
    await section.getByRole("radio", { name: "Whenever the address is the same" }).check();
    await this.stops("conversion-any-chosen", section);
    await section.getByRole("radio", { name: /^Same browser, or/ }).check();
    await run.click();
    await expect(section.getByRole("table")).toBeVisible();
    await this.stops("conversion-dry-run", section);
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await this.admin.isTold("Saved.");
  }

  /** A conversation that became a user's, and is the guest's again; one of a long name. */
  private async undo(): Promise<void> {
    const { admin, page } = this;
    await this.names("cora-1", cora, true);
    await this.names("maximiliana", maximiliana, true);
    await this.opens("conversations", "Maximiliana");
    await this.stops("conversion-long-name");
    await this.opens("conversations", cora.name);
    const story = page.getByRole("region", { name: "Whose conversation it is" });
    await expect(story).toBeVisible();
    await this.stops("conversion-done");
    await story.getByRole("button", { name: "Undo" }).click();
    await this.stops("conversion-undo", admin.dialog);
    await page.route("**/undo", (route) => route.abort());
    await admin.dialog.getByRole("button", { name: "Undo" }).click();
    await expect(admin.dialog.getByText("We couldn't reach the server.")).toBeVisible();
    await this.stops("conversion-undo-failed", admin.dialog);
    await page.unroute("**/undo");
    await admin.dialog.getByRole("button", { name: "Undo" }).click();
    await expect(story.getByText(/^Undone by /)).toBeVisible();
    await this.stops("conversion-undone");
    await page.route("**/conversions", (route) => route.abort());
    await page.reload();
    await expect(page.getByRole("button", { name: "Try again" })).toBeVisible();
    await this.stops("conversion-not-fetched");
    await page.unroute("**/conversions");
  }

  private async exporting(): Promise<void> {
    const { admin, page } = this;
    await page.goto(`${this.demo.chat}/admin/groups/people`);
    await page.getByRole("link", { name: maximiliana.name }).click();
    const card = admin.card("Export");
    await page.route("**/export", (route) => route.abort());
    await card.getByRole("button", { name: "Export as a file" }).click();
    await expect(card.getByText("We couldn't reach the server.")).toBeVisible();
    await this.stops("export-failed", card);
    await page.unroute("**/export");
    const saved = page.waitForEvent("download");
    await card.getByRole("button", { name: "Export as a file" }).click();
    await saved;
    await expect(page.getByRole("status").filter({ hasText: "is saved among your downloads." })).toBeVisible();
    await this.stops("export-done");
    await page.goto(`${this.demo.chat}/admin/guest-conversations`);
    await page.getByRole("link", { name: new RegExp(`^${layla.name}`) }).first().click();
    await page.getByRole("button", { name: "Erase for ever" }).click();
    await this.stops("export-guest-conversation-erase", admin.dialog);
    await page.keyboard.press("Escape");
    await this.stops("export-guest-conversation");
  }

  private async erasing(): Promise<void> {
    const { admin, page } = this;
    const people = `${this.demo.chat}/admin/groups/people`;
    await page.goto(people);
    await page.getByRole("combobox", { name: "Show" }).selectOption({ label: "Guests" });
    await page.getByRole("link", { name: layla.name }).first().click();
    await admin.card("Erase").getByRole("button", { name: "Erase for ever" }).click();
    await this.stops("erase-guest", admin.dialog);
    await page.goto(people);
    await page.getByRole("link", { name: maximiliana.name }).click();
    await this.stops("erase", admin.card("Erase"));
    await admin.card("Erase").getByRole("button", { name: "Erase for ever" }).click();
    await this.stops("erase-question", admin.dialog);
    await admin.dialog.getByRole("textbox").fill("Maximiliana");
    await admin.dialog.getByRole("textbox").press("Enter");
    await expect(admin.dialog.getByRole("textbox")).toHaveAttribute("aria-invalid", "true");
    await this.stops("erase-name-wrong", admin.dialog);
    await page.route("**/erase", (route) => route.abort());
    await admin.dialog.getByRole("textbox").fill(maximiliana.name);
    await admin.dialog.getByRole("textbox").press("Enter");
    await expect(admin.dialog.getByText("We couldn't reach the server.")).toBeVisible();
    await this.stops("erase-failed", admin.dialog);
    await page.unroute("**/erase");
    await admin.dialog.getByRole("textbox").press("Enter");
    await expect(admin.dialog).toBeHidden();
    await this.stops("erase-done");
    await this.opens("conversations", "Erased");
    await expect(page.getByText("This message was erased.").first()).toBeVisible();
    await this.stops("erase-conversation");
  }

  private async opensPolicy(): Promise<Locator> {
    await this.page.goto(`${this.demo.chat}/admin/settings#conversion`);
    // From one section to another is no new page, and what was set at the command line is not asked for.
    await this.page.reload();
    const section = this.admin.card(SECTION);
    await expect(section.getByRole("radio").first()).toBeVisible();
    return section;
  }

  /** The newest conversation with somebody. */
  private async opens(screen: string, name: string): Promise<void> {
    await this.page.goto(`${this.demo.chat}/admin/${screen}`);
    await this.page.getByRole("link", { name: new RegExp(`^${name}`) }).first().click();
    await expect(this.page.getByRole("log", { name: "Messages" })).toBeVisible();
  }

  /** Somebody writes as a guest, in a browser of their own. */
  private async writes(guest: Particulars): Promise<void> {
    const browser = await this.page.context().browser()!.newContext();
    await writesAsGuest(this.demo, browser, guest, "Is the reading lamp back?");
  }

  /** The site's server says who somebody is. */
  private async names(id: string, { name, email }: Particulars, verified: boolean): Promise<void> {
    const answered = await callsHost(this.demo.chat, this.key, "PUT", `/api/host/users/${id}`, { name, email, email_verified: verified });
    expect(answered.status, JSON.stringify(answered.answer)).toBe(200);
  }

  /** Once nothing is on its way any more. */
  private async stops(stop: string, part?: Locator): Promise<void> {
    await expect(this.page.getByText("Loading…")).toHaveCount(0);
    await this.visit(stop, this.page, part);
  }
}
