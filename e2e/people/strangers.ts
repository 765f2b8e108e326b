//! People and groups whose names are texts of the corpus: brought in by the host site's token and by the admin page's calls.
//! Law: through the doors that are there for it; nobody is written into a table.
import { createHmac, randomUUID } from "node:crypto";
import type { Frame } from "@playwright/test";
import { call } from "../support/doors.ts";

/** Nothing that needs a parenthesis or an angle bracket is an address; this is what is left to try. */
export const address = (who: string | number) => `'onfocus=tripped\`\`'.${who}@example.org`;

/** A key of the host site, made on the admin page. */
export type HostKey = { keyId: string; secret: string; site: string };

/** Makes the key. `office`: the page of somebody signed in at the admin page. */
export async function makesKey(office: Frame): Promise<HostKey> {
  const keyId = "strangers";
  const { site_id: site } = await call(office, "admin", "GET", "/api/admin/session");
  const { secret } = await call(office, "admin", "POST", "/api/admin/keys", { key_id: keyId, algorithm: "HS256", public_key: "" });
  return { keyId, secret, site };
}

/** A token about a user whose name, id at the host and groups are one text, as a host's server signs it. */
export function tokenFor({ keyId, secret, site }: HostKey, name: string): string {
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const now = Math.floor(Date.now() / 1000);
  const claims = { iss: site, aud: `porchlight:${site}`, sub: `at the host ${name}`, iat: now, exp: now + 120, jti: randomUUID() };
  const payload = encode({ ...claims, name, email: address(name.length), picture: name, groups: [name] });
  const signed = `${encode({ alg: "HS256", kid: keyId })}.${payload}`;
  const signature = createHmac("sha256", Buffer.from(secret, "base64url")).update(signed).digest("base64url");
  return `${signed}.${signature}`;
}

/** Signs each of them in, one after the other, from a page of the chat; answers who they are. */
export async function signIn(chat: Frame, key: HostKey, names: string[]): Promise<string[]> {
  const people: string[] = [];
  for (const name of names) {
    const { person } = await call(chat, "user", "POST", "/api/session", { token: tokenFor(key, name) });
    people.push(person.person_id);
  }
  return people;
}

/** Makes groups of these names; answers their ids. */
export async function makeGroups(office: Frame, names: string[]): Promise<string[]> {
  for (const name of names) await call(office, "admin", "POST", "/api/admin/groups", { name });
  const { groups } = await call(office, "admin", "GET", "/api/admin/groups");
  return names.map((name) => groups.find((group: { name: string }) => group.name === name).group_id);
}
