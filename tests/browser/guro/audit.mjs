// Afterwards: an auditor looks for what was done, at the case as it was on a day beside today's, and has the bundle checked by the public page.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";

export async function audit(walk) {
  const auditor = await walk.people.of("gyeonggi", "auditor");
  const page = auditor.page;
  await auditor.open(`/audit?text=${encodeURIComponent("광명 2000-9")}`);
  assert.ok((await page.locator("ol.timeline > li").count()) >= 1, "the council's act is found by its bill");
  const id = walk.case.slice("/cases/".length);
  await auditor.open(`/audit/cases/${id}?on=2000-02-10`);
  const then = await page.locator("main").innerText();
  assert.match(then, /Phase\s+under negotiation\s+in force/);
  await auditor.open(`/audit/cases/${id}`);
  const downloaded = page.waitForEvent("download");
  await page.locator('a[href$="/bundle"]').first().click();
  const bundle = await (await downloaded).path();

  // The page says what holds; whose it is it says only where it is told whom to trust; and what was changed is found.
  const outcome = page.locator("#outcome");
  await auditor.does("/verify", "verify", { bundle });
  assert.match(await outcome.innerText(), /whose it is, is unproven/);
  const fingerprint = (await outcome.locator("dd code").allInnerTexts()).find((text) => /^[0-9a-f]{64}$/.test(text));
  await auditor.does("/verify", "verify", { bundle, fingerprint });
  assert.match(await outcome.innerText(), /Verified/);
  const changed = (await readFile(bundle, "utf8")).replace("광명 2000-9", "광명 2000-8");
  await auditor.does("/verify", "verify", { bundle: { name: "bundle.json", mimeType: "application/json", buffer: Buffer.from(changed) }, fingerprint });
  assert.match(await outcome.innerText(), /Do not rely on this/);
}
