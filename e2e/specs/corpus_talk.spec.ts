//! The corpus in what people say to each other: every text is text in every frame that shows it.
//! Law: nothing runs, nothing is asked for, no policy has to stop anything, and every text is read as it was typed.
import type { Page } from "@playwright/test";
import { DEMO_PASSWORD } from "../people/admin.ts";
import type { Agent } from "../people/agent.ts";
import { ada } from "../people/cast.ts";
import { AtDesk } from "../people/desk.ts";
import type { Guest } from "../people/guest.ts";
import { corpus, fieldful, packs } from "../support/corpus.ts";
import { call, calls, chatFrame, clientId } from "../support/doors.ts";
import { pageShows, showsLiterally } from "../support/shown.ts";
import { expect, test } from "../support/stage.ts";
import { Tripwire } from "../support/tripwire.ts";

/** An address may hold no angle bracket and no parenthesis; this is what is left to try. */
const hostile = { name: fieldful[0]!, email: "'onfocus=tripped``'{{tripped}}@example.org" };
const said = packs(corpus, 6);

/** Sends texts by their sender's own frame, each quoting the first message. */
async function sends(frame: Parameters<typeof calls>[0], vouched: "visitor" | "user", conversation: string, texts: string[]): Promise<void> {
  const path = `/api/conversations/${conversation}/messages`;
  const wanted = texts.map((text) => ({ method: "POST", path, body: { client_id: clientId(), text, reply_to: 1 } }));
  const outcomes = await calls(frame, vouched, wanted);
  expect(outcomes.map(({ status }) => status)).toEqual(texts.map(() => 200));
}

/** What the host page says is where its visitor is, by its address and by hand. */
async function walksTo(page: Page, chat: string, path: string): Promise<void> {
  await page.evaluate(
    ([chat, path]) => {
      history.pushState(null, "", path);
      const frame = document.querySelector("porchlight-chat")!.shadowRoot!.querySelector("iframe")!;
      frame.contentWindow!.postMessage({ porchlight: "path", path: "/" + path }, chat!);
    },
    [chat, path],
  );
}

test("guest, agent and desk show every message, quote, draft and name as it was typed", async ({ demo, guest, agent, newBrowser }) => {
  const visitor = await guest(hostile);
  const mina = await agent("Mina");
  const desk = new AtDesk(await (await newBrowser({ userAgent: `${fieldful[0]} Firefox/1 Linux` })).newPage(), ada);
  const everybody = [visitor.page, mina.page, desk.page];
  const wire = await Tripwire.over([demo.chat, demo.shop], ...everybody.map((page) => page.context()));

  await visitor.goesTo(demo.shop);
  await visitor.opensChat();
  await visitor.startsChat();
  await visitor.writes(said[0]!);
  await visitor.hasEverythingSent();
  await mina.takesPlace(demo.shop);
  await mina.rowsOf(hostile.name).first().click();
  await expect(mina.thread).toBeVisible();
  await mina.closesChat();
  await desk.comesTo(demo);
  await desk.signsIn(DEMO_PASSWORD);
  await desk.page.getByRole("button").filter({ hasText: hostile.name }).first().click();

  // The whole corpus, from all sides at once, into threads that are open.
  const { conversation_id: id } = await call(chatFrame(visitor.page), "visitor", "GET", "/api/session");
  const third = Math.ceil(said.length / 3);
  await Promise.all([
    sends(chatFrame(visitor.page), "visitor", id, said.slice(1, third)),
    sends(chatFrame(mina.page), "user", id, said.slice(third, 2 * third)),
    sends(desk.page.mainFrame(), "user", id, said.slice(2 * third)),
  ]);
  await mina.opensChat();
  for (const thread of [visitor.thread, mina.thread, desk.thread]) await showsLiterally(thread, said);
  await wire.isSilent("threads that were open", ...everybody);

  // Names and addresses around it, where the customer is, and that somebody is typing.
  await pageShows(mina.chat, [hostile.name, hostile.email]);
  await pageShows(desk.page, [hostile.name, hostile.email]);
  await walksTo(visitor.page, demo.chat, fieldful[0]!);
  await expect(mina.chat.getByText(/On .*img/)).toBeVisible();
  await visitor.composer.pressSequentially("<b>");
  await expect(mina.chat.getByText(`${hostile.name} is typing`)).toBeVisible();

  // Drafts, and the list with its newest text.
  await mina.composer.fill(said[1]!);
  await mina.goesBack();
  await pageShows(mina.chat, [hostile.name]);
  await mina.rowsOf(hostile.name).first().click();
  await expect(mina.composer).toHaveValue(said[1]!);
  await mina.composer.fill("");
  await wire.isSilent("lists, drafts, names", ...everybody);

  // Fetched anew.
  await visitor.page.reload();
  await visitor.opensChat();
  await showsLiterally(visitor.thread, said.slice(-3));
  await desk.page.reload();
  await showsLiterally(desk.thread, said.slice(-3));
  await wire.isSilent("threads fetched anew", ...everybody);

  // What is asked about a message, and what stands in an alert.
  await isReported(visitor);
  await asksWhetherToBlock(mina, hostile.name);
  expect(await isAlerted(desk, () => visitor.writes(fieldful[1]!))).toEqual([hostile.name, fieldful[1]]);
  await wire.isSilent("questions and alerts", ...everybody);
});

/** Reports the last message of the other side, for a reason. */
async function isReported(visitor: Guest): Promise<void> {
  await visitor.asksAboutTheLastMessage();
  await visitor.chooses("Report this message…");
  await visitor.chat.getByLabel("What is wrong with it?").fill(fieldful.join("\n"));
  await visitor.chooses("Report this message");
  await expect(visitor.chat.getByText("Thank you. Somebody will look at it.")).toBeVisible();
  await visitor.chooses("Close");
}

/** Reads the question, and leaves it. */
async function asksWhetherToBlock(agent: Agent, name: string): Promise<void> {
  await agent.asksAboutTheLastMessage();
  await agent.chooses(`Block ${name}…`);
  await expect(agent.chat.getByText(`Messages from ${name} won't be delivered any more.`)).toBeVisible();
  await agent.chooses("Cancel");
}

/** The alert that the system would show while somebody is elsewhere: its title and its words. */
async function isAlerted(desk: AtDesk, happens: () => Promise<void>): Promise<string[]> {
  await desk.page.evaluate(() => {
    (window as any).Notification = class {
      static permission = "granted";
      static requestPermission = () => Promise.resolve("granted");
      constructor(title: string, { body }: { body: string }) {
        (window as any).alerted = [title, body];
      }
      close() {}
    };
  });
  await desk.chooses("Turn desktop alerts on");
  await desk.page.evaluate(() => {
    Object.defineProperty(document, "visibilityState", { get: () => "hidden" });
    document.dispatchEvent(new Event("visibilitychange"));
  });
  await happens();
  const alerted = await desk.page.waitForFunction(() => (window as any).alerted);
  return alerted.jsonValue();
}
