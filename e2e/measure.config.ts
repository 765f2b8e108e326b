//! What `cargo xtask bench` asks the browser for: it starts the server and the slow network, and gives their addresses.
import { defineConfig } from "@playwright/test";
import stories from "./playwright.config.ts";

export default defineConfig(stories, {
  testDir: "./measure",
  workers: 1,
  retries: 0,
  timeout: 240_000,
  globalTimeout: 300_000,
  use: { trace: "off", screenshot: "off" },
});
