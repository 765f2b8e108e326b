//! Photographs of the admin page and of `/agent`: every screen and state, in every look.
import { Admin } from "../people/admin.ts";
import { mina } from "../people/cast.ts";
import { AtDesk } from "../people/desk.ts";
import { AdminTour } from "../support/admin_tour.ts";
import { ConversionTour } from "../support/conversion_tour.ts";
import { deskTour } from "../support/desk_tour.ts";
import { DoorTour } from "../support/door_tour.ts";
import { furnish } from "../support/furnish.ts";
import { HostTour } from "../support/host_tour.ts";
import { test } from "../support/stage.ts";
import { browserOf, camera, LOOKS } from "./album.ts";

test.setTimeout(600_000);

for (const [name, look] of Object.entries(LOOKS)) {
  const options = browserOf(look);

  test(`the admin page before anybody lives there, ${name}`, async ({ fresh, newBrowser }) => {
    const page = await (await newBrowser(options)).newPage();
    await new DoorTour(page, fresh, () => newBrowser(options), camera(`admin-${name}`, look)).whole();
  });

  test(`the admin page, ${name}`, async ({ demo, newBrowser }) => {
    await furnish(demo, newBrowser);
    const ada = new Admin(await (await newBrowser(options)).newPage());
    await ada.signsIn(demo.chat);
    await new AdminTour(ada, demo, camera(`admin-${name}`, look)).whole();
  });

  test(`guests who become users, and the site's server, ${name}`, async ({ demo, newBrowser }) => {
    await furnish(demo, newBrowser);
    const ada = new Admin(await (await newBrowser(options)).newPage());
    await ada.signsIn(demo.chat);
    await new ConversionTour(ada, demo, camera(`admin-${name}`, look)).whole();
    await new HostTour(ada, demo, camera(`admin-${name}`, look)).whole();
  });

  test(`the desk, ${name}`, async ({ demo, newBrowser }) => {
    await furnish(demo, newBrowser);
    const desk = new AtDesk(await (await newBrowser(options)).newPage(), mina);
    await deskTour(desk, demo, camera(`desk-${name}`, look));
  });
}
