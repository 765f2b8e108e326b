//! The keyboard alone is enough for an admin: from the door through every screen that changes something, and out again.
//! Law: after every move, dialog and deletion the keyboard is somewhere sensible, and somebody sees where.
import { type Admin, DEMO_PASSWORD } from "../people/admin.ts";
import { layla, maximiliana, mina, noor } from "../people/cast.ts";
import { furnish } from "../support/furnish.ts";
import { Keyboard } from "../support/keyboard.ts";
import { expect, test } from "../support/stage.ts";

test("an admin runs the house by keyboard alone", async ({ demo, newBrowser, admin }) => {
  test.setTimeout(300_000);
  await furnish(demo, newBrowser);
  await demo.command("settings", "set", "guest_mode", "off");
  const ada = await admin();
  await ada.page.goto(`${demo.chat}/admin`);
  const shift = new Shift(ada);
  await shift.signsIn();
  await shift.changesSettings();
  await shift.takesAPathBack();
  await shift.makesAGroup("Night shift");
  await shift.deletesTheGroup("Night shift");
  await shift.turnsGuestModeOn();
  await shift.dismissesAReport();
  await shift.unblocks(maximiliana.name);
  await shift.looksAtActivity();
  await shift.signsOut();
});

test("a link to a section leads there, though the page is fetched first", async ({ demo, admin }) => {
  const ada = await admin();
  await ada.signsIn(demo.chat);
  await ada.page.goto(`${demo.chat}/admin/settings#guest-mode`);
  await expect(ada.card("Guest Mode")).toBeFocused();
  await expect(ada.card("Guest Mode")).toBeInViewport();
});

/** Ada at work, without a mouse. */
class Shift {
  private readonly keyboard: Keyboard;

  constructor(private readonly ada: Admin) {
    this.keyboard = new Keyboard(ada.page);
  }

  /** What is wrong is said where it is mended. */
  async signsIn(): Promise<void> {
    const { keyboard } = this;
    const [email, password] = [this.field("Email"), this.field("Password")];
    await keyboard.isAt(email);
    await keyboard.types(this.ada.particulars.email);
    await keyboard.presses("Enter");
    await keyboard.isAt(password);
    await expect(password).toHaveAccessibleDescription("Please type your password.");
    await keyboard.types("not the password");
    await keyboard.presses("Enter");
    await expect(password).toHaveAccessibleDescription("That address and that password don't belong together.");
    await keyboard.isAt(password);
    await keyboard.types(DEMO_PASSWORD);
    await keyboard.presses("Enter");
    await keyboard.isAt(this.heading("Conversations"));
  }

  /** A mistake, a save, another save; the keyboard stays where the work is. */
  async changesSettings(): Promise<void> {
    const { ada, keyboard } = this;
    await this.turnsTo("Settings");
    await this.changes("Greeting", "Come in, the lamp is lit.");
    await this.changes("Page size", "1000");
    await this.saves();
    await keyboard.isAt(this.field("Page size"));
    await this.changes("Page size", "20");
    await this.saves();
    await ada.isTold("Saved.");
    // The bar goes with its button; what stands before it has the keyboard.
    await keyboard.isAt(ada.card("Language"));
    await keyboard.goesBackTo(this.field("Greeting"));
    await this.changes("Greeting", "Good evening.");
    await keyboard.goesTo(this.button("Discard"));
    await keyboard.presses("Enter");
    await keyboard.isAt(ada.card("Language"));
    await expect(this.field("Greeting")).toHaveValue("Come in, the lamp is lit.");
  }

  /** The last entry of a list goes, and its button with it. */
  async takesAPathBack(): Promise<void> {
    const { ada, keyboard } = this;
    const paths = ada.card("Include or Exclude URLs");
    await keyboard.goesBackTo(paths.getByRole("button", { name: "Add a path" }).first());
    await keyboard.presses("Enter");
    await keyboard.isAt(this.field("Path 1"));
    await keyboard.types("/shop/*");
    await keyboard.goesTo(this.button("Remove /shop/*"));
    await keyboard.presses("Enter");
    await keyboard.isAt(paths.getByRole("group", { name: "Show the chat only here" }));
  }

