//! The controls of the corpus stories: what they listen with hears, and a build that renders one field raw is caught.
//! Law: a story that hears nothing proves nothing until the same wire has heard something.
import type { Page } from "@playwright/test";
import { cora } from "../people/cast.ts";
import { corpus, fieldful, packs } from "../support/corpus.ts";
import { PolicyReports } from "../support/policy_reports.ts";
import { Site, type Answer } from "../support/site.ts";
import { expect, test as base } from "../support/stage.ts";
import { rendersRaw, Tripwire } from "../support/tripwire.ts";

const raw = fieldful[0]!;

/** A page of somebody else's, with this policy or none, and a wire over it. */
type Bare = { page: Page; site: Site; wire: Tripwire };

const test = base.extend<{ bare: (answer: Answer) => Promise<Bare> }>({
  bare: async ({ newBrowser }, use) => {
    const sites: Site[] = [];
    await use(async (answer) => {
      const site = await Site.start("bare");
      sites.push(site);
      site.routes = { "/": { body: "<!doctype html><title>Bare</title><main></main>", ...answer } };
      const context = await newBrowser();
      const wire = await Tripwire.over([site.origin], context);
      const page = await context.newPage();
      await page.goto(site.origin);
      return { page, site, wire };
    });
    await Promise.all(sites.map((site) => site.stop()));
  },
});

/** Every one of these stories breaks a policy by intention. */
test.beforeEach(({ policyReports }) => policyReports.mayHold(/./));

/** Renders each text raw in a frame of its own; answers the numbers of those that ran something. */
async function running(page: Page, texts: string[]): Promise<Set<number>> {
  await page.evaluate((texts) => {
    const ran: Set<number> = ((window as any).ran = new Set());
    (window as any).tripped = (number: number) => ran.add(number);
    document.body.replaceChildren();
    for (const text of texts) {
      const frame = document.body.appendChild(document.createElement("iframe"));
      (frame.contentWindow as any).tripped = (number: number) => ran.add(number);
      frame.contentDocument!.body.innerHTML = text;
    }
  }, texts);
  let before = -1;
  const count = () => page.evaluate(() => (window as any).ran.size);
  await expect
    .poll(async () => {
      const last = before;
      before = await count();
      return before === last;
    }, { intervals: [500] })
    .toBe(true);
  return new Set(await page.evaluate(() => [...(window as any).ran]));
}

test("the corpus has teeth: where nothing stops it half of it runs, and none keeps another of its pack from running", async ({ bare }) => {
  const { page } = await bare({});
  const numbered = corpus.map((text, number) => text.replaceAll("tripped()", `tripped(${number})`));
  const alone = await running(page, numbered);
  expect(alone.size).toBeGreaterThan(corpus.length * 0.4);
  const packed = await running(page, packs(numbered, 6));
  const lost = [...alone].filter((number) => !packed.has(number)).map((number) => corpus[number]!);
  // A page gives the focus by itself to one element only.
  expect(lost.filter((text) => !/autofocus/i.test(text))).toEqual([]);
});

test("a story in which a policy stopped something fails, unless it is about that", async ({ bare }) => {
  const { page } = await bare({ headers: { "content-security-policy": "img-src 'none'" } });
  const reports = new PolicyReports();
  reports.of(page.context());
  const heard = page.waitForEvent("console");
  await page.evaluate(() => void (document.querySelector("main")!.innerHTML = "<img src=y>"));
  await heard;
  expect(() => reports.areNone()).toThrow(/img-src/);
  reports.mayHold(/img-src/);
  reports.areNone();
});

