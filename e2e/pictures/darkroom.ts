//! Where and when pictures are taken.
//! Law: the product's clocks and the browser's stand still, so that a picture is old only when the product has changed.
import { join } from "node:path";
import type { BrowserContext, BrowserContextOptions } from "@playwright/test";
import { Demo } from "../support/porchlight.ts";
import { test as base } from "../support/stage.ts";

const DOCUMENTS = join(import.meta.dirname, "..", "..", "docs");
/** A Friday afternoon. */
const NOW = "2026-11-20T14:05:00Z";

type Darkroom = {
  /** A browser whose clock stands at the demo's. */
  stillBrowser: (options?: BrowserContextOptions) => Promise<BrowserContext>;
};

export const test = base.extend<Darkroom>({
  demo: async ({}, use) => {
    const demo = await Demo.start(NOW);
    await use(demo);
    await demo.stop();
  },
  stillBrowser: async ({ newBrowser }, use) => {
    await use(async (options) => {
      const context = await newBrowser({ reducedMotion: "reduce", colorScheme: "light", ...options });
      await context.clock.setFixedTime(new Date(NOW));
      return context;
    });
  },
});

/** Where a picture of the documents lies. */
export const picture = (name: string): string => join(DOCUMENTS, name);
