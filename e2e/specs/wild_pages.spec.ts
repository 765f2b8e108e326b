//! The loader on pages that do what real pages do, against a chat that is only played: the launcher stays reachable, the
//! card opens where it should, and neither side takes the other's keys.
import type { Page } from "@playwright/test";
import { close, expect, open, test as base } from "../support/loader_stage.ts";
import { PlayedFrame } from "../support/played_chat.ts";
import { STYLES, wildPages } from "../support/wild_pages.ts";

const test = base.extend({
  host: async ({ chat, host }, use) => {
    host.routes = { ...host.routes, ...wildPages(chat.origin) };
    await use(host);
  },
});

const LAUNCHER = { x: 1200 - 16 - 56, y: 800 - 16 - 56, width: 56, height: 56 };
const CARD = { x: 800, y: 72, width: 384, height: 640 };

/** Opens as somebody does who sees the launcher: at its place, whatever the page says about it. */
async function opensByHand(page: Page): Promise<void> {
  const launcher = page.getByRole("button", open);
  await expect.poll(() => launcher.boundingBox()).toEqual(LAUNCHER);
  await page.mouse.click(LAUNCHER.x + 28, LAUNCHER.y + 28);
  await expect(page.getByRole("button", close)).toHaveAttribute("aria-expanded", "true");
  await expect.poll(() => page.getByTitle("Chat").boundingBox()).toEqual(CARD);
  // Nothing lies over the card, and what is in it can be pressed.
  await page.mouse.click(CARD.x + 100, CARD.y + 20);
  await expect(page.frameLocator("porchlight-chat iframe").getByLabel("Write a message")).toBeVisible();
}

/** What is on top at the launcher's place, and how it looks there. */
function onTop(page: Page): Promise<string | undefined> {
  return page.evaluate(({ x, y }) => document.elementFromPoint(x + 28, y + 28)?.localName, LAUNCHER);
}

/** Where the launcher has its accent and nothing is drawn on it, and where the page is empty. */
const EDGE = { x: LAUNCHER.x + 6, y: LAUNCHER.y + 28 };
const NOWHERE = { x: 600, y: 400 };

