// Without JavaScript: somebody signs in, comes to the page they wanted, looks at a case, changes language and theme, and signs out.
import assert from "node:assert/strict";
import { address, launch, someone } from "./browser.mjs";

const browser = await launch();
try {
  const context = await someone(browser, { language: "en", scripts: false });
  const page = await context.newPage();
  await page.goto(`${address}/cases`);
  assert.equal(new URL(page.url()).pathname, "/sign-in", "whoever is not signed in is led to the sign-in");
  await page.getByRole("button", { name: /^Delegate ?, Gwangmyeong City/ }).click();
  assert.equal(new URL(page.url()).pathname, "/cases", "and from there to where they wanted to go");
  assert.match(await page.locator(".self").innerText(), /Gwangmyeong City · Delegate/);

  await page.locator('main a[href^="/cases/"]').first().click();
  assert.ok((await page.locator(".acts li").count()) > 5, "the case has a record");
  const place = page.url();
  await page.getByRole("button", { name: "한국어" }).click();
  assert.equal(page.url(), place);
  assert.equal(await page.locator("html").getAttribute("lang"), "ko");
  await page.getByRole("button", { name: "어둡게" }).click();
  assert.equal(page.url(), place);
  assert.equal(await page.locator("html").getAttribute("data-theme"), "dark");

  const [cookie] = (await context.cookies()).filter((cookie) => cookie.name === "interlocal");
  assert.ok(cookie.httpOnly && cookie.sameSite === "Lax", "no script and no other site has the cookie");
  await page.getByRole("button", { name: "로그아웃" }).click();
  assert.equal(new URL(page.url()).pathname, "/sign-in");
  assert.equal((await context.cookies()).filter((cookie) => cookie.name === "interlocal").length, 0);
  await context.addCookies([cookie]);
  await page.goto(place);
  assert.equal(new URL(page.url()).pathname, "/sign-in", "a copy of the cookie is worth nothing after signing out");
} finally {
  await browser.close();
}
console.log("signed in, looked, signed out");
