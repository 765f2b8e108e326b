//! P1: what a page view costs before anybody means to chat, with the true server.
import { brotliDecompressSync } from "node:zlib";
import { get } from "node:http";
import { expect, test } from "../support/stage.ts";

/** The loader as it travels: the bytes of the body, and what they unpack to. */
function travel(origin: string): Promise<{ encoding?: string; bytes: Buffer }> {
  const { port, host } = new URL(origin);
  return new Promise((resolve, reject) => {
    const options = { host: "127.0.0.1", port, path: "/embed.js", headers: { host, "accept-encoding": "br" } };
    get(options, (answer) => {
      const parts: Buffer[] = [];
      answer.on("data", (part) => parts.push(part));
      answer.on("end", () => resolve({ encoding: answer.headers["content-encoding"], bytes: Buffer.concat(parts) }));
    }).once("error", reject);
  });
}

test("the loader travels in at most 2,000 bytes, complete", async ({ demo }) => {
  const { encoding, bytes } = await travel(demo.chat);
  expect(encoding).toBe("br");
  expect(bytes.length).toBeLessThanOrEqual(2000);
  expect(brotliDecompressSync(bytes).toString()).not.toContain("__PORCHLIGHT_SETTINGS__");
});

test("before intent: one request, no cookie, no storage, no socket, no shift", async ({ demo, guest }) => {
  const { page } = await guest({ name: "", email: "" });
  const asked: string[] = [];
  page.on("request", (request) => request.url().startsWith(demo.chat) && asked.push(new URL(request.url()).pathname));
  page.on("websocket", (socket) => asked.push(socket.url()));
  await page.addInitScript(() => {
    const shifts: unknown[] = ((window as any).shifts = []);
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) for (const { node } of (entry as any).sources) if (node?.localName === "porchlight-chat") shifts.push(node);
    }).observe({ type: "layout-shift", buffered: true });
  });
  await page.goto(demo.shop);
  await expect(page.getByRole("button", { name: "Open chat" })).toBeVisible();
  await page.mouse.wheel(0, 2000);
  await page.evaluate(() => new Promise((idle) => requestIdleCallback(idle)));
  expect(asked).toEqual(["/embed.js"]);
  expect(await page.context().cookies()).toEqual([]);
  expect(await page.evaluate(() => [localStorage.length, sessionStorage.length, (window as any).shifts.length])).toEqual([0, 0, 0]);
});
