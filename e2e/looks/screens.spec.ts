//! Photographs of the widget's screens: door, thread, inbox, groups, blocking and reporting; light, dark and narrow;
//! short, long, empty and failing.
import { join } from "node:path";
import type { BrowserContextOptions, Page } from "@playwright/test";
import { cora, layla, maximiliana, mina as minaOf, noor as noorOf } from "../people/cast.ts";
import { expect, test } from "../support/stage.ts";

const folder = join(import.meta.dirname, "..", "shots");

const looks: Record<string, BrowserContextOptions> = {
  light: { colorScheme: "light", viewport: { width: 900, height: 760 } },
  dark: { colorScheme: "dark", viewport: { width: 900, height: 760 } },
  narrow: { colorScheme: "light", viewport: { width: 320, height: 640 }, hasTouch: true },
};

async function photograph(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(folder, `${name}.png`), animations: "disabled" });
}

const long =
  "I bought the reading lamp in spring, and since last week it flickers whenever the fridge starts; I have changed the bulb twice, tried three sockets and a different room, and the neighbour's lamp of the same kind does not do it.";

for (const [look, options] of Object.entries(looks)) {
  test(`the guest's screens, ${look}`, async ({ demo, guest }) => {
    const visitor = await guest(cora, options);
    const { page, chat } = visitor;
    await visitor.goesTo(`${demo.shop}/lamps/blue`);
    await visitor.launcher.waitFor();
    await photograph(page, `${look}-1-launcher`);
    await visitor.opensChat();
    await chat.getByLabel("Full name").waitFor();
    await photograph(page, `${look}-2-door`);
    await chat.getByLabel("Email").fill("cora.example.org");
    await chat.getByLabel("Full name").fill(maximiliana.name);
    await photograph(page, `${look}-3-door-mistake`);
    await visitor.startsChat();
    await photograph(page, `${look}-4-empty-thread`);
    await visitor.writes("Hello?");
    await visitor.writes(long);
    await visitor.writes("https://shop.example/lamps/" + "reading".repeat(12));
    await visitor.writes("مساء الخير");
    await visitor.hasEverythingSent();
    await photograph(page, `${look}-5-thread`);
    await page.context().setOffline(true);
    await expect(chat.getByText("You're offline.")).toBeVisible();
    await visitor.writes("Are you still there?");
    await photograph(page, `${look}-6-offline`);
  });

  test(`the agent's screens, ${look}`, async ({ demo, guest, agent }) => {
    for (const [particulars, text] of [[maximiliana, long], [layla, "هل المصباح الأزرق متوفر؟"], [cora, "Hello?"]] as const) {
      await (await guest(particulars)).startsWith(demo.shop, text);
    }
    const mina = await agent("Mina", options);
    await mina.takesPlace(demo.shop);
    await expect(mina.row(cora.name, "Hello?")).toBeVisible();
    await photograph(mina.page, `${look}-7-inbox`);
    await mina.chat.getByRole("tab", { name: "Chats" }).click();
    await photograph(mina.page, `${look}-8-chats`);
    await mina.looksAtInbox();
    await mina.opensConversation(maximiliana.name, long.slice(0, 40));
    await mina.writes("That sounds like the transformer. Could you bring it in?");
    await mina.hasEverythingSent();
    await photograph(mina.page, `${look}-9-thread-of-a-long-name`);
    await mina.goesBack();
    await mina.opensConversation(layla.name, "هل المصباح الأزرق متوفر؟");
    await photograph(mina.page, `${look}-10-thread-of-a-right-to-left-name`);
  });

  test(`the user's screens, ${look}`, async ({ demo, shopper, agent }) => {
    const noor = await shopper("Noor", options);
    await noor.signsIn(demo.shop);
    await noor.opensChat();
    await noor.chat.getByRole("button", { name: "New conversation" }).first().waitFor();
    await photograph(noor.page, `${look}-11-user`);
    await noor.looksAtGroups();
    await photograph(noor.page, `${look}-12-groups`);
    await noor.search.fill("nobody of that name");
    await expect(noor.chat.getByText(/Nobody/)).toBeVisible();
    await photograph(noor.page, `${look}-13-nobody-found`);
    await noor.search.fill("mina");
    await noor.listed(minaOf.name).click();
    await photograph(noor.page, `${look}-14-direct-conversation`);
    await noor.writes("Good morning.");
    const mina = await agent("Mina", options);
    await mina.signsIn(demo.shop);
    await mina.opensChat();
    await mina.looksAtChats();
    await mina.listed(noorOf.name).click();
    await mina.writes("Good morning, Noor.");
    await noor.reads("Good morning, Noor.");
    await noor.asksAboutTheLastMessage();
    await photograph(noor.page, `${look}-15-about-a-message`);
    await noor.chat.getByRole("dialog").getByRole("button", { name: /^Report/ }).click();
    await photograph(noor.page, `${look}-16-report`);
    await noor.page.keyboard.press("Escape");
    await noor.chat.getByRole("button", { name: "More", exact: true }).click();
    await photograph(noor.page, `${look}-17-menu`);
    await noor.chat.getByRole("menuitem", { name: `Block ${minaOf.name}…` }).click();
    await photograph(noor.page, `${look}-18-block`);
    await noor.chooses(`Block ${minaOf.name}`);
    await expect(noor.chat.getByText(`You blocked ${minaOf.name}.`)).toBeVisible();
    await photograph(noor.page, `${look}-19-blocked`);
  });

  test(`the closed doors, ${look}`, async ({ demo, guest }) => {
    const visitor = await guest(cora, options);
    await demo.command("settings", "set", "guest_mode", "off");
    await visitor.goesTo(demo.shop);
    await visitor.opensChat();
    await expect(visitor.chat.getByText("Please sign in on this site to chat with us.")).toBeVisible();
    await photograph(visitor.page, `${look}-20-door-of-a-site-without-guests`);
  });
}
