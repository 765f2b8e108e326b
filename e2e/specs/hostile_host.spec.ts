//! A host page whose own scripts are hostile: they hook every door of the page before the loader runs, and knock at ours
//! with the browser's cookies. They find no token and nobody's words, and change nothing.
import type { Page } from "@playwright/test";
import { Agent } from "../people/agent.ts";
import { Shopper } from "../people/shopper.ts";
import { cora, noor } from "../people/cast.ts";
import { call, chatFrame, clientId } from "../support/doors.ts";
import { expect, test as base } from "../support/stage.ts";
import { VouchingSite } from "../support/vouching_site.ts";

const test = base.extend<{ site: VouchingSite }>({
  site: async ({}, use) => {
    const site = await VouchingSite.start();
    await use(site);
    await site.stop();
  },
});

const NOOR = { sub: "noor", name: noor.name, email: noor.email };
const SECRET = "For the support team alone.";

/** Everything that the page's scripts heard or can read. */
function heard(page: Page): Promise<string> {
  return page.evaluate(() => (window as unknown as { everything: () => string }).everything());
}

/** The chat's tokens in this browser, as only the browser itself knows them. */
async function tokens(page: Page, chat: string): Promise<string[]> {
  const cookies = await page.context().cookies(chat);
  return cookies.map(({ value }) => value).filter((value) => value.length > 20);
}

/** Knocks at every door of the chat that changes something or tells something, in all ways that a page has. */
function knocks(page: Page, chat: string, conversation: string): Promise<string[]> {
  return page.evaluate(
    async ([chat, conversation, clientId]) => {
      const read: string[] = [];
      const json = { "content-type": "application/json" };
      const ways: RequestInit[] = [
        {},
        { mode: "no-cors" },
        { headers: { "x-porchlight": "visitor", ...json } },
        { headers: { "x-porchlight": "user", ...json } },
        { mode: "no-cors", headers: { "content-type": "text/plain" } },
      ];
      const send = JSON.stringify({ client_id: clientId, text: "I am the host page.", reply_to: null });
      const knocks: [string, string, string?][] = [
        ["GET", "/api/session"],
        ["GET", "/api/conversations"],
        ["GET", `/api/conversations/${conversation}/messages`],
        ["POST", `/api/conversations/${conversation}/messages`, send],
        ["POST", "/api/conversations", send],
        ["POST", `/api/conversations/${conversation}/block`, '{"person_id":null}'],
        ["POST", "/api/session", '{"token":"e30.e30.e30"}'],
        ["DELETE", "/api/session"],
        ["DELETE", "/api/guest"],
      ];
      for (const [method, path, body] of knocks) {
        for (const way of ways) {
          const asked = fetch(chat + path, { credentials: "include", method, body, ...way });
          read.push(await asked.then((answer) => answer.text(), () => ""));
        }
      }
      const form = document.body.appendChild(Object.assign(document.createElement("form"), { method: "post", action: `${chat}/api/guest`, target: "nowhere" }));
      document.body.appendChild(Object.assign(document.createElement("iframe"), { name: "nowhere" }));
      form.submit();
      for (const as of ["visitor", "user"]) {
        const socket = new WebSocket(`${chat.replace("http", "ws")}/api/socket?as=${as}`, "porchlight.v1");
        read.push(await new Promise((done) => {
          socket.onopen = () => done("open");
          socket.onerror = () => done("");
        }));
      }
      // In the frame's own words, and in words that it does not know.
      for (const frame of document.querySelector("porchlight-chat")!.shadowRoot!.querySelectorAll("iframe")) {
        for (const word of ["session", "token", "cookie", "read", "eval"]) frame.contentWindow!.postMessage({ porchlight: word, code: "document.cookie" }, "*");
      }
      return read.filter(Boolean);
    },
    [chat, conversation, clientId()] as const,
  );
}

test("scripts of the host page find no token and nobody's words, of a guest or of a user, and change nothing", async ({ site, guest, newBrowser, policyReports }) => {
  policyReports.mayHold(/frame-ancestors/);
  const chat = site.chat.origin;
  const visitor = await guest(cora);
  const page = visitor.page;
  await visitor.startsWith(site.page.replace("/identified", "/spy"), SECRET);
  const { conversations } = await call(chatFrame(page), "visitor", "GET", "/api/conversations");
  const conversation = conversations[0].conversation_id;
  // What the page will try is a good message, from the frame.
  const good = { client_id: clientId(), text: "The same, from the frame.", reply_to: null };
  await call(chatFrame(page), "visitor", "POST", `/api/conversations/${conversation}/messages`, good);
  await visitor.reads(good.text);
  const guestTokens = await tokens(page, chat);
  expect(guestTokens).toHaveLength(1);
  expect(await knocks(page, chat, conversation)).toEqual([]);
  const everything = await heard(page);
  // It listens indeed: to what the loader and the frame say to each other.
  expect(everything).toContain(`message: ${chat}`);
  for (const secret of [...guestTokens, SECRET, cora.name, cora.email]) expect(everything).not.toContain(secret);
  expect(await tokens(page, chat)).toEqual(guestTokens);
  await visitor.reads(SECRET);
  await visitor.writes("And nothing was changed.");
  await visitor.hasEverythingSent();
  const mina = new Agent(await (await newBrowser()).newPage(), "Mina");
  await site.signsIn(mina.page, { sub: "mina", name: "Mina Okafor" });
  await mina.opensChat();
  await mina.looksAtInbox();
  await expect(mina.rowsOf(cora.name)).toHaveCount(1);
  await mina.opensConversation(cora.name, "And nothing was changed.");
  await mina.reads(SECRET, "And nothing was changed.");
  await expect(mina.message("I am the host page.")).toHaveCount(0);

  // A user's token is no better to be had, nor what another person wrote to them.
  const user = new Shopper(page, "Noor");
  await site.signsIn(page, NOOR, "/spy-identified");
  await user.opensChat();
  await user.chat.getByRole("button", { name: "No, keep it apart" }).click();
  await user.chat.getByRole("button", { name: "New conversation" }).first().click();
  await user.writes("A matter of the user's.");
  await user.hasEverythingSent();
  const all = await tokens(page, chat);
  expect(await knocks(page, chat, conversation)).toEqual([]);
  const now = await heard(page);
  expect(all.length).toBeGreaterThan(0);
  for (const secret of [...all, ...guestTokens, SECRET, "A matter of the user's."]) expect(now).not.toContain(secret);
  await user.writes("Still signed in.");
  await user.hasEverythingSent();

  // The control: whatever leaked would have been heard, from the frame's mouth or in the page's own drawers.
  await chatFrame(page).evaluate(() => parent.postMessage(document.body.textContent, "*"));
  await expect.poll(() => heard(page)).toContain("A matter of the user's.");
  await page.evaluate((token) => localStorage.setItem("leak", token), all[0]!);
  expect(await heard(page)).toContain(all[0]);
});
