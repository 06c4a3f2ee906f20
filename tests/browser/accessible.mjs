// Every page, in both languages and themes, at a desk and on a phone: axe finds nothing against WCAG 2.2 A and AA, nothing needs scrolling
// sideways, and the browser has nothing to complain of.
import AxeBuilder from "@axe-core/playwright";
import { address, languages, launch, pages, signIn, someone, themes, widths } from "./browser.mjs";

const browser = await launch();
const wrong = [];
let looked = 0;
try {
  for (const language of languages) for (const theme of themes) for (const width of widths) {
    const context = await someone(browser, { language, theme, width });
    const page = await context.newPage();
    await signIn(page, "gwangmyeong-delegate gwangmyeong");
    const all = await pages(page);
    let complaints = [];
    page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(String(error)));
    for (const path of [...all, "/calendar"]) {
      complaints = [];
      const where = `${path} (${language}, ${theme}, ${width} px)`;
      const answer = await page.goto(address + path);
      looked += 1;
      const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]).analyze();
      for (const violation of violations) {
        wrong.push(`${where}: ${violation.id}: ${violation.help}\n    ${violation.nodes.slice(0, 3).map((node) => `${node.html.slice(0, 160)} ${node.failureSummary?.replaceAll("\n", " ")}`).join("\n    ")}`);
      }
      const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      if (over > 0) wrong.push(`${where}: ${over} px too wide`);
      const shown = await page.evaluate(() => [document.documentElement.lang, document.documentElement.dataset.theme]);
      if (shown[0] !== language || shown[1] !== theme) wrong.push(`${where}: shown in ${shown}`);
      // The browser itself notes that a page answers 404; that is meant.
      complaints = complaints.filter((text) => !(answer.status() === 404 && text.includes("404")));
      for (const text of complaints) wrong.push(`${where}: the browser says: ${text}`);
    }
    await context.close();
  }
} finally {
  await browser.close();
}
if (looked < 8 * 7) wrong.push(`only ${looked} pages were looked at`);
if (wrong.length > 0) {
  console.error(wrong.join("\n"));
  process.exit(1);
}
console.log(`${looked} pages, nothing wrong`);
