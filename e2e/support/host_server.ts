//! The site's own server: it calls the chat with a key that an admin made.
import type { Admin } from "../people/admin.ts";
import { expect, type Page } from "@playwright/test";
import { call } from "./furnish.ts";

/** Makes a key in *Settings*, where the admin is; answers what is shown this once. */
export async function madeKey(ada: Admin, name: string, scopes: string[]): Promise<string> {
  await ada.card("Your site's server").getByRole("button", { name: "Create a server key" }).click();
  await ada.dialog.getByLabel("Name of the key").fill(name);
  for (const scope of ["Name people", "Erase people", "Export people"]) {
    await ada.dialog.getByRole("checkbox", { name: scope }).setChecked(scopes.includes(scope));
  }
  await ada.dialog.getByRole("button", { name: "Create", exact: true }).click();
  const key = await ada.dialog.getByRole("group", { name: "Key" }).getByText(/^plhk_/).innerText();
  await ada.dialog.getByRole("button", { name: "I have copied it" }).click();
  await expect(ada.dialog).toBeHidden();
  return key;
}

/** The same by the page's own call, where the making itself is not the story. */
export async function keyOf(page: Page, name: string, scopes: ("users_write" | "users_erase" | "users_export")[]): Promise<string> {
  return (await call(page, "POST", "/api/admin/host-keys", { name, scopes }, "admin")).key;
}

/** As a server calls: no browser, no cookie, no origin. */
export async function callsHost(chat: string, key: string, method: string, path: string, body?: object) {
  const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
  // Not every resolver knows that names below localhost are this machine.
  const origin = chat.replace("chat.localhost", "127.0.0.1");
  const answered = await fetch(origin + path, { method, headers, body: body && JSON.stringify(body) });
  const text = await answered.text();
  return { status: answered.status, answer: text ? JSON.parse(text) : undefined };
}
