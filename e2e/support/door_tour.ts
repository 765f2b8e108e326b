//! A walk through what comes before the admin page and through the page of a house that nobody lives in yet: set-up,
//! sign-in, invitations, and every empty list.
//! Law: it begins with a server that nobody has touched, and does what the operating guide says.
import type { BrowserContext, Locator, Page } from "@playwright/test";
import { Admin } from "../people/admin.ts";
import { ada, layla } from "../people/cast.ts";
import type { Visit } from "./admin_tour.ts";
import type { Fresh } from "./porchlight.ts";
import { expect } from "./stage.ts";

export const PASSWORD = "a porch with three steps";

export class DoorTour {
  constructor(
    private readonly page: Page,
    private readonly fresh: Fresh,
    private readonly newBrowser: () => Promise<BrowserContext>,
    private readonly visit: Visit,
  ) {}

  async whole(): Promise<void> {
    await this.setsUp();
    await this.looksAtEmptyScreens();
    await this.invites();
    await this.signsIn();
  }

  private async setsUp(): Promise<void> {
    const { page, fresh } = this;
    await page.goto(`${fresh.origin}/admin/setup#nothing-that-anybody-printed`);
    await expect(page.getByText("This link doesn't work any more.")).toBeVisible();
    await this.stops("setup-gone");
    await page.goto("about:blank");
    await page.goto(fresh.setupLink);
    await expect(page.getByRole("textbox", { name: "Your name" })).toBeVisible();
    await this.stops("setup");
    await page.getByRole("button", { name: "Set up" }).click();
    await expect(page.getByRole("textbox", { name: "Your name" })).toBeFocused();
    await this.stops("setup-mistakes");
    await page.getByRole("textbox", { name: "Your name" }).fill(ada.name);
    await page.getByRole("textbox", { name: "Email" }).fill(ada.email);
    await page.getByRole("textbox", { name: "Password" }).fill(PASSWORD);
    await page.getByRole("textbox", { name: "Site name" }).fill("Lantern & Loom");
    await page.getByRole("textbox", { name: "Site address" }).fill("https://lantern.example");
    await this.stops("setup-filled");
    await page.getByRole("button", { name: "Set up" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Settings" })).toBeVisible();
    await expect(page.getByText("User Groups are off.")).toBeVisible();
  }

  private async looksAtEmptyScreens(): Promise<void> {
    const { page } = this;
    await this.stops("empty-settings");
    await this.stops("empty-settings-guest-mode", page.getByRole("region", { name: "Guest Mode" }));
    for (const section of ["Guests who become users", "Identity keys", "Your site's server", "Webhooks", "Mail"]) {
      await this.stops(`empty-settings-${section.replaceAll(/\W+/g, "-").toLowerCase()}`, page.getByRole("region", { name: section }));
    }
    await this.triesOutNobody();
    const screens = {
      conversations: "Nobody has written yet.",
      "guest-conversations": "Nobody has written yet.",
      blocked: "No report is waiting.",
      "blocked/dismissed": "No report has been dismissed yet.",
      "blocked/people": "Nobody is blocked.",
      groups: "There are no groups yet.",
      "groups/permissions": "Create a group first",
      "groups/invitations": "No invitation is waiting.",
    };
    for (const [screen, words] of Object.entries(screens)) {
      await page.goto(`${this.fresh.origin}/admin/${screen}`);
      await expect(page.getByText(words).first()).toBeVisible();
      await this.stops(`empty-${screen.replaceAll("/", "-")}`);
    }
  }

  /** What a policy would do with no guest at all. */
  private async triesOutNobody(): Promise<void> {
    const section = this.page.getByRole("region", { name: "Guests who become users" });
    await section.getByRole("button", { name: "See what would happen" }).click();
    await expect(section.getByText("No guest has written yet, so nothing would happen.")).toBeVisible();
    await this.stops("empty-settings-dry-run", section);
  }

  /** Somebody follows the link of an invitation; a second time it is gone. */
  private async invites(): Promise<void> {
    const { page } = this;
    await page.getByRole("textbox", { name: "Full name" }).fill(layla.name);
    await page.getByRole("textbox", { name: "Email" }).fill(layla.email);
    await page.getByRole("button", { name: "Make the link" }).click();
    const link = await page.getByRole("dialog").getByText(/\/admin\/invitation#/).innerText();
    const invited = await (await this.newBrowser()).newPage();
    await invited.goto(link);
    await expect(invited.getByRole("button", { name: "Set password and sign in" })).toBeVisible();
    await this.visit("invitation", invited);
    await invited.getByRole("button", { name: "Set password and sign in" }).click();
    await expect(invited.getByRole("textbox", { name: "New password" })).toBeFocused();
    await this.visit("invitation-mistakes", invited);
    await invited.goto("about:blank");
    await invited.goto(`${this.fresh.origin}/admin/invitation#nobody-was-sent-this`);
    await expect(invited.getByText("This link doesn't work any more.")).toBeVisible();
    await this.visit("invitation-gone", invited);
  }

  private async signsIn(): Promise<void> {
    const page = await (await this.newBrowser()).newPage();
    const admin = new Admin(page);
    await page.goto(`${this.fresh.origin}/admin`);
    await expect(page.getByRole("textbox", { name: "Password" })).toBeVisible();
    await this.visit("sign-in", page);
    await page.getByRole("textbox", { name: "Email" }).fill(ada.email);
    await page.getByRole("textbox", { name: "Password" }).fill("not the password");
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await expect(page.getByRole("textbox", { name: "Password" })).toHaveAccessibleDescription(/belong together/);
    await this.visit("sign-in-refused", page);
    await admin.signsIn(this.fresh.origin, PASSWORD);
  }

  private async stops(stop: string, part?: Locator): Promise<void> {
    await expect(this.page.getByText("Loading…")).toHaveCount(0);
    await this.visit(stop, this.page, part);
  }
}
