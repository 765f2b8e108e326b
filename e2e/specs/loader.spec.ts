//! What the loader does on host pages, tried against a chat that is only played: quick, and without the server.
import { test as base, expect, type Page } from "@playwright/test";
import { hostPages } from "../support/host_pages.ts";
import { PlayedFrame, settings, startPlayedChat } from "../support/played_chat.ts";
import { Site } from "../support/site.ts";

const test = base.extend<{ chat: Site; host: Site }>({
  chat: async ({}, use) => {
    const chat = await startPlayedChat();
    await use(chat);
    await chat.stop();
  },
  host: async ({ chat }, use) => {
    const host = await Site.start("host");
    host.routes = hostPages(chat.origin);
    await use(host);
    await host.stop();
  },
});

/** The badge as it is drawn: no element, so that the launcher's name stays what it does. */
function badge(page: Page): Promise<{ content: string; height: string } | null> {
  return page.locator("porchlight-chat button").evaluate((launcher) => {
    const { content, height } = getComputedStyle(launcher, ":after");
    return content === "none" ? null : { content, height };
  });
}

const open = { name: "Open chat" };
const close = { name: "Close chat" };

test("before intent there is one request, nothing stored, nothing moved", async ({ page, context, chat, host }) => {
  const sockets: string[] = [];
  page.on("websocket", (socket) => sockets.push(socket.url()));
  await page.addInitScript(() => {
    const shifts: number[] = ((window as any).shifts = []);
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) shifts.push((entry as any).value);
    }).observe({ type: "layout-shift", buffered: true });
  });
  await page.goto(host.origin);
  await expect(page.getByRole("button", open)).toBeVisible();
  // Moving about on the page is no intent.
  await page.mouse.move(100, 100);
  await page.getByLabel("Search").fill("lamps");
  await page.evaluate(() => new Promise((idle) => requestIdleCallback(idle)));
  expect(chat.asked).toEqual(["/embed.js"]);
  expect(await context.cookies()).toEqual([]);
  expect(await page.evaluate(() => [localStorage.length, sessionStorage.length, (window as any).shifts.length])).toEqual([0, 0, 0]);
  expect(sockets).toEqual([]);
  await expect(page.locator("iframe")).toHaveCount(0);
});

test("pointing, focusing and clicking are intent", async ({ page, chat, host }) => {
  await page.goto(host.origin);
  await page.getByRole("button", open).hover();
  await expect(page.locator("iframe")).toHaveCount(1);
  await expect(page.getByRole("button", open)).toHaveAttribute("aria-expanded", "false");
  await page.goto(host.origin);
  await page.getByRole("button", open).focus();
  await expect(page.locator("iframe")).toHaveCount(1);
  await expect.poll(() => chat.asked.filter((path) => path === "/widget").length).toBe(2);
});

test("opens, moves the focus in, and gives it back", async ({ page, host }) => {
  await page.goto(host.origin);
  await page.getByRole("button", open).click();
  const launcher = page.getByRole("button", close);
  await expect(launcher).toHaveAttribute("aria-expanded", "true");
  const frame = await PlayedFrame.of(page);
  await expect.poll(() => frame.hasFocus()).toBe(true);
  const card = await page.getByTitle("Chat").boundingBox();
  expect(card).toMatchObject({ x: 1200 - 16 - 384, y: 800 - 88 - 640, width: 384, height: 640 });
  // Escape inside the frame: the frame asks to be closed.
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", open)).toBeFocused();
  await expect(page.getByTitle("Chat")).toBeHidden();
  await page.keyboard.press("Enter");
  await expect.poll(() => frame.hasFocus()).toBe(true);
  // Escape on the host page, whose focus is not ours to move.
  await page.getByLabel("Search").focus();
  await page.keyboard.press("Escape");
  await expect(page.getByTitle("Chat")).toBeHidden();
  await expect(page.getByLabel("Search")).toBeFocused();
  expect((await frame.heard()).filter((message) => message.porchlight === "look").map((message) => message.look)).toEqual(["hidden", "open", "hidden"]);
});

test("hello says where the host page is and how the card looks", async ({ page, host }) => {
  await page.goto(`${host.origin}/other?secret=1#fragment`);
  await page.getByRole("button", open).hover();
  const frame = await PlayedFrame.of(page);
  await expect.poll(() => frame.heard()).toEqual([{ porchlight: "hello", path: "/other", look: "hidden", identity: "none" }]);
  // Another page without a load: the path follows, the query does not.
  await page.evaluate(() => history.pushState(null, "", "/lamps/blue?colour=blue"));
  await expect.poll(() => frame.heard()).toContainEqual({ porchlight: "path", path: "/lamps/blue" });
  await frame.reload();
  const again = await PlayedFrame.of(page);
  await expect.poll(() => again.heard()).toContainEqual({ porchlight: "hello", path: "/lamps/blue", look: "hidden", identity: "none" });
});

