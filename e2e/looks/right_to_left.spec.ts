//! The same screens where people read from right to left.
import { join } from "node:path";
import { layla } from "../people/cast.ts";
import { hostPages } from "../support/host_pages.ts";
import { Bare } from "../support/porchlight.ts";
import { Site } from "../support/site.ts";
import { test } from "../support/stage.ts";

const folder = join(import.meta.dirname, "..", "shots");

test("door and thread in Arabic", async ({ guest }) => {
  const host = await Site.start("host");
  const bare = await Bare.start({ allowedOrigins: [host.origin], settings: { language: "ar" } });
  host.routes = hostPages(bare.origin);
  const { page, chat } = await guest(layla, { viewport: { width: 900, height: 760 }, locale: "ar" });
  await page.goto(host.origin);
  await page.locator("porchlight-chat button").click();
  await chat.getByRole("textbox").first().waitFor();
  await page.screenshot({ path: join(folder, "rtl-1-door.png"), animations: "disabled" });
  await chat.getByRole("textbox").nth(0).fill(layla.name);
  await chat.getByRole("textbox").nth(1).fill(layla.email);
  await chat.getByRole("textbox").nth(1).press("Enter");
  await chat.getByRole("log").waitFor();
  for (const text of ["هل المصباح الأزرق متوفر؟", "And in English?"]) {
    await chat.getByRole("textbox").last().fill(text);
    await chat.getByRole("textbox").last().press("Enter");
    await chat.getByRole("log").getByText(text).waitFor();
  }
  await page.screenshot({ path: join(folder, "rtl-2-thread.png"), animations: "disabled" });
  await bare.stop();
  await host.stop();
});