  /** A group, somebody in it, and with whom they may chat. */
  async makesAGroup(name: string): Promise<void> {
    const { ada, keyboard } = this;
    await this.turnsTo("User Groups");
    await keyboard.goesTo(this.field("New group"));
    await keyboard.types("Support");
    await keyboard.presses("Enter");
    await expect(this.field("New group")).toHaveAccessibleDescription(/taken/);
    await keyboard.isAt(this.field("New group"));
    await keyboard.presses("Control+a");
    await keyboard.types(name);
    await keyboard.presses("Enter");
    await ada.isTold(`The group ${name} is there.`);
    await keyboard.isAt(this.field("New group"));
    await keyboard.goesTo(ada.page.getByRole("link", { name, exact: true }));
    await keyboard.presses("Enter");
    await keyboard.isAt(this.heading("User Groups"));
    await expect(ada.card(name)).toBeVisible();
    await this.addsPeople(noor.name, mina.name);
    const tick = ada.card("May chat with").getByRole("checkbox", { name: "Support", exact: true });
    await keyboard.goesTo(tick);
    await keyboard.presses("Space");
    await ada.isTold(`Saved: people of ${name} may now chat with people of Support.`);
    await expect(tick).toBeChecked();
    await keyboard.isAt(tick);
  }

  private async addsPeople(...names: string[]): Promise<void> {
    const { ada, keyboard } = this;
    await keyboard.goesTo(this.button("Add people"));
    await keyboard.presses("Enter");
    const search = ada.dialog.getByRole("textbox", { name: "Search by name or address" });
    await keyboard.isAt(search);
    for (const name of names) {
      await keyboard.goesBackTo(search);
      await keyboard.presses("Control+a");
      await keyboard.types(name);
      const add = ada.dialog.getByRole("button", { name: `Add ${name}` });
      await expect(add).toBeVisible();
      await keyboard.goesTo(add);
      await keyboard.presses("Enter");
      await keyboard.isAt(ada.dialog.getByRole("listitem").filter({ hasText: name }));
    }
    await keyboard.goesTo(ada.dialog.getByRole("button", { name: "Done" }));
    await keyboard.presses("Enter");
    await keyboard.isAt(this.button("Add people"));
    // One of them goes again, and the button that took them away with them.
    await keyboard.goesTo(this.button(`Remove ${mina.name}`));
    await keyboard.presses("Enter");
    await ada.isTold(`${mina.name} isn't in`);
    await keyboard.isAt(ada.card("People in it"));
  }

  async deletesTheGroup(name: string): Promise<void> {
    const { ada, keyboard } = this;
    await keyboard.goesBackTo(ada.page.getByRole("link", { name: "All groups" }));
    await keyboard.presses("Enter");
    await keyboard.isAt(this.heading("User Groups"));
    const rename = this.button(`Rename ${name}`);
    await keyboard.goesTo(rename);
    await keyboard.presses("Enter");
    await keyboard.isAt(ada.dialog.getByRole("textbox", { name: "Name" }));
    await keyboard.presses("Escape");
    await keyboard.isAt(rename);
    await keyboard.goesTo(this.button(`Delete ${name}`));
    await keyboard.presses("Enter");
    await keyboard.isAt(ada.dialog.getByRole("heading", { name: `Delete the group ${name}?` }));
    await keyboard.goesTo(ada.dialog.getByRole("button", { name: "Delete group" }));
    await keyboard.presses("Enter");
    await ada.isTold(`The group ${name} is deleted.`);
    await keyboard.isAt(ada.card("Groups"));
  }

