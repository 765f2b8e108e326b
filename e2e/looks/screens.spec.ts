//! Photographs of the widget's screens and of the shop around them: door, thread, inbox, groups, blocking and reporting, a
//! window of its own; in every look; short, long, empty and failing.
import type { Page } from "@playwright/test";
import { cora, layla, maximiliana, mina as minaOf, noor as noorOf } from "../people/cast.ts";
import { Newcomer } from "../people/newcomer.ts";
import { expect, test } from "../support/stage.ts";
import { browserOf, CARD_LOOKS, snapshot } from "./album.ts";

const long =
  "I bought the reading lamp in spring, and since last week it flickers whenever the fridge starts; I have changed the bulb twice, tried three sockets and a different room, and the neighbour's lamp of the same kind does not do it.";

test.describe.configure({ timeout: 300_000 });

for (const [look, whole] of Object.entries(CARD_LOOKS)) {
  const options = browserOf(whole);
  const photograph = (page: Page, stop: string) => snapshot(page, `card-${look}`, stop, whole);

  test(`the guest's screens, ${look}`, async ({ demo, guest }) => {
    const visitor = await guest(cora, options);
    const { page, chat } = visitor;
    await visitor.goesTo(`${demo.shop}/lamps/blue`);
    await visitor.launcher.waitFor();
    await photograph(page, "1-launcher");
    await visitor.opensChat();
    await chat.getByLabel("Full name").waitFor();
    await photograph(page, "2-door");
    await chat.getByLabel("Email").fill("cora.example.org");
    await chat.getByLabel("Full name").fill(maximiliana.name);
    await photograph(page, "3-door-mistake");
    await visitor.startsChat();
    await photograph(page, "4-empty-thread");
    await visitor.writes("Hello?");
    await visitor.writes(long);
    await visitor.writes("https://shop.example/lamps/" + "reading".repeat(12));
    await visitor.writes("مساء الخير");
    await visitor.hasEverythingSent();
    await photograph(page, "5-thread");
    await page.context().setOffline(true);
    await expect(chat.getByText("You're offline.")).toBeVisible();
    await visitor.writes("Are you still there?");
    await photograph(page, "6-offline");
  });

  test(`the agent's screens, ${look}`, async ({ demo, guest, agent }) => {
    for (const [particulars, text] of [[maximiliana, long], [layla, "هل المصباح الأزرق متوفر؟"], [cora, "Hello?"]] as const) {
      await (await guest(particulars)).startsWith(demo.shop, text);
    }
    const mina = await agent("Mina", options);
    await mina.takesPlace(demo.shop);
    await expect(mina.row(cora.name, "Hello?")).toBeVisible();
    await photograph(mina.page, "7-inbox");
    await mina.chat.getByRole("tab", { name: "Chats" }).click();
    await photograph(mina.page, "8-chats");
    await mina.looksAtInbox();
    await mina.opensConversation(maximiliana.name, long.slice(0, 40));
    await mina.writes("That sounds like the transformer. Could you bring it in?");
    await mina.hasEverythingSent();
    await photograph(mina.page, "9-thread-of-a-long-name");
    await mina.goesBack();
    await mina.opensConversation(layla.name, "هل المصباح الأزرق متوفر؟");
    await photograph(mina.page, "10-thread-of-a-right-to-left-name");
  });

  test(`the user's screens, ${look}`, async ({ demo, shopper, agent }) => {
    const noor = await shopper("Noor", options);
    await noor.signsIn(demo.shop);
    await noor.opensChat();
    await noor.chat.getByRole("button", { name: "New conversation" }).first().waitFor();
    await photograph(noor.page, "11-user");
    await noor.looksAtGroups();
    await photograph(noor.page, "12-groups");
    await noor.search.fill("nobody of that name");
    await expect(noor.chat.getByText(/Nobody/)).toBeVisible();
    await photograph(noor.page, "13-nobody-found");
    await noor.search.fill("mina");
    await noor.listed(minaOf.name).click();
    await photograph(noor.page, "14-direct-conversation");
    await noor.writes("Good morning.");
    const mina = await agent("Mina", options);
    await mina.signsIn(demo.shop);
    await mina.opensChat();
    await mina.looksAtChats();
    await mina.listed(noorOf.name).click();
    await mina.writes("Good morning, Noor.");
    await noor.reads("Good morning, Noor.");
    await noor.asksAboutTheLastMessage();
    await photograph(noor.page, "15-about-a-message");
    await noor.chat.getByRole("dialog").getByRole("button", { name: /^Report/ }).click();
    await photograph(noor.page, "16-report");
    await noor.page.keyboard.press("Escape");
    await noor.chat.getByRole("button", { name: "More", exact: true }).click();
    await photograph(noor.page, "17-menu");
    await noor.chat.getByRole("menuitem", { name: `Block ${minaOf.name}…` }).click();
    await photograph(noor.page, "18-block");
    await noor.chooses(`Block ${minaOf.name}`);
    await expect(noor.chat.getByText(`You blocked ${minaOf.name}.`)).toBeVisible();
    await photograph(noor.page, "19-blocked");
  });

  test(`the shop and the chat in a window of its own, ${look}`, async ({ demo, newBrowser }) => {
    const page = await (await newBrowser(options)).newPage();
    const stops = { home: "/", lamp: "/lamps/blue", about: "/about", privacy: "/privacy", "sign-in": "/sign-in", "sign-up": "/sign-up", mails: "/mails", nowhere: "/lamps/none" };
    for (const [stop, path] of Object.entries(stops)) {
      await page.goto(`${demo.shop}${path}`);
      await photograph(page, `shop-${stop}`);
    }
    const newcomer = new Newcomer(page, cora);
    await newcomer.signsUp(demo.shop, "unverified");
    await page.goto(`${demo.shop}/account`);
    await photograph(page, "shop-account");
    const alone = await (await newBrowser(options)).newPage();
    await alone.goto(`${demo.chat}/chat`);
    await expect(alone.getByLabel("Full name")).toBeVisible();
    await photograph(alone, "window-door");
    await alone.getByLabel("Full name").fill(layla.name);
    await alone.getByLabel("Email").fill(layla.email);
    await alone.getByRole("button", { name: "Start chat" }).click();
    await alone.getByRole("textbox", { name: "Write a message" }).fill(long);
    await alone.keyboard.press("Enter");
    await expect(alone.getByRole("img", { name: "Sent" })).toHaveCount(1);
    await photograph(alone, "window-thread");
  });

  test(`the closed doors, ${look}`, async ({ demo, guest }) => {
    const visitor = await guest(cora, options);
    await demo.command("settings", "set", "guest_mode", "off");
    await visitor.goesTo(demo.shop);
    await visitor.opensChat();
    await expect(visitor.chat.getByText("Please sign in on this site to chat with us.")).toBeVisible();
    await photograph(visitor.page, "20-door-of-a-site-without-guests");
  });
}
