//! The whole story: a guest writes on the shop's page, everyone of the support group has it, one answers, the guest reads.
import { cora, idris } from "../people/cast.ts";
import { expect, test } from "../support/stage.ts";

test("a guest asks, every agent and the admin has it, one answers, the guest reads it", async ({ demo, guest, agent }) => {
  const [mina, teo, ada] = [await agent("Mina"), await agent("Teo"), await agent("Ada")];
  for (const staff of [mina, teo, ada]) await staff.takesPlace(demo.shop);
  const visitor = await guest(cora);
  await visitor.startsWith(`${demo.shop}/lamps/blue`, "Is the blue lamp back in stock?");
  for (const staff of [mina, teo, ada]) await expect(staff.row(cora.name, "Is the blue lamp back in stock?")).toHaveCount(1);

  await mina.opensConversation(cora.name, "Is the blue lamp back in stock?");
  await expect(mina.chat.getByText(cora.email)).toBeVisible();
  await expect(mina.chat.getByText("/lamps/blue")).toBeVisible();
  await mina.writes("It is, since this morning.");
  await visitor.reads("Is the blue lamp back in stock?", "It is, since this morning.");
  await expect(visitor.thread.getByText("Mina").first()).toBeVisible();

  await visitor.writes("Wonderful, thank you.");
  await mina.reads("Wonderful, thank you.");
  for (const staff of [teo, ada]) await expect(staff.row(cora.name, "Wonderful, thank you.")).toHaveCount(1);
  // Mina has all of it on screen, and the guest what Mina said.
  await expect(visitor.ticks("Seen")).toHaveCount(2);
  await expect(mina.ticks("Seen")).toHaveCount(1);
  await expect(visitor.launcher).toHaveAccessibleDescription("");
});

test("nobody else gets it: neither another guest nor a user", async ({ demo, guest, shopper }) => {
  const other = await guest(idris);
  await other.startsWith(demo.shop, "Do you ship to Lagos?");
  const noor = await shopper("Noor");
  await noor.signsIn(demo.shop);
  await noor.opensChat();
  await expect(noor.chat.getByRole("tab", { name: "Customer Support" })).toHaveCount(0);
  const visitor = await guest(cora);
  await visitor.startsWith(demo.shop, "A word for the support group alone");
  // A later message of their own has come all the way round, so the other one would have been there by now.
  await other.writes("Still there?");
  await other.hasEverythingSent();
  for (const somebody of [other, noor]) await expect(somebody.chat.getByText("A word for the support group alone")).toHaveCount(0);
});

test("a closed chat counts what was missed, and opening it clears the count", async ({ demo, guest, agent }) => {
  const visitor = await guest(cora);
  await visitor.startsWith(demo.shop, "Hello?");
  await visitor.closesChat();
  const mina = await agent("Mina");
  await mina.takesPlace(demo.shop);
  await mina.opensConversation(cora.name, "Hello?");
  await mina.writes("Good evening.");
  await mina.writes("How can I help?");
  await expect(visitor.launcher).toHaveAccessibleDescription("2 unread");
  await visitor.opensChat();
  await visitor.reads("Good evening.", "How can I help?");
  await expect(visitor.launcher).toHaveAccessibleDescription("");
});

test("a quick exchange leaves nothing unread: whoever writes has seen what stands above", async ({ demo, guest, agent }) => {
  const visitor = await guest(cora);
  await visitor.startsWith(demo.shop, "Quick question.");
  const mina = await agent("Mina");
  await mina.takesPlace(demo.shop);
  await mina.opensConversation(cora.name, "Quick question.");
  for (const turn of ["first", "second", "third"]) {
    await mina.writes(`My ${turn} answer.`);
    await visitor.reads(`My ${turn} answer.`);
    await visitor.writes(`The ${turn} reply.`);
    await mina.reads(`The ${turn} reply.`);
  }
  await expect(mina.ticks("Seen")).toHaveCount(3);
  await expect(visitor.launcher).toHaveAccessibleDescription("");
});

test("two agents in one thread see each other typing and answering", async ({ demo, guest, agent }) => {
  const visitor = await guest(cora);
  await visitor.startsWith(demo.shop, "Could somebody help me choose?");
  const [mina, teo] = [await agent("Mina"), await agent("Teo")];
  for (const staff of [mina, teo]) {
    await staff.takesPlace(demo.shop);
    await staff.opensConversation(cora.name, "Could somebody help me choose?");
  }
  await mina.composer.pressSequentially("Of cour");
  await expect(teo.chat.getByText("Mina Okafor is typing").or(teo.chat.getByText("Mina is typing"))).toBeVisible();
  await expect(visitor.chat.getByText(/Mina.* is typing/)).toBeVisible();
  await mina.writes("Of course.");
  await teo.reads("Of course.");
  await visitor.reads("Of course.");
});
