//! A small web server for pages of other people: host pages that embed the chat, and the chat that is only played.
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

export type Answer = { status?: number; type?: string; headers?: Record<string, string>; body?: string | Buffer };
export type Route = Answer | ((request: IncomingMessage) => Answer);

/** Paths and what is answered there; everything else is 404. */
export type Routes = Record<string, Route>;

export class Site {
  /** Paths that were asked for, in order. */
  readonly asked: string[] = [];
  routes: Routes = {};

  private constructor(
    private readonly server: ReturnType<typeof createServer>,
    readonly port: number,
    readonly origin: string,
  ) {}

  /** Starts a site under `http://<name>.localhost:<port>`, which Chromium takes for a site of its own. */
  static async start(name: string, port = 0): Promise<Site> {
    const server = createServer();
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(port, "127.0.0.1", resolve);
    });
    const taken = (server.address() as AddressInfo).port;
    const site = new Site(server, taken, `http://${name}.localhost:${taken}`);
    server.on("request", (request, response) => {
      const { pathname } = new URL(request.url ?? "/", site.origin);
      site.asked.push(pathname);
      const route = site.routes[pathname];
      const answer: Answer = typeof route === "function" ? route(request) : (route ?? { status: 404, type: "text/plain", body: "Not here." });
      const headers = { "content-type": answer.type ?? "text/html; charset=utf-8", ...answer.headers };
      response.writeHead(answer.status ?? 200, headers).end(answer.body ?? "");
    });
    return site;
  }

  stop(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((closed) => this.server.close(() => closed()));
  }
}
