//! Reading along, reports and Activity on the admin page.
import type { FrameLocator } from "@playwright/test";
import { cora } from "../people/cast.ts";
import { expect, test } from "../support/stage.ts";

const WORDS = "Hello <img src=x onerror=alert(1)> anybody?";

/** Reports the first message of a conversation, as the chat's own frame does. */
async function reports(chat: FrameLocator, conversation: string): Promise<void> {
  const status = await chat.locator("body").evaluate(async (_, id) => {
    const headers = { "x-porchlight": "user", "content-type": "application/json" };
    const body = JSON.stringify({ position: 1, reason: "Rude" });
    return (await fetch(`/api/conversations/${id}/report`, { method: "POST", headers, body })).status;
  }, conversation);
  expect(status).toBe(204);
}

test("an admin reads along, which leaves a line, and looks at what was reported", async ({ demo, guest, agent, admin }) => {
  const visitor = await guest(cora);
  await visitor.startsWith(demo.shop, WORDS);
  const ada = await admin();
  await ada.signsIn(demo.chat);
  await ada.goesTo("Guest Conversations");
  await ada.page.getByRole("textbox", { name: "Search by name or address" }).fill("cora");
  const row = ada.page.getByRole("link", { name: new RegExp(`^${cora.name}`) }).first();
  await row.press("Enter");
  const messages = ada.page.getByRole("log", { name: "Messages" });
  await expect(messages.getByText(WORDS, { exact: true })).toHaveCount(1);
  await expect(ada.page.getByText("Reading along is recorded in Activity.")).toBeVisible();
  expect(await ada.complaints()).toEqual([]);
  const conversation = new URL(ada.page.url()).pathname.split("/").at(-1)!;
  const chat = ada.page.getByRole("link", { name: "Open in the chat" });
  await expect(chat).toHaveAttribute("href", `/agent#conversation=${conversation}`);

  // Mina reports it; the number stands in the side bar until somebody has dismissed it.
  const mina = await agent("Mina");
  await mina.takesPlace(demo.shop);
  await reports(mina.chat, conversation);
  await ada.goesTo("Blocked & Reported");
  await expect(ada.screenLink("Blocked & Reported")).toHaveAccessibleName(/1 waiting/);
  const report = ada.page.getByRole("listitem").filter({ hasText: `reported ${cora.name}` });
  await expect(report.getByText(WORDS, { exact: true })).toBeVisible();
  await expect(report.getByText("Rude")).toBeVisible();
  expect(await ada.complaints()).toEqual([]);
  await report.getByRole("button", { name: `Dismiss the report about ${cora.name}` }).click();
  await expect(report).toHaveCount(0);
  await expect(ada.screenLink("Blocked & Reported")).not.toHaveAccessibleName(/waiting/);

  // Both left a line.
  await ada.goesTo("Activity");
  await expect(ada.page.getByText(`Ada Brandt dismissed a report about ${cora.name}.`)).toBeVisible();
  await expect(ada.page.getByText(`Ada Brandt read along: ${cora.name}.`).first()).toBeVisible();
  expect(await ada.complaints()).toEqual([]);
  await ada.page.getByRole("combobox", { name: "Show" }).selectOption({ label: "Report dismissed" });
  await expect(ada.card("What happened, the newest first").getByRole("listitem")).toHaveCount(1);
});

test("a list that cannot be fetched says so, and comes with Try again", async ({ demo, admin }) => {
  const ada = await admin();
  await ada.signsIn(demo.chat);
  await ada.page.route("**/api/admin/activity*", (route) => route.abort());
  await ada.goesTo("Activity");
  const again = ada.page.getByRole("button", { name: "Try again" });
  await expect(again).toBeVisible();
  expect(await ada.complaints()).toEqual([]);
  await ada.page.unroute("**/api/admin/activity*");
  await again.click();
  await expect(ada.card("What happened, the newest first").getByRole("listitem").first()).toBeVisible();
});
