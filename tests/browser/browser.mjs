// Debian's Chromium, driven by playwright-core: with a profile that begins empty, and without anything that would talk to anyone else.
import { execFileSync } from "node:child_process";
import { chromium } from "playwright-core";

const flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

export const languages = ["ko", "en"];
export const themes = ["light", "dark"];
export const widths = [1440, 390];

// Where the platform under test listens.
export const address = process.env.INTERLOCAL_ADDRESS ?? "http://127.0.0.1:8080";

export async function launch() {
  const executablePath = execFileSync("sh", ["-c", "command -v chromium"], { encoding: "utf8" }).trim();
  return chromium.launch({ executablePath, args: flags });
}

// A browser of one person: own cookies, language and theme as they would have chosen them.
export async function someone(browser, { language = "ko", theme = "light", width = 1440, scripts = true, at = address } = {}) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, javaScriptEnabled: scripts, locale: language === "ko" ? "ko-KR" : "en-GB" });
  await context.addCookies([
    { name: "lang", value: language, url: at },
    { name: "theme", value: theme, url: at },
  ]);
  context.setDefaultTimeout(60_000);
  return context;
}

// As a person does it: on the page, with a click. `person` is "gwangmyeong-delegate gwangmyeong".
export async function signIn(page, person, next = "/", at = address) {
  await page.goto(`${at}/sign-in?next=${encodeURIComponent(next)}`);
  await page.locator(`button[name="person"][value="${person}"]`).click();
  await page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
}

// Every page there is, for whoever is signed in; the case named last in the list stands for all, with the rooms that its tabs lead to.
export async function pages(page) {
  await page.goto(`${address}/cases`);
  const hrefs = (selector) => page.locator(selector).evaluateAll((links) => links.map((link) => link.getAttribute("href")));
  const one = (await hrefs('main a[href^="/cases/"]')).findLast((path) => !path.endsWith("/new"));
  await page.goto(address + one);
  const rooms = await hrefs("nav.tabs a");
  const beside = ["/", "/due", "/caseload", "/cases", "/cases/new", "/keys", "/audit", "/verify", "/agreements", "/rules", "/rules/shapley"];
  return [...beside, ...rooms, `${one}/agenda`, "/problems/negotiation.not_your_turn", "/nowhere", "/sign-in", "/api"];
}
