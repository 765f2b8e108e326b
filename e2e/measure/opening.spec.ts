//! From the click to the caret, and what the loader costs a page: measured in the browser, written down as JSON.
//! Laws: every round is a browser context of its own, so that nothing is cached; the frame's processor is slowed down
//! on the frame's own session, because the page's does not reach a frame from another site; nothing is judged here.
import { writeFileSync } from "node:fs";
import { type Browser, type BrowserContext, type CDPSession, expect, type Frame, type Page, test } from "@playwright/test";
import { hostPages } from "../support/host_pages.ts";
import { Site } from "../support/site.ts";

/** How much slower the processor is. */
const SLOWER = 4;

function asked(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: this is started by \`cargo xtask bench\``);
  return value;
}

type Opened = {
  caret_ms: number;
  document_ms: number;
  files_ms: number;
  asked_ms: number;
  answered_ms: number;
  throttled_ms: number;
  transferred: number;
};
type PageCost = { script_ms: number; with_ms: number; without_ms: number };

async function slowDown(session: CDPSession): Promise<void> {
  await session.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
}

/** A page on the host site, in a fresh context, on a slow processor, with the frame's to follow. */
class Visit {
  /** When the frame's processor was slowed down, by the clock of its document. */
  private slowed?: Promise<number>;

  private constructor(private readonly chat: string, readonly page: Page) {}

  static async on(browser: Browser, chat: string, host: string): Promise<Visit> {
    const context: BrowserContext = await browser.newContext();
    const page = await context.newPage();
    const visit = new Visit(chat, page);
    await page.addInitScript(() => {
      const note = ({ target }: FocusEvent) => {
        if (target instanceof HTMLInputElement) (window as any).caretAt ??= performance.timeOrigin + performance.now();
      };
      addEventListener("focusin", note, true);
    });
    await slowDown(await context.newCDPSession(page));
    page.on("framenavigated", (frame) => {
      if (frame.url().startsWith(chat)) visit.slowed = visit.slowDownFrame(frame);
    });
    await page.goto(host);
    await expect(page.getByRole("button", { name: "Open chat" })).toBeVisible();
    return visit;
  }

  private async slowDownFrame(frame: Frame): Promise<number> {
    const session = await this.page.context().newCDPSession(frame);
    await slowDown(session);
    const { result } = await session.send("Runtime.evaluate", { expression: "performance.now()" });
    return Number(result.value);
  }

  /** Points at the launcher until the door is drawn behind it. */
  async hovers(): Promise<void> {
    await this.page.getByRole("button", { name: "Open chat" }).hover();
    await (await this.frame()).waitForSelector("input", { state: "attached" });
  }

  /** Clicks, without having pointed at it before, and waits for the caret. */
  async clicks(): Promise<Opened> {
    const clickedAt = await this.page.evaluate(() => {
      const launcher = document.querySelector("porchlight-chat")?.shadowRoot?.querySelector("button");
      const now = performance.timeOrigin + performance.now();
      launcher?.click();
      return now;
    });
    const frame = await this.frame();
    const seen = await frame.waitForFunction(() => {
      const caretAt: number | undefined = (window as any).caretAt;
      if (!caretAt) return undefined;
      const [document] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
      const files = performance.getEntriesByType("resource") as PerformanceResourceTiming[];
      const session = files.find((file) => file.name.includes("/api/session"));
      const origin = performance.timeOrigin;
      const sizes = [document, ...files].map((file) => file?.transferSize ?? 0);
      return {
        caretAt,
        origin,
        documentAt: origin + (document?.responseStart ?? 0),
        filesAt: origin + Math.max(...files.filter((file) => file.name.includes("/assets/")).map((file) => file.responseEnd)),
        askedAt: origin + (session?.startTime ?? 0),
        answeredAt: origin + (session?.responseEnd ?? 0),
        transferred: sizes.reduce((sum, size) => sum + size, 0),
      };
    });
    const { caretAt, origin, documentAt, filesAt, askedAt, answeredAt, transferred } = (await seen.jsonValue()) as NonNullable<Awaited<ReturnType<typeof seen.jsonValue>>>;
    return {
      caret_ms: caretAt - clickedAt,
      document_ms: documentAt - clickedAt,
      files_ms: filesAt - clickedAt,
      asked_ms: askedAt - clickedAt,
      answered_ms: answeredAt - clickedAt,
      throttled_ms: origin + ((await this.slowed) ?? Number.NaN) - documentAt,
      transferred,
    };
  }

