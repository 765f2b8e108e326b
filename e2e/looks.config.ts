//! Every screen as a picture, to be looked at: `npm run looks` writes them to `shots/`. Nothing is compared.
import { defineConfig } from "@playwright/test";
import stories from "./playwright.config.ts";

export default defineConfig(stories, { testDir: "./looks", timeout: 120_000, use: { trace: "off" } });
