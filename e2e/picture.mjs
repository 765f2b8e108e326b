//! Takes the README's picture from the demo itself: the shop with an open chat, as a guest sees it and as an agent does.
//! Law: what is on it happened; the two sides really talk to each other.
//!
//!     PORCHLIGHT_BIN=../target/release/porchlight node picture.mjs [FILE]
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "@playwright/test";

const here = fileURLToPath(new URL(".", import.meta.url));
const target = resolve(process.argv[2] ?? join(here, "..", "docs", "demo.png"));
const binary = process.env.PORCHLIGHT_BIN ?? join(here, "..", "target", "release", "porchlight");
const side = { width: 900, height: 800 };

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}

async function startDemo(folder) {
  const [chatPort, shopPort] = [await freePort(), await freePort()];
  const flags = ["--chat-port", chatPort, "--shop-port", shopPort, "--data-dir", folder, "--fresh"];
  const child = spawn(binary, ["demo", ...flags], { stdio: ["ignore", "pipe", "inherit"] });
  await new Promise((ready, failed) => {
    let said = "";
    child.stdout.on("data", (words) => (said += words).includes("demo is ready") && ready());
    child.once("exit", () => failed(new Error("the demo ended before it was ready")));
  });
  return { child, shop: `http://shop.localhost:${shopPort}` };
}

async function newPerson(browser) {
  const context = await browser.newContext({ viewport: side, deviceScaleFactor: 2, locale: "en-GB", reducedMotion: "reduce" });
  const page = await context.newPage();
  return { page, chat: page.frameLocator("porchlight-chat iframe") };
}

async function writes({ chat }, text) {
  await chat.getByRole("textbox", { name: "Write a message" }).fill(text);
  await chat.getByRole("button", { name: "Send", exact: true }).click();
}

const reads = ({ chat }, text) => chat.getByRole("log", { name: "Conversation" }).getByText(text).waitFor();

/** Cora asks on the lamp's page, Mina answers. */
async function talk(browser, shop) {
  const [cora, mina] = [await newPerson(browser), await newPerson(browser)];
  await mina.page.goto(`${shop}/lamps/porch`);
  await mina.page.getByRole("button", { name: "Sign in as Mina" }).click();
  await mina.page.getByRole("button", { name: "Open chat" }).click();
  await cora.page.goto(`${shop}/lamps/porch`);
  await cora.page.getByRole("button", { name: "Open chat" }).click();
  await cora.chat.getByLabel("Full name").fill("Cora Lindqvist");
  await cora.chat.getByLabel("Email").fill("cora@example.org");
  await cora.chat.getByRole("button", { name: "Start chat" }).click();
  const question = "Hello! Can this lamp stay outside in the rain?";
  await writes(cora, question);
  await mina.chat.getByRole("tab", { name: "Customer Support" }).click();
  const row = mina.chat.getByRole("button", { name: /^Cora/ }).or(mina.chat.getByRole("link", { name: /^Cora/ }));
  await row.filter({ hasText: question }).click();
  await reads(mina, question);
  await writes(mina, "Hello Cora! Under a roof, yes: the glass keeps splashes out.");
  await reads(cora, "Under a roof, yes");
  await writes(cora, "We have a deep porch, so that is perfect.");
  await reads(mina, "perfect");
  await writes(mina, "Then it will feel at home. Shall I put one aside for you?");
  await reads(cora, "Shall I put one aside");
  await writes(cora, "Yes please, thank you.");
  await reads(mina, "Yes please");
  // Both have seen everything, and both say so.
  await cora.chat.getByRole("img", { name: "Seen" }).nth(2).waitFor();
  await mina.chat.getByRole("img", { name: "Seen" }).nth(1).waitFor();
  return [cora, mina];
}

/** Both windows beside each other, each with a line that says whose it is. */
async function compose(browser, people) {
  const shots = await Promise.all(people.map(({ page }) => page.screenshot({ animations: "disabled" })));
  const page = await browser.newPage({ viewport: { width: 1920, height: 940 }, deviceScaleFactor: 1 });
  const windows = shots.map((shot, number) => {
    const label = ["Cora, a visitor of the shop", "Mina, who answers, on the same page"][number];
    return `<figure><figcaption>${label}</figcaption><img src="data:image/png;base64,${shot.toString("base64")}"></figure>`;
  });
  await page.setContent(`<!doctype html><style>
    body { margin: 0; padding: 32px 40px 40px; display: flex; gap: 40px; justify-content: center; background: #e8ecf3; font: 600 17px/1.45 system-ui; color: #27324a; }
    figure { margin: 0; }
    figcaption { margin: 0 0 12px 4px; }
    img { display: block; width: ${side.width}px; border-radius: 12px; box-shadow: 0 12px 40px #1b25402e; }
  </style><body>${windows.join("")}</body>`);
  await page.locator("body").screenshot({ path: target });
}

const folder = mkdtempSync(join(tmpdir(), "porchlight-picture-"));
const demo = await startDemo(folder);
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
try {
  await compose(browser, await talk(browser, demo.shop));
  console.log(`The picture is in ${target}.`);
} finally {
  await browser.close();
  demo.child.kill();
  await once(demo.child, "exit");
  rmSync(folder, { recursive: true, force: true });
}
