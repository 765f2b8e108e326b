//! Every screen of the admin page and of `/agent`, in every state, as people get it who hear or feel it: axe finds
//! nothing, in the light and in the dark; and nothing moves for whoever asked for less motion.
//! Law: the same walks as for the photographs, so no screen is left out.
import { Admin } from "../people/admin.ts";
import { mina } from "../people/cast.ts";
import { AtDesk } from "../people/desk.ts";
import { AdminTour, type Visit } from "../support/admin_tour.ts";
import { complaintsInBoth } from "../support/axe.ts";
import { ConversionTour } from "../support/conversion_tour.ts";
import { deskTour } from "../support/desk_tour.ts";
import { DoorTour } from "../support/door_tour.ts";
import { furnish } from "../support/furnish.ts";
import { HostTour } from "../support/host_tour.ts";
import { expect, test } from "../support/stage.ts";

/** Asks axe at every stop, in the light and in the dark, and gathers what it says: one walk tells everything. */
function listener(): { visit: Visit; complaints: string[] } {
  const complaints: string[] = [];
  const heard = new Set<string>();
  const visit: Visit = async (stop, page) => {
    const { width } = page.viewportSize()!;
    const screen = `${width} ${page.url()} ${await page.evaluate(() => document.body.innerHTML)}`;
    // Several stops look at parts of one and the same screen.
    if (heard.has(screen)) return;
    heard.add(screen);
    for (const complaint of await complaintsInBoth(page)) complaints.push(`${stop}: ${complaint}`);
  };
  return { visit, complaints };
}

test.describe.configure({ mode: "parallel", timeout: 600_000 });

test("axe finds nothing before anybody lives there", async ({ fresh, newBrowser }) => {
  const { visit, complaints } = listener();
  await new DoorTour(await (await newBrowser()).newPage(), fresh, newBrowser, visit).whole();
  expect(complaints).toEqual([]);
});

test("axe finds nothing on the admin page", async ({ demo, newBrowser, admin }) => {
  await furnish(demo, newBrowser);
  const ada = await admin();
  await ada.signsIn(demo.chat);
  const { visit, complaints } = listener();
  await new AdminTour(ada, demo, visit).whole();
  expect(complaints).toEqual([]);
});

test("axe finds nothing where guests become users", async ({ demo, newBrowser, admin }) => {
  await furnish(demo, newBrowser);
  const ada = await admin();
  await ada.signsIn(demo.chat);
  const { visit, complaints } = listener();
  await new ConversionTour(ada, demo, visit).whole();
  expect(complaints).toEqual([]);
});

test("axe finds nothing where the site's server is set up", async ({ demo, admin }) => {
  const ada = await admin();
  await ada.signsIn(demo.chat);
  const { visit, complaints } = listener();
  await new HostTour(ada, demo, visit).whole();
  expect(complaints).toEqual([]);
});

test("axe finds nothing at the desk, wide and narrow", async ({ demo, newBrowser }) => {
  await furnish(demo, newBrowser);
  const { visit, complaints } = listener();
  for (const viewport of [{ width: 1200, height: 800 }, { width: 320, height: 640 }]) {
    const desk = new AtDesk(await (await newBrowser({ viewport })).newPage(), mina);
    await deskTour(desk, demo, visit);
  }
  expect(complaints).toEqual([]);
});

test("axe finds nothing on a narrow admin page, its menu included", async ({ demo, newBrowser, admin }) => {
  await furnish(demo, newBrowser);
  const ada = await admin({ viewport: { width: 320, height: 640 } });
  await ada.signsIn(demo.chat);
  const { visit, complaints } = listener();
  const tour = new AdminTour(ada, demo, visit);
  await tour.groups();
  await tour.apart();
  expect(complaints).toEqual([]);
});

/** What still moves on the page: animations under way, and how long any element would take to change. */
async function motion(admin: Admin): Promise<string[]> {
  return admin.page.evaluate(() => {
    const slow = (durations: string) => durations.split(",").some((duration) => Number.parseFloat(duration) > 0);
    const moving = document.getAnimations().map((animation) => `running: ${(animation as CSSAnimation).animationName ?? "transition"}`);
    const ready = [...document.querySelectorAll("*")].flatMap((element) => {
      const { transitionDuration, animationDuration, animationName } = getComputedStyle(element);
      const animates = animationName !== "none" && slow(animationDuration);
      return slow(transitionDuration) || animates ? [`${element.tagName}.${element.className}`] : [];
    });
    return [...moving, ...ready];
  });
}

test("nothing moves for whoever asked for less motion", async ({ demo, newBrowser }) => {
  const still = new Admin(await (await newBrowser({ reducedMotion: "reduce" })).newPage());
  await still.signsIn(demo.chat);
  const lively = new Admin(await (await newBrowser({ reducedMotion: "no-preference" })).newPage());
  await lively.signsIn(demo.chat);
  // A list that never comes shows what turns while it is waited for.
  for (const { page } of [still, lively]) await page.route("**/api/admin/activity*", () => {});
  for (const screen of ["Settings", "Activity"]) {
    for (const somebody of [still, lively]) await somebody.goesTo(screen);
    expect(await motion(still)).toEqual([]);
    expect(await motion(lively)).not.toEqual([]);
  }
});
