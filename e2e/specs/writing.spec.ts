//! Writing: what fails can be retried, what is left behind is asked about, what is long is counted, what is old is fetched.
import { cora, noor } from "../people/cast.ts";
import { expect, test } from "../support/stage.ts";

const sending = /\/api\/conversations\/[^/]+\/messages$/;

test("a message that was refused says so, and Retry sends it", async ({ demo, guest }) => {
  const visitor = await guest(cora);
  await visitor.startsWith(demo.shop, "This one arrives.");
  await visitor.page.route(sending, (route) => route.fulfill({ status: 422, json: { code: "bad_text" } }));
  await visitor.writes("This one does not.");
  const retry = visitor.chat.getByRole("button", { name: "Retry" });
  await expect(retry).toBeVisible();
  await expect(visitor.chat.getByText("Not sent.")).toBeVisible();
  await visitor.page.unroute(sending);
  await retry.click();
  await visitor.hasEverythingSent();
  await visitor.reads("This one arrives.", "This one does not.");
});

test("an answer that got lost costs nothing: the message is there, once", async ({ demo, guest, agent }) => {
  const visitor = await guest(cora);
  await visitor.startsWith(demo.shop, "Hello?");
  // The server has it; the answer never arrives.
  let lost = 0;
  const frame = visitor.page.frames().find((frame) => frame.url().startsWith(demo.chat))!;
  const network = await visitor.page.context().newCDPSession(frame);
  network.on("Fetch.requestPaused", ({ requestId, request }) => {
    if (request.method !== "POST" || lost === 1) return void network.send("Fetch.continueRequest", { requestId });
    lost += 1;
    void network.send("Fetch.failRequest", { requestId, errorReason: "ConnectionReset" });
  });
  await network.send("Fetch.enable", { patterns: [{ urlPattern: "*/messages", requestStage: "Response" }] });
  await visitor.writes("Did that arrive?");
  await expect.poll(() => lost).toBe(1);
  await visitor.hasEverythingSent();
  await visitor.reads("Did that arrive?");
  const mina = await agent("Mina");
  await mina.takesPlace(demo.shop);
  await mina.opensConversation(cora.name, "Did that arrive?");
  await mina.reads("Hello?", "Did that arrive?");
});

test("a message goes out although the page goes away at once", async ({ demo, guest, agent }) => {
  const visitor = await guest(cora);
  await visitor.startsWith(demo.shop, "One more thing:");
  await visitor.composer.fill("I am in a hurry.");
  await visitor.composer.press("Enter");
  await visitor.goesTo("about:blank");
  const mina = await agent("Mina");
  await mina.takesPlace(demo.shop);
  await mina.opensConversation(cora.name, "I am in a hurry.");
  await mina.reads("One more thing:", "I am in a hurry.");
});

test("leaving with something unsent while offline asks first", async ({ demo, guest }) => {
  const visitor = await guest(cora);
  await visitor.startsWith(demo.shop, "I am on a train.");
  await visitor.page.context().setOffline(true);
  await visitor.writes("In a tunnel.");
  await expect(visitor.ticks("Sending").first()).toBeVisible();
  const asked = new Promise<string>((resolve) => {
    visitor.page.once("dialog", (dialog) => {
      resolve(dialog.type());
      void dialog.dismiss();
    });
  });
  await visitor.page.close({ runBeforeUnload: true });
  expect(await asked).toBe("beforeunload");
  await visitor.page.context().setOffline(false);
  await visitor.hasEverythingSent();
  await visitor.reads("In a tunnel.");
});

test("a counter appears near the limit, and too much is not sent", async ({ demo, guest }) => {
  const visitor = await guest(cora);
  await visitor.startsWith(demo.shop, "Hello?");
  await visitor.composer.fill("a".repeat(7400));
  await expect(visitor.chat.getByText(/character/)).toHaveCount(0);
  await visitor.composer.fill("a".repeat(7900));
  await expect(visitor.chat.getByText("100 characters left")).toBeVisible();
  await visitor.composer.fill("a".repeat(8001));
  await expect(visitor.chat.getByText("1 character too many")).toBeVisible();
  await expect(visitor.chat.getByRole("button", { name: "Send", exact: true })).toBeDisabled();
});

test("a draft belongs to its conversation", async ({ demo, guest, agent }) => {
  const visitor = await guest(cora);
  await visitor.startsWith(demo.shop, "Which bulb?");
  const mina = await agent("Mina");
  await mina.takesPlace(demo.shop);
  await mina.opensConversation(cora.name, "Which bulb?");
  await mina.composer.fill("E27, up to");
  await mina.goesBack();
  await mina.rowsOf(noor.name).first().click();
  await expect(mina.thread).toBeVisible();
  await expect(mina.composer).toHaveValue("");
  await mina.goesBack();
  await mina.opensConversation(cora.name, "Which bulb?");
  await expect(mina.composer).toHaveValue("E27, up to");
});

test("older messages come on scrolling up, and the place is kept", async ({ demo, agent }) => {
  const mina = await agent("Mina");
  await mina.takesPlace(demo.shop);
  // Noor's reading room, sixty-eight messages long.
  await mina.row(noor.name, "It goes on our wall.").click();
  const newest = mina.thread.getByText("It goes on our wall.");
  await expect(newest).toBeInViewport();
  const first = mina.thread.getByText("Hello! I am furnishing a small reading room above our library");
  await expect(first).toHaveCount(0);
  await mina.thread.hover();
  await expect(async () => {
    await mina.page.mouse.wheel(0, -600);
    await expect(first).toBeInViewport({ timeout: 250 });
  }).toPass();
  await expect(newest).not.toBeInViewport();
  await mina.chat.getByRole("button", { name: "Jump to the newest message" }).click();
  await expect(newest).toBeInViewport();
});
