//! Coming back: after a reload, on another page, tomorrow; in browsers with storage for frames and in those without.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Guest } from "../people/guest.ts";
import { cora } from "../people/cast.ts";
import { browserWithFrameStorage } from "../support/frame_storage.ts";
import { expect, test } from "../support/stage.ts";

async function frameHasStorage(visitor: Guest): Promise<boolean> {
  const frame = visitor.page.frames().find((frame) => frame.url().includes("/widget"));
  if (!frame) throw new Error("there is no frame");
  return frame.evaluate(() => {
    try {
      return Boolean(localStorage);
    } catch {
      return false;
    }
  });
}

async function comesBack(visitor: Guest, shop: string): Promise<void> {
  await visitor.startsWith(shop, "I will be back.");
  await visitor.page.reload();
  // The flag alone opens the frame unseen; the door is not shown again.
  await visitor.opensChat();
  await visitor.reads("I will be back.");
  await visitor.writes("Here I am.");
  await visitor.goesTo(`${shop}/about`);
  await visitor.opensChat();
  await visitor.reads("I will be back.", "Here I am.");
}

test("a reload and another page continue the conversation, without storage in the frame", async ({ demo, guest }) => {
  const visitor = await guest(cora);
  await comesBack(visitor, demo.shop);
  expect(await frameHasStorage(visitor)).toBe(false);
});

test("a reload and another page continue the conversation, with storage in the frame; tomorrow too", async ({ demo, policyReports }) => {
  const profile = mkdtempSync(join(tmpdir(), "porchlight-profile-"));
  const today = await browserWithFrameStorage(profile);
  policyReports.of(today);
  const visitor = new Guest(await today.newPage(), cora);
  await comesBack(visitor, demo.shop);
  expect(await frameHasStorage(visitor)).toBe(true);
  // A draft is no message: it waits in the browser.
  await visitor.composer.fill("Half a thou");
  await expect(visitor.composer).toHaveValue("Half a thou");
  await today.close();
  const tomorrow = await browserWithFrameStorage(profile);
  policyReports.of(tomorrow);
  const again = new Guest(await tomorrow.newPage(), cora);
  await again.goesTo(demo.shop);
  await again.opensChat();
  await again.reads("I will be back.", "Here I am.");
  await expect(again.composer).toHaveValue("Half a thou");
  await tomorrow.close();
  rmSync(profile, { recursive: true, force: true });
});

test("the badge is right on the next page without a click", async ({ demo, guest, agent }) => {
  const visitor = await guest(cora);
  await visitor.startsWith(demo.shop, "Call me when you know.");
  const mina = await agent("Mina");
  await mina.takesPlace(demo.shop);
  await mina.opensConversation(cora.name, "Call me when you know.");
  await visitor.goesTo("about:blank");
  await mina.writes("We know now.");
  await mina.hasEverythingSent();
  await visitor.goesTo(`${demo.shop}/about`);
  await expect(visitor.launcher).toHaveAccessibleDescription("1 unread");
});

test("another browser with the same address is another guest and sees nothing", async ({ demo, guest }) => {
  const first = await guest(cora);
  await first.startsWith(demo.shop, "My order number is 4711.");
  const second = await guest(cora);
  await second.startsWith(demo.shop, "Hello from another browser.");
  await second.reads("Hello from another browser.");
  await expect(second.chat.getByText("4711")).toHaveCount(0);
});

test("Forget me on this device ends it here", async ({ demo, guest }) => {
  const visitor = await guest(cora);
  await visitor.startsWith(demo.shop, "Please forget me later.");
  await visitor.chat.getByRole("button", { name: "More" }).click();
  await visitor.chat.getByRole("menuitem", { name: "Forget me on this device" }).or(visitor.chat.getByRole("button", { name: "Forget me on this device" })).click();
  await expect(visitor.chat.getByLabel("Full name")).toBeVisible();
  await visitor.page.reload();
  await visitor.opensChat();
  await expect(visitor.chat.getByLabel("Full name")).toBeVisible();
  await expect(visitor.chat.getByText("Please forget me later.")).toHaveCount(0);
});
