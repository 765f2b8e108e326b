//! The picture in the README: the shop with an open chat, as a guest sees it and as an agent does.
//! Law: what is on it happened; the two sides really talk to each other.
import type { Browser, Page } from "@playwright/test";
import { Agent } from "../people/agent.ts";
import { cora } from "../people/cast.ts";
import { Guest } from "../people/guest.ts";
import { expect } from "../support/stage.ts";
import { picture, test } from "./darkroom.ts";

const side = { width: 900, height: 800 };
/** How wide each window is in the picture. **Units**: pixels. */
const SHOWN = 680;
const question = "Hello! Can this lamp stay outside in the rain?";

test("the README's picture", async ({ browser, demo, stillBrowser }) => {
  const open = async () => (await stillBrowser({ viewport: side, deviceScaleFactor: 2 })).newPage();
  const guest = new Guest(await open(), cora);
  const mina = new Agent(await open(), "Mina");
  await mina.signsIn(`${demo.shop}/lamps/porch`);
  await mina.opensChat();
  await guest.startsWith(`${demo.shop}/lamps/porch`, question);
  await mina.looksAtInbox();
  await mina.opensConversation(cora.name, question);
  await mina.writes("Hello Cora! Under a roof, yes: the glass keeps splashes out.");
  await guest.reads("Hello Cora! Under a roof, yes: the glass keeps splashes out.");
  await guest.writes("We have a deep porch, so that is perfect.");
  await mina.reads("We have a deep porch, so that is perfect.");
  await mina.writes("Then it will feel at home. Shall I put one aside for you?");
  await guest.reads("Then it will feel at home. Shall I put one aside for you?");
  await guest.writes("Yes please, thank you.");
  await mina.reads("Yes please, thank you.");
  // Both have seen everything, and both say so.
  await expect(guest.ticks("Seen")).toHaveCount(3);
  await expect(mina.ticks("Seen")).toHaveCount(2);
  await compose(browser, [guest.page, mina.page]);
});

/** Both windows beside each other, each with a line that says whose it is. */
async function compose(browser: Browser, pages: Page[]): Promise<void> {
  const shots = await Promise.all(pages.map((page) => page.screenshot({ animations: "disabled" })));
  const page = await browser.newPage({ viewport: { width: 2 * SHOWN + 120, height: 760 }, deviceScaleFactor: 1 });
  const windows = shots.map((shot, number) => {
    const label = ["Cora, a visitor of the shop", "Mina, who answers, on the same page"][number];
    return `<figure><figcaption>${label}</figcaption><img src="data:image/png;base64,${shot.toString("base64")}"></figure>`;
  });
  await page.setContent(`<!doctype html><style>
    body { margin: 0; padding: 32px 40px 40px; display: flex; gap: 40px; justify-content: center; background: #e8ecf3; font: 600 17px/1.45 system-ui; color: #27324a; }
    figure { margin: 0; }
    figcaption { margin: 0 0 12px 4px; }
    img { display: block; width: ${SHOWN}px; border-radius: 12px; box-shadow: 0 12px 40px #1b25402e; }
  </style><body>${windows.join("")}</body>`);
  await page.locator("body").screenshot({ path: picture("demo.png") });
  await page.close();
}
