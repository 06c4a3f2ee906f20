// Pictures of pages as a person sees them: node screenshots.mjs <folder> <person> <path>…
// INTERLOCAL_ADDRESS says where the platform is; the person is as in signIn, or "-" for nobody. Each page at both widths, in both languages, as
// <path>.<language>.<width>.png; with THEME=dark in the dark.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { address, languages, launch, signIn, someone, widths } from "./browser.mjs";

const [, , folder, person, ...paths] = process.argv;
mkdirSync(folder, { recursive: true });
const browser = await launch();
try {
  for (const language of languages) for (const width of widths) {
    const context = await someone(browser, { language, width, theme: process.env.THEME ?? "light" });
    const page = await context.newPage();
    if (person !== "-") await signIn(page, person);
    for (const path of paths) {
      // The network never rests: a page listens to what others do.
      await page.goto(address + path, { waitUntil: "load" });
      await page.evaluate(() => document.fonts.ready);
      const name = path.replaceAll(/[^a-zA-Z0-9-]+/g, "_").replaceAll(/^_|_$/g, "") || "home";
      const file = join(folder, `${name}.${language}.${width}.png`);
      await page.screenshot({ path: file, fullPage: process.env.FULL === "yes" });
      console.log(file);
    }
    await context.close();
  }
} finally {
  await browser.close();
}
