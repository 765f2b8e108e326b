//! A guest becomes a user of the shop: the rows of the table that are told by the shop's own pages.
import { Newcomer } from "../people/newcomer.ts";
import { Shopper } from "../people/shopper.ts";
import { cora, noor } from "../people/cast.ts";
import { expect, test } from "../support/stage.ts";

test("C2: who was chatting under another address is asked, and yes brings the chat", async ({ demo, newcomer, agent }) => {
  const visitor = await newcomer(cora);
  await visitor.startsWith(demo.shop, "From before I signed in.");
  const mina = await agent("Mina");
  await mina.takesPlace(demo.shop);
  const user = new Shopper(visitor.page, "Noor");
  await user.signsIn(demo.shop);
  await user.opensChat();
  const question = user.chat.getByText("You were chatting as");
  await expect(question).toContainText("c•••@example.org");
  await expect(question).toContainText(`Continue here as`);
  await expect(user.chat.getByText("From before I signed in.")).toHaveCount(0);
  await user.chat.getByRole("button", { name: "Yes, continue here" }).click();
  await expect(question).toHaveCount(0);
  await visitor.row("Your earlier messages are here.").click();
  await user.reads("From before I signed in.");
  await expect(mina.row(noor.name, "signed in in the same browser")).toHaveCount(1);
});

test("C2: no leaves the chat the guest's, and ends it in this browser", async ({ demo, newcomer, agent }) => {
  const visitor = await newcomer(cora);
  await visitor.startsWith(demo.shop, "Not to be mixed up.");
  const user = new Shopper(visitor.page, "Noor");
  await user.signsIn(demo.shop);
  await user.opensChat();
  await user.chat.getByRole("button", { name: "No, keep it apart" }).click();
  await expect(user.chat.getByText("You were chatting as")).toHaveCount(0);
  await expect(user.chat.getByText("Not to be mixed up.")).toHaveCount(0);
  const mina = await agent("Mina");
  await mina.takesPlace(demo.shop);
  await expect(mina.row(cora.name, "Not to be mixed up.")).toHaveCount(1);
  await user.signsOut();
  await user.opensChat();
  await expect(user.chat.getByLabel("Full name")).toBeVisible();
  await expect(user.chat.getByText("continued in the account")).toHaveCount(0);
});

