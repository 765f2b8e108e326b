//! A guest becomes a user, or does not: the rows of the table that need a site which says more of its users than the shop
//! does, its server, or somebody of the staff.
import type { Page } from "@playwright/test";
import { Agent } from "../people/agent.ts";
import { Newcomer } from "../people/newcomer.ts";
import { Shopper } from "../people/shopper.ts";
import { cora, mina as minaOf, noor } from "../people/cast.ts";
import { callsHost, madeKey } from "../support/host_server.ts";
import { expect, test as base } from "../support/stage.ts";
import { type Account, VouchingSite } from "../support/vouching_site.ts";

const test = base.extend<{ site: VouchingSite; atHost: () => Promise<Page> }>({
  site: async ({}, use) => {
    const site = await VouchingSite.start();
    await use(site);
    await site.stop();
  },
  atHost: async ({ newBrowser }, use) => use(async () => (await newBrowser()).newPage()),
});

const MINA: Account = { sub: "mina", name: minaOf.name, email: minaOf.email };
const CORA: Account = { sub: "cora", name: cora.name, email: cora.email };
const EARLIER = "Your earlier messages are here.";
const NOTHING = "Nothing here yet. Write to us whenever you like.";

/** Mina at her inbox on the site's own page. */
async function minaThere(site: VouchingSite, page: Page): Promise<Agent> {
  const mina = new Agent(page, "Mina");
  await site.signsIn(page, MINA);
  await mina.opensChat();
  await mina.looksAtInbox();
  return mina;
}

/** Signs somebody in and opens the chat. */
async function comesAs(site: VouchingSite, page: Page, account: Account): Promise<Shopper> {
  const user = new Shopper(page, account.name);
  await site.signsIn(page, account);
  await user.opensChat();
  await expect(user.tab("Chats").or(user.composer).first()).toBeVisible();
  return user;
}

test("C6: who is blocked does not become a user by signing in; the block stays on the guest", async ({ demo, newcomer, agent }) => {
  const [visitor, mina] = [await newcomer(cora), await agent("Mina")];
  await visitor.startsWith(demo.shop, "Buy my lamps!");
  await mina.takesPlace(demo.shop);
  await mina.opensConversation(cora.name, "Buy my lamps!");
  await mina.blocksByMessage(cora.name);
  await visitor.signsUp(demo.shop, "verified");
  await visitor.opensChat();
  await expect(visitor.chat.getByText(NOTHING)).toBeVisible();
  await expect(mina.chat.getByText(`${cora.name} is blocked on this site.`)).toBeVisible();
  await expect(mina.chat.getByText("Guest · Not verified")).toBeVisible();
  await expect(mina.thread.getByText(/ is now | no longer a guest/)).toHaveCount(0);
});

test("C7, C11: what became somebody's stays theirs, whoever has the address later", async ({ site, guest, atHost }) => {
  const visitor = await guest(cora);
  await visitor.startsWith(site.page, "Mine for good.");
  const first = await comesAs(site, visitor.page, CORA);
  await first.reads("Mine for good.");
  // C11: the site names another address, and what was converted does not move.
  const again = await comesAs(site, visitor.page, { ...CORA, email: "cora.l@example.org", email_verified: true });
  await again.reads("Mine for good.");
  // C7: the address belongs to somebody else now, and it is verified.
  const other = await comesAs(site, await atHost(), { sub: "another", name: "Cora L.", email: cora.email, email_verified: true });
  await expect(other.chat.getByText(NOTHING)).toBeVisible();
  await again.writes("Still mine.");
  await again.hasEverythingSent();
  const mina = await minaThere(site, await atHost());
  await expect(mina.rowsOf(cora.name)).toHaveCount(1);
});

test("C8: where two users share the address it brings nothing; the browser still does", async ({ site, guest, atHost }) => {
  const [one, two] = [{ ...CORA, email_verified: true }, { ...CORA, sub: "cora-too", email_verified: true }];
  const elsewhere = await comesAs(site, await atHost(), one);
  await comesAs(site, await atHost(), two);
  const visitor = await guest(cora);
  await visitor.startsWith(site.page, "Which of them am I?");
  const first = await comesAs(site, elsewhere.page, one);
  await expect(first.chat.getByText(NOTHING)).toBeVisible();
  await visitor.writes("Still a guest.");
  await visitor.hasEverythingSent();
  const here = await comesAs(site, visitor.page, two);
  await here.reads("Which of them am I?", "Still a guest.");
  await expect(here.thread.getByText(EARLIER)).toHaveCount(1);
});

