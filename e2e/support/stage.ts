//! The stage: a demo of its own for every story, and as many people in it as the story needs.
//! Laws: two people never share a browser context, just as they never share a browser. A story in which a content security
//! policy had to stop something fails, unless it is about that and says so.
import { test as base, type BrowserContext, type BrowserContextOptions } from "@playwright/test";
import { Admin } from "../people/admin.ts";
import { Agent } from "../people/agent.ts";
import type { Particulars } from "../people/cast.ts";
import { Guest } from "../people/guest.ts";
import { Newcomer } from "../people/newcomer.ts";
import { Shopper } from "../people/shopper.ts";
import { Demo, Fresh } from "./porchlight.ts";
import { PolicyReports } from "./policy_reports.ts";

export { expect } from "@playwright/test";

type Stage = {
  /** What policies stopped up to now, in every browser of the story. */
  policyReports: PolicyReports;
  demo: Demo;
  /** A server that nobody has touched. */
  fresh: Fresh;
  /** A browser of its own, closed with the story. */
  newBrowser: (options?: BrowserContextOptions) => Promise<BrowserContext>;
  guest: (particulars: Particulars, options?: BrowserContextOptions) => Promise<Guest>;
  newcomer: (particulars: Particulars, options?: BrowserContextOptions) => Promise<Newcomer>;
  shopper: (firstName: string, options?: BrowserContextOptions) => Promise<Shopper>;
  agent: (firstName: string, options?: BrowserContextOptions) => Promise<Agent>;
  admin: (options?: BrowserContextOptions) => Promise<Admin>;
};

export const test = base.extend<Stage>({
  policyReports: [
    async ({}, use) => {
      const reports = new PolicyReports();
      await use(reports);
      reports.areNone();
    },
    { auto: true },
  ],
  context: async ({ context, policyReports }, use) => {
    policyReports.of(context);
    await use(context);
  },
  demo: async ({}, use) => {
    const demo = await Demo.start();
    await use(demo);
    await demo.stop();
  },
  fresh: async ({}, use) => {
    const fresh = await Fresh.start();
    await use(fresh);
    await fresh.stop();
  },
  newBrowser: async ({ browser, contextOptions, viewport, locale, timezoneId, policyReports }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (options) => {
      const context = await browser.newContext({ ...contextOptions, viewport, locale, timezoneId, ...options });
      contexts.push(context);
      policyReports.of(context);
      return context;
    });
    await Promise.all(contexts.map((context) => context.close()));
  },
  guest: async ({ newBrowser }, use) => {
    await use(async (particulars, options) => new Guest(await (await newBrowser(options)).newPage(), particulars));
  },
  newcomer: async ({ newBrowser }, use) => {
    await use(async (particulars, options) => new Newcomer(await (await newBrowser(options)).newPage(), particulars));
  },
  shopper: async ({ newBrowser }, use) => {
    await use(async (firstName, options) => new Shopper(await (await newBrowser(options)).newPage(), firstName));
  },
  agent: async ({ newBrowser }, use) => {
    await use(async (firstName, options) => new Agent(await (await newBrowser(options)).newPage(), firstName));
  },
  admin: async ({ newBrowser }, use) => {
    await use(async (options) => new Admin(await (await newBrowser(options)).newPage()));
  },
});