test("the wire hears what runs, what a policy stops, what is asked for, and where a page is led", async ({ bare }) => {
  const unprotected = await bare({});
  const { page, wire } = unprotected;
  const puts = (page: Page, markup: string) => page.evaluate((markup) => void (document.querySelector("main")!.innerHTML = markup), markup);
  const hears = async (wire: Tripwire, what: RegExp, happens: () => Promise<unknown>) => {
    wire.hits.length = 0;
    await happens();
    await expect.poll(() => wire.hits).toContainEqual(expect.stringMatching(what));
  };
  await hears(wire, /^ran/, () => puts(page, raw));
  await hears(wire, /^asked for .*\/x$/, () => puts(page, "<img src=x>"));
  await hears(wire, /^asked for https:\/\/elsewhere\.invalid/, () => puts(page, "<img src=https://elsewhere.invalid/>"));
  await hears(wire, /^a dialog/, () => page.evaluate(() => alert("!")));
  await hears(wire, /^a window/, () => page.evaluate(() => void window.open("about:blank")));
  await hears(wire, /^a mistake/, () => page.evaluate(() => void setTimeout("}")));
  await hears(wire, /^went to/, () => puts(page, "<iframe srcdoc=hello></iframe>"));
  for (const markup of ["<b>bold</b>", "<p onclick=1>", "<a href='javascript:1'>", "<style>p{}</style>", "<svg><animate/></svg>", "<form action='data:text/html,'>"]) {
    await hears(wire, /in \/$/, () => puts(page, markup).then(() => wire.sweep(page)));
  }
  await puts(page, "<p title='<b>'>&lt;b&gt;</p><i></i><a href='https://example.org/tripped'>there</a>");
  wire.hits.length = 0;
  await wire.isSilent("what is harmless", page);

  const guarded = await bare({ headers: { "content-security-policy": "script-src 'self'; img-src 'none'" } });
  await hears(guarded.wire, /^stopped by the policy: script-src-attr inline/, () => puts(guarded.page, "<p tabindex=0 autofocus onfocus=1>"));
  await hears(guarded.wire, /^stopped by the policy: img-src/, () => puts(guarded.page, "<img src=x>"));
  await hears(guarded.wire, /^a policy in the console/, () => puts(guarded.page, raw));
  expect(guarded.wire.hits.filter((hit) => hit.startsWith("ran"))).toEqual([]);
});

test("a widget that renders messages raw is caught, on both sides", async ({ demo, guest, agent }) => {
  const [visitor, mina] = [await guest(cora), await agent("Mina")];
  for (const { page } of [visitor, mina]) {
    await rendersRaw(page.context(), ".bubble-text");
    const wire = await Tripwire.over([demo.chat, demo.shop], page.context());
    if (page === visitor.page) {
      await visitor.goesTo(demo.shop);
      await visitor.opensChat();
      await visitor.startsChat();
      await visitor.writes(raw);
      await visitor.hasEverythingSent();
    } else {
      await mina.takesPlace(demo.shop);
      await mina.opensConversation(cora.name, raw);
    }
    await isCaught(wire, page, "/widget");
  }
});

test("an admin page and a preview that render one field raw are caught", async ({ demo, admin }) => {
  const ada = await admin({ viewport: { width: 1500, height: 900 } });
  await rendersRaw(ada.page.context(), ".rows-list-name a, .door-greeting");
  const wire = await Tripwire.over([demo.chat], ada.page.context());
  await ada.signsIn(demo.chat);
  await ada.goesTo("User Groups");
  await ada.page.getByRole("textbox", { name: "New group" }).fill(raw);
  await ada.page.getByRole("button", { name: "Create group" }).click();
  await isCaught(wire, ada.page, "/admin/groups");
  await ada.goesTo("Settings");
  await ada.page.getByLabel("Greeting").fill(raw);
  await isCaught(wire, ada.page, "/admin/preview");
});

/** By each of the wire's ears: the policy's report, its line in the console, the element itself, and what it asks for. */
async function isCaught(wire: Tripwire, page: Page, path: string): Promise<void> {
  const stopped = expect.stringMatching(new RegExp(`^stopped by the policy: script-src-attr inline on ${path}$`));
  await expect.poll(() => wire.hits).toContainEqual(stopped);
  expect(wire.hits).toContainEqual(expect.stringMatching(/^a policy in the console/));
  expect(wire.hits).toContainEqual(expect.stringMatching(/^asked for .*\/x$/));
  wire.hits.length = 0;
  await expect(wire.isSilent("nothing but the element", page)).rejects.toThrow(`onerror= in ${path}`);
  wire.hits.length = 0;
}
