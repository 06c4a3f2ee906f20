// A signatory makes a key in the browser, registers its public half and signs the agreement with the file. No request carries the private half.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { address, launch, signIn, someone } from "./browser.mjs";

const folder = mkdtempSync(join(tmpdir(), "signing-"));
const browser = await launch();
try {
  const context = await someone(browser, { language: "en" });
  const page = await context.newPage();
  const sent = [];
  page.on("request", (request) => sent.push(`${request.url()} ${request.postData() ?? ""}`));
  page.on("pageerror", (error) => assert.fail(error));
  await signIn(page, "gwangmyeong-signatory gwangmyeong");

  await page.goto(`${address}/keys`);
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Make a key pair" }).click();
  const file = join(folder, (await download).suggestedFilename());
  await (await download).saveAs(file);
  await page.getByText("The private key was downloaded.").waitFor();
  const pem = readFileSync(file, "utf8");
  assert.match(pem, /^-----BEGIN PRIVATE KEY-----\n/);

  // Pasted in place of the public half it does not leave the page.
  const made = await page.locator("#public").inputValue();
  await page.locator("#public").fill(pem);
  await page.getByRole("button", { name: "Register the public key" }).click();
  await page.getByText("This is a private key.").waitFor();
  assert.equal(await page.locator("#public").inputValue(), "");
  await page.locator("#public").fill(made);
  await page.getByRole("button", { name: "Register the public key" }).click();
  await page.locator("tbody th", { hasText: "key-1" }).waitFor();

  await page.goto(`${address}/cases`);
  const place = await page.locator('main a[href^="/cases/"]').first().getAttribute("href");
  await page.goto(`${address}${place}/signing`);
  const other = join(folder, "other.pem");
  const pair = await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, true, ["sign"]);
  const bytes = Buffer.from(await crypto.subtle.exportKey("pkcs8", pair.privateKey)).toString("base64");
  writeFileSync(other, `-----BEGIN PRIVATE KEY-----\n${bytes}\n-----END PRIVATE KEY-----\n`);
  await page.locator("#key-file").setInputFiles(other);
  await page.getByText("This is none of your registered keys in force.").waitFor();
  writeFileSync(join(folder, "letter.pem"), "Dear mayor");
  await page.locator("#key-file").setInputFiles(join(folder, "letter.pem"));
  await page.getByText("This is not a P-256 private key file").waitFor();
  assert.equal(await page.locator("#jws").inputValue(), "");

  await page.locator("#key-file").setInputFiles(file);
  await page.getByText("The signature was made and stands below.").waitFor();
  assert.match(await page.locator("#jws").inputValue(), /^eyJhbGciOiJFUzI1NiJ9\.\.[A-Za-z0-9_-]{86}$/);
  await page.getByRole("button", { name: "Hand in the signature" }).click();
  await page.getByText("gwangmyeong-signatory, key key-1").waitFor();

  const secrets = [pem, await readable(pem), await readable(readFileSync(other, "utf8"))];
  for (const request of sent) for (const secret of secrets) assert.ok(!request.includes(secret), `the private key is in ${request.slice(0, 80)}`);
} finally {
  await browser.close();
  rmSync(folder, { recursive: true });
}
console.log("made a key, signed with it, and sent neither");

// The part of a key file by which it would be known: the private number, as it would stand in a JSON Web Key.
async function readable(text) {
  const bytes = Buffer.from(text.replaceAll(/-----[A-Z ]+-----|\s/g, ""), "base64");
  const key = await crypto.subtle.importKey("pkcs8", bytes, { name: "ECDSA", namedCurve: "P-256" }, true, ["sign"]);
  return (await crypto.subtle.exportKey("jwk", key)).d;
}