  private async frame(): Promise<Frame> {
    const found = () => this.page.frames().find((frame) => frame.url().startsWith(this.chat));
    await expect.poll(() => found()?.url()).toBeTruthy();
    const frame = found();
    if (!frame) throw new Error("the frame has gone");
    return frame;
  }

  leaves(): Promise<void> {
    return this.page.context().close();
  }
}

type TraceEvent = { name: string; ts: number; dur?: number; tdur?: number; args?: { data?: { url?: string } } };

/**
 * How long the loader's script kept the page busy: stretches that lie within each other count once. Time of the thread
 * itself where the browser tells it, so that a machine which does something else meanwhile is not in it.
 */
function scriptMs(trace: TraceEvent[], file: string): number {
  const own = trace.filter(({ name, dur, args }) => {
    const isScript = ["EvaluateScript", "FunctionCall", "v8.compile"].includes(name);
    return isScript && dur !== undefined && args?.data?.url?.includes(file);
  });
  own.sort((one, other) => one.ts - other.ts);
  let [busy, until] = [0, 0];
  for (const { ts, dur = 0, tdur = dur } of own) {
    if (ts >= until) busy += tdur;
    until = Math.max(until, ts + dur);
  }
  return busy / 1000;
}

/** What the page's main thread did up to a second after it was loaded, and the loader's script in it. */
async function pageCost(browser: Browser, url: string, file: string): Promise<{ task: number; script: number }> {
  const context = await browser.newContext();
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await slowDown(session);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  await browser.startTracing(page, { categories: ["devtools.timeline", "v8"] });
  await page.goto(url, { waitUntil: "load" });
  await page.evaluate(() => new Promise((done) => setTimeout(done, 1_000)));
  const trace = JSON.parse((await browser.stopTracing()).toString());
  const { metrics } = await session.send("Performance.getMetrics");
  await context.close();
  const task = metrics.find(({ name }) => name === "TaskDuration")?.value ?? Number.NaN;
  return { task: task * 1000, script: scriptMs(trace.traceEvents, file) };
}

test("opening", async ({ browser }) => {
  const [chat, rounds] = [asked("PORCHLIGHT_CHAT"), Number(asked("PORCHLIGHT_ROUNDS"))];
  const host = await Site.start("shop", Number(asked("PORCHLIGHT_HOST_PORT")));
  const plain = hostPages(chat)["/"] as { body: string };
  const bare = { body: plain.body.replace(/<script.*<\/script>/, "") };
  expect(bare.body).not.toEqual(plain.body);
  host.routes = { "/": plain, "/bare": bare };
  const figures = { browser: `Chromium ${browser.version()}`, cold: [] as Opened[], hovered: [] as Opened[], loader: [] as PageCost[] };
  for (let round = 0; round < rounds; round++) {
    const cold = await Visit.on(browser, chat, host.origin);
    figures.cold.push(await cold.clicks());
    await cold.leaves();
    const hovered = await Visit.on(browser, chat, host.origin);
    await hovered.hovers();
    figures.hovered.push(await hovered.clicks());
    await hovered.leaves();
    const without = await pageCost(browser, `${host.origin}/bare`, "/embed.js");
    const withLoader = await pageCost(browser, `${host.origin}/`, "/embed.js");
    expect(withLoader.script).toBeGreaterThan(0);
    figures.loader.push({ script_ms: withLoader.script, with_ms: withLoader.task, without_ms: without.task });
  }
  writeFileSync(asked("PORCHLIGHT_FIGURES"), JSON.stringify(figures));
  await host.stop();
});