async function colourAt(page: Page, spot: { x: number; y: number }): Promise<number[]> {
  // A picture of it, unpacked on a page that knows no policy and no styles.
  const picture = (await page.screenshot({ clip: { ...spot, width: 1, height: 1 } })).toString("base64");
  const blank = await page.context().newPage();
  const colour = await blank.evaluate(async (picture) => {
    const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${picture}`)).blob());
    const drawn = new OffscreenCanvas(1, 1).getContext("2d")!;
    drawn.drawImage(image, 0, 0);
    return [...drawn.getImageData(0, 0, 1, 1).data];
  }, picture);
  await blank.close();
  return colour;
}

test("wild styles neither move the launcher nor dim it nor lie over it", async ({ page, host }) => {
  for (const [number, name] of Object.keys(STYLES).entries()) {
    await test.step(name, async () => {
      await page.goto(`${host.origin}/style-${number}`);
      await opensByHand(page);
      expect(await onTop(page)).toBe("porchlight-chat");
      // The accent itself: it is neither seen through nor drawn over.
      expect(await colourAt(page, EDGE)).toEqual([0x25, 0x63, 0xeb, 255]);
    });
  }
});

test("what a page lays behind its own dialogs does not lie behind the launcher", async ({ page, host }) => {
  await page.goto(`${host.origin}/style-${Object.keys(STYLES).indexOf("dim backdrops")}`);
  await opensByHand(page);
  expect(await colourAt(page, NOWHERE)).toEqual([255, 255, 255, 255]);
});

test("a page that is zoomed has a launcher and a card that are", async ({ page, host }) => {
  await page.goto(`${host.origin}/zoomed`);
  await page.getByRole("button", open).click();
  await expect.poll(() => page.getByTitle("Chat").boundingBox()).toMatchObject({ width: 768 });
  expect(await onTop(page)).toBe("porchlight-chat");
});

test("layers as high as layers can be lie below", async ({ page, host }) => {
  await page.goto(`${host.origin}/layers`);
  await expect(page.locator("html > div")).toBeAttached();
  await opensByHand(page);
  expect(await onTop(page)).toBe("porchlight-chat");
});

test("what a page puts into the language, replaces or freezes does not stop the chat", async ({ page, host }) => {
  const failures: string[] = [];
  page.on("pageerror", (error) => failures.push(error.message));
  await page.goto(`${host.origin}/language`);
  await page.evaluate(() => (window as any).Porchlight.on("unread", (count: number) => ((window as any).counted = count)));
  await opensByHand(page);
  const frame = await PlayedFrame.of(page);
  await frame.says({ porchlight: "unread", count: 3 });
  await expect(page.getByRole("button", close)).toHaveAccessibleDescription("3 unread");
  expect(await page.evaluate(() => (window as any).counted)).toBe(3);
  await page.evaluate(() => (window as any).Porchlight.close());
  await expect(page.getByTitle("Chat")).toBeHidden();
  expect(failures).toEqual([]);
});

test("whatever a page throws away, the launcher stands there again", async ({ page, host }) => {
  await page.goto(`${host.origin}/wild`);
  await opensByHand(page);
  const throwing = {
    "what is in the body": () => (document.body.innerHTML = ""),
    "the body": () => document.body.replaceWith(document.createElement("body")),
    "everything beside the body": () => document.documentElement.replaceChildren(document.head, document.createElement("body")),
    "everything": () => document.replaceChild(document.importNode(new DOMParser().parseFromString("<p>Anew", "text/html").documentElement, true), document.documentElement),
  };
  for (const throwAway of Object.values(throwing)) {
    await page.evaluate(throwAway);
    await expect(page.getByRole("button", close)).toBeVisible();
    await expect.poll(() => page.getByTitle("Chat").boundingBox()).toEqual(CARD);
    // The frame that went with it is loaded again, and speaks with the loader.
    const frame = await PlayedFrame.of(page);
    await expect.poll(() => frame.heardNames()).toContain("hello");
    await frame.says({ porchlight: "close" });
    await opensByHand(page);
  }
});

test("a page that takes every key hears none of what is typed in the chat", async ({ page, host }) => {
  await page.goto(`${host.origin}/keys`);
  await opensByHand(page);
  const frame = await PlayedFrame.of(page);
  await expect.poll(() => frame.hasFocus()).toBe(true);
  await page.keyboard.type("Where is j/k? ");
  await page.keyboard.press("Control+a");
  await expect(page.frameLocator("porchlight-chat iframe").getByLabel("Write a message")).toHaveValue("Where is j/k? ");
  expect(await page.evaluate(() => (window as any).pressed)).toEqual([]);
  // Escape in the chat is the chat's; on the page it is the page's, which used it up.
  await page.keyboard.press("Escape");
  await expect(page.getByTitle("Chat")).toBeHidden();
  await page.getByRole("button", open).click();
  await page.getByLabel("Search").focus();
  await page.keyboard.press("j");
  await page.evaluate(() => (document.activeElement as HTMLElement).blur());
  await page.keyboard.press("Escape");
  await expect(page.getByTitle("Chat")).toBeVisible();
  expect(await page.evaluate(() => (window as any).pressed)).toEqual(["j", "Escape"]);
  await expect(page.getByLabel("Search")).toHaveValue("j");
});

test("the loader uses up no key of the page's", async ({ page, host }) => {
  await page.goto(`${host.origin}/wild`);
  await page.getByRole("button", open).focus();
  await page.evaluate(() => {
    const left: string[] = ((window as any).left = []);
    addEventListener("keydown", (event) => left.push(`${event.key} ${event.defaultPrevented}`));
  });
  for (const key of ["?", "/", "j", "Escape"]) await page.keyboard.press(key);
  expect(await page.evaluate(() => (window as any).left)).toEqual(["? false", "/ false", "j false", "Escape false"]);
});

test("under a modal dialog of the page the chat waits, and goes on as it was", async ({ page, host }) => {
  await page.goto(`${host.origin}/wild`);
  await opensByHand(page);
  const writing = page.frameLocator("porchlight-chat iframe").getByLabel("Write a message");
  await writing.fill("Half a question");
  await page.evaluate(() => document.querySelector("dialog")!.showModal());
  await page.mouse.click(LAUNCHER.x + 28, LAUNCHER.y + 28);
  await expect(page.locator("porchlight-chat button")).toHaveAttribute("aria-expanded", "true");
  await page.getByRole("button", { name: "Leave the dialog" }).focus();
  await page.evaluate(() => document.querySelector("dialog")!.close());
  await writing.click();
  await page.keyboard.type(" more");
  await expect(writing).toHaveValue("Half a question more");
  await page.mouse.click(LAUNCHER.x + 28, LAUNCHER.y + 28);
  await expect(page.getByRole("button", open)).toBeVisible();
});

test("nothing of the chat is printed", async ({ page, host }) => {
  await page.goto(`${host.origin}/wild`);
  await opensByHand(page);
  await page.emulateMedia({ media: "print" });
  await expect(page.locator("porchlight-chat button")).toBeHidden();
  await expect(page.getByTitle("Chat")).toBeHidden();
  await page.emulateMedia({ media: "screen" });
  await expect(page.getByRole("button", close)).toBeVisible();
});

test("in forced colours the launcher and its badge stay what they are", async ({ page, host }) => {
  await page.emulateMedia({ forcedColors: "active" });
  await page.goto(`${host.origin}/wild`);
  await opensByHand(page);
  await page.keyboard.press("Escape");
  const drawn = await page.getByRole("button", open).evaluate((launcher) => getComputedStyle(launcher).backgroundColor);
  expect(drawn).toBe("rgb(37, 99, 235)");
});

test("whoever wants less motion sees none, and others a short one", async ({ page, host }) => {
  const lasts = () => page.locator("porchlight-chat div").evaluate((card) => getComputedStyle(card).transitionDuration);
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.goto(`${host.origin}/wild`);
  expect(await lasts()).toBe("0s");
  await opensByHand(page);
  await page.emulateMedia({ reducedMotion: "no-preference" });
  expect(await lasts()).toBe("0.16s");
});