  /** By the way to its section, at the top of the page. */
  async turnsGuestModeOn(): Promise<void> {
    const { ada, keyboard } = this;
    await this.turnsTo("Settings");
    await keyboard.goesTo(ada.page.getByRole("navigation", { name: "Sections of this page" }).getByRole("link", { name: "Guest Mode" }));
    await keyboard.presses("Enter");
    await keyboard.isAt(ada.card("Guest Mode"));
    await keyboard.goesTo(ada.page.getByRole("checkbox", { name: "Guest Mode On/Off" }));
    await keyboard.presses("Space");
    await this.saves();
    await ada.isTold("Saved.");
    await keyboard.isAt(ada.card("Language"));
    await expect(ada.page.getByRole("checkbox", { name: "Guest Mode On/Off" })).toBeChecked();
  }

  async dismissesAReport(): Promise<void> {
    const { ada, keyboard } = this;
    await keyboard.goesBackTo(ada.screenLink("Blocked & Reported"));
    await keyboard.presses("Enter");
    await keyboard.isAt(this.heading("Blocked & Reported"));
    await keyboard.goesTo(this.button(`Dismiss the report about ${layla.name}`));
    await keyboard.presses("Enter");
    await ada.isTold("The report is dismissed.");
    await keyboard.isAt(ada.card("Reports"));
  }

  async unblocks(name: string): Promise<void> {
    const { ada, keyboard } = this;
    await keyboard.goesBackTo(ada.page.getByRole("link", { name: "Blocked people" }));
    await keyboard.presses("Enter");
    await keyboard.isAt(this.heading("Blocked & Reported"));
    await keyboard.goesTo(ada.page.getByRole("button", { name: new RegExp(`^Unblock ${name}`) }));
    await keyboard.presses("Enter");
    await keyboard.isAt(ada.dialog.getByRole("heading", { name: `Unblock ${name}?` }));
    await keyboard.goesTo(ada.dialog.getByRole("button", { name: "Unblock" }));
    await keyboard.presses("Enter");
    await expect(ada.dialog).toBeHidden();
    await keyboard.isAt(ada.card("Blocked people"));
  }

  /** More of a list than fits on a page: the keyboard goes on with what came. */
  async looksAtActivity(): Promise<void> {
    const { ada, keyboard } = this;
    await this.turnsTo("Activity");
    const lines = ada.card("What happened, the newest first").getByRole("listitem");
    await expect(lines.filter({ hasText: `unblocked ${maximiliana.name}` })).toBeVisible();
    const before = await lines.count();
    await keyboard.goesTo(this.button("Show more"));
    await keyboard.presses("Enter");
    await keyboard.isAt(lines.nth(before));
  }

  async signsOut(): Promise<void> {
    const { keyboard } = this;
    await keyboard.goesBackTo(this.button("Sign out"));
    await keyboard.presses("Enter");
    await keyboard.isAt(this.field("Email"));
  }

  /** From wherever the keyboard is in a screen, up to the side bar, and to another screen's heading. */
  private async turnsTo(screen: string): Promise<void> {
    await this.keyboard.goesBackTo(this.ada.screenLink(screen));
    await this.keyboard.presses("Enter");
    await this.keyboard.isAt(this.heading(screen));
  }

  private async changes(field: string, text: string): Promise<void> {
    await this.keyboard.goesTo(this.field(field));
    await this.keyboard.presses("Control+a");
    await this.keyboard.types(text);
  }

  private async saves(): Promise<void> {
    await this.keyboard.goesTo(this.button("Save"));
    await this.keyboard.presses("Enter");
  }

  private field(name: string) {
    return this.ada.page.getByRole("textbox", { name, exact: true });
  }

  private button(name: string) {
    return this.ada.page.getByRole("button", { name, exact: true });
  }

  private heading(name: string) {
    return this.ada.page.getByRole("heading", { level: 1, name, exact: true });
  }
}
