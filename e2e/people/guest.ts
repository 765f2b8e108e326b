//! A guest: gives name and address at the door, then chats.
import { expect, type Page } from "@playwright/test";
import type { Particulars } from "./cast.ts";
import { Visitor } from "./visitor.ts";

export class Guest extends Visitor {
  constructor(page: Page, readonly particulars: Particulars) {
    super(page);
  }

  async fillsTheDoor(particulars: Particulars = this.particulars): Promise<void> {
    await this.chat.getByLabel("Full name").fill(particulars.name);
    await this.chat.getByLabel("Email").fill(particulars.email);
  }

  /** Through the door, to the composer. */
  async startsChat(): Promise<void> {
    await this.fillsTheDoor();
    await this.chat.getByRole("button", { name: "Start chat" }).click();
    await expect(this.composer).toBeVisible();
  }

  /** The whole way from a page to the first message. */
  async startsWith(url: string, text: string): Promise<void> {
    await this.goesTo(url);
    await this.opensChat();
    await this.startsChat();
    await this.writes(text);
    await this.reads(text);
    await this.hasEverythingSent();
  }
}
