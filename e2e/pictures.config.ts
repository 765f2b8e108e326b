//! The pictures in the documents: `npm run pictures` takes them into `docs/`, from the product itself.
import { defineConfig } from "@playwright/test";
import stories from "./playwright.config.ts";

export default defineConfig(stories, { testDir: "./pictures", workers: 1, retries: 0, use: { trace: "off" } });
