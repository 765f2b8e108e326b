//! `/agent`: whoever answers without a log-in of the host site signs in there, and answers in a page of its own.
import { ada, cora, mina } from "../people/cast.ts";
import { AtDesk, password } from "../people/desk.ts";
import { complaints } from "../support/axe.ts";
import { expect, test as base } from "../support/stage.ts";

const test = base.extend<{ atDesk: (firstName: "Mina" | "Ada", behind?: string) => Promise<AtDesk> }>({
  /** Somebody with a password, in front of the sign-in screen. */
  atDesk: async ({ demo, newBrowser }, use) => {
    await use(async (firstName, behind) => {
      const somebody = new AtDesk(await (await newBrowser()).newPage(), firstName === "Ada" ? ada : mina);
      await somebody.choosesPassword(demo);
      await somebody.comesTo(demo, behind);
      return somebody;
    });
  },
});

test("an agent signs in, answers a guest, and both read it", async ({ demo, guest, atDesk }) => {
  const visitor = await guest(cora);
  await visitor.startsWith(demo.shop, "Is the blue lamp back?");
  const desk = await atDesk("Mina");
  await desk.signsIn();
  await expect(desk.inboxTab).toHaveAttribute("aria-selected", "true");
  await desk.opens(cora.name);
  await expect(desk.composer).toBeFocused();
  await desk.writes("It is, since this morning.");
  await visitor.reads("It is, since this morning.");
  // Side by side: the list is still there.
  await expect(desk.row(cora.name).first()).toBeVisible();
});

test("what is wrong is one plain sentence, in one place, and the keyboard is where it is mended", async ({ atDesk }) => {
  const desk = await atDesk("Mina");
  const email = desk.page.getByLabel("Email");
  const field = desk.page.getByLabel("Password", { exact: true });
  await expect(email).toBeFocused();
  await expect(email).toHaveAttribute("autocomplete", "username");
  await expect(field).toHaveAttribute("autocomplete", "current-password");
  await desk.page.getByRole("button", { name: "Sign in" }).click();
  await expect(desk.page.getByText("Please tell us your email address.")).toBeVisible();
  await expect(desk.page.getByText("Please type your password.")).toBeVisible();
  await expect(email).toBeFocused();
  const refused = desk.page.getByText("That address and that password don't belong together.");
  for (const address of [mina.email, "nobody@example.org"]) {
    await desk.types(address, "not the password");
    await expect(refused).toBeVisible();
    await expect(field).toBeFocused();
    await expect(field).toHaveValue("");
    await email.fill("");
  }
});

test("whoever guesses waits, and is told how many seconds", async ({ atDesk }) => {
  const desk = await atDesk("Mina");
  const wait = desk.page.getByText(/Please try again in \d+ seconds?\./);
  await expect(async () => {
    await desk.types(mina.email, "not the password");
    await expect(wait).toBeVisible({ timeout: 2_000 });
  }).toPass();
  // The seconds pass by themselves.
  await expect(wait).toHaveCount(0);
});

