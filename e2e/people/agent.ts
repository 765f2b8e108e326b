//! An agent: signed in at the shop, answers in the same widget.
import { expect, type Locator } from "@playwright/test";
import { Shopper } from "./shopper.ts";

export class Agent extends Shopper {
  get inboxTab(): Locator {
    return this.chat.getByRole("tab", { name: "Customer Support" });
  }

  /** Signs in, opens the chat, and looks at the inbox. */
  async takesPlace(shop: string): Promise<void> {
    await this.signsIn(shop);
    await this.opensChat();
    await this.looksAtInbox();
  }

  async looksAtInbox(): Promise<void> {
    await this.inboxTab.click();
    await expect(this.inboxTab).toHaveAttribute("aria-selected", "true");
  }

  /** The rows of a customer, newest activity first. */
  rowsOf(name: string): Locator {
    const starts = new RegExp(`^${name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}`);
    return this.chat.getByRole("button", { name: starts }).or(this.chat.getByRole("link", { name: starts }));
  }

  /** The row of a customer that shows this text as the last message. */
  row(name: string, lastText: string): Locator {
    return this.rowsOf(name).filter({ hasText: lastText });
  }

  async opensConversation(name: string, lastText: string): Promise<void> {
    await this.row(name, lastText).click();
    await expect(this.thread).toBeVisible();
  }

  async goesBack(): Promise<void> {
    await this.chat.getByRole("button", { name: "Back" }).click();
    await expect(this.inboxTab).toBeVisible();
  }

  /** Where in the thread they are, and where the keyboard and its caret are. */
  async whereabouts(): Promise<unknown> {
    const caret = await this.composer.evaluate((field: HTMLTextAreaElement) => [field.selectionStart, field.selectionEnd, field.value, field === field.ownerDocument.activeElement]);
    const read = await this.thread.evaluate((log) => {
      const first = [...log.querySelectorAll(".bubble-text")].find((text) => text.getBoundingClientRect().bottom > log.getBoundingClientRect().top);
      return { first: first?.textContent, top: Math.round((first?.getBoundingClientRect().top ?? 0) / 4) };
    });
    return { caret, ...read };
  }
}
