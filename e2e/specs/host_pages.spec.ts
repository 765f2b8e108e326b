//! The true chat on pages of other people: a strict policy with hostile styles, pages that isolate themselves, a modal
//! dialog, and an origin nobody allowed.
import { cora } from "../people/cast.ts";
import { hostPages } from "../support/host_pages.ts";
import { Bare } from "../support/porchlight.ts";
import { Site } from "../support/site.ts";
import { expect, test as base } from "../support/stage.ts";
import { wildPages } from "../support/wild_pages.ts";

const test = base.extend<{ host: Site; stranger: Site; bare: Bare }>({
  host: async ({}, use) => {
    const host = await Site.start("host");
    await use(host);
    await host.stop();
  },
  stranger: async ({}, use) => {
    const stranger = await Site.start("stranger");
    await use(stranger);
    await stranger.stop();
  },
  bare: async ({ host, stranger }, use) => {
    const bare = await Bare.start({ allowedOrigins: [host.origin] });
    host.routes = { ...hostPages(bare.origin), ...wildPages(bare.origin) };
    stranger.routes = hostPages(bare.origin);
    await use(bare);
    await bare.stop();
  },
});

test("a strict policy and hostile styles do not keep a guest from chatting", async ({ bare, host, guest }) => {
  const visitor = await guest(cora);
  const complaints: string[] = [];
  visitor.page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  visitor.page.on("pageerror", (error) => complaints.push(error.message));
  await visitor.startsWith(`${host.origin}/strict`, "Your page is very strict.");
  await expect.poll(() => visitor.page.getByTitle("Chat").boundingBox()).toEqual({ x: 800, y: 72, width: 384, height: 640 });
  await visitor.page.reload();
  await visitor.opensChat();
  await visitor.reads("Your page is very strict.");
  expect(complaints).toEqual([]);
  expect(bare.origin).toContain("chat.localhost");
});

test("a page that isolates itself from other origins carries the chat, and the guest is the same on each", async ({ bare, host, guest }) => {
  const visitor = await guest(cora);
  expect(bare.origin).not.toBe(host.origin);
  const isIsolated = () => visitor.page.evaluate(() => crossOriginIsolated);
  await visitor.startsWith(`${host.origin}/isolated`, "Nothing gets in here.");
  expect(await isIsolated()).toBe(true);
  await visitor.goesTo(`${host.origin}/credentialless`);
  await visitor.opensChat();
  await visitor.reads("Nothing gets in here.");
  expect(await isIsolated()).toBe(true);
  await visitor.writes("Nor here.");
  await visitor.hasEverythingSent();
});

test("a draft outlives a modal dialog of the page", async ({ bare, host, guest }) => {
  const visitor = await guest(cora);
  expect(bare.origin).not.toBe(host.origin);
  await visitor.startsWith(`${host.origin}/wild`, "Before the dialog.");
  await visitor.composer.fill("Half a question");
  await visitor.page.evaluate(() => document.querySelector("dialog")!.showModal());
  await visitor.page.getByRole("button", { name: "Leave the dialog" }).focus();
  await visitor.page.evaluate(() => document.querySelector("dialog")!.close());
  await visitor.composer.click();
  await visitor.page.keyboard.press("End");
  await visitor.page.keyboard.type(", and the rest");
  await visitor.composer.press("Enter");
  await visitor.reads("Before the dialog.", "Half a question, and the rest");
});

test("an origin that is not allowed is refused, and the card says so", async ({ bare, stranger, guest, policyReports }) => {
  policyReports.mayHold(/frame-ancestors/);
  const visitor = await guest(cora);
  await visitor.page.clock.install();
  const answer = visitor.page.waitForResponse((response) => response.url().startsWith(`${bare.origin}/widget`));
  await visitor.goesTo(stranger.origin);
  await visitor.opensChat();
  expect((await answer).headers()["content-security-policy"]).toContain("frame-ancestors");
  await expect(async () => {
    await visitor.page.clock.fastForward(10_000);
    await expect(visitor.page.getByText("The chat is not available right now.")).toBeVisible({ timeout: 500 });
  }).toPass();
  await expect(visitor.page.locator("porchlight-chat iframe")).toHaveCount(0);
});

test("the page of a stranger cannot talk to the chat by itself", async ({ bare, host, stranger, guest }) => {
  const visitor = await guest(cora);
  await visitor.startsWith(host.origin, "Between us.");
  // Both pages share the browser, and the host page even the cookie's partition; `Origin` tells them from the frame.
  for (const page of [host.origin, stranger.origin]) {
    await visitor.goesTo(page);
    const outcome = await visitor.page.evaluate(async (chat) => {
      const attempt = (path: string, options: RequestInit) =>
        fetch(chat + path, { credentials: "include", ...options }).then((answer) => answer.status, () => "blocked");
      const socket = new Promise((done) => {
        const opened = new WebSocket(`${chat.replace("http", "ws")}/api/socket?as=visitor`, "porchlight.v1");
        opened.onopen = () => done("open");
        opened.onerror = () => done("refused");
      });
      return [
        await attempt("/api/session", {}),
        await attempt("/api/session", { mode: "no-cors", method: "DELETE" }),
        await attempt("/api/conversations", { headers: { "x-porchlight": "visitor" } }),
        await socket,
      ];
    }, bare.origin);
    expect(outcome[0]).toBe("blocked");
    expect([0, "blocked"]).toContain(outcome[1]);
    expect(outcome[2]).toBe("blocked");
    expect(outcome[3]).toBe("refused");
  }
});
