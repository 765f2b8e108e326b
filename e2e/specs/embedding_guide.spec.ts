//! What `docs/embedding.md` tells host developers to write is run here against the true verifier.
//! A language that this machine does not have is skipped by name.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { randomBytes } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { Bare } from "../support/porchlight.ts";

const guide = readFileSync(join(import.meta.dirname, "..", "..", "docs", "embedding.md"), "utf8");

/** The guide's code block in this language that makes a token. */
function example(language: string): string {
  const blocks = [...guide.matchAll(new RegExp(`\\n\`\`\`${language}\\n([^]*?)\\n\`\`\``, "g"))].map(([, code]) => code!);
  const code = blocks.find((block) => block.includes("HS256"));
  if (!code) throw new Error(`the guide makes no token in ${language}`);
  return code;
}

type Language = { language: string; file: string; command: string[]; present: string[]; whole: (code: string) => string };

const languages: Language[] = [
  {
    language: "js",
    file: "host.mjs",
    command: ["node", "host.mjs"],
    present: ["node", "--version"],
    whole: (code) => `${code}\nconst [site, keyId, secret] = process.argv.slice(2);\nconsole.log(chatToken({ id: "noor", name: "Noor Haddad", email: "noor@example.org", emailVerified: true }, { site, keyId, secret }));`,
  },
  {
    language: "python",
    file: "host.py",
    command: ["python3", "host.py"],
    present: ["python3", "--version"],
    whole: (code) => `${code}\nimport sys\nprint(chat_token({"id": "noor", "name": "Noor Haddad", "email": "noor@example.org", "email_verified": True}, *sys.argv[1:]))`,
  },
  {
    language: "php",
    file: "host.php",
    command: ["php", "host.php"],
    present: ["php", "--version"],
    whole: (code) => `${code}\necho chat_token(['id' => 'noor', 'name' => 'Noor Haddad', 'email' => 'noor@example.org', 'email_verified' => true], ...array_slice($argv, 1));`,
  },
  {
    language: "ruby",
    file: "host.rb",
    command: ["ruby", "host.rb"],
    present: ["ruby", "--version"],
    whole: (code) => `${code}\nsite, key_id, secret = ARGV\nputs chat_token({ id: "noor", name: "Noor Haddad", email: "noor@example.org", email_verified: true }, site:, key_id:, secret:)`,
  },
  {
    language: "go",
    file: "host.go",
    command: ["go", "run", "host.go"],
    present: ["go", "version"],
    whole: (code) =>
      code.replace("package chat", "package main").replace('import (', 'import (\n\t"fmt"\n\t"os"') +
      '\nfunc main() {\n\ttoken, err := Token(User{"noor", "Noor Haddad", "noor@example.org", true}, os.Args[1], os.Args[2], os.Args[3])\n\tfmt.Println(token, err)\n}',
  },
];

function isPresent([program, ...words]: string[]): boolean {
  try {
    execFileSync(program!, words, { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** Exchanges a token for a session, as the frame does. */
function signIn(bare: Bare, token: string): Promise<{ status?: number; body: string }> {
  const headers = { host: new URL(bare.origin).host, origin: bare.origin, "x-porchlight": "user", "content-type": "application/json" };
  return new Promise((resolve, reject) => {
    const call = request({ host: "127.0.0.1", port: bare.port, path: "/api/session", method: "POST", headers }, (answer) => {
      let body = "";
      answer.on("data", (part) => (body += part));
      answer.on("end", () => resolve({ status: answer.statusCode, body }));
    });
    call.once("error", reject);
    call.end(JSON.stringify({ token }));
  });
}

test.describe("the examples of the guide sign tokens that are believed", () => {
  const secret = randomBytes(32).toString("base64url");
  let bare: Bare;
  test.beforeAll(async () => {
    bare = await Bare.start({ allowedOrigins: ["https://shop.example"], identityKey: `site-1=${secret}` });
  });
  test.afterAll(() => bare.stop());

  for (const { language, file, command, present, whole } of languages) {
    test(language, async () => {
      test.skip(!isPresent(present), `${present[0]} is not on this machine`);
      const folder = mkdtempSync(join(tmpdir(), "porchlight-host-"));
      writeFileSync(join(folder, file), whole(example(language)));
      const site = await bare.command("settings", "get", "site_id");
      const [program, ...words] = command as [string, ...string[]];
      const said = execFileSync(program, [...words, site, "site-1", secret], { cwd: folder, encoding: "utf8" });
      rmSync(folder, { recursive: true });
      const [token] = said.trim().split(" ");
      const answer = await signIn(bare, token!);
      expect(answer.status, answer.body).toBe(200);
      expect(JSON.parse(answer.body)).toMatchObject({ role: "user", person: { name: "Noor Haddad" } });
      // The same token a second time, and one that somebody changed, are worth nothing by themselves.
      expect((await signIn(bare, `${token!.slice(0, -2)}AA`)).status).toBe(401);
    });
  }
});
