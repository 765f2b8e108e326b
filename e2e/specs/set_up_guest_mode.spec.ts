//! The documentation's four steps, taken literally: from a server nobody has touched to a guest's message in the tab of
//! the agent who answers it. Everything happens in the browser; nothing is prepared.
//! Law: whatever is open already, the widget of a visitor and the page of an agent, follows within two seconds.
import { ada, cora, mina } from "../people/cast.ts";
import { Guest } from "../people/guest.ts";
import { hostPages } from "../support/host_pages.ts";
import { Fresh } from "../support/porchlight.ts";
import { Site } from "../support/site.ts";
import { expect, test } from "../support/stage.ts";

/** How long a change may take to show in what is open. **Units**: milliseconds. */
const AT_ONCE_MS = 2_000;
const PASSWORD = "a porch with three steps";

test("an admin sets Guest Mode up on a fresh server, and a guest's message reaches the agent", async ({ newBrowser }) => {
  const fresh = await Fresh.start();
  const shop = await Site.start("shop");
  shop.routes = hostPages(fresh.origin);

  // The first admin, by the link that the server printed.
  const admin = await (await newBrowser()).newPage();
  await admin.goto(fresh.setupLink);
  await admin.getByLabel("Your name").fill(ada.name);
  await admin.getByLabel("Email").fill(ada.email);
  await admin.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await admin.getByLabel("Site name").fill("Lantern & Loom");
  await admin.getByLabel("Site address").fill(shop.origin);
  await admin.getByRole("button", { name: "Set up" }).click();
  await expect(admin.getByRole("heading", { level: 1, name: "Settings" })).toBeVisible();

  // A visitor is there already, with the chat open: the door is closed.
  const visitor = new Guest(await (await newBrowser()).newPage(), cora);
  await visitor.goesTo(shop.origin);
  await visitor.opensChat();
  await expect(visitor.chat.getByRole("button", { name: "Start chat" })).toHaveCount(0);

  // "Before that, it is required to set up and enable User Groups": the section says so, and leads there.
  const guestMode = admin.getByRole("region", { name: "Guest Mode" });
  await expect(guestMode.getByText("User Groups are off.")).toBeVisible();
  await admin.getByRole("navigation", { name: "Admin pages" }).getByRole("link", { name: "User Groups" }).click();
  await admin.getByLabel("User Groups are on").check();
  await admin.getByLabel("New group").fill("Support");
  await admin.getByRole("button", { name: "Create group" }).click();
  await expect(admin.getByText("The group Support is there.")).toBeVisible();

  // Somebody to answer: Mina, by invitation.
  await admin.getByRole("link", { name: "Invitations" }).click();
  await admin.getByLabel("Name").fill(mina.name);
  await admin.getByLabel("Email").fill(mina.email);
  await admin.getByLabel("Group", { exact: true }).selectOption({ label: "Support" });
  await admin.getByRole("button", { name: "Make the link" }).click();
  const link = (await admin.getByRole("group", { name: "Link" }).getByText(/^http/).textContent())!;
  await admin.getByRole("dialog").getByRole("button", { name: "Done" }).click();
  const agent = await (await newBrowser()).newPage();
  await agent.goto(link);
  await agent.getByLabel("New password").fill(PASSWORD);
  await agent.getByRole("button", { name: "Set password and sign in" }).click();
  await agent.waitForURL(`${fresh.origin}/agent`);
  const inboxTab = agent.getByRole("tab", { name: "Customer Support" });
  await expect(agent.getByText(mina.name).first()).toBeAttached();
  await expect(inboxTab).toHaveCount(0);

  // 1. Go to Admin Panel -> Settings. 2. Scroll down to GUEST MODE. 3. Click on the checkbox. 4. The Guest Group Id.
  await admin.getByRole("link", { name: "Settings", exact: true }).click();
  await guestMode.scrollIntoViewIfNeeded();
  await guestMode.getByRole("checkbox", { name: "On/Off" }).check();
  const choice = await guestMode.getByLabel("Guest Group Id").locator("option", { hasText: "Support" }).first().getAttribute("value");
  await guestMode.getByLabel("Guest Group Id").selectOption(choice!);
  await admin.getByRole("button", { name: "Save" }).click();
  await expect(admin.getByText("Saved.", { exact: true })).toBeVisible();

  // "After the above step completes, Admin & Guest-group users can see a Customer Support tab": nobody reloads.
  await expect(inboxTab).toBeVisible({ timeout: AT_ONCE_MS });
  await expect(visitor.chat.getByRole("button", { name: "Start chat" })).toBeVisible({ timeout: AT_ONCE_MS });

  // "When Guest sends a message, it gets forwarded to all the Guest-group users."
  await visitor.startsChat();
  await visitor.writes("Is the blue lamp back in stock?");
  await visitor.hasEverythingSent();
  await inboxTab.click();
  await agent.getByRole("button", { name: /^Cora Lindqvist/ }).click();
  await expect(agent.getByRole("log", { name: "Conversation" }).getByText("Is the blue lamp back in stock?")).toHaveCount(1);
  await agent.getByRole("textbox", { name: "Write a message" }).fill("It is, since this morning.");
  await agent.getByRole("button", { name: "Send", exact: true }).click();
  await visitor.reads("It is, since this morning.");

  // The admin has it as well, in the same chat.
  const chat = await admin.context().newPage();
  await chat.goto(`${fresh.origin}/agent`);
  await chat.getByRole("tab", { name: "Customer Support" }).click();
  await expect(chat.getByRole("button", { name: /^Cora Lindqvist/ })).toBeVisible();

  // Turned off again, the guests' door closes, and who answered keeps what was said.
  await guestMode.getByRole("checkbox", { name: "On/Off" }).uncheck();
  await admin.getByRole("button", { name: "Save" }).click();
  const late = new Guest(await (await newBrowser()).newPage(), cora);
  await late.goesTo(shop.origin);
  await late.opensChat();
  await expect(late.chat.getByRole("button", { name: "Start chat" })).toHaveCount(0);

  await shop.stop();
  await fresh.stop();
});
