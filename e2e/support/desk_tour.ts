//! A walk through `/agent`: the door, the list, a thread beside it, menus, the password, the sessions.
//! Law: the same walk for photographs and for axe.
import { DEMO_PASSWORD } from "../people/admin.ts";
import { layla, maximiliana, noor } from "../people/cast.ts";
import type { AtDesk } from "../people/desk.ts";
import type { Visit } from "./admin_tour.ts";
import type { Demo } from "./porchlight.ts";
import { expect } from "./stage.ts";

export async function deskTour(desk: AtDesk, demo: Demo, visit: Visit): Promise<void> {
  const { page } = desk;
  const back = page.getByRole("button", { name: "Back" });
  const goesBack = async () => {
    if (await back.isVisible()) await back.click();
  };
  await desk.comesTo(demo);
  await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
  await visit("desk-sign-in", page);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByText("Please type your password.")).toBeVisible();
  await visit("desk-sign-in-mistakes", page);
  await desk.types(desk.particulars.email, "not the password");
  await expect(page.getByText("That address and that password don't belong together.")).toBeVisible();
  await visit("desk-sign-in-refused", page);
  await desk.signsIn(DEMO_PASSWORD);
  await expect(desk.row(layla.name)).toBeVisible();
  await visit("desk-inbox", page);
  await desk.menu.click();
  await visit("desk-menu", page);
  await page.keyboard.press("Escape");
  await desk.opens(noor.name);
  await visit("desk-thread", page);
  await goesBack();
  await desk.opens(layla.name);
  await visit("desk-right-to-left-thread", page);
  await goesBack();
  await desk.opens(maximiliana.name.split(" ")[0]!);
  await visit("desk-long-name", page);
  await goesBack();
  await page.getByRole("tab", { name: "Chats" }).click();
  await visit("desk-chats", page);
  await page.getByRole("tab", { name: "Groups" }).click();
  await expect(page.getByRole("searchbox")).toBeVisible();
  await visit("desk-groups", page);
  await desk.chooses("Change password");
  await expect(page.getByLabel("New password")).toBeVisible();
  await visit("desk-password", page);
  await goesBack();
  await desk.chooses("Where you are signed in");
  await expect(page.getByText(/here, now/)).toBeVisible();
  await visit("desk-sessions", page);
}
