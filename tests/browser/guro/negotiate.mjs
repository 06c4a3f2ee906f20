// From the first terms to the counter-offer that does not suffice: an agreement in principle in November 1999, and in February 2000 who pays the
// residents.
import assert from "node:assert/strict";
import { others } from "./begin.mjs";

const facts = [
  ["gyeonggi", { ko: "구로구 소각시설 단독 추진 사업비", en: "Guro's own incinerator, avoided", value: "450억", estimated_by: "Gyeonggi Province", estimated_on: "1999-05-31" }],
  ["gyeonggi", { ko: "광명시 하수처리장 단독 추진 사업비", en: "Gwangmyeong's own sewage plant, avoided", value: "1,655억", estimated_by: "Gyeonggi Province", estimated_on: "1999-05-31" }],
];

const clauses = [
  ["purpose", "목적", "Purpose", "당사자는 광명시 소각시설과 서울특별시 하수처리장을 공동으로 이용한다.", []],
  ["use", "처리량", "Quantities", "광명시는 구로구의 폐기물을, 서울특별시는 광명시의 하수를 합의된 물량만큼 처리한다.", ["least", "most", "sewage"]],
  ["cost", "비용의 부담", "Cost", "서울특별시는 건설비와 주민지원기금의 분담금을 매년 분할하여 지급한다.", ["construction", "support", "total", "years"]],
  ["ops", "운영", "Operation", "운영비는 균등하게 부담한다.", []],
];

const terms = {
  least: { ko: "폐기물 반입량(최소)", en: "Waste taken, at least", kind: "quantity", unit: "t/day" },
  most: { ko: "폐기물 반입량(최대)", en: "Waste taken, at most", kind: "quantity", unit: "t/day" },
  sewage: { ko: "하수 처리량", en: "Sewage taken", kind: "quantity", unit: "t/day" },
  construction: { ko: "소각시설 건설비 분담금", en: "Seoul's share of the incinerator", kind: "money", currency: "KRW" },
  support: { ko: "주민지원기금 분담금", en: "Seoul's share of resident support", kind: "money", currency: "KRW" },
  total: { ko: "서울특별시 부담 총액", en: "Seoul pays in all", kind: "money", currency: "KRW" },
  years: { ko: "분할 납부 기간", en: "Paid over", kind: "quantity", unit: "years" },
};

export async function negotiate(walk) {
  const { people, day } = walk;
  const room = `${walk.case}/table`;
  const gyeonggi = await people.of("gyeonggi", "delegate");
  for (const fields of Object.values(terms)) await gyeonggi.does(room, "define-term", fields);
  walk.terms = await named(gyeonggi, room);
  for (const [who, fields] of facts) await (await people.of(who, "delegate")).does(`${walk.case}/facts`, "state", { kind: "money", unit: "KRW", ...fields });
  const positions = await people.of("gwangmyeong", "delegate");
  await positions.open(`${walk.case}/facts`);
  const [, theirs] = await positions.page.locator('form[action$="/facts/position"]').evaluateAll((forms) => forms.map((form) => form.id));
  await positions.fills(theirs, { position: "disputes", own: "900억" });
  for (const [content, ko, en, wording, carried] of clauses) {
    const carries = carried.length > 0 ? { terms: carried.map((term) => walk.terms[term]) } : {};
    await gyeonggi.does(`${walk.case}/text`, "add", { content, heading_ko: ko, heading_en: en, ko: wording, ...carries });
  }
  // Two wordings of the last clause stand side by side until all stand behind one.
  const guro = await people.of("guro", "delegate");
  await guro.open(`${walk.case}/text`);
  const propose = await guro.page.locator('form[action$="/text/propose"]').last().getAttribute("id");
  await guro.fills(propose, { ko: "운영비는 반입량에 따라 부담한다." });

  await day("1999-11-12");
  const value = (term, said) => ({ [`value-${walk.terms[term]}`]: said });
  const first = { ...value("least", "120"), ...value("most", "150"), ...value("sewage", "180,000"), ...value("total", "212.34억"), ...value("years", "3") };
  await gyeonggi.does(`${room}/new`, "write", first, '[value="table"]');
  for (const party of others) await (await people.of(party, "delegate")).does(room, "accept");
  await gyeonggi.open(room);
  assert.match(await gyeonggi.page.locator("#terms").innerText(), /180,000/);

  await day("2000-02-08");
  const head = await people.of("seoul", "signatory");
  await head.does(`${walk.case}/authority`, "grant", {
    delegate: "seoul-delegate",
    until: "2000-12-31",
    legal_basis: "지방자치법",
    [`ceiling.${walk.terms.support}`]: "5000000000",
    [`ceiling.${walk.terms.construction}`]: "22700000000",
  });
  const gwangmyeong = await people.of("gwangmyeong", "delegate");
  const seoul = await people.of("seoul", "delegate");
  const asked = { ...value("construction", "227억"), ...value("support", "63억"), [`label-${walk.terms.support}`]: "50 %" };
  await gwangmyeong.does(`${room}/new`, "write", { ...asked, to: "seoul", expires: "2000-02-29" }, '[value="table"]');

  // Seoul's delegate would accept. The mandate does not reach so far, and only the delegate learns it.
  const refusal = await seoul.isRefused(room, "accept");
  assert.match(refusal, /head|mandate/i);
  await gwangmyeong.open(`${walk.case}/record`);
  assert.ok(!(await gwangmyeong.page.locator("main").innerText()).match(/mandate does not/i), "nothing of it is recorded");

  await seoul.does(`${room}/new?to=2`, "write", { ...value("support", "37.8억"), [`label-${walk.terms.support}`]: "30 %", expires: "2000-02-29" }, '[value="table"]');
  await gwangmyeong.open(`${room}?from=2&to=3`);
  const moved = await gwangmyeong.page.locator("main").innerText();
  assert.match(moved, /−2,520/, "what moved, and by how much");
  await seoul.open(room);
  assert.equal(await seoul.page.locator("form#accept").count(), 0, "it is not Seoul's turn");
  await gwangmyeong.does(room, "send-back", { why: "Resident support is what our residents judge us by." });
}

// The terms by the names that people gave them: the form of an offer has a field for each.
export async function named(person, room) {
  await person.open(`${room}/new`);
  const ids = {};
  for (const [name, { en }] of Object.entries(terms)) {
    const field = person.page.locator("form#write fieldset", { hasText: en }).locator('[name^="value-"]');
    ids[name] = (await field.first().getAttribute("name")).slice("value-".length);
  }
  return ids;
}
