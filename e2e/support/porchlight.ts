//! The true server as the stories run it: the demo with its shop, or a bare `serve` for hosts of our own.
//! Law: what is started here is ended here, by its own process, and leaves nothing behind but a removed folder.
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { freePorts } from "./ports.ts";

const binary = process.env.PORCHLIGHT_BIN || join(import.meta.dirname, "..", "..", "target", "debug", "porchlight");
/** How long a start may take on a busy machine. **Units**: milliseconds. */
const PATIENCE_MS = 30_000;

/** A process of ours with everything it said. */
class Running {
  private said = "";
  private readonly ended: Promise<void>;

  constructor(private readonly child: ChildProcess) {
    child.stdout?.on("data", (words) => (this.said += words));
    child.stderr?.on("data", (words) => (this.said += words));
    this.ended = new Promise((ended) => child.once("exit", () => ended()));
  }

  async says(words: string): Promise<void> {
    let listen: () => void = () => {};
    const heard = new Promise<void>((resolve) => {
      listen = () => this.said.includes(words) && resolve();
      this.child.stdout?.on("data", listen);
      this.child.stderr?.on("data", listen);
      listen();
    });
    const died = this.ended.then(() => Promise.reject(new Error(`Porchlight ended before it was ready:\n${this.said}`)));
    let alarm: NodeJS.Timeout | undefined;
    const late = new Promise<void>((_, reject) => {
      alarm = setTimeout(() => reject(new Error(`Porchlight was not ready in time:\n${this.said}`)), PATIENCE_MS);
    });
    // Whichever comes later must not count as an error nobody handles.
    died.catch(() => {});
    late.catch(() => {});
    await Promise.race([heard, died, late]).finally(() => clearTimeout(alarm));
  }

  /** The first thing it said, or says, that looks like this. */
  async tells(pattern: RegExp): Promise<string> {
    const until = Date.now() + PATIENCE_MS;
    while (Date.now() < until) {
      const found = pattern.exec(this.said);
      if (found) return found[0];
      await new Promise((again) => setTimeout(again, 50));
    }
    throw new Error(`Porchlight did not say ${pattern}:\n${this.said}`);
  }

  async end(signal: NodeJS.Signals): Promise<void> {
    this.child.kill(signal);
    await this.ended;
  }
}

/** Runs one of the operator's commands on the data in a folder; answers what it says. */
async function commandOn(folder: string, ...words: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(binary, [...words, "--data-dir", folder]);
  return stdout.trim();
}

/** The product and its shop on two sites, seeded. */
export class Demo {
  private running?: Running;
  private readonly folder = mkdtempSync(join(tmpdir(), "porchlight-story-"));

  private constructor(private readonly chatPort: number, private readonly shopPort: number) {}

  /** `now`: when it is there, by clocks that stand still until `passes` is called. */
  static async start(now?: string): Promise<Demo> {
    const [chatPort, shopPort] = (await freePorts(2)) as [number, number];
    const demo = new Demo(chatPort, shopPort);
    await demo.begin("--fresh", ...(now ? ["--now", now] : []));
    return demo;
  }

  /** Lets time pass where the clocks stand still. */
  async passes(minutes: number): Promise<void> {
    await fetch(`http://127.0.0.1:${this.shopPort}/demo/advance?ms=${minutes * 60_000}`, { method: "POST" });
  }

  /** How many mails went to this address so far. */
  async mails(email: string): Promise<number> {
    return (await this.mailbox()).split(`To <b>${email}</b>`).length - 1;
  }

  /** The code in the newest mail to this address, once there are more than `before`. */
  async code(email: string, before = 0): Promise<string> {
    const until = Date.now() + PATIENCE_MS;
    while (Date.now() < until) {
      const letters = (await this.mailbox()).split(`To <b>${email}</b>`);
      const code = /^(\d{8})$/m.exec(letters[1] ?? "");
      if (letters.length - 1 > before && code?.[1]) return code[1];
      await new Promise((again) => setTimeout(again, 50));
    }
    throw new Error(`no code was mailed to ${email}`);
  }

  private async mailbox(): Promise<string> {
    return (await fetch(`http://127.0.0.1:${this.shopPort}/mails`)).text();
  }

  get chat(): string {
    return `http://chat.localhost:${this.chatPort}`;
  }

  get shop(): string {
    return `http://shop.localhost:${this.shopPort}`;
  }