test("C4: from another browser, with an address that the shop verified; Not me takes it back", async ({ demo, newcomer, agent }) => {
  const guest = await newcomer(cora);
  await guest.startsWith(demo.shop, "Typed, not proven.");
  const mina = await agent("Mina");
  await mina.takesPlace(demo.shop);
  await mina.opensConversation(cora.name, "Typed, not proven.");
  await mina.composer.fill("Half a thou");
  await guest.composer.fill("And the shade?");
  await expect(guest.composer).toHaveValue("And the shade?");

  const user = await newcomer(cora);
  await user.signsUp(demo.shop, "verified");
  await user.opensChat();
  await user.row("Your earlier messages are here.").click();
  await user.reads("Typed, not proven.");
  await expect(user.thread.getByText("Sent before sign-in, address not proven")).toHaveCount(1);
  await expect(mina.chat.getByText("Was a guest, address not proven")).toBeVisible();

  // The guest elsewhere is told, and what was not sent is not lost.
  await expect(guest.chat.getByText("This chat continued in the account of c•••@example.org.")).toBeVisible();
  await expect(guest.chat.getByText(/You hadn't sent this.*And the shade\?/)).toBeVisible();
  await expect(guest.chat.getByText("Typed, not proven.")).toHaveCount(0);

  await user.writes("What is this?");
  await mina.reads("What is this?");
  await user.thread.getByRole("button", { name: "Not me" }).click();
  await expect(user.chat.getByRole("dialog")).toContainText("What you wrote since stays yours");
  await user.chooses("These messages are not mine");
  await expect(user.chat.getByRole("dialog")).toHaveCount(0);
  await expect(user.chat.getByText("Typed, not proven.")).toHaveCount(0);
  await expect(user.chat.getByRole("listitem")).toHaveCount(1);

  await expect(mina.chat.getByText("Guest · Not verified")).toBeVisible();
  await expect(mina.thread.getByText("Taken back: this chat is the guest's again.")).toHaveCount(1);
  await expect(mina.message("What is this?")).toHaveCount(0);
  await expect(mina.composer).toHaveValue("Half a thou");

  await guest.page.reload();
  await guest.opensChat();
  await guest.reads("Typed, not proven.");
  await expect(guest.thread.getByText("This chat was in an account for a while. It is yours again.")).toHaveCount(1);
});

test("C5, C3: an address that the shop did not verify brings nothing, until a mailed code does", async ({ demo, newcomer, newBrowser }) => {
  const guest = await newcomer(cora);
  await guest.startsWith(demo.shop, "Waiting for a proof.");
  const browser = await newBrowser();
  const [user, other] = [new Newcomer(await browser.newPage(), cora), new Newcomer(await browser.newPage(), cora)];
  await user.signsUp(demo.shop, "unverified");
  await user.opensChat();
  await other.goesTo(`${demo.shop}/about`);
  await other.opensChat();
  await expect(other.chat.getByRole("button", { name: "Bring your earlier chats" })).toBeVisible();
  await user.asksForCode("Bring your earlier chats", cora.email);
  const code = await demo.code(cora.email);
  await expect(user.chat.getByRole("textbox", { name: "Code from the mail" })).toBeFocused();
  await user.entersCode("1234");
  await expect(user.chat.getByText("The code has eight digits.")).toBeVisible();
  await user.entersCode(code === "00000000" ? "00000001" : "00000000");
  await expect(user.chat.getByText("That code isn't the one, or it has run out.")).toBeVisible();
  await user.entersCode(`${code.slice(0, 4)} ${code.slice(4)}`);
  await user.row("Your earlier messages are here.").click();
  await user.reads("Waiting for a proof.");
  await expect(user.chat.getByText("Sent before sign-in, address not proven")).toHaveCount(0);
  // The user's other tab has it without a reload.
  await expect(other.row("Your earlier messages are here.")).toHaveCount(1);
  await expect(guest.chat.getByText("This chat continued in the account of c•••@example.org.")).toBeVisible();
});

test("G3: a guest continues in another browser by a mailed code; who has several chats finds a list", async ({ demo, newcomer }) => {
  const [first, second, third] = [await newcomer(cora), await newcomer(cora), await newcomer(cora)];
  await first.startsWith(demo.shop, "The first of my chats.");
  await second.startsWith(demo.shop, "The second of my chats.");
  await third.goesTo(demo.shop);
  await third.opensChat();
  await third.asksForCode("Continue an earlier conversation", cora.email);
  await third.entersCode(await demo.code(cora.email));
  await expect(third.chat.getByRole("listitem")).toHaveCount(2);
  await expect(third.chat.getByRole("button", { name: "New conversation" })).toHaveCount(0);
  await third.chat.getByRole("listitem").getByRole("button").first().click();
  await expect(third.thread.getByText(/^The (first|second) of my chats\.$/)).toHaveCount(1);
  await expect(third.quietLine).toHaveCount(1);
  await third.page.reload();
  await third.opensChat();
  await expect(third.chat.getByRole("listitem")).toHaveCount(2);
  for (const former of [first, second]) await expect(former.chat.getByText("This chat continued")).toBeVisible();
});

test("G3: whether there is something to continue is not told", async ({ demo, newcomer }) => {
  const visitor = await newcomer(cora);
  await visitor.goesTo(demo.shop);
  await visitor.opensChat();
  await visitor.asksForCode("Continue an earlier conversation", "nobody@example.org");
  await visitor.entersCode("12345678");
  await expect(visitor.chat.getByText("That code isn't the one, or it has run out.")).toBeVisible();
  expect(await demo.mails("nobody@example.org")).toBe(0);
  await visitor.chat.getByRole("button", { name: "Back" }).click();
  await expect(visitor.chat.getByLabel("Full name")).toBeVisible();
});

test("C12: after signing out the browser is a visitor's, and nothing of the guest is there", async ({ demo, newcomer }) => {
  const visitor = await newcomer(cora);
  await visitor.startsWith(demo.shop, "Once mine.");
  await visitor.signsUp(demo.shop, "unverified");
  await visitor.opensChat();
  await visitor.reads("Once mine.");
  await visitor.signsOut();
  await visitor.opensChat();
  await expect(visitor.chat.getByLabel("Full name")).toBeVisible();
  for (const text of ["Once mine.", "example.org", "continued in the account"]) await expect(visitor.chat.getByText(text)).toHaveCount(0);
  await visitor.signsInAgain(demo.shop);
  await visitor.opensChat();
  await visitor.reads("Once mine.");
});

test("C13: another user of the same browser sees nothing of the former, even for a moment", async ({ demo, newcomer }) => {
  const visitor = await newcomer(cora);
  await visitor.startsWith(demo.shop, "Only for Cora.");
  await visitor.signsUp(demo.shop, "unverified");
  await visitor.opensChat();
  await visitor.reads("Only for Cora.");
  const user = new Shopper(visitor.page, "Noor");
  // Up to here the shop says that it is Cora, and a chat that is kept may show what is hers.
  await user.goesTo(demo.shop);
  let shown = 0;
  await visitor.page.exposeFunction("sawIt", () => (shown += 1));
  await visitor.page.addInitScript(() => {
    const tell = (window as unknown as { sawIt?: () => void }).sawIt;
    new MutationObserver(() => document.body?.textContent?.includes("Only for Cora.") && tell?.()).observe(document, { childList: true, subtree: true, characterData: true });
  });
  await user.signsInHere();
  await user.opensChat();
  await expect(user.chat.getByRole("button", { name: "New conversation" }).first()).toBeVisible();
  await expect(user.chat.getByText("You were chatting as")).toHaveCount(0);
  expect(shown).toBe(0);
  // The control: whoever watches would have seen it.
  await user.signsOut();
  await visitor.signsInAgain(demo.shop);
  await visitor.opensChat();
  await visitor.reads("Only for Cora.");
  await expect.poll(() => shown).toBeGreaterThan(0);
});

test("two tabs: who signs in in one is signed in in the other, without a reload", async ({ demo, newBrowser }) => {
  const browser = await newBrowser();
  const [first, second] = [new Newcomer(await browser.newPage(), cora), new Newcomer(await browser.newPage(), cora)];
  await first.startsWith(demo.shop, "In two tabs.");
  await second.goesTo(`${demo.shop}/about`);
  await second.opensChat();
  await second.reads("In two tabs.");
  await first.signsUp(demo.shop, "unverified");
  await first.opensChat();
  await first.reads("In two tabs.");
  await second.reads("In two tabs.");
  await expect(second.quietLine).toHaveCount(1);
});
