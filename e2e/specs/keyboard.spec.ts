//! The keyboard alone is enough, for a guest and for an agent; `admin_keyboard.spec.ts` tells it of an admin.
import { cora, idris } from "../people/cast.ts";
import { tabTo } from "../support/keyboard.ts";
import { expect, test } from "../support/stage.ts";

test("a guest chats by keyboard alone", async ({ demo, guest }) => {
  const visitor = await guest(cora);
  const { page } = visitor;
  await visitor.goesTo(demo.shop);
  await tabTo(page, visitor.launcher);
  await page.keyboard.press("Enter");
  await expect(visitor.chat.getByLabel("Full name")).toBeFocused();
  await page.keyboard.type(cora.name);
  await page.keyboard.press("Tab");
  await expect(visitor.chat.getByLabel("Email")).toBeFocused();
  await page.keyboard.type("cora.example.org");
  await page.keyboard.press("Tab");
  // A mistake is said as the field is left, beneath it, and belongs to it.
  await expect(visitor.chat.getByLabel("Email")).toHaveAccessibleDescription("That address is missing its @.");
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Control+a");
  await page.keyboard.type(cora.email);
  await page.keyboard.press("Enter");
  await expect(visitor.composer).toBeFocused();
  await page.keyboard.type("One line");
  await page.keyboard.press("Shift+Enter");
  await page.keyboard.type("and another");
  await page.keyboard.press("Enter");
  await expect(visitor.thread.getByText("One line and another")).toBeVisible();
  await expect(visitor.composer).toHaveValue("");
  await expect(visitor.composer).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(visitor.page.getByRole("button", { name: "Open chat" })).toBeFocused();
});

test("an agent finds and answers by keyboard alone", async ({ demo, guest, agent }) => {
  const [first, second] = [await guest(cora), await guest(idris)];
  await first.startsWith(demo.shop, "The lower row.");
  await second.startsWith(demo.shop, "The upper row.");
  const mina = await agent("Mina");
  const { page } = mina;
  await mina.signsIn(demo.shop);
  await tabTo(page, mina.launcher);
  await page.keyboard.press("Enter");
  await tabTo(page, mina.inboxTab.or(mina.chat.getByRole("tab", { name: "Chats" })).and(mina.chat.locator(":focus, [aria-selected=true]")).first());
  if ((await mina.inboxTab.getAttribute("aria-selected")) !== "true") await page.keyboard.press("ArrowLeft");
  await expect(mina.inboxTab).toHaveAttribute("aria-selected", "true");
  const [upper, lower] = [mina.row(idris.name, "The upper row."), mina.row(cora.name, "The lower row.")];
  await tabTo(page, upper);
  await page.keyboard.press("ArrowDown");
  await expect(lower).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(mina.message("The lower row.")).toBeVisible();
  await tabTo(page, mina.composer);
  await page.keyboard.type("Found you.");
  await page.keyboard.press("Enter");
  await first.reads("Found you.");
});
