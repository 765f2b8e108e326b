//! Somebody on a host page with the chat in its corner: what everybody there can do and see.
//! Law: controls are found by the names people hear and read, never by class or structure.
import { expect, type FrameLocator, type Locator, type Page } from "@playwright/test";

export class Visitor {
  /** What is inside the card. */
  readonly chat: FrameLocator;
  readonly thread: Locator;
  readonly composer: Locator;

  constructor(readonly page: Page) {
    this.chat = page.frameLocator("porchlight-chat iframe");
    this.thread = this.chat.getByRole("log", { name: "Conversation" });
    this.composer = this.chat.getByRole("textbox", { name: "Write a message" });
  }

  get launcher(): Locator {
    return this.page.getByRole("button", { name: /^(Open|Close) chat$/ });
  }

  async goesTo(url: string): Promise<void> {
    await this.page.goto(url);
  }

  async opensChat(): Promise<void> {
    // A browser draws the tab in front only, and in what is not drawn it does not know where a press belongs.
    await this.page.bringToFront();
    await this.page.getByRole("button", { name: "Open chat" }).click();
    await this.standsStill();
  }

  /**
   * Nobody is quick enough to press something in a card that is still growing, or not drawn yet; a script is, and its press
   * goes to whatever stood there before.
   */
  private async standsStill(): Promise<void> {
    await this.page.evaluate(async () => {
      const moving = document.querySelector("porchlight-chat")?.shadowRoot?.getAnimations() ?? [];
      await Promise.allSettled(moving.map((movement) => movement.finished));
      await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
    });
  }

  async closesChat(): Promise<void> {
    await this.page.getByRole("button", { name: "Close chat" }).click();
  }

  /** Writes and sends; whether it arrives is another step. */
  async writes(text: string): Promise<void> {
    await this.composer.fill(text);
    await this.chat.getByRole("button", { name: "Send", exact: true }).click();
    await expect(this.composer).toHaveValue("");
  }

  /** A message as it stands in the thread; exactly once. */
  message(text: string): Locator {
    return this.thread.getByText(text, { exact: true });
  }

  async reads(...texts: string[]): Promise<void> {
    for (const text of texts) await expect(this.message(text)).toHaveCount(1);
  }

  /** Opens what can be done about the last message of the other side. */
  async asksAboutTheLastMessage(): Promise<void> {
    await this.chat.getByRole("button", { name: "About this message" }).last().click();
    await expect(this.chat.getByRole("dialog")).toBeVisible();
  }

  /** Chooses in the dialog that is open. */
  async chooses(label: string): Promise<void> {
    await this.chat.getByRole("dialog").getByRole("button", { name: label, exact: true }).click();
  }

  /** Blocks whoever wrote the last message of the other side. */
  async blocksByMessage(name: string): Promise<void> {
    await this.asksAboutTheLastMessage();
    await this.chooses(`Block ${name}…`);
    await expect(this.chat.getByText(`Messages from ${name} won't be delivered any more.`)).toBeVisible();
    await this.chooses(`Block ${name}`);
    await expect(this.chat.getByRole("dialog")).toHaveCount(0);
  }

  /** The one sentence that somebody reads whose message reaches nobody. */
  get undelivered(): Locator {
    return this.thread.getByText("This message could not be delivered.");
  }

  /** The tick beside a time: "Sending", "Sent" or "Seen". */
  ticks(state: "Sending" | "Sent" | "Seen"): Locator {
    return this.thread.getByRole("img", { name: state });
  }

  /** Nothing is pending or failed any more. */
  async hasEverythingSent(): Promise<void> {
    await expect(this.ticks("Sending")).toHaveCount(0);
    await expect(this.chat.getByRole("button", { name: "Retry" })).toHaveCount(0);
  }
}
