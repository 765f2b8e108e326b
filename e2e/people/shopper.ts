//! Somebody with an account at the shop, which vouches for them to the chat.
import { expect, type Page } from "@playwright/test";
import { Visitor } from "./visitor.ts";

export class Shopper extends Visitor {
  constructor(page: Page, readonly firstName: string) {
    super(page);
  }

  async signsIn(shop: string): Promise<void> {
    await this.goesTo(shop);
    await this.page.getByRole("button", { name: `Sign in as ${this.firstName}` }).click();
    await expect(this.page.getByRole("button", { name: "Sign out" })).toBeVisible();
  }

  async signsOut(): Promise<void> {
    await this.page.getByRole("button", { name: "Sign out" }).click();
    await expect(this.page.getByRole("link", { name: "Sign in", exact: true })).toBeVisible();
  }
}
