//! What content security policies stopped, as the browser tells it on its console: of every page, frame and worker.
//! Law: whatever is stopped was either wrong to do or wrong to forbid, so it is nobody's noise.
import { type BrowserContext, expect } from "@playwright/test";

export class PolicyReports {
  private readonly stopped: string[] = [];
  private readonly expected: RegExp[] = [];

  /** Hears what is stopped in this browser from now on. */
  of(context: BrowserContext): void {
    context.on("console", (line) => {
      const said = line.text();
      if (/Content Security Policy/i.test(said)) this.stopped.push(`${line.location().url}: ${said}`);
    });
  }

  /** The story is about a policy that stops this. */
  mayHold(what: RegExp): void {
    this.expected.push(what);
  }

  areNone(): void {
    const unexpected = this.stopped.filter((line) => !this.expected.some((what) => what.test(line)));
    expect(unexpected, "stopped by a policy").toEqual([]);
  }
}
