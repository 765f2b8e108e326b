//! A host site whose server vouches for its users, with whatever a story makes it say about them.
//! Law: what it signs is what the embedding guide tells host developers to sign; who is signed in there is said by a cookie
//! of its own.
import { createHmac, randomBytes, randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { hostPages } from "./host_pages.ts";
import { Bare } from "./porchlight.ts";
import { Site } from "./site.ts";

/** A user of the host site, as its tokens tell. */
export type Account = { sub: string; name: string; email?: string; email_verified?: boolean; act?: { sub: string } };

const KEY_ID = "stories";

export class VouchingSite {
  private readonly accounts: Account[] = [];

  private constructor(private readonly site: Site, readonly chat: Bare, private readonly secret: Buffer, private readonly siteId: string) {}

  static async start(settings: Record<string, string> = {}): Promise<VouchingSite> {
    const site = await Site.start("shop");
    const secret = randomBytes(32);
    const identityKey = `${KEY_ID}=${secret.toString("base64url")}`;
    const chat = await Bare.start({ allowedOrigins: [site.origin], settings, identityKey });
    const vouching = new VouchingSite(site, chat, secret, await chat.command("settings", "get", "site_id"));
    const token = (cookies = ""): { status?: number; type: string; body?: string } => {
      const account = /\baccount=(\d+)/.exec(cookies)?.[1];
      return account === undefined ? { status: 204, type: "text/plain" } : { type: "text/plain", body: vouching.token(vouching.accounts[Number(account)]!) };
    };
    site.routes = { ...hostPages(chat.origin), "/chat-token": ({ headers }) => token(headers.cookie) };
    return vouching;
  }

  /** A page with the chat, on which the site says who is signed in. */
  get page(): string {
    return `${this.site.origin}/identified`;
  }

  /** Signs somebody in, and shows the page, or another of the site's. */
  async signsIn(page: Page, account: Account, path = "/identified"): Promise<void> {
    this.accounts.push(account);
    const value = String(this.accounts.length - 1);
    await page.context().addCookies([{ name: "account", value, url: this.site.origin }]);
    await page.goto(this.site.origin + path);
  }

  async stop(): Promise<void> {
    await this.chat.stop();
    await this.site.stop();
  }

  private token(account: Account): string {
    const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const now = Math.floor(Date.now() / 1000);
    const claims = { iss: this.siteId, aud: `porchlight:${this.siteId}`, iat: now, exp: now + 120, jti: randomUUID(), ...account };
    const signed = `${encode({ alg: "HS256", kid: KEY_ID })}.${encode(claims)}`;
    return `${signed}.${createHmac("sha256", this.secret).update(signed).digest("base64url")}`;
  }
}
