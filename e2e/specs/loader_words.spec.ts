//! What the loader, the host page and the frame say to each other, and whom the loader does not listen to.
import { badge, close, expect, open, test } from "../support/loader_stage.ts";
import { PlayedFrame, settings } from "../support/played_chat.ts";

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

test("a chat that cannot be reached says so, and the next intent tries again", async ({ page, chat, host, policyReports }) => {
  policyReports.mayHold(/frame-ancestors/);
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
