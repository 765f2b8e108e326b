//! An admin at the admin page: signs in with a password and goes from screen to screen.
//! Law: controls are found by the names people hear and read, never by class or structure.
import { expect, type Locator, type Page } from "@playwright/test";
import { complaints } from "../support/axe.ts";
import { ada, type Particulars } from "./cast.ts";

/** What the demonstration says when it is ready. */
export const DEMO_PASSWORD = "lantern-and-loom";

export class Admin {
  /** The question over the page. */
  readonly dialog: Locator;
  private readonly screens: Locator;

  constructor(readonly page: Page, readonly particulars: Particulars = ada) {
    this.dialog = page.getByRole("dialog");
    this.screens = page.getByRole("navigation", { name: "Admin pages" });
  }

  /** To the first screen. `chat`: the chat's origin. */
  async signsIn(chat: string, password: string = DEMO_PASSWORD): Promise<void> {
    await this.page.goto(`${chat}/admin`);
    await this.page.getByRole("textbox", { name: "Email" }).fill(this.particulars.email);
    await this.page.getByRole("textbox", { name: "Password" }).fill(password);
    await this.page.getByRole("button", { name: "Sign in", exact: true }).click();
    // On a narrow page the side bar is behind a button.
    await expect(this.page.getByRole("link", { name: "Skip to the content" })).toBeAttached();
  }

  /** By the side bar. */
  async goesTo(screen: string): Promise<void> {
    await this.screenLink(screen).click();
    await expect(this.page.getByRole("heading", { level: 1, name: screen, exact: true })).toBeVisible();
  }

  screenLink(screen: string): Locator {
    return this.screens.getByRole("link", { name: new RegExp(`^${screen}`) });
  }

  /** To a part of the screen that is shown. */
  async turnsTo(part: string): Promise<void> {
    const link = this.page.getByRole("navigation", { name: "Parts of this page" }).getByRole("link", { name: part });
    await link.click();
    await expect(link).toHaveAttribute("aria-current", "page");
  }

  /** A card of the screen. */
  card(title: string): Locator {
    return this.page.getByRole("region", { name: title, exact: true });
  }

  /** A line that says what was done. Exactly so: "not saved." is not "Saved.". */
  async isTold(words: string): Promise<void> {
    const exactly = new RegExp(words.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    await expect(this.page.getByRole("status").filter({ hasText: exactly }).first()).toBeVisible();
  }

  /** Everything axe has to say about what is shown. */
  complaints(): Promise<string[]> {
    return complaints(this.page);
  }
}
