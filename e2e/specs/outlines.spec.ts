//! The outline of the main screens, as people hear them: what is said, in which order, under which name.
//! Law: at a standing hour, so that an outline changes only when a screen does; what is made anew for every start stands
//! there as a pattern.
import type { Page } from "@playwright/test";
import { Admin } from "../people/admin.ts";
import { Agent } from "../people/agent.ts";
import { idris, noor } from "../people/cast.ts";
import { Shopper } from "../people/shopper.ts";
import { Demo } from "../support/porchlight.ts";
import { expect, test as base } from "../support/stage.ts";

/** A Friday afternoon. */
const NOW = "2026-11-20T14:05:00Z";

const test = base.extend<{ stillPage: () => Promise<Page> }>({
  demo: async ({}, use) => {
    const demo = await Demo.start(NOW);
    await use(demo);
    await demo.stop();
  },
  /** A page whose clock stands at the demo's. */
  stillPage: async ({ newBrowser }, use) => {
    await use(async () => {
      const context = await newBrowser();
      await context.clock.setFixedTime(new Date(NOW));
      return context.newPage();
    });
  },
});

test("the outlines of the admin page: settings, groups, reading along, activity", async ({ demo, stillPage }) => {
  const ada = new Admin(await stillPage());
  await ada.signsIn(demo.chat);
  // Two lines of one moment have no order.
  await demo.passes(1);
  const main = ada.page.getByRole("main");
  await expect(ada.page.getByRole("link", { name: new RegExp(`^${noor.name}`) }).first()).toBeVisible();
  await expect(main).toMatchAriaSnapshot({ name: "admin-conversations.aria.yml" });
  await ada.goesTo("Guest Conversations");
  await ada.page.getByRole("link", { name: new RegExp(`^${idris.name}`) }).first().click();
  const read = ada.page.getByRole("log", { name: "Messages" });
  await expect(read.getByText("You're welcome.")).toBeVisible();
  await expect(read).toMatchAriaSnapshot({ name: "admin-reading.aria.yml" });
  await ada.goesTo("User Groups");
  await expect(ada.page.getByRole("link", { name: "Support", exact: true })).toBeVisible();
  await expect(main).toMatchAriaSnapshot({ name: "admin-groups.aria.yml" });
  await ada.goesTo("Settings");
  for (const [section, name] of [["General", "general"], ["Guest Mode", "guest-mode"]] as const) {
    await expect(ada.card(section)).toMatchAriaSnapshot({ name: `admin-settings-${name}.aria.yml` });
  }
  await ada.page.goto(`${demo.chat}/admin/activity`);
  await expect(main.getByRole("listitem").first()).toBeVisible();
  await expect(main).toMatchAriaSnapshot({ name: "admin-activity.aria.yml" });
});

test("the outlines of a user's list and of an agent's thread", async ({ demo, stillPage }) => {
  const user = new Shopper(await stillPage(), "Noor");
  await user.signsIn(demo.shop);
  await user.opensChat();
  await expect(user.chat.getByRole("button", { name: "New conversation" }).first()).toBeVisible();
  await expect(user.chat.locator("body")).toMatchAriaSnapshot({ name: "chats.aria.yml" });
  const mina = new Agent(await stillPage(), "Mina");
  await mina.takesPlace(demo.shop);
  await mina.rowsOf(idris.name).first().click();
  await expect(mina.composer).toBeVisible();
  await expect(mina.chat.locator("body")).toMatchAriaSnapshot({ name: "agent-thread.aria.yml" });
});
