//! Somebody who chats as a guest first, and makes an account at the shop later.
import { expect, type Locator } from "@playwright/test";
import { Guest } from "./guest.ts";

/** What the shop tells the chat about the address of a new account. */
export type Says = "verified" | "unverified";

export const shopPassword = "things-to-come-home-to";

export class Newcomer extends Guest {
  /** Makes an account at the shop, which signs in. */
  async signsUp(shop: string, says: Says, email = this.particulars.email): Promise<void> {
    await this.goesTo(`${shop}/sign-up`);
    await this.page.getByLabel("Your name").fill(this.particulars.name);
    await this.page.getByLabel("E-mail address").fill(email);
    await this.page.getByLabel("Password").fill(shopPassword);
    if (says === "verified") await this.page.getByRole("switch", { name: "Address verified" }).check();
    await this.page.getByRole("button", { name: "Make the account" }).click();
    await this.isSignedIn();
  }

  async signsInAgain(shop: string): Promise<void> {
    await this.goesTo(`${shop}/sign-in`);
    await this.page.getByLabel("E-mail address").fill(this.particulars.email);
    await this.page.getByLabel("Password").fill(shopPassword);
    await this.page.getByRole("button", { name: "Sign in", exact: true }).click();
    await this.isSignedIn();
  }

  async signsOut(): Promise<void> {
    await this.page.getByRole("button", { name: "Sign out" }).click();
    await expect(this.page.getByRole("link", { name: "Sign in", exact: true })).toBeVisible();
  }

  /** The one quiet line of a chat that came along. */
  get quietLine(): Locator {
    return this.thread.getByText("Your earlier messages are here.");
  }

  /** The row of a conversation with the support team. */
  row(lastText: string): Locator {
    return this.chat.getByRole("listitem").getByRole("button").filter({ hasText: lastText });
  }

  /** Asks for a code, at the door or in the list of chats. */
  async asksForCode(way: "Continue an earlier conversation" | "Bring your earlier chats", email: string): Promise<void> {
    await this.chat.getByRole("button", { name: way }).click();
    await this.chat.getByRole("textbox", { name: "Email" }).fill(email);
    await this.chat.getByRole("button", { name: "Send me a code" }).click();
    await expect(this.chat.getByText("If there is something to continue under this address, a code is on its way.")).toBeVisible();
  }

  async entersCode(code: string): Promise<void> {
    await this.chat.getByRole("textbox", { name: "Code from the mail" }).fill(code);
    await this.chat.getByRole("button", { name: "Continue", exact: true }).click();
  }

  private async isSignedIn(): Promise<void> {
    await expect(this.page.getByRole("button", { name: "Sign out" })).toBeVisible();
  }
}
