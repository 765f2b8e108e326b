//! Who is who: users without a form, sign-out that wipes, and the next person who sees nothing of the former.
import { cora, noor } from "../people/cast.ts";
import { Shopper } from "../people/shopper.ts";
import { expect, test } from "../support/stage.ts";

async function startsConversation(user: Shopper, text: string): Promise<void> {
  await user.chat.getByRole("button", { name: "New conversation" }).first().click();
  await user.writes(text);
  await user.reads(text);
  await user.hasEverythingSent();
}

test("a user chats without a form and without the inbox", async ({ demo, shopper, agent }) => {
  const user = await shopper("Noor");
  await user.signsIn(demo.shop);
  await user.opensChat();
  await expect(user.chat.getByRole("tab", { name: "Chats" }).or(user.chat.getByRole("heading", { name: "Chats" })).first()).toBeVisible();
  await expect(user.chat.getByLabel("Full name")).toHaveCount(0);
  await expect(user.chat.getByRole("tab", { name: "Customer Support" })).toHaveCount(0);
  await startsConversation(user, "My order came without its shade.");
  const mina = await agent("Mina");
  await mina.takesPlace(demo.shop);
  await mina.opensConversation(noor.name, "My order came without its shade.");
  await mina.writes("Another one is on its way.");
  await user.reads("Another one is on its way.");
});

test("C12: signing out wipes the screen and ends the session", async ({ demo, shopper }) => {
  const user = await shopper("Noor");
  await user.signsIn(demo.shop);
  await user.opensChat();
  await startsConversation(user, "A private matter.");
  await user.signsOut();
  await user.opensChat();
  await expect(user.chat.getByLabel("Full name")).toBeVisible();
  await expect(user.chat.getByText("A private matter.")).toHaveCount(0);
  await user.page.reload();
  await user.opensChat();
  await expect(user.chat.getByLabel("Full name")).toBeVisible();
  await expect(user.chat.getByText("A private matter.")).toHaveCount(0);
});

test("C12: the host's sign-out wipes a page that stays", async ({ demo, shopper }) => {
  const user = await shopper("Noor");
  await user.signsIn(demo.shop);
  await user.opensChat();
  await startsConversation(user, "A private matter.");
  await user.page.evaluate(() => (window as unknown as { Porchlight: { logout(): Promise<void> } }).Porchlight.logout());
  await expect(user.chat.getByText("A private matter.")).toHaveCount(0);
  await expect(user.chat.getByLabel("Full name")).toBeVisible();
});

test("C13: the next person in the same browser sees nothing of the former, not even for a moment", async ({ demo, newBrowser }) => {
  const browser = await newBrowser();
  const page = await browser.newPage();
  const first = new Shopper(page, "Noor");
  await first.signsIn(demo.shop);
  await first.opensChat();
  await startsConversation(first, "Only for Noor's eyes.");
  // The shop's session changes hands without a page load, so that no page vouches for Noor any more…
  await page.evaluate(() => {
    const form = { name: "Idris Bello", email: "idris@example.org", password: "a lamp by the door", verified: "on" };
    return fetch("/sign-up", { method: "POST", body: new URLSearchParams(form) });
  });
  // …and from here on every text that any frame shows is watched.
  const seen = new Set<string>();
  await browser.exposeFunction("porchlightSaw", (text: string) => seen.add(text));
  await browser.addInitScript(() => {
    new MutationObserver(() => {
      const shown = document.body?.textContent ?? "";
      for (const text of ["Only for Noor's eyes.", "Only for Idris' eyes."]) {
        if (shown.includes(text)) (window as unknown as { porchlightSaw(text: string): void }).porchlightSaw(text);
      }
    }).observe(document, { childList: true, subtree: true, characterData: true });
  });
  const second = new Shopper(page, "Idris");
  await second.goesTo(`${demo.shop}/about`);
  await expect(page.getByText("Signed in as Idris")).toBeVisible();
  await second.opensChat();
  await startsConversation(second, "Only for Idris' eyes.");
  await expect(second.chat.getByText("Only for Noor's eyes.")).toHaveCount(0);
  expect([...seen]).toEqual(["Only for Idris' eyes."]);
});

test("a second tab is wiped when the first signs out", async ({ demo, newBrowser }) => {
  const browser = await newBrowser();
  const [first, second] = [new Shopper(await browser.newPage(), "Noor"), new Shopper(await browser.newPage(), "Noor")];
  await first.signsIn(demo.shop);
  await first.opensChat();
  await startsConversation(first, "A private matter.");
  await second.goesTo(demo.shop);
  await second.opensChat();
  await second.chat.getByText("A private matter.").first().click();
  await second.reads("A private matter.");
  await first.signsOut();
  await expect(second.chat.getByText("A private matter.")).toHaveCount(0);
});

test("somebody who signs up at the shop is a user at once", async ({ demo, shopper }) => {
  const user = await shopper("Cora");
  await user.goesTo(`${demo.shop}/sign-up`);
  await user.page.getByLabel("Your name").fill(cora.name);
  await user.page.getByLabel("E-mail address").fill("cora.at.home@example.org");
  await user.page.getByLabel("Password").fill("a lamp by the door");
  await user.page.getByRole("button", { name: "Make the account" }).click();
  await user.opensChat();
  await startsConversation(user, "I have an account now.");
  await expect(user.chat.getByLabel("Full name")).toHaveCount(0);
});
