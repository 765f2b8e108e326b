//! Text is text: whatever people type is shown as they typed it, everywhere, and never runs.
import { expect, test } from "../support/stage.ts";

const texts = [
  "<img src=x onerror=tripped()>",
  "<script>tripped()</script>",
  "<svg/onload=tripped()>",
  "javascript:tripped()",
  "{{constructor.constructor('tripped()')()}}",
  "\"><iframe srcdoc='<script>parent.tripped()</script>'>",
  "</textarea><b>bold</b> &amp; &lt;i&gt;",
];

test("markup in names and messages is shown literally to both sides", async ({ demo, guest, agent }) => {
  const name = "<b onpointerover=tripped()>Idris</b>";
  const visitor = await guest({ name, email: "idris@example.org" });
  const mina = await agent("Mina");
  const tripped: string[] = [];
  for (const person of [visitor, mina]) {
    await person.page.context().exposeFunction("tripped", () => tripped.push(person.page.url()));
    person.page.on("dialog", (dialog) => tripped.push(dialog.message()));
  }
  await visitor.startsWith(demo.shop, "Watch this.");
  for (const text of texts) await visitor.writes(text);
  await visitor.hasEverythingSent();
  await visitor.reads(...texts);
  await mina.takesPlace(demo.shop);
  await mina.opensConversation(name, texts.at(-1)!);
  await mina.reads(...texts);
  // Only what is meant as a link is one.
  await expect(mina.thread.getByRole("link")).toHaveCount(0);
  await visitor.writes("See https://example.org/lamps?a=1&b=2, please.");
  const link = mina.thread.getByRole("link", { name: "https://example.org/lamps?a=1&b=2" });
  await expect(link).toHaveAttribute("rel", /noopener/);
  await mina.writes("<b>Thank you</b>");
  await visitor.reads("<b>Thank you</b>");
  expect(tripped).toEqual([]);
});
