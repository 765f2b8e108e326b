//! What an operator or an admin changes takes effect at once, in chats that are open: nobody reloads, nobody signs in anew.
//! Law: within 2 s of the change being known; the server itself looks once a second for what another process did.
import { cora, mina } from "../people/cast.ts";
import { expect, test } from "../support/stage.ts";
import type { Demo } from "../support/porchlight.ts";

/** Two seconds, and one until the server has noticed; the rest is for a busy machine. */
const soon = { timeout: 8_000 };

async function guestGroup(demo: Demo): Promise<string> {
  return (await demo.command("settings", "get", "guest_group_id")).split(/\s+/).at(-1) ?? "";
}

test("the door changes under a visitor's eyes, and what was typed stays", async ({ demo, guest }) => {
  const visitor = await guest(cora);
  await visitor.goesTo(demo.shop);
  await visitor.opensChat();
  await visitor.fillsTheDoor();
  await demo.command("settings", "set", "guest_mode", "off");
  await expect(visitor.chat.getByText("Please sign in on this site to chat with us.")).toBeVisible(soon);
  await demo.command("settings", "set", "guest_mode", "on");
  await expect(visitor.chat.getByLabel("Full name")).toHaveValue(cora.name, soon);
  await expect(visitor.chat.getByLabel("Email")).toHaveValue(cora.email);
});

test("a visitor sees when somebody comes", async ({ demo, guest, agent }) => {
  const visitor = await guest(cora);
  await visitor.goesTo(demo.shop);
  await visitor.opensChat();
  await expect(visitor.chat.getByRole("button", { name: "Start chat" })).toBeVisible();
  await expect(visitor.chat.getByText("Somebody is here now")).toHaveCount(0);
  await (await agent("Mina")).takesPlace(demo.shop);
  await expect(visitor.chat.getByText("Somebody is here now")).toBeVisible(soon);
});

test("a visitor holds a socket while the door is on screen, and at no other time", async ({ demo, guest }) => {
  const visitor = await guest(cora);
  let open = 0;
  visitor.page.on("websocket", (socket) => {
    open += 1;
    socket.on("close", () => (open -= 1));
  });
  await visitor.goesTo(demo.shop);
  await visitor.page.getByRole("button", { name: "Open chat" }).hover();
  await expect(visitor.page.frameLocator("porchlight-chat iframe").getByText("Start chat")).toBeAttached();
  expect(open).toBe(0);
  await visitor.opensChat();
  await expect.poll(() => open).toBe(1);
  await visitor.closesChat();
  await expect.poll(() => open).toBe(0);
  await visitor.opensChat();
  await expect.poll(() => open).toBe(1);
});

test("when the guest group is empty, visitors find a notice, and admins are told", async ({ demo, guest, agent }) => {
  const visitor = await guest(cora);
  await visitor.goesTo(demo.shop);
  await visitor.opensChat();
  await expect(visitor.chat.getByRole("button", { name: "Start chat" })).toBeVisible();
  const ada = await agent("Ada");
  await ada.takesPlace(demo.shop);
  const told = ada.chat.getByText("Guests can't reach anybody: nobody is in the guest group.");
  await expect(told).toHaveCount(0);
  const group = await guestGroup(demo);
  const people = await Promise.all(["Mina Okafor", "Teo Marchetti"].map((name) => demo.idOf(name)));
  for (const person of people) await demo.command("group", "remove", group, person);
  await expect(visitor.chat.getByText(/^Nobody is here to answer right now\./)).toBeVisible(soon);
  await expect(told).toBeVisible(soon);
  await expect(ada.chat.getByRole("link", { name: "Open the admin page" })).toHaveAttribute("href", "/admin");
  await demo.command("group", "add", group, people[0] ?? "");
  await expect(visitor.chat.getByRole("button", { name: "Start chat" })).toBeVisible(soon);
  await expect(told).toHaveCount(0, soon);
});

test("whoever leaves the guest group loses its conversations at once, comes back to them, and to what they were writing", async ({
  demo,
  guest,
  agent,
}) => {
  const visitor = await guest(cora);
  await visitor.startsWith(demo.shop, "Is anybody there?");
  const staff = await agent("Mina");
  await staff.takesPlace(demo.shop);
  await staff.opensConversation(cora.name, "Is anybody there?");
  await staff.composer.fill("I was about to say");
  const [group, person] = [await guestGroup(demo), await demo.idOf(mina.name)];
  await demo.command("group", "remove", group, person);
  await expect(staff.thread).toHaveCount(0, soon);
  await expect(staff.inboxTab).toHaveCount(0);
  await expect(staff.chat.getByRole("tab", { name: "Chats" })).toBeVisible();
  await expect(staff.chat.getByText("Is anybody there?")).toHaveCount(0);
  await demo.command("group", "add", group, person);
  await expect(staff.inboxTab).toBeVisible(soon);
  await staff.looksAtInbox();
  await staff.opensConversation(cora.name, "Is anybody there?");
  await expect(staff.composer).toHaveValue("I was about to say");
});

test("a user who becomes an agent sees Customer Support, and nothing is reloaded", async ({ demo, shopper }) => {
  const noor = await shopper("Noor");
  await noor.signsIn(demo.shop);
  await noor.opensChat();
  const tab = noor.chat.getByRole("tab", { name: "Customer Support" });
  await expect(noor.chat.getByRole("tab", { name: "Chats" })).toBeVisible();
  await expect(tab).toHaveCount(0);
  let loads = 0;
  noor.page.on("framenavigated", () => (loads += 1));
  await demo.command("group", "add", await guestGroup(demo), await demo.idOf("Noor Haddad"));
  await expect(tab).toBeVisible(soon);
  expect(loads).toBe(0);
});
