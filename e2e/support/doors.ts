//! The doors that texts come in by when a story brings many of them: the calls that the programs make themselves.
//! Law: made inside the program's own page, so origin, cookies and headers are the program's, and its answers too.
import { expect, type Frame, type Page } from "@playwright/test";

/** Whom a page vouches for, as `x-porchlight` says it. */
export type Vouched = "visitor" | "user" | "admin";
export type Call = { method: string; path: string; body?: unknown };
export type Outcome = { status: number; body: any };

/** Makes calls from a frame, some at a time; answers in their order. */
export function calls(frame: Frame, vouched: Vouched, wanted: Call[]): Promise<Outcome[]> {
  return frame.evaluate(
    async ({ vouched, wanted }) => {
      const headers = { "x-porchlight": vouched, "content-type": "application/json" };
      const outcomes: Outcome[] = [];
      const one = async ({ method, path, body }: Call) => {
        const answer = await fetch(path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
        const text = await answer.text();
        return { status: answer.status, body: text && JSON.parse(text) };
      };
      let next = 0;
      const hand = async () => {
        while (next < wanted.length) {
          const number = next++;
          outcomes[number] = await one(wanted[number]!);
        }
      };
      await Promise.all(Array.from({ length: 6 }, hand));
      return outcomes;
    },
    { vouched, wanted },
  );
}

/** One call that is to succeed; its answer. */
export async function call(frame: Frame, vouched: Vouched, method: string, path: string, body?: unknown): Promise<any> {
  const [outcome] = await calls(frame, vouched, [{ method, path, body }]);
  expect(outcome!.status, `${method} ${path}: ${JSON.stringify(outcome!.body)}`).toBeLessThan(300);
  return outcome!.body;
}

/** The chat's frame in a host page. */
export function chatFrame(page: Page): Frame {
  const frame = page.frames().find((frame) => new URL(frame.url()).pathname === "/widget");
  if (!frame) throw new Error("the loader has made no frame");
  return frame;
}

/** A new client id: a UUID of version 7, as the programs make them. */
export function clientId(): string {
  const time = Date.now().toString(16).padStart(12, "0");
  const random = crypto.randomUUID().slice(15);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random}`;
}
