//! User Groups on the admin page: groups, their people, who may chat with whom, invitations.
import { idris, noor } from "../people/cast.ts";
import { expect, test } from "../support/stage.ts";

test("an admin makes a group, and a tick decides whose people may chat", async ({ demo, admin }) => {
  const ada = await admin();
  await ada.signsIn(demo.chat);
  await ada.goesTo("User Groups");

  const name = ada.page.getByRole("textbox", { name: "New group" });
  await name.fill("Support");
  await name.press("Enter");
  await expect(name).toHaveAccessibleDescription(/taken/);
  await name.fill("Trial <b>");
  await name.press("Enter");
  await ada.isTold("The group Trial <b> is there.");
  expect(await ada.complaints()).toEqual([]);

  // Noor joins; the group's page names the id that Settings asks for.
  await ada.page.getByRole("link", { name: "Trial <b>", exact: true }).click();
  const id = new URL(ada.page.url()).pathname.split("/").at(-1)!;
  await expect(ada.page.getByText(id, { exact: true })).toBeVisible();
  await ada.page.getByRole("button", { name: "Add people" }).click();
  await ada.dialog.getByRole("textbox", { name: "Search by name or address" }).fill("noor");
  await ada.dialog.getByRole("button", { name: `Add ${noor.name}` }).click();
  await expect(ada.dialog.getByText("In it already")).toBeVisible();
  await ada.dialog.getByRole("button", { name: "Done" }).click();
  await expect(ada.card("People in it").getByRole("link", { name: noor.name })).toBeVisible();
  expect(await ada.complaints()).toEqual([]);

  // One tick, its mirror, and the rule in words.
  await ada.turnsTo("Permissions");
  const tick = ada.page.getByRole("checkbox", { name: "People of Trial <b> with people of Support", exact: true });
  const mirror = ada.page.getByRole("checkbox", { name: "People of Support with people of Trial <b>", exact: true });
  const who = ada.card("Who may chat with whom?");
  await who.getByLabel("People of", { exact: true }).selectOption({ label: "Trial <b>" });
  await who.getByLabel("and people of").selectOption({ label: "Support" });
  await expect(who.getByText("They could if you ticked Trial <b> × Support.")).toBeVisible();
  await tick.check();
  await expect(mirror).toBeChecked();
  await ada.isTold("Saved: people of Trial <b> may now chat with people of Support.");
  await expect(who.getByText("Yes.")).toBeVisible();
  expect(await ada.complaints()).toEqual([]);
  await ada.page.reload();
  await expect(mirror).toBeChecked();
});

test("deleting the guest group says first what visitors will see, and Escape keeps it", async ({ demo, admin }) => {
  const ada = await admin();
  await ada.signsIn(demo.chat);
  await ada.goesTo("User Groups");
  const button = ada.page.getByRole("button", { name: "Delete Support" });
  await button.press("Enter");
  await expect(ada.dialog.getByText("visitors will see that nobody is here")).toBeVisible();
  expect(await ada.complaints()).toEqual([]);
  await ada.page.keyboard.press("Escape");
  await expect(ada.dialog).toBeHidden();
  await expect(button).toBeFocused();
});

test("an invitation's link is shown once and can be revoked", async ({ demo, admin, newBrowser }) => {
  const ada = await admin();
  await ada.signsIn(demo.chat);
  await ada.goesTo("User Groups");
  await ada.turnsTo("Invitations");
  await ada.page.getByRole("textbox", { name: "Full name" }).fill(idris.name);
  await ada.page.getByRole("textbox", { name: "Email" }).fill(idris.email);
  await ada.page.getByRole("button", { name: "Make the link" }).click();
  const link = await ada.dialog.getByText(/\/admin\/invitation#/).innerText();
  expect(await ada.complaints()).toEqual([]);
  await ada.dialog.getByRole("button", { name: "Done" }).click();
  await expect(ada.page.getByText(link)).toHaveCount(0);
  await ada.page.getByRole("button", { name: `Revoke the invitation of ${idris.name}` }).click();
  await ada.dialog.getByRole("button", { name: "Revoke" }).click();
  await ada.isTold(`The invitation of ${idris.name} doesn't work any more.`);
  const late = await (await newBrowser()).newPage();
  await late.goto(link);
  await expect(late.getByRole("button", { name: "Set password and sign in" })).toHaveCount(0);
});

test("an admin sees who somebody is, and the last admin stays one", async ({ demo, admin }) => {
  const ada = await admin();
  await ada.signsIn(demo.chat);
  await ada.goesTo("User Groups");
  await ada.turnsTo("People");
  await ada.page.getByRole("textbox", { name: "Search by name or address" }).fill("ada@");
  await ada.page.getByRole("link", { name: ada.particulars.name }).click();
  expect(await ada.complaints()).toEqual([]);
  await ada.page.getByRole("button", { name: "Take back" }).click();
  await ada.dialog.getByRole("button", { name: "Take back" }).click();
  await expect(ada.dialog.getByText("the last admin")).toBeVisible();
});
