//! The browser that plays everybody: the system's Chromium, kept from phoning home.

export const executablePath = process.env.CHROMIUM || "/usr/bin/chromium";

export const browserArguments = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export const browser = {
  browserName: "chromium" as const,
  launchOptions: { executablePath, args: browserArguments },
};
