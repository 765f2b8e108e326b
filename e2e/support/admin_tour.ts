//! A walk through every screen of the admin page, in every state worth looking at, in a house that is lived in.
//! Law: one walk, so that whatever is photographed is also what axe is asked about. A screen that is added gets its stop
//! here.
import type { Locator, Page } from "@playwright/test";
import { Admin } from "../people/admin.ts";
import { layla, maximiliana, mina, noor, teo } from "../people/cast.ts";
import { LONG_GROUP } from "./furnish.ts";
import type { Demo } from "./porchlight.ts";
import { expect } from "./stage.ts";

/** What is done at a stop. `part`: what the stop is about, where it is not the whole page. */
export type Visit = (stop: string, page: Page, part?: Locator) => Promise<void>;

/** Every section of *Settings*. */
export const SECTIONS = [
  "General",
  "Widget",
  "User Groups",
  "Guest Mode",
  "Guests who become users",
  "Privacy",
  "How long things are kept",
  "Include or Exclude URLs",
  "Allowed origins",
  "Identity keys",
  "Your site's server",
  "Webhooks",
  "Mail",
  "Language",
];

export class AdminTour {
  private readonly page: Page;

  /** `admin` is signed in, the demo furnished. */
  constructor(private readonly admin: Admin, private readonly demo: Demo, private readonly visit: Visit) {
    this.page = admin.page;
  }

  async whole(): Promise<void> {
    await this.conversations();
    await this.blockedAndReported();
    await this.groups();
    await this.people();
    await this.settings();
    await this.apart();
  }

  async conversations(): Promise<void> {
    const { page } = this;
    await this.goes("conversations");
    await this.stops("conversations");
    await page.getByRole("link", { name: new RegExp(`^${noor.name}`) }).last().click();
    await this.stops("conversations-reading");
    await this.goes("conversations");
    await page.getByRole("textbox", { name: "Search by name or address" }).fill("nobody of that name");
    await expect(page.getByText("No conversation is like that.")).toBeVisible();
    await this.stops("conversations-none");
    await this.goes("guest-conversations");
    await this.stops("guest-conversations");
    await page.getByRole("link", { name: new RegExp(`^${layla.name}`) }).click();
    await this.stops("guest-conversations-right-to-left");
    await this.goes("guest-conversations");
    await page.getByRole("link", { name: /^Maximiliana/ }).click();
    await this.stops("guest-conversations-blocked");
  }

  async blockedAndReported(): Promise<void> {
    const { admin, page } = this;
    await this.goes("blocked");
    await this.stops("reports");
    await this.goes("blocked/dismissed");
    await this.stops("reports-none-dismissed");
    await this.goes("blocked/people");
    await this.stops("blocked");
    await page.getByRole("button", { name: /^Unblock / }).first().click();
    await this.stops("blocked-unblock", admin.dialog);
    await page.keyboard.press("Escape");
  }

