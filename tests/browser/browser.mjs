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
  // Deeper in: the first page of each kind to which a room leads.
  const deeper = [];
  for (const [room, selector] of [["record", `a.place[href^="${one}/record/"]`], ["text", `a[href^="${one}/text/clauses/"]`], ["table", `a[href^="${one}/table/new"]`], ["allocation", `a[href$="/allocation/new"]`], ["signing", `a[href$="/publish"]`]]) {
    await page.goto(`${address}${one}/${room}`);
    deeper.push(...(await hrefs(selector)).slice(0, 1));
  }
  deeper.push(`/audit${one}?on=2000-01-01`);
  const beside = ["/", "/due", "/caseload", "/cases", "/cases/new", "/keys", "/audit", "/verify", "/agreements", "/rules/shapley"];
  return [...beside, ...rooms, ...deeper, `${one}/agenda`, "/problems/negotiation.not_your_turn", "/nowhere", "/sign-in", "/api"];
}

// What cannot be read on the page as it stands: text that lies upon other text, text that is cut, and a page that must be scrolled sideways.
export async function misplaced(page) {
  return page.evaluate(() => {
    const wrong = [];
    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth) wrong.push(`${root.scrollWidth - root.clientWidth} px too wide`);
    const said = (element) => `“${element.textContent.trim().replaceAll(/\s+/g, " ").slice(0, 40)}”`;
    const lines = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement;
      if (!node.data.trim() || element.closest("svg, select, option, script, noscript, .hidden, .usa-sr-only, .usa-skipnav") || !element.checkVisibility({ visibilityProperty: true })) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const box of range.getClientRects()) if (box.width > 1 && box.height > 1) lines.push({ element, box });
      const style = getComputedStyle(element);
      if (style.overflowX === "hidden" && element.scrollWidth > element.clientWidth + 1) wrong.push(`${said(element)} is cut`);
    }
    lines.sort((one, other) => one.box.top - other.box.top);
    lines.forEach((one, at) => {
      for (const other of lines.slice(at + 1)) {
        if (other.box.top > one.box.bottom - 4) break;
        const across = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
        const down = Math.min(one.box.bottom, other.box.bottom) - other.box.top;
        const related = one.element.contains(other.element) || other.element.contains(one.element);
        if (across > 3 && down > 5 && !related) wrong.push(`${said(other.element)} lies upon ${said(one.element)}`);
      }
    });
    return wrong.slice(0, 5);
  });
}
