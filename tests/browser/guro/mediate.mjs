// February 2000: a dispute on one term, the same mediator for both sides, what each tells in confidence, one proposal, and both accept.
import assert from "node:assert/strict";

export async function mediate(walk) {
  const { people, day } = walk;
  const room = `${walk.case}/disputes`;
  const gwangmyeong = await people.of("gwangmyeong", "delegate");
  const seoul = await people.of("seoul", "delegate");
  const support = walk.terms.support;
  await gwangmyeong.does(room, "open", { "title-ko": "주민지원기금", "title-en": "Resident support", terms: support, with: "seoul", due: "2000-02-29" });
  const dispute = `${room}/1`;
  await gwangmyeong.does(dispute, "propose", { facilitator: "gyeonggi" });
  await seoul.open(dispute);
  const accept = await seoul.page.locator('form[action$="/accept"]').getAttribute("id");
  await seoul.fills(accept);

  const secrets = { gwangmyeong: "We could live with 50 if construction money comes early.", seoul: "50 is our last word; then a little less for construction." };
  for (const [side, text] of Object.entries(secrets)) {
    const delegate = await people.of(side, "delegate");
    await delegate.open(dispute);
    const note = await delegate.page.locator('form[action$="/note"]').getAttribute("id");
    await delegate.fills(note, { text });
  }
  const mediator = await people.of("gyeonggi", "mediator");
  await mediator.open(dispute);
  const both = await mediator.page.locator("main").innerText();
  for (const text of Object.values(secrets)) assert.ok(both.includes(text), "the mediator hears both sides");
  for (const [who, role] of [["seoul", "delegate"], ["guro", "delegate"], ["gyeonggi", "delegate"]]) {
    const other = await people.of(who, role);
    await other.open(dispute);
    assert.ok(!(await other.page.content()).includes(secrets.gwangmyeong), `${who} does not learn what Gwangmyeong told the mediator`);
  }

  await day("2000-02-13");
  await mediator.does(dispute, "proposal", {
    [`value-${support}`]: "50억",
    [`label-${support}`]: "40 %",
    [`value-${walk.terms.construction}`]: "222.7억",
    [`value-${walk.terms.total}`]: "272.7억",
    due: "2000-02-20",
  });
  for (const side of [gwangmyeong, seoul]) await side.does(dispute, "answer", { accept: "yes" });
  // The platform brings the settlement back by itself as an accepted offer; the page follows without being asked.
  await gwangmyeong.open(`${walk.case}/table`);
  await gwangmyeong.page.locator("#terms", { hasText: "5,000 million" }).waitFor({ timeout: 20_000 });
  const bystander = await people.of("guro", "delegate");
  await bystander.open(dispute);
  assert.ok(!(await bystander.page.content()).includes(secrets.seoul), "nor does anyone afterwards");
}
