// The README's pictures, taken from the running demo: node pictures.mjs <folder>, or `make pictures` beside `make demo`.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { address, launch, signIn, someone } from "./browser.mjs";

const [, , folder = "../../deploy/pictures"] = process.argv;
mkdirSync(folder, { recursive: true });

// Each: file, who looks, the case by a part of its Korean title (or none), the address in it, language, theme, width.
const pictures = [
  { file: "table", person: "gwangmyeong-delegate gwangmyeong", of: "구로·광명 환경기초시설 공동이용(연습)", path: "/table", language: "ko" },
  { file: "home", person: "gwangmyeong-delegate gwangmyeong", path: "/", language: "en" },
  { file: "allocation", person: "anyang-delegate anyang", of: "안양시 추가 참여", path: "/allocation/runs/six-2019/compare", language: "en" },
  { file: "phone", person: "gwangmyeong-delegate gwangmyeong", of: "구로·광명 환경기초시설 공동이용(연습)", path: "", language: "ko", theme: "dark", width: 390 },
];

const browser = await launch();
try {
  for (const { file, person, of, path, language, theme, width } of pictures) {
    const korean = await someone(browser, { language: "ko" });
    const finder = await korean.newPage();
    await signIn(finder, person, "/cases");
    const found = of ? await finder.locator("main a", { hasText: of }).first().getAttribute("href") : "";
    await korean.close();
    const context = await someone(browser, { language, theme, width });
    const page = await context.newPage();
    await signIn(page, person);
    await page.goto(address + found + path, { waitUntil: "load" });
    await page.evaluate(() => document.fonts.ready);
    await page.screenshot({ path: join(folder, `${file}.png`) });
    console.log(join(folder, `${file}.png`));
    await context.close();
  }
} finally {
  await browser.close();
}
