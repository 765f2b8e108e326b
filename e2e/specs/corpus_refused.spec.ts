//! The corpus where no free text belongs: addresses, links, origins, hosts, colours, names of keys.
//! Law: every text is refused with the code of its field, and nothing of it is kept.
import { corpus } from "../support/corpus.ts";
import { call, calls, type Call, type Outcome, type Vouched } from "../support/doors.ts";
import { expect, test } from "../support/stage.ts";

type Door = { vouched: Vouched; field: string; codes: RegExp; makes: (text: string) => Call };

/** What every admin would miss if a refused text had changed it. */
const kept = ["/api/admin/settings", "/api/admin/invitations", "/api/admin/groups", "/api/admin/webhooks", "/api/admin/people?of=users", "/api/admin/people?of=guests"];

test("a text that is no address, link, host, colour or key is refused at its field, and nothing is kept", async ({ demo, admin, guest }) => {
  const ada = await admin();
  await ada.signsIn(demo.chat);
  const office = ada.page.mainFrame();
  const visitor = await guest({ name: "", email: "" });
  // The chat in a window of its own: the same program and the same calls as in the frame.
  await visitor.goesTo(`${demo.chat}/chat`);
  const read = () => Promise.all(kept.map((path) => call(office, "admin", "GET", path)));
  const before = await read();
  const { version, settings } = before[0];

  const setting = (field: string, codes: RegExp, put = (text: string): unknown => text): Door => ({
    vouched: "admin",
    field,
    codes,
    makes: (text) => ({ method: "PUT", path: "/api/admin/settings", body: { version, settings: { ...settings, [field]: put(text) } } }),
  });
  const post = (vouched: Vouched, path: string, field: string, codes: RegExp, body: (text: string) => unknown): Door => ({
    vouched,
    field,
    codes,
    makes: (text) => ({ method: "POST", path, body: body(text) }),
  });
  const email = /^email_(no_at|shape|too_long)$/;
  const doors: Door[] = [
    setting("accent", /^colour_shape$/),
    setting("footer_url", /^url_shape$/),
    setting("privacy_url", /^url_shape$/),
    setting("language", /^language_unknown$/),
    setting("allowed_origins", /^origin_(scheme|host|port|more)$/, (text) => [text]),
    setting("include_urls", /^(rule_shape|path_only)$/, (text) => [text]),
    setting("mail_host", /^host_shape$/),
    setting("mail_from", email),
    post("admin", "/api/admin/invitations", "email", email, (text) => ({ name: "Teo", email: text, admin: "off", group_id: null, by_mail: "off" })),
    post("admin", "/api/admin/keys", "key_id", /^key_id_shape$/, (text) => ({ key_id: text, algorithm: "HS256", public_key: "" })),
    post("admin", "/api/admin/keys", "public_key", /^key_shape$/, (text) => ({ key_id: "site-2", algorithm: "EdDSA", public_key: text })),
    post("admin", "/api/admin/webhooks", "webhook_url", /^(url_shape|address_private)$/, (text) => ({ url: text, events: ["message.sent"] })),
    post("admin", "/api/admin/mail-test", "email", email, (text) => ({ email: text })),
    post("visitor", "/api/guest", "email", email, (text) => ({ name: "Cora Lindqvist", email: text })),
  ];
  for (const [place, { vouched, field, codes, makes }] of doors.entries()) {
    // A third of the corpus for each, and every text at four doors.
    const texts = corpus.filter((_, number) => number % 3 === place % 3);
    const frame = vouched === "admin" ? office : visitor.page.mainFrame();
    const outcomes = await calls(frame, vouched, texts.map(makes));
    const isRefused = ({ status, body }: Outcome) => status === 422 && body.field === field && codes.test(body.code);
    expect(texts.filter((_, number) => !isRefused(outcomes[number]!)), field).toEqual([]);
  }
  expect(await read()).toEqual(before);
});