test("C9: who is signed in as somebody brings nothing, has seen nothing, and staff are told", async ({ site, guest, atHost }) => {
  const visitor = await guest(noor);
  await visitor.startsWith(site.page, "From a guest with the same address.");
  const NOOR: Account = { sub: "noor", name: noor.name, email: noor.email };
  const user = await comesAs(site, await atHost(), NOOR);
  await user.chat.getByRole("button", { name: "New conversation" }).first().click();
  await user.writes("My order came without its shade.");
  await user.hasEverythingSent();
  await user.closesChat();
  const mina = await minaThere(site, await atHost());
  await mina.opensConversation(noor.name, "My order came without its shade.");
  await mina.writes("Another one is on its way.");
  await mina.hasEverythingSent();

  const acting = await comesAs(site, await atHost(), { ...NOOR, email_verified: true, act: { sub: "support-desk" } });
  await expect(acting.chat.getByText(EARLIER)).toHaveCount(0);
  await acting.listed("Another one is on its way.").click();
  await acting.reads("My order came without its shade.", "Another one is on its way.");
  await expect(mina.chat.getByText(/^Signed in as .*Noor Haddad.* by the site's staff: .*support-desk/)).toBeVisible();
  await expect(mina.ticks("Seen")).toHaveCount(0);

  // The control: when she looks herself, it is seen, and what was a guest's of her address comes along.
  await comesAs(site, user.page, { ...NOOR, email_verified: true });
  await user.listed("Another one is on its way.").click();
  await user.reads("Another one is on its way.");
  await expect(mina.ticks("Seen")).not.toHaveCount(0);
  await user.goesToTheLists();
  await expect(user.listed(EARLIER)).toHaveCount(1);
});

test("C10: several guests with the address come along, each with a proof of its own", async ({ demo, newcomer, agent }) => {
  const [here, elsewhere] = [await newcomer(cora), await newcomer(cora)];
  await here.startsWith(demo.shop, "Written in this browser.");
  await elsewhere.startsWith(demo.shop, "Written in another.");
  await here.signsUp(demo.shop, "verified");
  await here.opensChat();
  // Both came at once; whichever is the newest may stand open already.
  await expect(here.row(EARLIER).or(here.thread).first()).toBeVisible();
  if (await here.thread.isVisible()) await here.chat.getByRole("button", { name: "Back" }).click();
  await expect(here.row(EARLIER)).toHaveCount(2);
  const mina = await agent("Mina");
  await mina.takesPlace(demo.shop);
  for (const proof of ["signed in in the same browser", "the same address, not proven"]) await expect(mina.row(cora.name, proof)).toHaveCount(1);
  await expect(elsewhere.chat.getByText("This chat continued in the account of c•••@example.org.")).toBeVisible();
});

test("C14: the shop's server registers a user before they ever open the chat; it is theirs now, and shown when they do", async ({ demo, newcomer, agent, admin }) => {
  const [visitor, mina, ada] = [await newcomer(cora), await agent("Mina"), await admin()];
  await visitor.startsWith(demo.shop, "Before I had an account.");
  await mina.takesPlace(demo.shop);
  await mina.opensConversation(cora.name, "Before I had an account.");
  const user = await newcomer(cora);
  await user.signsUp(demo.shop, "unverified");
  const token = await user.page.evaluate(async () => (await fetch("/chat-token")).text());
  const { sub } = JSON.parse(Buffer.from(token.split(".")[1]!, "base64url").toString());
  await ada.signsIn(demo.chat);
  await ada.goesTo("Settings");
  const key = await madeKey(ada, "Shop backend", ["Name people"]);
  const put = await callsHost(demo.chat, key, "PUT", `/api/host/users/${sub}`, { name: cora.name, email: cora.email, email_verified: true });
  expect(put).toMatchObject({ status: 200, answer: { converted: 1 } });

  await expect(mina.chat.getByText("Signed in on the site · Was a guest, address not proven")).toBeVisible();
  await expect(visitor.chat.getByText("This chat continued in the account of c•••@example.org.")).toBeVisible();
  await user.opensChat();
  await user.row(EARLIER).click();
  await user.reads("Before I had an account.");
});

test("Undo by an admin is seen by both sides: the guest's part goes back, and what was written since stays", async ({ demo, newcomer, agent, admin }) => {
  const [visitor, mina, ada] = [await newcomer(cora), await agent("Mina"), await admin()];
  await visitor.startsWith(demo.shop, "As a guest.");
  await mina.takesPlace(demo.shop);
  await mina.opensConversation(cora.name, "As a guest.");
  await visitor.signsUp(demo.shop, "unverified");
  await visitor.opensChat();
  await visitor.reads("As a guest.");
  await visitor.writes("As a user.");
  await mina.reads("As a user.");
  await ada.signsIn(demo.chat);
  await ada.goesTo("Conversations");
  await ada.page.getByRole("link", { name: new RegExp(`^${cora.name}`) }).click();
  await ada.page.getByRole("region", { name: "Whose conversation it is" }).getByRole("button", { name: "Undo" }).click();
  await ada.dialog.getByRole("button", { name: "Undo" }).click();
  await ada.isTold("The conversation is the guest's again.");

  await expect(mina.thread.getByText("Taken back: this chat is the guest's again.")).toHaveCount(1);
  await expect(mina.chat.getByText("Guest · Not verified")).toBeVisible();
  await expect(mina.message("As a user.")).toHaveCount(0);
  await expect(visitor.message("As a guest.")).toHaveCount(0);
  await visitor.page.reload();
  await visitor.opensChat();
  await visitor.row("As a user.").click();
  await visitor.reads("As a user.");
  await expect(visitor.message("As a guest.")).toHaveCount(0);
  // The next sign-in does not repeat it.
  await visitor.signsOut();
  await visitor.signsInAgain(demo.shop);
  await visitor.opensChat();
  await expect(visitor.chat.getByText("As a guest.")).toHaveCount(0);
});
