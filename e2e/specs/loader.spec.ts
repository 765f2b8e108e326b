//! What the loader puts on host pages, tried against a chat that is only played: quick, and without the server.
import { badge, close, expect, open, test } from "../support/loader_stage.ts";
import { PlayedFrame } from "../support/played_chat.ts";

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
