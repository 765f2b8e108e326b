//! The visitor's door: one plain sentence per mistake, said as the field is left, and the same answer for every address.
import { ada, cora, noor } from "../people/cast.ts";
import { expect, test } from "../support/stage.ts";

test("each mistake has its sentence, beneath its field, as the field is left", async ({ demo, guest }) => {
  const visitor = await guest(cora);
  await visitor.goesTo(demo.shop);
  await visitor.opensChat();
  const [name, email] = [visitor.chat.getByLabel("Full name"), visitor.chat.getByLabel("Email")];
  const mistakes = [
    [name, "   ", "Please tell us your name."],
    [name, "n".repeat(81), "That name is too long. 80 characters fit."],
    [email, "cora.example.org", "That address is missing its @."],
    [email, "cora@", "That address looks unfinished. It should read like name@example.org."],
  ] as const;
  for (const [field, typed, sentence] of mistakes) {
    await field.fill(typed);
    await field.blur();
    await expect(field).toHaveAccessibleDescription(sentence);
    await expect(field).toHaveAttribute("aria-invalid", "true");
  }
  // Made right, the sentence goes.
  await visitor.fillsTheDoor();
  await email.blur();
  for (const field of [name, email]) await expect(field).toHaveAccessibleDescription("");
});

test("who is there is asked once, while the widget still travels", async ({ demo, guest }) => {
  const visitor = await guest(cora);
  const asked: string[] = [];
  visitor.page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await visitor.goesTo(demo.shop);
  await visitor.opensChat();
  await expect(visitor.chat.getByLabel("Full name")).toBeVisible();
  // The door's socket asks once more; what the page asked for itself is not asked twice.
  expect(asked.filter((path) => path === "/api/session/early")).toHaveLength(1);
  const answered = await visitor.page.frames().find((frame) => frame.url().includes("/widget"))?.evaluate(() => {
    const files = performance.getEntriesByType("resource") as PerformanceResourceTiming[];
    return { session: files.filter(({ name }) => name.endsWith("/api/session/early")).map(({ startTime }) => startTime), wasm: files.find(({ name }) => name.endsWith(".wasm"))?.responseEnd };
  });
  expect(answered?.session.length).toBe(1);
  expect(answered?.session[0]).toBeLessThan(answered?.wasm ?? 0);
});

test("an empty door says what is missing when it is knocked on", async ({ demo, guest }) => {
  const visitor = await guest(cora);
  await visitor.goesTo(demo.shop);
  await visitor.opensChat();
  await visitor.chat.getByRole("button", { name: "Start chat" }).click();
  await expect(visitor.chat.getByLabel("Full name")).toHaveAccessibleDescription("Please tell us your name.");
  await expect(visitor.chat.getByLabel("Email")).toHaveAccessibleDescription("Please tell us your email address.");
});

test("what only the server knows is said in the same place", async ({ demo, guest }) => {
  const visitor = await guest(cora);
  await visitor.goesTo(demo.shop);
  await visitor.opensChat();
  await visitor.fillsTheDoor({ name: "Support Team", email: cora.email });
  await visitor.chat.getByRole("button", { name: "Start chat" }).click();
  await expect(visitor.chat.getByLabel("Full name")).toHaveAccessibleDescription("That name belongs to our team. Please use your own.");
});

test("G1, G5: an address that belongs to somebody opens nothing of theirs", async ({ demo, guest }) => {
  for (const email of [noor.email, ada.email]) {
    const visitor = await guest({ name: cora.name, email });
    await visitor.startsWith(demo.shop, "I only know the address.");
    await expect(visitor.chat.getByRole("tab")).toHaveCount(0);
    await expect(visitor.thread.getByText(/.+/).filter({ hasText: "Written down." })).toHaveCount(0);
    await expect(visitor.ticks("Sent")).toHaveCount(1);
  }
});
