// Text and authority: one wording that all stand behind, who decides, pays and operates, and four initials on the same digests.
import assert from "node:assert/strict";
import { parties } from "./begin.mjs";
import { takes } from "./conclude.mjs";

const held = (holders) =>
  Object.fromEntries(Object.entries(holders).flatMap(([body, powers]) => Object.entries(powers).flatMap(([power, basis]) => [[`holds.${body}.${power}`, "yes"], [`basis.${body}.${power}`, basis]])));

const matrix = [
  ["gwangmyeong", { ko: "소각", en: "Incineration" }, { gwangmyeong: { decide: "폐기물관리법", operate: "폐기물관리법" }, seoul: { fund: "협약 제3조" } }],
  ["seoul", { ko: "하수처리", en: "Sewage treatment" }, { seoul: { decide: "하수도법", operate: "하수도법" }, gwangmyeong: { fund: "하수도법" } }],
  ["gwangmyeong", { ko: "소각재 처리", en: "Ash disposal" }, { gwangmyeong: { decide: "폐기물관리법" }, guro: { fund: "협약 제4조" } }],
];

export async function agree(walk) {
  const { people, day } = walk;
  const room = `${walk.case}/authority`;
  for (const [who, names, holders] of matrix) await (await people.of(who, "delegate")).does(room, "set", { ...names, ...held(holders) });
  // Nobody operates the ash disposal: a gap, and nothing can be initialled while it is open.
  const guro = await people.of("guro", "delegate");
  await guro.open(room);
  assert.equal(await guro.page.locator(".findings li.open").count(), 1);
  await guro.page.locator("tr", { hasText: "Ash disposal" }).locator("a.sub").click();
  await guro.fills("set", held({ guro: { fund: "협약 제4조", operate: "협약 제4조" } }));
  assert.equal(await guro.page.locator(".findings li.open").count(), 0);

  for (const party of parties) await stands(await people.of(party, "delegate"), walk);
  await day("2000-03-02");
  const approver = await people.of("gyeonggi", "approver");
  await preparation(approver, walk);
  for (const party of parties) await initials(await people.of(party, "delegate"), walk);
}

// Behind the first wording of every clause, and of the one in dispute behind the second.
async function stands(delegate, walk) {
  for (;;) {
    await delegate.open(`${walk.case}/text`);
    const open = await delegate.page.locator('form[action$="/text/support"]').evaluateAll((forms) => forms.map((form) => form.id));
    const wanted = open.filter((id) => id.endsWith("-2"))[0] ?? open.filter((id, at) => !open.some((other) => other !== id && other.slice(0, -2) === id.slice(0, -2)) && id.endsWith("-1"))[0];
    if (!wanted) return;
    await delegate.fills(wanted);
  }
}

async function preparation(approver, walk) {
  await takes(approver, walk, "Request joint handling", "record", { on: "1999-05-31" });
  await takes(approver, walk, "Working-level consultation", "record", { on: "1999-11-12", with: "Seoul, Guro, Gwangmyeong", agreed: "yes" });
  await takes(approver, walk, "Memorandum of understanding", "record", { on: "1999-11-12", by: "Seoul\nGuro\nGyeonggi\nGwangmyeong" });
  await takes(approver, walk, "investment review", "decide", { applies: "no", why: "No new investment project: an existing plan is resized." });
  await takes(approver, walk, "Draft agreement", "record", { on: "2000-03-02" });
}

async function initials(delegate, walk) {
  await delegate.does(`${walk.case}/text`, "initial", { declared: "yes" });
}