test("the badge counts to 99 and the launcher describes the true number", async ({ page, host }) => {
  await page.goto(host.origin);
  const launcher = page.getByRole("button", open);
  await launcher.hover();
  const frame = await PlayedFrame.of(page);
  expect(await badge(page)).toBeNull();
  for (const [count, shown] of [[3, "3"], [99, "99"], [100, "99+"]] as const) {
    await frame.says({ porchlight: "unread", count });
    await expect.poll(() => badge(page)).toMatchObject({ content: `"${shown}"`, height: "18px" });
    await expect(launcher).toHaveAccessibleDescription(`${count} unread`);
    await expect(launcher).toHaveAccessibleName("Open chat");
  }
  await frame.says({ porchlight: "unread", count: 0 });
  await expect.poll(() => badge(page)).toBeNull();
  await expect(launcher).toHaveAccessibleDescription("");
});

test("a host page with the strictest policy and the most hostile styles shows the same chat", async ({ page, host }) => {
  const refusals: string[] = [];
  page.on("console", (message) => message.type() === "error" && refusals.push(message.text()));
  await page.goto(`${host.origin}/strict`);
  const launcher = page.getByRole("button", open);
  expect(await launcher.boundingBox()).toEqual({ x: 1200 - 16 - 56, y: 800 - 16 - 56, width: 56, height: 56 });
  await launcher.click();
  await expect(page.getByRole("button", close)).toBeVisible();
  await expect(page.frameLocator("iframe").getByLabel("Write a message")).toBeVisible();
  // The opening is a movement of 160 ms: the box is asked for until it rests.
  await expect.poll(() => page.getByTitle("Chat").boundingBox()).toEqual({ x: 800, y: 72, width: 384, height: 640 });
  expect(await page.locator("porchlight-chat").evaluate((host) => getComputedStyle(host).zIndex)).toBe("2147483647");
  await (await PlayedFrame.of(page)).says({ porchlight: "unread", count: 1 });
  await expect.poll(() => badge(page)).toMatchObject({ content: '"1"' });
  await page.keyboard.press("Escape");
  await expect(page.getByTitle("Chat")).toBeHidden();
  expect(refusals).toEqual([]);
});

test("the tag may stand in the head, before there is a body", async ({ page, host }) => {
  await page.goto(`${host.origin}/head`);
  await expect(page.getByRole("button", open)).toBeVisible();
});

test("a tag that stands there twice makes one launcher, also after the body was swapped", async ({ page, host }) => {
  await page.goto(`${host.origin}/twice`);
  await expect(page.getByRole("button", open)).toHaveCount(1);
  await page.evaluate(() => document.body.replaceWith(document.createElement("body")));
  await expect(page.getByRole("button", open)).toBeVisible();
});

test("the left corner, by attribute", async ({ page, host }) => {
  await page.goto(`${host.origin}/left`);
  await page.getByRole("button", open).click();
  expect(await page.getByRole("button", close).boundingBox()).toMatchObject({ x: 16 });
  await expect.poll(() => page.getByTitle("Chat").boundingBox()).toMatchObject({ x: 16, width: 384 });
});

test("on a phone the card is the whole screen and hides the launcher", async ({ page, host }) => {
  await page.setViewportSize({ width: 360, height: 640 });
  await page.goto(host.origin);
  await page.getByRole("button", open).click();
  await expect.poll(() => page.getByTitle("Chat").boundingBox()).toEqual({ x: 0, y: 0, width: 360, height: 640 });
  await expect(page.getByRole("button", close)).toBeHidden();
  const frame = await PlayedFrame.of(page);
  await frame.says({ porchlight: "close" });
  await expect(page.getByRole("button", open)).toBeFocused();
});

