// Afterwards: an auditor looks for what was done, at the case as it was on a day beside today's, and has the bundle checked by the public page.
import assert from "node:assert/strict";

export async function audit(walk) {
  const auditor = await walk.people.of("gyeonggi", "auditor");
  await auditor.open(`/audit?text=${encodeURIComponent("광명 2000-9")}`);
  assert.ok((await auditor.page.locator("ol.timeline > li").count()) >= 1, "the council's act is found by its bill");
  const id = walk.case.slice("/cases/".length);
  await auditor.open(`/audit/cases/${id}?on=2000-02-10`);
  const main = await auditor.page.locator("main").innerText();
  assert.match(main, /In force|in force/);
  await auditor.open(`/audit/cases/${id}`);
  const downloaded = auditor.page.waitForEvent("download");
  await auditor.page.locator('a[href$="/bundle"]').first().click();
  const bundle = await (await downloaded).path();
  await auditor.does("/verify", "verify", { bundle });
  assert.match(await auditor.page.locator("main").innerText(), /every step|nothing was added/i);
}
