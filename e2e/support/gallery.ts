//! The gallery: every component in each of its states, as `cargo xtask gallery` shows it.
//! Law: under the frame's own content security policy, and without a server of ours behind it.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expect } from "@playwright/test";
import { Site, type Routes } from "./site.ts";

const folder = join(import.meta.dirname, "..", "..", "widget", "dist", "gallery");
const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; base-uri 'none'; form-action 'none'";
const KINDS: Record<string, string> = { js: "text/javascript", css: "text/css", wasm: "application/wasm", json: "application/json", html: "text/html; charset=utf-8" };

/** Starts a site that holds the gallery. */
export async function openGallery(): Promise<Site> {
  const site = await Site.start("gallery");
  const routes: Routes = {};
  for (const name of readdirSync(folder)) {
    const type = KINDS[name.split(".").at(-1)!];
    const path = name === "index.html" ? "/" : `/assets/${name}`;
    if (type) routes[path] = { type, headers: { "content-security-policy": POLICY }, body: readFileSync(join(folder, name)) };
  }
  site.routes = routes;
  return site;
}

/** Turns to the stories whose name holds a word; to all of them without one. */
export async function turnsTo(page: Page, site: Site, only: string, language = "en"): Promise<void> {
  await page.goto(`${site.origin}/?language=${language}&only=${encodeURIComponent(only)}`);
  await expect(page.getByRole("heading", { name: "Porchlight gallery" })).toBeVisible();
  await expect(page.locator(".story").first()).toBeVisible();
}
