//! Somebody of the staff at their desk: `/agent`, a page of its own, signed in by address and password.
import { expect, type Locator, type Page } from "@playwright/test";
import type { Demo } from "../support/porchlight.ts";
import type { Particulars } from "./cast.ts";

export const password = "lit doors and warm lamps";

export class AtDesk {
  readonly thread: Locator;
  readonly composer: Locator;
  readonly inboxTab: Locator;
  readonly menu: Locator;

  constructor(readonly page: Page, readonly particulars: Particulars) {
    this.thread = page.getByRole("log", { name: "Conversation" });
    this.composer = page.getByRole("textbox", { name: "Write a message" });
    this.inboxTab = page.getByRole("tab", { name: "Customer Support" });
    this.menu = page.getByRole("button", { name: /^More: / });
  }

  /** Chooses a password by the link that an operator made, as its page does. */
  async choosesPassword(demo: Demo, chosen = password): Promise<void> {
    const said = await demo.command("account", "link", await demo.idOf(this.particulars.name), "--public-url", demo.chat);
    const token = said.split("#").at(-1)?.trim() ?? "";
    await this.page.goto(`${demo.chat}/agent`);
    const status = await this.page.evaluate(
      async ([token, name, password]) => {
        const headers = { "x-porchlight": "visitor", "content-type": "application/json" };
        const answer = await fetch("/api/invitations", { method: "POST", headers, body: JSON.stringify({ token, name, password }) });
        return answer.status;
      },
      [token, this.particulars.name, chosen],
    );
    expect(status).toBe(200);
    await this.page.context().clearCookies();
  }

  async comesTo(demo: Demo, behind = ""): Promise<void> {
    await this.page.goto(`${demo.chat}/agent${behind}`);
  }

  async types(email: string, chosen: string): Promise<void> {
    await this.page.getByLabel("Email").fill(email);
    await this.page.getByLabel("Password", { exact: true }).fill(chosen);
    await this.page.getByRole("button", { name: "Sign in" }).click();
  }

  async signsIn(chosen = password): Promise<void> {
    await this.types(this.particulars.email, chosen);
    await expect(this.menu).toBeVisible();
  }

  async chooses(item: string | RegExp): Promise<void> {
    await this.menu.click();
    await this.page.getByRole("menuitem", { name: item }).click();
  }

  row(name: string): Locator {
    return this.page.getByRole("button", { name: new RegExp(`^${name}`) });
  }

  async opens(name: string): Promise<void> {
    await this.row(name).first().click();
    await expect(this.thread).toBeVisible();
  }

  async writes(text: string): Promise<void> {
    await this.composer.fill(text);
    await this.page.getByRole("button", { name: "Send", exact: true }).click();
    await expect(this.composer).toHaveValue("");
  }
}
