//! The keyboard alone is enough for what an admin rarely does: keys and webhooks of the site's server, a test mail, what a
//! policy would do, a conversion taken back, somebody erased.
//! Law: after every question and answer the keyboard is somewhere sensible, and somebody sees where.
import type { Locator } from "@playwright/test";
import type { Admin } from "../people/admin.ts";
import { cora, idris, noor } from "../people/cast.ts";
import { writesAsGuest } from "../support/furnish.ts";
import { callsHost, keyOf } from "../support/host_server.ts";
import { Keyboard } from "../support/keyboard.ts";
import { Site } from "../support/site.ts";
import { expect, test } from "../support/stage.ts";

test("an admin sets up the site's server by keyboard alone", async ({ demo, admin, newBrowser }) => {
  const errands = new Errands(await admin(), demo.chat);
  await errands.ada.signsIn(demo.chat);
  await errands.makesAndRevokesAKey("Till of the shop");
  const receiver = await Site.start("receiver");
  receiver.routes = { "/chat-events": { status: 204 } };
  const url = `http://127.0.0.1:${receiver.port}/chat-events`;
  await errands.addsAWebhook(url);
  await writesAsGuest(demo, await newBrowser(), idris, "Do you mend shades?");
  await errands.repeatsADelivery(url);
  await errands.endsTheWebhook(url);
  await receiver.stop();
  await errands.sendsATestMail();
});

test("an admin looks after guests who became users by keyboard alone", async ({ demo, admin, newBrowser }) => {
  const errands = new Errands(await admin(), demo.chat);
  await errands.ada.signsIn(demo.chat);
  await writesAsGuest(demo, await newBrowser(), cora, "Is the reading lamp back?");
  const key = await keyOf(errands.ada.page, "Till of the shop", ["users_write"]);
  await callsHost(demo.chat, key, "PUT", "/api/host/users/cora-1", { ...cora, email_verified: true });
  await errands.takesAConversionBack(cora.name);
  await errands.triesPoliciesOut();
  await errands.erases(noor.name);
});

/** Ada, without a mouse. */
class Errands {
  private readonly keyboard: Keyboard;

  constructor(readonly ada: Admin, private readonly chat: string) {
    this.keyboard = new Keyboard(ada.page);
  }

  async makesAndRevokesAKey(name: string): Promise<void> {
    const { ada } = this;
    const section = await this.opens("site-server", "Your site's server");
    const create = section.getByRole("button", { name: "Create a server key" });
    await this.presses(create);
    await this.keyboard.isAt(ada.dialog.getByRole("textbox"));
    await this.keyboard.types(name);
    await this.keyboard.goesTo(ada.dialog.getByRole("checkbox", { name: "Erase people" }));
    await this.keyboard.presses("Space");
    await this.presses(this.answer("Create"));
    await this.keyboard.isAt(ada.dialog.getByRole("heading", { name: "Your new server key" }));
    await this.presses(this.answer("I have copied it"));
    await this.keyboard.isAt(create);
    await this.ends(section, section.getByRole("button", { name: `Revoke the key ${name}` }), "Revoke");
  }

  /** The first address is refused, where it is written. */
  async addsAWebhook(url: string): Promise<void> {
    const { ada, keyboard } = this;
    const section = await this.opens("webhooks", "Webhooks");
    const add = section.getByRole("button", { name: "Add a webhook" });
    await this.presses(add);
    const address = ada.dialog.getByLabel("Address");
    await keyboard.isAt(address);
    await keyboard.types("https://10.0.0.7/hook");
    await keyboard.presses("Enter");
    await expect(address).toHaveAttribute("aria-invalid", "true");
    await keyboard.isAt(address);
    await keyboard.presses("Control+a");
    await keyboard.types(url);
    await keyboard.presses("Enter");
    await keyboard.isAt(ada.dialog.getByRole("heading", { name: "Your new webhook" }));
    await this.presses(this.answer("I have copied it"));
    await keyboard.isAt(add);
  }

  async repeatsADelivery(url: string): Promise<void> {
    const { ada, keyboard } = this;
    await this.presses(ada.page.getByRole("link", { name: `Deliveries to ${url}` }), "Shift+Tab");
    await keyboard.isAt(ada.page.getByRole("heading", { level: 1, name: "Deliveries" }));
    const look = ada.page.getByRole("button", { name: "Look again" });
    await this.presses(look);
    await keyboard.isAt(look);
    const sent = ada.card("What was sent to");
    await this.presses(sent.getByRole("button", { name: /^Repeat/ }).first());
    await ada.isTold("It is sent again now.");
    await keyboard.isAt(sent);
  }

