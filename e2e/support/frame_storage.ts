//! A browser that lets frames of other sites keep things, as an ordinary Chrome window does.
//! Law: its profile lies in a folder of its own, which whoever made it removes.
import { chromium, type BrowserContext } from "@playwright/test";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { browser } from "./browser.ts";

export async function browserWithFrameStorage(profile: string): Promise<BrowserContext> {
  mkdirSync(join(profile, "Default"), { recursive: true });
  const preferences = { profile: { cookie_controls_mode: 0, block_third_party_cookies: false } };
  writeFileSync(join(profile, "Default", "Preferences"), JSON.stringify(preferences));
  return chromium.launchPersistentContext(profile, { ...browser.launchOptions, viewport: { width: 1200, height: 800 } });
}
