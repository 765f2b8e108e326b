//! Bad weather: the server goes away and comes back, the guest's network goes away and comes back.
import { cora } from "../people/cast.ts";
import { expect, test } from "../support/stage.ts";

test("the server restarts in the middle, and nothing is lost or doubled", async ({ demo, guest, agent }) => {
  const visitor = await guest(cora);
  await visitor.startsWith(demo.shop, "Before the restart.");
  const mina = await agent("Mina");
  await mina.takesPlace(demo.shop);
  await mina.opensConversation(cora.name, "Before the restart.");
  await mina.writes("I am here.");
  await visitor.reads("I am here.");

  await demo.halt();
  await visitor.writes("While it was down.");
  await expect(visitor.message("While it was down.")).toBeVisible();
  await expect(mina.chat.getByText("Reconnecting…")).toBeVisible();
  await demo.begin();

  await mina.reads("Before the restart.", "I am here.", "While it was down.");
  await visitor.hasEverythingSent();
  await mina.writes("That was quick.");
  await visitor.reads("Before the restart.", "I am here.", "While it was down.", "That was quick.");
  await expect(mina.chat.getByText("Reconnecting…")).toHaveCount(0);
});

test("a power cut keeps what was acknowledged", async ({ demo, guest }) => {
  const visitor = await guest(cora);
  await visitor.startsWith(demo.shop, "Acknowledged.");
  await demo.halt("SIGKILL");
  await demo.begin();
  await visitor.page.reload();
  await visitor.opensChat();
  await visitor.reads("Acknowledged.");
});

test("offline, type, online: the message goes out by itself, once", async ({ demo, guest, agent }) => {
  const visitor = await guest(cora);
  await visitor.startsWith(demo.shop, "I am on a train.");
  const mina = await agent("Mina");
  await mina.takesPlace(demo.shop);
  await mina.opensConversation(cora.name, "I am on a train.");

  await visitor.page.context().setOffline(true);
  await expect(visitor.chat.getByText("You're offline. Messages will be sent when you're back.")).toBeVisible();
  await visitor.writes("In a tunnel.");
  await visitor.writes("Still in it.");
  await expect(visitor.message("Still in it.")).toBeVisible();
  await expect(mina.message("In a tunnel.")).toHaveCount(0);

  await visitor.page.context().setOffline(false);
  await mina.reads("In a tunnel.", "Still in it.");
  await visitor.hasEverythingSent();
  await visitor.reads("I am on a train.", "In a tunnel.", "Still in it.");
  await expect(visitor.chat.getByText("You're offline.")).toHaveCount(0);
});

test("what was said while the guest was away is there when the network is", async ({ demo, guest, agent }) => {
  const visitor = await guest(cora);
  await visitor.startsWith(demo.shop, "I am on a train.");
  const mina = await agent("Mina");
  await mina.takesPlace(demo.shop);
  await mina.opensConversation(cora.name, "I am on a train.");
  await visitor.page.context().setOffline(true);
  await mina.writes("Take your time.");
  await mina.hasEverythingSent();
  await visitor.page.context().setOffline(false);
  await visitor.reads("Take your time.");
});

test("the very first message survives a server that is away", async ({ demo, guest, agent }) => {
  const visitor = await guest(cora);
  await visitor.goesTo(demo.shop);
  await visitor.opensChat();
  await visitor.startsChat();
  await demo.halt();
  await visitor.writes("My first words.");
  await expect(visitor.message("My first words.")).toBeVisible();
  await demo.begin();
  await visitor.hasEverythingSent();
  const mina = await agent("Mina");
  await mina.takesPlace(demo.shop);
  await expect(mina.row(cora.name, "My first words.")).toHaveCount(1);
});
