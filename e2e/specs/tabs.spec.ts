//! Several tabs of one browser are one person.
import { Agent } from "../people/agent.ts";
import { Guest } from "../people/guest.ts";
import { cora } from "../people/cast.ts";
import { expect, test } from "../support/stage.ts";

test("two tabs of a guest agree", async ({ demo, newBrowser, agent }) => {
  const browser = await newBrowser();
  const [first, second] = [new Guest(await browser.newPage(), cora), new Guest(await browser.newPage(), cora)];
  await first.startsWith(demo.shop, "From the first tab.");
  await second.goesTo(`${demo.shop}/about`);
  await second.opensChat();
  await second.reads("From the first tab.");
  await second.writes("From the second tab.");
  await first.reads("From the first tab.", "From the second tab.");
  const mina = await agent("Mina");
  await mina.takesPlace(demo.shop);
  await mina.opensConversation(cora.name, "From the second tab.");
  await mina.writes("I see you twice.");
  for (const tab of [first, second]) {
    await tab.reads("From the first tab.", "From the second tab.", "I see you twice.");
    await expect(tab.launcher).toHaveAccessibleDescription("");
  }
});

test("a door in another tab opens when the chat is started in this one", async ({ demo, newBrowser }) => {
  const browser = await newBrowser();
  const [first, second] = [new Guest(await browser.newPage(), cora), new Guest(await browser.newPage(), cora)];
  await second.goesTo(demo.shop);
  await second.opensChat();
  await expect(second.chat.getByLabel("Full name")).toBeVisible();
  await first.startsWith(demo.shop, "Started elsewhere.");
  await second.reads("Started elsewhere.");
});

test("two tabs of an agent agree", async ({ demo, newBrowser, guest }) => {
  const visitor = await guest(cora);
  await visitor.startsWith(demo.shop, "To whoever is there.");
  const browser = await newBrowser();
  const [first, second] = [new Agent(await browser.newPage(), "Mina"), new Agent(await browser.newPage(), "Mina")];
  await first.takesPlace(demo.shop);
  await second.goesTo(`${demo.shop}/about`);
  await second.opensChat();
  await second.looksAtInbox();
  await first.opensConversation(cora.name, "To whoever is there.");
  await second.opensConversation(cora.name, "To whoever is there.");
  await first.writes("Both of me are.");
  await second.reads("Both of me are.");
  await visitor.reads("Both of me are.");
});
