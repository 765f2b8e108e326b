//! How the stories are run: the system's Chromium, two at once at most, no downloads, no sleeping.
import { defineConfig } from "@playwright/test";
import { browser } from "./support/browser.ts";

export default defineConfig({
  testDir: "./specs",
  outputDir: "./test-results",
  // One place for a snapshot, whatever machine it was taken on: it holds roles and names, no pixels.
  snapshotPathTemplate: "{testDir}/../snapshots/{arg}{ext}",
  fullyParallel: true,
  workers: 2,
  forbidOnly: Boolean(process.env.CI),
  // A machine that also does other work may stall for half a minute. A story told twice is reported as flaky, not hidden.
  retries: process.env.CI ? 1 : 0,
  timeout: 120_000,
  expect: { timeout: 30_000 },
  reporter: [["list"]],
  use: {
    ...browser,
    viewport: { width: 1200, height: 800 },
    locale: "en-GB",
    timezoneId: "UTC",
    actionTimeout: 30_000,
    // Whoever asked for less motion gets each screen at once, and so does a story; those about motion ask for it.
    contextOptions: { reducedMotion: "reduce" },
    // Writing down everything that is shown makes every story half as long again: only where one has failed before.
    trace: process.env.CI ? "on-first-retry" : "off",
    screenshot: "only-on-failure",
  },
});
