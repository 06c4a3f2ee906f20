// Every page, in both languages and themes, at a desk and on a phone: axe finds nothing against WCAG 2.2 A and AA, nothing lies upon
// other text, is cut or needs scrolling sideways, and the browser has nothing to complain of. INTERLOCAL_ROOMS=approvals,signing looks at these rooms
// alone, where a case has come far enough for them to be full.
import { createRequire } from "node:module";
import { address, languages, launch, misplaced, pages, signIn, someone, themes, widths } from "./browser.mjs";
import { People } from "./people.mjs";

// A computation of shares, which leads to pages of its own.
async function computation(browser) {
  const people = new People(browser);
  const person = await people.of("gwangmyeong", "delegate");
  const room = (await pages(person.page)).find((path) => path.endsWith("/allocation"));
  const alone = { "c0.alone.guro": "300억", "c0.alone.gwangmyeong": "700억", "c0.alone.gyeonggi": "50억", "c0.alone.seoul": "600억" };
  const cost = { name: "library", "c0.ko": "도서관", "c0.en": "Library", "c0.cost": "1,000억", "c0.rule": "shapley", "c0.costs": "alone", ...alone };
  await person.does(`${room}/new`, "model", cost, 'button[value="compute"]');
  const links = await person.page.locator("#main a[href]").evaluateAll((all) => all.map((link) => new URL(link.href).pathname));
  await people.leave();
  return [...new Set(links.filter((path) => path.startsWith(`${room}/own/`) || path.startsWith(`${room}/runs/`)))];
}

// axe is put into a page as it loads. Its wrapper for Playwright would put it there anew for every question, and ask in a tab of its own, for frames
// that our pages do not have: that takes six times as long.
const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const all = { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] };
const colours = { type: "rule", values: ["color-contrast", "link-in-text-block"] };

// The dark theme is the same page in other colours: it is put on as the button does it, and what looks at colours is asked again.
async function violations(page, theme) {
  const asked = { runOnly: theme === "dark" ? colours : all, resultTypes: ["violations"] };
  return page.evaluate(async ([theme, asked]) => {
    document.documentElement.dataset.theme = theme;
    return (await window.axe.run(document, asked)).violations;
  }, [theme, asked]);
}

const browser = await launch();
const wrong = [];
let looked = 0;
const rooms = process.env.INTERLOCAL_ROOMS?.split(",");
try {
  const shares = rooms ? [] : await computation(browser);
  if (!rooms && shares.length < 5) wrong.push(`a computation has only ${shares.length} pages: ${shares}`);
  for (const language of languages) for (const width of widths) {
    const context = await someone(browser, { language, width });
    await context.addInitScript({ path: axe });
    const page = await context.newPage();
    await signIn(page, "gwangmyeong-delegate gwangmyeong");
    const own = await pages(page);
    let complaints = [];
    page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(String(error)));
    const looking = rooms ? own.filter((path) => rooms.some((room) => path.endsWith(`/${room}`))) : [...own, ...shares, "/calendar"];
    for (const path of looking) {
      complaints = [];
      const where = `${path} (${language}, ${width} px)`;
      const answer = await page.goto(address + path);
      looked += 1;
      const shown = await page.evaluate(() => [document.documentElement.lang, document.documentElement.dataset.theme]);
      if (shown[0] !== language || shown[1] !== "light") wrong.push(`${where}: shown in ${shown}`);
      for (const theme of themes) for (const violation of await violations(page, theme)) {
        wrong.push(`${where}, ${theme}: ${violation.id}: ${violation.help}\n    ${violation.nodes.slice(0, 3).map((node) => `${node.html.slice(0, 160)} ${node.failureSummary?.replaceAll("\n", " ")}`).join("\n    ")}`);
      }
      for (const what of await misplaced(page)) wrong.push(`${where}: ${what}`);
      // The browser itself notes that a page answers 404; that is meant.
      complaints = complaints.filter((text) => !(answer.status() === 404 && text.includes("404")));
      for (const text of complaints) wrong.push(`${where}: the browser says: ${text}`);
    }
    await context.close();
  }
} finally {
  await browser.close();
}
if (looked < 4 * (rooms?.length ?? 20)) wrong.push(`only ${looked} pages were looked at`);
if (wrong.length > 0) {
  console.error(wrong.join("\n"));
  process.exit(1);
}
console.log(`${looked} pages, nothing wrong`);
