//! Blocking and reporting: what whoever does it sees, and that whoever is blocked learns nothing of it.
import { cora, mina as minaOf, noor as noorOf, teo as teoOf } from "../people/cast.ts";
import { expect, test } from "../support/stage.ts";

test("a user blocks another: one neutral sentence there, a way back here", async ({ demo, shopper, agent }) => {
  const [noor, mina] = [await shopper("Noor"), await agent("Mina")];
  for (const somebody of [noor, mina]) {
    await somebody.signsIn(demo.shop);
    await somebody.opensChat();
  }
  await noor.choosesSomebody("Support", minaOf.name);
  await noor.writes("Good morning.");
  await mina.looksAtChats();
  await mina.listed(noorOf.name).click();
  await mina.writes("Good morning, Noor.");
  await noor.reads("Good morning, Noor.");

  await noor.chat.getByRole("button", { name: "More", exact: true }).click();
  await noor.chat.getByRole("menuitem", { name: `Block ${minaOf.name}…` }).click();
  await noor.chooses(`Block ${minaOf.name}`);
  await expect(noor.chat.getByText(`You blocked ${minaOf.name}.`)).toBeVisible();
  await expect(noor.composer).toHaveCount(0);

  await mina.writes("Are you there?");
  await expect(mina.undelivered).toBeVisible();
  // Nothing else tells her, and nothing arrives.
  await expect(mina.composer).toBeVisible();
  await expect(mina.chat.getByText(/blocked/i)).toHaveCount(0);
  await expect(noor.message("Are you there?")).toHaveCount(0);

  await noor.chat.getByRole("button", { name: "Unblock", exact: true }).click();
  await expect(noor.composer).toBeVisible();
  await mina.chat.getByRole("button", { name: "Retry" }).click();
  await noor.reads("Are you there?");
});

test("a guest blocks one agent, not the team, and takes it back", async ({ demo, guest, agent }) => {
  const visitor = await guest(cora);
  await visitor.startsWith(demo.shop, "Hello?");
  const [mina, teo] = [await agent("Mina"), await agent("Teo")];
  for (const staff of [mina, teo]) {
    await staff.takesPlace(demo.shop);
    await staff.opensConversation(cora.name, "Hello?");
  }
  await mina.writes("Yes?");
  await visitor.reads("Yes?");
  await visitor.blocksByMessage(minaOf.name);
  await expect(visitor.composer).toBeVisible();
  await mina.composer.fill("Cora?");
  await mina.page.keyboard.press("Enter");
  await expect(mina.undelivered).toBeVisible();
  await teo.writes("Can I help?");
  await visitor.reads("Can I help?");
  await expect(visitor.message("Cora?")).toHaveCount(0);

  await visitor.chat.getByRole("button", { name: "About this message" }).first().click();
  await visitor.chooses(`Unblock ${minaOf.name}`);
  await expect(visitor.chat.getByRole("dialog")).toHaveCount(0);
  await mina.chat.getByRole("button", { name: "Retry" }).click();
  await visitor.reads("Cora?");
});

test("staff block a guest for the whole site, and everybody of them sees it", async ({ demo, guest, agent }) => {
  const visitor = await guest(cora);
  await visitor.startsWith(demo.shop, "Buy my lamps!");
  const [mina, teo] = [await agent("Mina"), await agent("Teo")];
  for (const staff of [mina, teo]) {
    await staff.takesPlace(demo.shop);
    await staff.opensConversation(cora.name, "Buy my lamps!");
  }
  await mina.blocksByMessage(cora.name);
  for (const staff of [mina, teo]) await expect(staff.chat.getByText(`${cora.name} is blocked on this site.`)).toBeVisible();
  await visitor.writes("Cheap lamps!");
  await expect(visitor.undelivered).toBeVisible();
  await expect(visitor.composer).toBeVisible();
  await teo.chat.getByRole("button", { name: "Unblock", exact: true }).click();
  for (const staff of [mina, teo]) await expect(staff.composer).toBeVisible();
  await visitor.chat.getByRole("button", { name: "Retry" }).click();
  await mina.reads("Cheap lamps!");
});

test("a message is reported with a reason or without, by keyboard alone, and the keyboard is where it was", async ({ demo, guest, agent }) => {
  const visitor = await guest(cora);
  await visitor.startsWith(demo.shop, "Hello?");
  const teo = await agent("Teo");
  await teo.takesPlace(demo.shop);
  await teo.opensConversation(cora.name, "Hello?");
  await teo.writes("What do you want?");
  await visitor.reads("What do you want?");
  const about = visitor.chat.getByRole("button", { name: "About this message" });
  const keys = visitor.page.keyboard;
  await about.focus();
  await keys.press("Enter");
  const dialog = visitor.chat.getByRole("dialog", { name: teoOf.name });
  await expect(dialog.getByText("What do you want?")).toBeVisible();
  // Escape leaves the question, not the chat.
  await keys.press("Escape");
  await expect(dialog).toHaveCount(0);
  await expect(about).toBeFocused();
  await keys.press("Enter");
  await visitor.chooses("Report this message…");
  const reason = visitor.chat.getByLabel("What is wrong with it?");
  await expect(reason).toBeFocused();
  await keys.type("That is no way to talk.");
  await keys.press("Tab");
  await keys.press("Enter");
  await expect(visitor.chat.getByText("Thank you. Somebody will look at it.")).toBeVisible();
  await keys.press("Enter");
  await expect(visitor.chat.getByRole("dialog")).toHaveCount(0);
  await expect(about).toBeFocused();
  // Nobody of the staff is told in the thread.
  await expect(teo.chat.getByText(/reported/i)).toHaveCount(0);
});

test("what could not be done is said in the question, which stays", async ({ demo, guest, agent }) => {
  const visitor = await guest(cora);
  await visitor.startsWith(demo.shop, "Hello?");
  const mina = await agent("Mina");
  await mina.takesPlace(demo.shop);
  await mina.opensConversation(cora.name, "Hello?");
  await mina.writes("Yes?");
  await visitor.reads("Yes?");
  await visitor.asksAboutTheLastMessage();
  await visitor.chooses("Report this message…");
  await visitor.page.context().setOffline(true);
  await visitor.chooses("Report this message");
  await expect(visitor.chat.getByRole("dialog").getByRole("status")).toHaveText("We couldn't keep that just now. Please try again.");
  await visitor.page.context().setOffline(false);
  await visitor.chooses("Report this message");
  await expect(visitor.chat.getByText("Thank you. Somebody will look at it.")).toBeVisible();
});
