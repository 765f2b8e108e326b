//! How the stories are run: the system's Chromium, two at once at most, no downloads, no sleeping.
import { defineConfig } from "@playwright/test";
import { browser } from "./support/browser.ts";

export default defineConfig({
  testDir: "./specs",
  outputDir: "./test-results",
  // One place for a snapshot, whatever machine it was taken on: it holds roles and names, no pixels.
  snapshotPathTemplate: "{testDir}/../snapshots/{arg}{ext}",
  fullyParallel: false,
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
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
  },
});