test("a phone's keyboard never covers where somebody types", async ({ page, host }) => {
  await page.setViewportSize({ width: 360, height: 640 });
  // The keyboard of an emulated phone does not exist: what it does to the window is played.
  await page.addInitScript(() => {
    const left = ((window as any).left = { height: 640, offsetTop: 0, scale: 1 });
    for (const name of ["height", "offsetTop", "scale"] as const) Object.defineProperty(visualViewport, name, { get: () => left[name] });
  });
  const keyboard = (left: { height: number; offsetTop: number; scale: number }) =>
    page.evaluate((left) => {
      Object.assign((window as any).left, left);
      visualViewport!.dispatchEvent(new Event("resize"));
    }, left);
  const box = () => page.getByTitle("Chat").boundingBox();
  await page.goto(host.origin);
  await page.getByRole("button", open).click();
  await keyboard({ height: 340, offsetTop: 0, scale: 1 });
  await expect.poll(box).toEqual({ x: 0, y: 0, width: 360, height: 340 });
  // The window may have been scrolled by the browser to show the field.
  await keyboard({ height: 340, offsetTop: 120, scale: 1 });
  await expect.poll(box).toEqual({ x: 0, y: 120, width: 360, height: 340 });
  // Somebody who zooms in wants to see it larger, not smaller.
  await keyboard({ height: 200, offsetTop: 50, scale: 2 });
  await expect.poll(box).toEqual({ x: 0, y: 0, width: 360, height: 640 });
  // A tablet keeps the card, above its keyboard.
  await page.setViewportSize({ width: 1000, height: 700 });
  await keyboard({ height: 400, offsetTop: 0, scale: 1 });
  await expect.poll(box).toEqual({ x: 600, y: 16, width: 384, height: 296 });
});

test("a short window keeps the card inside", async ({ page, host }) => {
  await page.setViewportSize({ width: 800, height: 500 });
  await page.goto(host.origin);
  await page.getByRole("button", open).click();
  await expect.poll(() => page.getByTitle("Chat").boundingBox()).toEqual({ x: 400, y: 16, width: 384, height: 396 });
});

test("the host may speak before the loader is there, and after", async ({ page, host }) => {
  await page.goto(`${host.origin}/queue`);
  await expect(page.getByRole("button", close)).toBeVisible();
  const frame = await PlayedFrame.of(page);
  await expect.poll(() => frame.heard()).toContainEqual({ porchlight: "identity", token: "token-from-a-function" });
  // A listener that throws stops nobody.
  await frame.says({ porchlight: "unread", count: 2 });
  await expect.poll(() => page.evaluate(() => (window as any).happened)).toEqual(["open", "unread 2"]);
});

test("a listener goes when it is told to", async ({ page, host }) => {
  await page.goto(host.origin);
  await page.getByRole("button", open).waitFor();
  const heard = await page.evaluate(() => {
    const chat = (window as any).Porchlight;
    const heard: string[] = [];
    const forget = chat.on("open", () => heard.push("first"));
    chat.on("open", () => heard.push("second"));
    chat.open();
    chat.close();
    forget();
    chat.open();
    return heard;
  });
  expect(heard).toEqual(["first", "second", "second"]);
});

test("the identity URL is asked when the frame is there, and again when a fresh token is needed", async ({ page, host }) => {
  await page.goto(`${host.origin}/identified`);
  await page.getByRole("button", open).waitFor();
  expect(host.asked).not.toContain("/chat-token");
  await page.getByRole("button", open).hover();
  const frame = await PlayedFrame.of(page);
  const token = { porchlight: "identity", token: "token-of-the-host" };
  await expect.poll(() => frame.heard()).toEqual([expect.objectContaining({ identity: "pending" }), token]);
  host.routes["/chat-token"] = { status: 204 };
  await frame.says({ porchlight: "need_identity" });
  await expect.poll(() => frame.heard()).toContainEqual({ porchlight: "identity", token: null });
});

test("a host in trouble has not said that nobody is signed in", async ({ page, host }) => {
  host.routes["/chat-token"] = { status: 500 };
  await page.goto(`${host.origin}/identified`);
  const failed = page.waitForResponse((response) => response.status() === 500);
  await page.getByRole("button", open).hover();
  await failed;
  const frame = await PlayedFrame.of(page);
  await frame.says({ porchlight: "unread", count: 1 });
  await expect.poll(() => badge(page)).toMatchObject({ content: '"1"' });
  expect(await frame.heardNames()).toEqual(["hello"]);
});

test("an answer about who was there before is not passed on", async ({ page, host }) => {
  await page.goto(host.origin);
  await page.getByRole("button", open).hover();
  const frame = await PlayedFrame.of(page);
  await page.evaluate(async () => {
    const chat = (window as any).Porchlight;
    let answerLate: (token: string) => void = () => {};
    chat.identify(() => new Promise((answer) => (answerLate = answer)));
    chat.identify("token-of-the-second");
    answerLate("token-of-the-first");
  });
  await expect.poll(() => frame.heard()).toContainEqual({ porchlight: "identity", token: "token-of-the-second" });
  expect(await frame.heard()).not.toContainEqual({ porchlight: "identity", token: "token-of-the-first" });
});