  /** Starts on the same ports and with the same data. */
  async begin(...more: string[]): Promise<void> {
    const ports = ["--chat-port", String(this.chatPort), "--shop-port", String(this.shopPort)];
    const child = spawn(binary, ["demo", ...ports, "--data-dir", this.folder, ...more], { stdio: ["ignore", "pipe", "pipe"] });
    this.running = new Running(child);
    await this.running.says("Porchlight demo is ready");
  }

  /** Runs one of the operator's commands on the running demo's data. */
  command(...words: string[]): Promise<string> {
    return commandOn(this.folder, ...words);
  }

  /** How the operator's commands name somebody of the cast. */
  async idOf(name: string): Promise<string> {
    const rows = (await this.command("user", "list")).split("\n").map((row) => row.split("\t"));
    const row = rows.find((row) => row.at(-1) === name);
    if (!row?.[0]) throw new Error(`the demo does not know ${name}`);
    return row[0];
  }

  /** Ends the server as an operator does, or as a power cut does. */
  async halt(signal: NodeJS.Signals = "SIGTERM"): Promise<void> {
    await this.running?.end(signal);
    this.running = undefined;
  }

  async stop(): Promise<void> {
    await this.halt("SIGKILL");
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** What a bare server is set up with. */
export type BareOptions = { allowedOrigins: string[]; settings?: Record<string, string>; identityKey?: string };

/** The product alone, for host sites of our own. */
export class Bare {
  private running?: Running;
  private readonly folder = mkdtempSync(join(tmpdir(), "porchlight-bare-"));

  private constructor(readonly port: number) {}

  /** Sets up as the operating guide says. */
  static async start({ allowedOrigins, settings = {}, identityKey }: BareOptions): Promise<Bare> {
    const [port] = (await freePorts(1)) as [number];
    const bare = new Bare(port);
    await bare.command("group", "create", "Support");
    await bare.command("user", "add", "--external-id", "mina", "--name", "Mina Okafor", "--email", "mina@example.com");
    await bare.command("group", "add", "Support", "mina");
    const wanted = { allowed_origins: allowedOrigins.join(","), user_groups: "on", guest_group_id: "Support", guest_mode: "on", ...settings };
    for (const [key, value] of Object.entries(wanted)) await bare.command("settings", "set", key, value);
    const flags = ["--listen", `127.0.0.1:${port}`, "--public-url", bare.origin, "--data-dir", bare.folder];
    const env = { ...process.env, ...(identityKey && { PORCHLIGHT_IDENTITY_KEYS: identityKey }) };
    bare.running = new Running(spawn(binary, ["serve", ...flags], { env, stdio: ["ignore", "pipe", "pipe"] }));
    await bare.answers();
    return bare;
  }

  get origin(): string {
    return `http://chat.localhost:${this.port}`;
  }

  /** Runs one of the operator's commands on this server's data. */
  command(...words: string[]): Promise<string> {
    return commandOn(this.folder, ...words);
  }

  /** Asks until the server says that it is ready. */
  private async answers(): Promise<void> {
    const until = Date.now() + PATIENCE_MS;
    while (Date.now() < until) {
      const answer = await fetch(`http://127.0.0.1:${this.port}/readyz`).catch(() => undefined);
      if (answer?.ok) return;
      await new Promise((again) => setTimeout(again, 50));
    }
    throw new Error("`porchlight serve` was not ready in time");
  }

  async stop(): Promise<void> {
    await this.running?.end("SIGKILL");
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** The product as somebody starts it for the first time: no admin, no settings, nothing. */
export class Fresh {
  private constructor(
    private readonly running: Running,
    readonly port: number,
    /** The link that it printed for the first admin. */
    readonly setupLink: string,
    private readonly folder: string,
  ) {}

  static async start(): Promise<Fresh> {
    const [port] = (await freePorts(1)) as [number];
    const folder = mkdtempSync(join(tmpdir(), "porchlight-fresh-"));
    const origin = `http://chat.localhost:${port}`;
    const flags = ["--listen", `127.0.0.1:${port}`, "--public-url", origin, "--data-dir", folder];
    const running = new Running(spawn(binary, ["serve", ...flags], { stdio: ["ignore", "pipe", "pipe"] }));
    const link = await running.tells(/http\S+\/admin\/setup#[\w-]+/);
    return new Fresh(running, port, link, folder);
  }

  get origin(): string {
    return `http://chat.localhost:${this.port}`;
  }

  async stop(): Promise<void> {
    await this.running.end("SIGKILL");
    rmSync(this.folder, { recursive: true, force: true });
  }
}