test("a link leads to one conversation, before signing in and after", async ({ demo, guest, atDesk }) => {
  const visitor = await guest(cora);
  await visitor.startsWith(demo.shop, "Which one is mine?");
  const desk = await atDesk("Mina");
  await desk.signsIn();
  await desk.opens(cora.name);
  const address = desk.page.url();
  expect(address).toMatch(/\/agent#conversation=[0-9a-f-]{36}$/);
  await desk.chooses("Sign out");
  await expect(desk.page.getByRole("button", { name: "Sign in" })).toBeVisible();
  expect(desk.page.url()).toBe(`${demo.chat}/agent`);
  await desk.page.goto(address);
  await desk.signsIn();
  await expect(desk.thread.getByText("Which one is mine?")).toBeVisible();
  await desk.page.goto(`${demo.chat}/agent#conversation=${address.slice(-36).replace(/^./, "f")}`);
  await expect(desk.page.getByText("This conversation isn't available any more.")).toBeVisible();
});

test("a narrow page shows list and thread one after the other, a wide one side by side", async ({ demo, guest, atDesk }) => {
  const visitor = await guest(cora);
  await visitor.startsWith(demo.shop, "Hello from a small screen.");
  const desk = await atDesk("Mina");
  await desk.page.setViewportSize({ width: 320, height: 568 });
  await desk.signsIn();
  await desk.opens(cora.name);
  await expect(desk.inboxTab).toHaveCount(0);
  await desk.composer.fill("I was about to say");
  await desk.page.setViewportSize({ width: 1200, height: 800 });
  await expect(desk.inboxTab).toBeVisible();
  await expect(desk.composer).toHaveValue("I was about to say");
  await expect(desk.page.getByRole("button", { name: "Back" })).toHaveCount(0);
  await desk.page.setViewportSize({ width: 320, height: 568 });
  await desk.page.getByRole("button", { name: "Back" }).click();
  await expect(desk.inboxTab).toBeVisible();
});

test("changing the password ends every other session, and is said", async ({ demo, newBrowser, atDesk }) => {
  const desk = await atDesk("Mina");
  await desk.signsIn();
  const elsewhere = new AtDesk(await (await newBrowser()).newPage(), mina);
  await elsewhere.comesTo(demo);
  await elsewhere.signsIn();
  await desk.chooses("Change password");
  await desk.page.getByLabel("Password now").fill(password);
  await desk.page.getByLabel("New password").fill("too short");
  await desk.page.getByRole("button", { name: "Change password" }).click();
  await expect(desk.page.getByText("A password needs at least 10 characters.")).toBeVisible();
  await desk.page.getByLabel("New password").fill("another warm lamp");
  await desk.page.getByRole("button", { name: "Change password" }).click();
  await expect(desk.page.getByText("Your password is changed.")).toBeVisible();
  await expect(elsewhere.page.getByText("You were signed out. Please sign in again.")).toBeVisible();
  await elsewhere.types(mina.email, "another warm lamp");
  await expect(elsewhere.menu).toBeVisible();
});

test("somebody sees where they are signed in, and signs out there", async ({ demo, newBrowser, atDesk }) => {
  const desk = await atDesk("Mina");
  await desk.signsIn();
  const elsewhere = new AtDesk(await (await newBrowser()).newPage(), mina);
  await elsewhere.comesTo(demo);
  await elsewhere.signsIn();
  await desk.chooses("Where you are signed in");
  await expect(desk.page.getByText(/here, now/)).toHaveCount(1);
  await desk.page.getByRole("button", { name: "Sign out there" }).first().click();
  await expect(elsewhere.page.getByRole("button", { name: "Sign in" })).toBeVisible();
});

test("another tab that signs out takes this one along, and one that signs in brings it in", async ({ demo, atDesk }) => {
  const desk = await atDesk("Mina");
  await desk.signsIn();
  const other = new AtDesk(await desk.page.context().newPage(), mina);
  await other.comesTo(demo);
  await expect(other.menu).toBeVisible();
  await other.chooses("Sign out");
  await expect(desk.page.getByRole("button", { name: "Sign in" })).toBeVisible();
  await desk.signsIn();
  await expect(other.menu).toBeVisible();
});

test("an alert comes while another page is in front, and leads to the conversation", async ({ demo, guest, atDesk }) => {
  const visitor = await guest(cora);
  await visitor.startsWith(demo.shop, "Anybody there?");
  const desk = await atDesk("Mina");
  await desk.page.context().grantPermissions(["notifications"], { origin: demo.chat });
  await desk.page.addInitScript(() => {
    const shown: { title: string; body?: string; onclick?: () => void }[] = ((window as any).shown = []);
    class Played {
      static permission = "granted";
      static requestPermission = () => Promise.resolve("granted");
      onclick?: () => void;
      constructor(readonly title: string, options: { body?: string }) {
        shown.push(Object.assign(this, options));
      }
      close() {}
    }
    (window as any).Notification = Played;
  });
  await desk.page.reload();
  await desk.signsIn();
  await desk.chooses("Turn desktop alerts on");
  await desk.page.evaluate(() => {
    Object.defineProperty(document, "visibilityState", { get: () => ((window as any).away ? "hidden" : "visible") });
    (window as any).away = true;
    document.dispatchEvent(new Event("visibilitychange"));
  });
  await visitor.writes("I can wait.");
  const shown = () => desk.page.evaluate(() => (window as any).shown.map(({ title, body }: any) => ({ title, body })));
  await expect.poll(shown).toEqual([{ title: cora.name, body: "I can wait." }]);
  await desk.page.evaluate(() => {
    (window as any).away = false;
    document.dispatchEvent(new Event("visibilitychange"));
    (window as any).shown[0].onclick();
  });
  await expect(desk.thread.getByText("I can wait.")).toBeVisible();
  await visitor.writes("Thank you.");
  await expect(desk.thread.getByText("Thank you.")).toBeVisible();
  expect(await shown()).toHaveLength(1);
});

test("the desk answers nobody in a frame, and a user's cookie of a host page opens no desk", async ({ demo, agent }) => {
  const framed = await agent("Mina");
  await framed.takesPlace(demo.shop);
  const page = await framed.page.context().newPage();
  const answer = await page.goto(`${demo.chat}/agent`);
  expect(answer?.headers()["content-security-policy"]).toContain("frame-ancestors 'none'");
  // The cookie of the frame belongs to the shop's partition.
  await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
});

test("whoever is a guest in the same browser is nobody at the desk", async ({ demo, newBrowser }) => {
  const context = await newBrowser();
  const chat = await context.newPage();
  await chat.goto(`${demo.chat}/chat`);
  await chat.getByLabel("Full name").fill(cora.name);
  await chat.getByLabel("Email").fill(cora.email);
  await chat.getByRole("button", { name: "Start chat" }).click();
  await chat.getByRole("textbox", { name: "Write a message" }).fill("As a guest.");
  await chat.getByRole("button", { name: "Send", exact: true }).click();
  await expect(chat.getByRole("img", { name: "Sent" })).toHaveCount(1);
  const desk = await context.newPage();
  await desk.goto(`${demo.chat}/agent`);
  await expect(desk.getByRole("button", { name: "Sign in" })).toBeVisible();
  // A word from another tab makes the desk ask again who is there.
  await chat.reload();
  await chat.getByRole("button", { name: "More" }).click();
  await chat.getByRole("menuitem", { name: "Forget me on this device" }).click();
  await expect(chat.getByLabel("Full name")).toBeVisible();
  await expect(desk.getByRole("button", { name: "Sign in" })).toBeVisible();
  await expect(desk.getByText("As a guest.")).toHaveCount(0);
});

test("every screen of the desk can be used without seeing it", async ({ demo, guest, atDesk }) => {
  const visitor = await guest(cora);
  await visitor.startsWith(demo.shop, "Hello?");
  const desk = await atDesk("Ada");
  const check = async (what: string) => {
    expect(await complaints(desk.page), what).toEqual([]);
  };
  await check("sign in");
  await desk.page.getByRole("button", { name: "Sign in" }).click();
  await check("sign in, mistakes");
  await desk.signsIn();
  await desk.opens(cora.name);
  await check("two panes");
  await desk.menu.click();
  await check("menu");
  await desk.page.getByRole("menuitem", { name: "Change password" }).click();
  await check("password");
  await desk.chooses("Where you are signed in");
  await expect(desk.page.getByText(/here, now/)).toBeVisible();
  await check("sessions");
});
