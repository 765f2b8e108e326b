//! A house that is lived in: the demo with groups of every kind, people in them, blocks and reports, for screens that
//! have something to show.
//! Law: it happens through the operator's commands and the chat's own calls, as people would do it.
import { ada, mina, noor, teo, type Particulars } from "../people/cast.ts";
import { AtDesk } from "../people/desk.ts";
import { DEMO_PASSWORD } from "../people/admin.ts";
import type { BrowserContext, Frame, Page } from "@playwright/test";
import { Shopper } from "../people/shopper.ts";
import { clientId } from "./doors.ts";
import { expect } from "./stage.ts";
import type { Demo } from "./porchlight.ts";

/** As long as a name may be. */
export const LONG_GROUP = "Everybody who has bought a lamp and wants to hear when the next is there too";
export const RIGHT_TO_LEFT_GROUP = "قرّاء النشرة";

type NewBrowser = () => Promise<BrowserContext>;
type Row = { conversation_id: string; customer?: { face: { name: string } } };

export async function furnish(demo: Demo, newBrowser: NewBrowser): Promise<void> {
  await makeGroups(demo);
  const desk = new AtDesk(await (await newBrowser()).newPage(), mina);
  await desk.comesTo(demo);
  await desk.signsIn(DEMO_PASSWORD);
  const rows: Row[] = (await call(desk.page, "GET", "/api/inbox")).conversations;
  const of = (name: string) => rows.find(({ customer }) => customer?.face.name.startsWith(name))?.conversation_id;
  await call(desk.page, "POST", `/api/conversations/${of("Idris")}/report`, { position: 1, reason: "He writes this to everybody who answers him." });
  await call(desk.page, "POST", `/api/conversations/${of("ليلى")}/report`, { position: 2, reason: "" });
  await call(desk.page, "POST", `/api/conversations/${of("Maxi")}/block`, { person_id: null });
  const friend = new Shopper(await (await newBrowser()).newPage(), "Noor");
  await friend.signsIn(demo.shop);
  await friend.opensChat();
  await friend.choosesSomebody("Support", teo.name);
  await friend.writes("Teo, are the swatches back?");
  await friend.hasEverythingSent();
  const frame = friend.page.frames().find((frame) => frame.url().includes("/widget")) as Frame;
  const direct = (await call(frame, "GET", "/api/conversations")).conversations.find(({ kind }: { kind: string }) => kind === "direct");
  await call(frame, "POST", `/api/conversations/${direct.conversation_id}/block`, { person_id: await demo.idOf(teo.name) });
}

/** Groups of many kinds, with whom they may chat. */
async function makeGroups(demo: Demo): Promise<void> {
  for (const name of ["Billing", "Trial", LONG_GROUP, RIGHT_TO_LEFT_GROUP]) await demo.command("group", "create", name);
  for (const [group, name] of [["Billing", ada.name], ["Billing", teo.name], ["Trial", noor.name], [RIGHT_TO_LEFT_GROUP, mina.name]] as const) {
    await demo.command("group", "add", group, await demo.idOf(name));
  }
  await demo.command("group", "allow", "Billing", "Support");
}

/** Somebody writes as a guest, in a browser of their own. */
export async function writesAsGuest(demo: Demo, browser: BrowserContext, guest: Particulars, text: string): Promise<void> {
  const page = await browser.newPage();
  await page.goto(`${demo.chat}/chat`);
  const { name, email } = guest;
  await call(page, "POST", "/api/guest", { name, email }, "visitor");
  await call(page, "POST", "/api/conversations", { client_id: clientId(), text, guest: { name, email } }, "visitor");
  await browser.close();
}

/** One of the product's own calls, by whoever is signed in there. */
export async function call(page: Page | Frame, method: string, path: string, body?: unknown, as: "visitor" | "user" | "admin" = "user"): Promise<any> {
  const answer = await page.evaluate(
    async ([method, path, body, as]) => {
      const headers = { "x-porchlight": as, "content-type": "application/json", accept: "application/json" };
      const answer = await fetch(path, { method, headers, body: body === "" ? undefined : body });
      return { status: answer.status, text: await answer.text() };
    },
    [method, path, body === undefined ? "" : JSON.stringify(body), as] as const,
  );
  expect(answer.status, `${method} ${path}: ${answer.text}`).toBeLessThan(300);
  return answer.text ? JSON.parse(answer.text) : undefined;
}
