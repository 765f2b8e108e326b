//! An admin takes a conversion back: the guest has the chat again, the user no longer does, and both are told.
//! Law: what a dry run says is what happens; nobody has to reload to stop seeing what isn't theirs.
import { cora } from "../people/cast.ts";
import { call } from "../support/furnish.ts";
import { hearsAgain, losesTheAnswers } from "../support/lost_answers.ts";
import { expect, test } from "../support/stage.ts";

const PLAN = "/api/admin/conversions/plan";

test("an admin's Undo gives the guest the chat back, and leaves the user what they wrote since", async ({ demo, admin, newcomer }) => {
  const guest = await newcomer(cora);
  await guest.startsWith(demo.shop, "Typed, not proven.");
  const user = await newcomer(cora);
  await user.signsUp(demo.shop, "verified");
  await user.opensChat();
  await user.row("Your earlier messages are here.").click();
  await user.reads("Typed, not proven.");
  await user.writes("Written since.");
  await user.hasEverythingSent();

  const ada = await admin();
  await ada.signsIn(demo.chat);
  await ada.goesTo("Conversations");
  await ada.page.getByRole("link", { name: new RegExp(`^${cora.name}`) }).click();
  const story = ada.page.getByRole("region", { name: "Whose conversation it is" });
  await expect(story.getByText("The first message was written as a guest.")).toBeVisible();
  await story.getByRole("button", { name: "Undo" }).click();
  await ada.dialog.getByRole("button", { name: "Undo" }).click();
  await ada.isTold("The conversation is the guest's again.");

  // The user's open chat follows by itself.
  await expect(user.chat.getByText("This conversation isn't available any more.")).toBeVisible();
  await expect(user.chat.getByText("Typed, not proven.")).toHaveCount(0);
  await user.chat.getByRole("button", { name: "Back" }).click();
  await expect(user.chat.getByRole("listitem").filter({ hasText: "Written since." })).toHaveCount(1);
  await guest.page.reload();
  await guest.opensChat();
  await guest.reads("Typed, not proven.");
  await expect(guest.thread.getByText("This chat was in an account for a while. It is yours again.")).toHaveCount(1);
  await expect(guest.chat.getByText("Written since.")).toHaveCount(0);

  // What was written since is a click away, and it isn't done again when the user comes back.
  await story.getByRole("link", { name: "What was written since" }).click();
  const log = ada.page.getByRole("log", { name: "Messages" });
  await expect(log.getByText("Written since.")).toBeVisible();
  await expect(log.getByText("Typed, not proven.")).toHaveCount(0);
  await user.signsOut();
  await user.goesTo(demo.shop);
  await ada.goesTo("Guest Conversations");
  await ada.page.getByRole("link", { name: new RegExp(`^${cora.name}`) }).click();
  await expect(story.getByText(/^Undone by Ada Brandt, /)).toBeVisible();
  await expect(story.getByRole("button", { name: "Undo" })).toHaveCount(0);
  expect(await call(ada.page, "POST", PLAN, { policy: "auto_any" }, "admin")).toMatchObject({ settled: 1, by_address: 0 });
});

test("what an agent wrote is shown where it stands, though the answer came after an undo carried it away", async ({ demo, admin, agent, newcomer }) => {
  const guest = await newcomer(cora);
  await guest.startsWith(demo.shop, "Typed, not proven.");
  const user = await newcomer(cora);
  await user.signsUp(demo.shop, "verified");
  await user.opensChat();
  await user.row("Your earlier messages are here.").click();
  await user.reads("Typed, not proven.");
  await user.writes("One since.");
  await user.writes("Two since.");
  await user.hasEverythingSent();
  const mina = await agent("Mina");
  await mina.takesPlace(demo.shop);
  await mina.rowsOf(cora.name).click();
  // The server has what she writes, and she does not hear so.
  await losesTheAnswers(mina.page, "/messages");
  await mina.writes("For the user.");
  await expect(user.thread.getByText("For the user.")).toBeVisible();

  const ada = await admin();
  await ada.signsIn(demo.chat);
  await ada.goesTo("Conversations");
  await ada.page.getByRole("link", { name: new RegExp(`^${cora.name}`) }).click();
  const story = ada.page.getByRole("region", { name: "Whose conversation it is" });
  await story.getByRole("button", { name: "Undo" }).click();
  await ada.dialog.getByRole("button", { name: "Undo" }).click();
  await ada.isTold("The conversation is the guest's again.");
  await hearsAgain(mina.page);
  await expect(mina.thread.getByText("For the user.")).toHaveCount(0, { timeout: 40_000 });

  // It is the fourth where it is now, and keeps nobody from being the fourth here.
  await guest.page.reload();
  await guest.opensChat();
  await guest.writes("Still me.");
  await mina.reads("Typed, not proven.", "Still me.");
});

test("what a dry run says of a policy is what happens under it", async ({ demo, admin, newcomer }) => {
  const ada = await admin();
  await ada.signsIn(demo.chat);
  const chooses = async (policy: string) => {
    const { version, settings } = await call(ada.page, "GET", "/api/admin/settings", undefined, "admin");
    await call(ada.page, "PUT", "/api/admin/settings", { version, settings: { ...settings, conversion: policy } }, "admin");
  };
  await chooses("same_browser");
  const guest = await newcomer(cora);
  await guest.startsWith(demo.shop, "Will this be mine?");
  const user = await newcomer(cora);
  await user.signsUp(demo.shop, "verified");
  await user.opensChat();
  // Signed in, and asked about.
  await expect(user.chat.getByRole("button", { name: "New conversation" }).first()).toBeVisible();
  await expect(user.chat.getByText("Your earlier messages are here.")).toHaveCount(0);
  const plans = (policy: string) => call(ada.page, "POST", PLAN, { policy }, "admin");
  expect(await plans("same_browser")).toMatchObject({ by_address: 0, by_policy: 1, users: 0 });
  const wouldBe = await plans("auto_verified");
  expect(wouldBe).toMatchObject({ by_address: 1, users: 1 });

  // The policy holds from the moment it is saved: the next sign-in brings exactly that one.
  await chooses("auto_verified");
  await user.signsOut();
  await user.signsInAgain(demo.shop);
  await user.opensChat();
  await expect(user.row("Your earlier messages are here.")).toHaveCount(1);
  expect(await plans("auto_verified")).toMatchObject({ by_address: 0, guests: wouldBe.guests - 1 });
});