test("signing out reaches a frame that was not there yet, and is over when the frame says so", async ({ page, host }) => {
  await page.goto(host.origin);
  await page.getByRole("button", open).waitFor();
  await page.evaluate(() => {
    (window as any).over = false;
    void (window as any).Porchlight.logout().then(() => ((window as any).over = true));
  });
  const frame = await PlayedFrame.of(page);
  await expect.poll(() => frame.heardNames()).toEqual(["hello", "logout"]);
  expect(await page.evaluate(() => (window as any).over)).toBe(false);
  await frame.says({ porchlight: "signed_out" });
  await expect.poll(() => page.evaluate(() => (window as any).over)).toBe(true);
});

test("a kept conversation opens the frame unseen on the next page, until it is not kept", async ({ page, host }) => {
  await page.goto(host.origin);
  await page.getByRole("button", open).hover();
  await (await PlayedFrame.of(page)).says({ porchlight: "keep", keep: true });
  await expect.poll(() => page.evaluate(() => ({ ...localStorage }))).toEqual({ porchlight: "1" });
  await page.goto(`${host.origin}/other`);
  await expect(page.locator("iframe")).toHaveCount(1);
  await expect(page.getByTitle("Chat")).toBeHidden();
  await (await PlayedFrame.of(page)).says({ porchlight: "keep", keep: false });
  await expect.poll(() => page.evaluate(() => localStorage.length)).toBe(0);
});

test("nobody but the loader's own frame is listened to", async ({ page, host }) => {
  await page.goto(`${host.origin}/thief`);
  await page.getByRole("button", open).hover();
  const frame = await PlayedFrame.of(page);
  await page.evaluate(() => {
    const counts: number[] = ((window as any).counts = []);
    (window as any).Porchlight.on("unread", (count: number) => counts.push(count));
  });
  const lie = { porchlight: "unread", count: 66 };
  // The host page itself; another frame of the chat's own origin; and an unknown word of the right frame.
  await page.evaluate((lie) => window.postMessage(lie, "*"), lie);
  const other = page.frames().find((frame) => frame.url().endsWith("origin=elsewhere"));
  await other?.evaluate((lie) => parent.postMessage(lie, "*"), lie);
  await frame.says({ porchlight: "constructor" });
  await frame.says({ porchlight: "unread", count: 1 });
  await expect.poll(() => page.evaluate(() => (window as any).counts)).toEqual([1]);
});

test("a frame that was led elsewhere is neither listened to nor told anything", async ({ page, host }) => {
  await page.goto(`${host.origin}/thief`);
  await page.getByRole("button", open).hover();
  await PlayedFrame.of(page);
  await page.evaluate(() => {
    const heard: unknown[] = ((window as any).heard = []);
    addEventListener("message", (event) => heard.push(event.data));
    (window as any).Porchlight.identify(() => "a-token");
    (window.document.querySelector("porchlight-chat")!.shadowRoot!.querySelector("iframe")!).src = "/impostor";
  });
  await expect.poll(() => page.evaluate(() => (window as any).heard)).toContain("I am the impostor");
  await page.evaluate(() => {
    (window as any).Porchlight.identify(() => "another-token");
    (window as any).Porchlight.open();
  });
  const impostor = page.frames().find((frame) => frame.url().endsWith("/impostor"));
  await impostor?.evaluate(() => parent.postMessage("That was all", "*"));
  await expect.poll(() => page.evaluate(() => (window as any).heard)).toContain("That was all");
  expect(await impostor?.evaluate(() => (window as any).heard)).toEqual([]);
  expect(await badge(page)).toBeNull();
});

test("a chat that cannot be reached says so, and the next intent tries again", async ({ page, chat, host }) => {
  await page.clock.install();
  const working = chat.routes["/widget"];
  chat.routes["/widget"] = { headers: { "content-security-policy": "frame-ancestors https://elsewhere.example" }, body: "no" };
  await page.goto(host.origin);
  const refused = page.waitForResponse((response) => response.url().includes("/widget"));
  await page.getByRole("button", open).click();
  await refused;
  const card = page.locator("porchlight-chat div");
  await expect(async () => {
    await page.clock.fastForward(10_000);
    await expect(card).toHaveText(settings.labels.unavailable, { timeout: 500 });
  }).toPass();
  chat.routes["/widget"] = working!;
  await page.getByRole("button", close).click();
  await page.getByRole("button", open).click();
  await expect(page.frameLocator("iframe").getByLabel("Write a message")).toBeVisible();
});
