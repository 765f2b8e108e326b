//! What people who hear or feel the screen get: axe finds nothing, and the outline of each screen stays as it is.
import { cora, idris } from "../people/cast.ts";
import { complaintsAboutCard } from "../support/axe.ts";
import { expect, test } from "../support/stage.ts";

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds nothing on door, thread and inbox, ${colorScheme}`, async ({ demo, guest, agent }) => {
    const visitor = await guest(cora, { colorScheme });
    await visitor.goesTo(demo.shop);
    await visitor.opensChat();
    await expect(visitor.chat.getByLabel("Full name")).toBeVisible();
    expect(await complaintsAboutCard(visitor.page)).toEqual([]);
    await visitor.chat.getByLabel("Email").fill("cora");
    await visitor.chat.getByLabel("Full name").focus();
    await expect(visitor.chat.getByLabel("Email")).toHaveAccessibleDescription("That address is missing its @.");
    expect(await complaintsAboutCard(visitor.page)).toEqual([]);
    await visitor.startsChat();
    await visitor.writes("Hello?");
    await visitor.hasEverythingSent();
    expect(await complaintsAboutCard(visitor.page)).toEqual([]);
    const mina = await agent("Mina", { colorScheme });
    await mina.takesPlace(demo.shop);
    await expect(mina.row(cora.name, "Hello?")).toBeVisible();
    expect(await complaintsAboutCard(mina.page)).toEqual([]);
    await mina.opensConversation(cora.name, "Hello?");
    await mina.writes("Good evening.");
    await mina.hasEverythingSent();
    expect(await complaintsAboutCard(mina.page)).toEqual([]);
  });
}

test("the outline of the door", async ({ demo, guest }) => {
  const visitor = await guest(cora);
  await visitor.goesTo(demo.shop);
  await visitor.opensChat();
  await expect(visitor.chat.getByLabel("Full name")).toBeVisible();
  await expect(visitor.chat.locator("body")).toMatchAriaSnapshot({ name: "door.aria.yml" });
});

test("the outline of a thread and of the inbox", async ({ demo, guest, agent }) => {
  const visitor = await guest(idris);
  await visitor.startsWith(demo.shop, "Do you mend lamps that are not yours?");
  const mina = await agent("Mina");
  await mina.takesPlace(demo.shop);
  await expect(mina.row(idris.name, "Do you mend lamps that are not yours?")).toBeVisible();
  await expect(mina.chat.locator("body")).toMatchAriaSnapshot({ name: "inbox.aria.yml" });
  await mina.opensConversation(idris.name, "Do you mend lamps that are not yours?");
  await mina.writes("Bring it in and we will look.");
  await visitor.reads("Bring it in and we will look.");
  await expect(visitor.ticks("Seen").last()).toBeVisible();
  await expect(visitor.chat.locator("body")).toMatchAriaSnapshot({ name: "thread.aria.yml" });
});
