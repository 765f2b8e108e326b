//! The tripwire: hears whatever ran that should not have run, and whatever a content security policy had to stop.
//! Law: a hit is a text that was taken for more than text, whether the policy caught it or not.
import type { BrowserContext, Frame } from "@playwright/test";

export class Tripwire {
  /** One line a hit: where, and what. */
  readonly hits: string[] = [];

  private constructor() {}

  /** Stretched over every page and frame that this browser opens from now on. */
  static async over(...contexts: BrowserContext[]): Promise<Tripwire> {
    const wire = new Tripwire();
    for (const context of contexts) {
      await context.exposeFunction("tripped", () => wire.hits.push("ran: something called the tripwire"));
      await context.exposeFunction("policyBroken", (what: string) => wire.hits.push(`stopped by the policy: ${what}`));
      await context.addInitScript(() => {
        document.addEventListener("securitypolicyviolation", (event) => {
          const tell = (window as unknown as { policyBroken?: (what: string) => void }).policyBroken;
          tell?.(`${event.violatedDirective} ${event.blockedURI} on ${location.pathname}`);
        });
      });
      context.on("dialog", (dialog) => {
        wire.hits.push(`a dialog: ${dialog.type()}`);
        void dialog.dismiss();
      });
    }
    return wire;
  }

  /** The control: puts what stands in an element into it once more, as markup, as a careless view would. */
  static async renderRaw(frame: Frame, selector: string, raw: string): Promise<void> {
    await frame.locator(selector).first().evaluate((element, markup) => {
      element.innerHTML = markup;
    }, raw);
  }
}