  async endsTheWebhook(url: string): Promise<void> {
    const section = this.ada.card("Webhooks");
    await this.presses(this.ada.page.getByRole("link", { name: "All webhooks" }), "Shift+Tab");
    await this.keyboard.isAt(section);
    await this.ends(section, section.getByRole("button", { name: `End the webhook to ${url}` }), "End", "Tab");
  }

  async sendsATestMail(): Promise<void> {
    const send = (await this.opens("mail", "Mail")).getByRole("button", { name: "Send a test mail" });
    await this.presses(send);
    await this.ada.isTold("The mail server took it.");
    await this.keyboard.isAt(send);
  }

  async takesAConversionBack(name: string): Promise<void> {
    const { ada } = this;
    await ada.page.goto(`${this.chat}/admin/conversations`);
    await this.presses(ada.page.getByRole("link", { name: new RegExp(`^${name}`) }).first());
    const undo = ada.page.getByRole("region", { name: "Whose conversation it is" }).getByRole("button", { name: "Undo" });
    await expect(undo).toBeVisible();
    await expect(ada.card("Messages").getByText("Loading…")).toHaveCount(0);
    await this.ends(ada.card("Messages"), undo, "Undo", "Tab");
    await ada.isTold("The conversation is the guest's again.");
  }

  /** The arrows choose; what was chosen before is chosen again, so nothing is left to save. */
  async triesPoliciesOut(): Promise<void> {
    const { keyboard } = this;
    const section = await this.opens("conversion", "Guests who become users");
    await keyboard.goesTo(section.getByRole("radio", { checked: true }));
    const any = section.getByRole("radio", { name: "Whenever the address is the same" });
    await keyboard.presses("ArrowDown");
    await keyboard.isAt(any);
    await expect(any).toBeChecked();
    const run = section.getByRole("button", { name: "See what would happen" });
    await this.presses(run);
    await expect(section.getByRole("table")).toBeVisible();
    await keyboard.isAt(run);
    await keyboard.goesBackTo(any);
    await keyboard.presses("ArrowUp");
    await expect(section.getByRole("table")).toHaveCount(0);
    await expect(this.ada.page.getByRole("region", { name: "Not saved yet" })).toHaveCount(0);
  }

  async erases(name: string): Promise<void> {
    const { ada, keyboard } = this;
    await ada.page.goto(`${this.chat}/admin/groups/people`);
    await this.presses(ada.page.getByRole("link", { name }));
    const erase = ada.card("Erase").getByRole("button", { name: "Erase for ever" });
    await expect(erase).toBeVisible();
    await this.presses(erase);
    const field = ada.dialog.getByRole("textbox");
    await keyboard.isAt(field);
    await keyboard.presses("Escape");
    await keyboard.isAt(erase);
    await keyboard.presses("Enter");
    await keyboard.isAt(field);
    await keyboard.types(name.slice(0, 4));
    await keyboard.presses("Enter");
    await expect(field).toHaveAttribute("aria-invalid", "true");
    await keyboard.isAt(field);
    await keyboard.presses("Control+a");
    await keyboard.types(name);
    await keyboard.presses("Enter");
    await ada.isTold(`${name} is erased.`);
    await keyboard.isAt(ada.page.getByRole("heading", { level: 1 }));
  }

  /** A question is left, asked again and answered; what it was about is gone with its button. */
  private async ends(section: Locator, button: Locator, answer: string, key = "Shift+Tab"): Promise<void> {
    const { ada, keyboard } = this;
    await this.presses(button, key);
    await keyboard.isAt(ada.dialog.getByRole("heading"));
    await keyboard.presses("Escape");
    await keyboard.isAt(button);
    await keyboard.presses("Enter");
    await keyboard.isAt(ada.dialog.getByRole("heading"));
    await this.presses(this.answer(answer));
    await expect(ada.dialog).toBeHidden();
    await keyboard.isAt(section);
    await expect(button).toHaveCount(0);
  }

  private async presses(target: Locator, key = "Tab"): Promise<void> {
    await this.keyboard.goesTo(target, key);
    await this.keyboard.presses("Enter");
  }

  private answer(name: string): Locator {
    return this.ada.dialog.getByRole("button", { name, exact: true });
  }

  /** By a link to a section of *Settings*, which leads the keyboard there. */
  private async opens(id: string, title: string): Promise<Locator> {
    await this.ada.page.goto(`${this.chat}/admin/settings#${id}`);
    const section = this.ada.card(title);
    await this.keyboard.isAt(section);
    return section;
  }
}