  async groups(): Promise<void> {
    const { admin, page } = this;
    await this.goes("groups");
    await this.stops("groups");
    await page.getByRole("textbox", { name: "New group" }).fill("Support");
    await page.getByRole("button", { name: "Create group" }).click();
    await expect(page.getByRole("textbox", { name: "New group" })).toHaveAccessibleDescription(/taken/);
    await this.stops("groups-name-taken", admin.card("Groups"));
    await page.getByRole("button", { name: "Delete Support" }).click();
    await this.stops("groups-delete", admin.dialog);
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: `Rename ${LONG_GROUP.slice(0, 20)}` }).click();
    await this.stops("groups-rename", admin.dialog);
    await page.keyboard.press("Escape");
    await page.getByRole("link", { name: "Support", exact: true }).click();
    await this.stops("group");
    await page.getByRole("button", { name: "Add people" }).click();
    await this.stops("group-add-people-first", admin.dialog);
    await admin.dialog.getByRole("textbox", { name: "Search by name or address" }).fill("example");
    await expect(admin.dialog.getByText(noor.name)).toBeVisible();
    await this.stops("group-add-people", admin.dialog);
    await admin.dialog.getByRole("button", { name: "Done" }).click();
    await this.goes("groups");
    await page.getByRole("link", { name: LONG_GROUP.slice(0, 20) }).click();
    await this.stops("group-empty");
    await this.goes("groups/01890000-0000-7000-8000-000000000000");
    await this.stops("group-gone");
    await this.goes("groups/permissions");
    await this.stops("permissions");
    await this.asksWho();
  }

  private async asksWho(): Promise<void> {
    const { admin, page } = this;
    const who = admin.card("Who may chat with whom?");
    await who.getByLabel("People of", { exact: true }).selectOption({ label: "Trial" });
    await who.getByLabel("and people of").selectOption({ label: "Billing" });
    await expect(who.getByText("No.", { exact: true })).toBeVisible();
    await this.stops("permissions-two-groups", who);
    await who.getByLabel("Ask about").selectOption({ label: "Two people" });
    for (const [label, somebody] of [["This person", noor], ["and this person", mina]] as const) {
      const search = who.getByRole("group", { name: label, exact: true }).getByRole("textbox");
      await search.fill(somebody.name.slice(0, 4));
      await who.getByRole("button", { name: somebody.name }).click();
    }
    await expect(who.getByText("Yes.", { exact: true })).toBeVisible();
    await this.stops("permissions-two-people", who);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  }

  async people(): Promise<void> {
    const { admin, page } = this;
    await this.goes("groups/people");
    await this.stops("people");
    await page.getByRole("combobox", { name: "Show" }).selectOption({ label: "Guests" });
    await expect(page.getByRole("link", { name: maximiliana.name })).toBeVisible();
    await this.stops("people-guests");
    await page.getByRole("link", { name: maximiliana.name }).click();
    await this.stops("person-guest");
    await this.goes("groups/people");
    await page.getByRole("link", { name: mina.name }).click();
    await this.stops("person");
    await page.getByRole("button", { name: "Disable" }).click();
    await this.stops("person-disable", admin.dialog);
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "New password link" }).click();
    await expect(admin.dialog.getByRole("group", { name: "Link" })).toBeVisible();
    await this.stops("person-password-link", admin.dialog);
    await page.keyboard.press("Escape");
    await this.goes("groups/invitations");
    await this.stops("invitations-none");
    await page.getByRole("button", { name: "Make the link" }).click();
    await expect(page.getByRole("textbox", { name: "Full name" })).toHaveAttribute("aria-invalid", "true");
    await this.stops("invitations-mistakes", admin.card("Invite somebody"));
    await page.getByRole("textbox", { name: "Full name" }).fill(layla.name);
    await page.getByRole("textbox", { name: "Email" }).fill(layla.email);
    await page.getByRole("button", { name: "Make the link" }).click();
    await expect(admin.dialog.getByRole("group", { name: "Link" })).toBeVisible();
    await this.stops("invitations-made", admin.dialog);
    await admin.dialog.getByRole("button", { name: "Done" }).click();
    await this.stops("invitations", admin.card("Waiting to be followed"));
  }

  async settings(): Promise<void> {
    const { admin, page } = this;
    await this.goes("settings");
    await expect(admin.card("Language")).toBeVisible();
    await this.stops("settings");
    for (const section of SECTIONS) await this.stops(`settings-${section.toLowerCase().replaceAll("'", "").replaceAll(" ", "-")}`, admin.card(section));
    await this.makesKeys();
    await this.makesMistakes();
    await this.savesAtTheSameTime();
  }

  /** A key's secret is shown once; two may be in use, and one of them is the demo's own. */
  private async makesKeys(): Promise<void> {
    const { admin, page } = this;
    const keys = admin.card("Identity keys");
    await this.asksForKey("shop-2026");
    await expect(admin.dialog.getByRole("group", { name: "Secret" })).toBeVisible();
    await this.stops("settings-key-made", admin.dialog);
    await admin.dialog.getByRole("button", { name: "I have copied it" }).click();
    await this.asksForKey("shop-2027");
    await expect(admin.dialog.getByRole("textbox", { name: "Name of the key" })).toHaveAccessibleDescription(/Retire one first/);
    await this.stops("settings-key-refused", admin.dialog);
    await page.keyboard.press("Escape");
    await keys.getByRole("button", { name: "Retire shop-2026" }).click();
    await this.stops("settings-key-retire", admin.dialog);
    await admin.dialog.getByRole("button", { name: "Retire" }).click();
    await expect(keys.getByRole("button", { name: "Delete shop-2026" })).toBeVisible();
    await this.stops("settings-keys", keys);
  }

  private async asksForKey(name: string): Promise<void> {
    const { admin } = this;
    await admin.card("Identity keys").getByRole("button", { name: "Create a key" }).click();
    await admin.dialog.getByRole("textbox", { name: "Name of the key" }).fill(name);
    await this.stops("settings-key-form", admin.dialog);
    await admin.dialog.getByRole("button", { name: "Create" }).click();
  }

  private async makesMistakes(): Promise<void> {
    const { admin, page } = this;
    await page.getByRole("textbox", { name: "Site name" }).fill("");
    await page.getByRole("textbox", { name: "Footer URL" }).fill("lantern");
    await page.getByRole("textbox", { name: "Colour", exact: true }).fill("rust");
    await page.getByRole("textbox", { name: "Page size", exact: true }).fill("1000");
    await admin.card("Allowed origins").getByRole("button", { name: "Add a site" }).click();
    await page.getByRole("textbox", { name: "Site 2" }).fill("shop.example");
    await admin.card("Include or Exclude URLs").getByRole("button", { name: "Add a path" }).first().click();
    await page.getByRole("textbox", { name: "Path 1" }).fill("shop");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await expect(page.getByText(/fields need another look/)).toBeVisible();
    await this.stops("settings-bar", page.getByRole("region", { name: "Not saved yet" }));
    for (const section of ["General", "Widget", "Include or Exclude URLs", "Allowed origins"]) {
      await this.stops(`settings-mistakes-${section.toLowerCase().replaceAll(" ", "-")}`, admin.card(section));
    }
    await page.getByRole("button", { name: "Discard" }).click();
  }

  /** Somebody at the command line is quicker. */
  private async savesAtTheSameTime(): Promise<void> {
    const { admin, demo, page } = this;
    await page.getByRole("textbox", { name: "Greeting" }).fill("Come in, the lamp is lit.");
    await page.evaluate(() => window.scrollTo(0, 0));
    await this.stops("settings-unsaved");
    await demo.command("settings", "set", "greeting", "Ask us anything about light.");
    await demo.command("settings", "set", "footer_text", "Lantern & Loom, since 1987");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await expect(admin.dialog.getByRole("button", { name: "Load theirs" })).toBeVisible();
    await this.stops("settings-conflict", admin.dialog);
    await admin.dialog.getByRole("button", { name: "Load theirs" }).click();
  }

  /** Activity, one's own account, and what is nowhere. */
  async apart(): Promise<void> {
    const { admin, page } = this;
    await this.goes("activity");
    await this.stops("activity");
    await page.getByRole("combobox", { name: "Show" }).selectOption({ label: "Identity key deleted" });
    await expect(page.getByText("Nothing of that kind has happened yet.")).toBeVisible();
    await this.stops("activity-none");
    await page.route("**/api/admin/activity*", (route) => route.abort());
    await this.goes("activity");
    await expect(page.getByRole("button", { name: "Try again" })).toBeVisible();
    await this.stops("activity-failed");
    await page.unroute("**/api/admin/activity*");
    await this.goes("account");
    await expect(page.getByText("This one")).toBeVisible();
    await this.stops("account");
    await page.getByRole("button", { name: "Change password" }).click();
    await this.stops("account-mistakes", admin.card("Password"));
    await this.goes("nowhere");
    await this.stops("nowhere");
    await this.opensMenu();
    await this.sessionEnds();
  }

  /** On a narrow page the screens are behind a button. */
  private async opensMenu(): Promise<void> {
    const menu = this.page.getByRole("button", { name: "Menu" });
    if (!(await menu.isVisible())) return;
    await this.goes("activity");
    await menu.click();
    await this.stops("menu");
  }

  /** The session is ended elsewhere while somebody is at work. */
  private async sessionEnds(): Promise<void> {
    const { admin, page } = this;
    await this.goes("groups");
    await page.context().clearCookies();
    await page.getByRole("textbox", { name: "New group" }).fill("Night shift");
    await page.getByRole("button", { name: "Create group" }).click();
    await expect(admin.dialog.getByRole("textbox", { name: "Password" })).toBeVisible();
    await this.stops("sign-in-again", admin.dialog);
  }

  private async goes(path: string): Promise<void> {
    await this.page.goto(`${this.demo.chat}/admin/${path}`);
    await expect(this.page.getByRole("heading", { level: 1 })).toBeVisible();
  }

  /** Once nothing is on its way any more. */
  private async stops(stop: string, part?: Locator): Promise<void> {
    await expect(this.page.getByText("Loading…")).toHaveCount(0);
    await this.visit(stop, this.page, part);
  }
}
