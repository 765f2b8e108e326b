//! The tripwire: hears whatever ran that should not have run, and whatever a content security policy had to stop.
//! Law: a hit is a text that was taken for more than text, whether the policy caught it or not.
import { expect, type BrowserContext, type Page } from "@playwright/test";

/** What the page calls where a policy stopped something. */
type Teller = { policyBroken?: (what: string) => void };

export class Tripwire {
  /** One line a hit: where, and what. */
  readonly hits: string[] = [];

  /** `homes`: the origins that the people of the story go to; whatever leads elsewhere is a hit. */
  private constructor(private readonly homes: string[]) {}

  /** Stretched over every page and frame that these browsers open from now on. */
  static async over(homes: string[], ...contexts: BrowserContext[]): Promise<Tripwire> {
    const wire = new Tripwire(homes);
    for (const context of contexts) await wire.stretch(context);
    return wire;
  }

  private async stretch(context: BrowserContext): Promise<void> {
    await context.exposeFunction("tripped", () => this.hit("ran: something called the tripwire"));
    await context.exposeFunction("policyBroken", (what: string) => this.hit(`stopped by the policy: ${what}`));
    await context.addInitScript(() => {
      document.addEventListener("securitypolicyviolation", (event) => {
        const what = `${event.violatedDirective} ${event.blockedURI} on ${location.pathname}`;
        (window as unknown as Teller).policyBroken?.(what);
      });
    });
    context.on("console", (line) => {
      if (/Content Security Policy/i.test(line.text())) this.hit(`a policy in the console: ${line.text()}`);
    });
    context.on("weberror", (error) => this.hit(`a mistake: ${error.error().message}`));
    context.on("dialog", (dialog) => {
      this.hit(`a dialog: ${dialog.type()}`);
      void dialog.dismiss();
    });
    context.on("request", (request) => this.judgeRequest(request.url()));
    context.on("page", (page) => {
      page.on("popup", (window) => this.hit(`a window: ${window.url()}`));
      page.on("framenavigated", (frame) => this.judgePlace(frame.url()));
    });
  }

  private hit(what: string): void {
    this.hits.push(what);
  }

  /** `x` is what the corpus names where a picture or a sound would be fetched from. */
  private judgeRequest(url: string): void {
    const { protocol, origin, pathname } = new URL(url);
    const isHome = this.homes.includes(origin) || protocol === "blob:" || protocol === "data:";
    if (!isHome || /\/(x|tripped.*)$/i.test(pathname)) this.hit(`asked for ${url}`);
  }

  private judgePlace(url: string): void {
    const isHome = url === "about:blank" || this.homes.some((home) => url.startsWith(`${home}/`));
    if (!isHome) this.hit(`went to ${url}`);
  }

  /**
   * Nothing was heard up to now, and nothing stands in these pages that a text made. Asking every frame also waits until
   * what it had to tell has arrived.
   */
  async isSilent(where: string, ...pages: Page[]): Promise<void> {
    for (const page of pages) await this.sweep(page);
    expect(this.hits, where).toEqual([]);
  }

  /** Adds what stands in a page and came from no view of ours. */
  async sweep(page: Page): Promise<void> {
    for (const frame of page.frames()) {
      const found = await frame.evaluate(strangers).catch(() => []);
      for (const stranger of found) this.hit(`${stranger} in ${new URL(frame.url()).pathname}`);
    }
  }
}

/** Elements and attributes that no view of ours and no host page of the stories makes. Runs in a frame. */
function strangers(): string[] {
  const found: string[] = [];
  const tags = /^(script|style|iframe|object|embed|applet|base|video|audio|source|animate|set|foreignobject|math|template|noscript|marquee|b|i|xmp|plaintext|frameset|mglyph|image|portal|xss|isindex)$/i;
  const isOurs = (element: Element) => {
    const address = element.getAttribute("src") ?? "";
    return /^(script|iframe)$/i.test(element.tagName) && /^(https?:\/\/[^/]*)?\/[\w./?=%:&-]+$/.test(address) && !element.hasAttribute("srcdoc");
  };
  const look = (root: Document | ShadowRoot) => {
    for (const element of root.querySelectorAll("*")) {
      // Our own drawings are empty `<i>`; what a text makes bold or slanted holds words.
      const isDrawing = element.tagName === "I" && !element.textContent;
      if (tags.test(element.tagName) && !isOurs(element) && !isDrawing) found.push(`<${element.tagName.toLowerCase()}>`);
      for (const { name, value } of element.attributes) {
        const leads = /^(src|srcset|srcdoc|href|xlink:href|action|formaction|data|poster|background|style|content|http-equiv|target)$/i.test(name);
        if (/^on/i.test(name)) found.push(`${name}=`);
        if (leads && /tripped|^\s*(javascript:|vbscript:|data:text)/i.test(value) && !/^https?:/.test(value)) found.push(`${name}=${value}`);
      }
      if (element.shadowRoot) look(element.shadowRoot);
    }
  };
  look(document);
  return found;
}

/**
 * The control: a build that renders one field raw. Whatever stands in these elements is put into them once more as
 * markup, as a careless view would, each time it changes.
 */
export async function rendersRaw(context: BrowserContext, selector: string): Promise<void> {
  await context.addInitScript((selector) => {
    const spilt = new WeakMap<Element, string>();
    const spill = () => {
      for (const element of document.querySelectorAll(selector)) {
        const text = element.textContent ?? "";
        if (!text.includes("<") || spilt.has(element)) continue;
        spilt.set(element, text);
        element.innerHTML = text;
      }
    };
    new MutationObserver(spill).observe(document, { childList: true, subtree: true, characterData: true });
  }, selector);
}
