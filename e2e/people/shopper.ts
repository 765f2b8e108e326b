//! Somebody with an account at the shop, which vouches for them to the chat.
import { expect, type Locator, type Page } from "@playwright/test";
import { Visitor } from "./visitor.ts";

export class Shopper extends Visitor {
  constructor(page: Page, readonly firstName: string) {
    super(page);
  }

  async signsIn(shop: string): Promise<void> {
    await this.goesTo(shop);
    await this.signsInHere();
  }

  /** On the page of the shop that is open. */
  async signsInHere(): Promise<void> {
    await this.page.getByRole("button", { name: `Sign in as ${this.firstName}` }).click();
    await expect(this.page.getByRole("button", { name: "Sign out" })).toBeVisible();
  }

  tab(name: string): Locator {
    return this.chat.getByRole("tab", { name });
  }

  /** The field in which people are looked for. */
  get search(): Locator {
    return this.chat.getByRole("searchbox", { name: /^Find somebody/ });
  }

  async looksAtGroups(): Promise<void> {
    await this.tab("Groups").click();
    await expect(this.search).toBeVisible();
  }

  async looksAtChats(): Promise<void> {
    await this.tab("Chats").click();
    await expect(this.tab("Chats")).toHaveAttribute("aria-selected", "true");
  }

  /** A row of a list: a group, a person, or a conversation with somebody. */
  listed(name: string): Locator {
    return this.chat.getByRole("listitem").getByRole("button", { name });
  }

  /** Opens a group and the thread with one of its people. */
  async choosesSomebody(group: string, name: string): Promise<void> {
    await this.looksAtGroups();
    await this.listed(group).click();
    await this.listed(name).click();
    await expect(this.chat.getByRole("heading", { name })).toBeVisible();
  }

  /** From a thread to the lists. */
  async goesToTheLists(): Promise<void> {
    await this.chat.getByRole("button", { name: "Back" }).click();
    await expect(this.tab("Chats")).toBeVisible();
  }

  async signsOut(): Promise<void> {
    await this.page.getByRole("button", { name: "Sign out" }).click();
    await expect(this.page.getByRole("link", { name: "Sign in", exact: true })).toBeVisible();
  }
}
