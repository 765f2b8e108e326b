//! What is typed at the visitor's door stays there, with caret and mistakes, whatever is asked and answered meanwhile.
import type { Page, Route } from "@playwright/test";
import { cora } from "../people/cast.ts";
import type { Guest } from "../people/guest.ts";
import { expect, test } from "../support/stage.ts";

/** Half a name with the caret inside, and an address with its mistake said. */
async function types(visitor: Guest): Promise<void> {
  const [name, email] = [visitor.chat.getByLabel("Full name"), visitor.chat.getByLabel("Email")];
  await email.pressSequentially("cora@");
  await name.click();
  await expect(email).toHaveAccessibleDescription(/looks unfinished/);
  await name.pressSequentially("Coa");
  await visitor.page.keyboard.press("ArrowLeft");
  await name.evaluate((field) => ((field as any).isTheSame = true));
}

/** All of it is as it was, in the very same field. */
async function keeps(visitor: Guest): Promise<void> {
  const [name, email] = [visitor.chat.getByLabel("Full name"), visitor.chat.getByLabel("Email")];
  const state = await name.evaluate((field: HTMLInputElement) => [(field as any).isTheSame, field.value, field.selectionStart, field === document.activeElement]);
  expect(state).toEqual([true, "Coa", 2, true]);
  await expect(email).toHaveValue("cora@");
  await expect(email).toHaveAccessibleDescription(/looks unfinished/);
  await visitor.page.keyboard.type("r");
  await expect(name).toHaveValue("Cora");
}

/** Holds what the page asks of these addresses, until it is let go. */
async function holds(page: Page, address: string): Promise<{ arrived: () => Promise<void>; letGo: () => Promise<void> }> {
  const held: Route[] = [];
  let isOpen = false;
  await page.route(address, (route) => void (!isOpen ? held.push(route) : route.continue()));
  return {
    arrived: () => expect.poll(() => held.length).toBeGreaterThan(0),
    letGo: async () => {
      isOpen = true;
      const answered = page.waitForResponse(address);
      for (const route of held) await route.continue();
      await (await answered).finished();
    },
  };
}

async function everyFrame(page: Page, happens: () => void): Promise<void> {
  for (const frame of page.frames()) await frame.evaluate(happens);
}

// The first is what the page itself asked for early.
test("a second answer about who is there, however late, leaves the door as it is", async ({ demo, guest }) => {
  const visitor = await guest(cora);
  const second = await holds(visitor.page, "**/api/session");
  await visitor.goesTo(demo.shop);
  await visitor.opensChat();
  await types(visitor);
  await second.arrived();
  await second.letGo();
  await keeps(visitor);
  await visitor.fillsTheDoor();
  await visitor.chat.getByRole("button", { name: "Start chat" }).click();
  await expect(visitor.composer).toBeVisible();
});

test("a page that comes back, goes online or is shown again leaves the door as it is", async ({ demo, guest }) => {
  const visitor = await guest(cora);
  await visitor.goesTo(demo.shop);
  await visitor.opensChat();
  await types(visitor);
  for (const happens of [
    () => dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true })),
    () => document.dispatchEvent(new Event("visibilitychange")),
    () => dispatchEvent(new Event("online")),
  ]) {
    const asked = visitor.page.waitForResponse("**/api/session");
    await everyFrame(visitor.page, happens);
    await (await asked).finished();
  }
  await visitor.page.context().setOffline(true);
  await expect(visitor.chat.getByText("You're offline.")).toBeVisible();
  await visitor.page.context().setOffline(false);
  await expect(visitor.chat.getByText("You're offline.")).toHaveCount(0);
  await keeps(visitor);
});

test("a host page that says late, or says again, that nobody is signed in leaves the door as it is", async ({ demo, guest }) => {
  const visitor = await guest(cora);
  await visitor.page.clock.install();
  const token = await holds(visitor.page, "**/chat-token");
  await visitor.goesTo(demo.shop);
  await visitor.opensChat();
  await token.arrived();
  // The chat's patience with the host page ends.
  await expect(async () => {
    await visitor.page.clock.fastForward(6_000);
    await expect(visitor.chat.getByLabel("Full name")).toBeVisible({ timeout: 500 });
  }).toPass();
  await visitor.page.clock.resume();
  await types(visitor);
  await token.letGo();
  const said = visitor.page.waitForResponse("**/chat-token");
  await visitor.page.evaluate(() => (window as any).Porchlight.identify());
  await (await said).finished();
  await visitor.page.evaluate(() => new Promise((done) => setTimeout(done)));
  await keeps(visitor);
});

test("what the browser fills in by itself is there when the chat is started", async ({ demo, guest }) => {
  const visitor = await guest(cora);
  await visitor.goesTo(demo.shop);
  await visitor.opensChat();
  for (const [label, value] of [["Full name", cora.name], ["Email", cora.email]] as const) {
    // Without a key, as browsers and their helpers do it.
    await visitor.chat.getByLabel(label).evaluate((field: HTMLInputElement, value) => {
      field.value = value;
      for (const told of ["input", "change"]) field.dispatchEvent(new Event(told, { bubbles: true }));
    }, value);
  }
  await visitor.chat.getByRole("button", { name: "Start chat" }).click();
  await expect(visitor.composer).toBeVisible();
});
