// May 1999: Gyeonggi opens the talks, each head gives a mandate, the others join, and the figures are put on record.
import assert from "node:assert/strict";

export const others = ["gwangmyeong", "seoul", "guro"];
export const parties = ["gyeonggi", ...others];

export async function begin(walk) {
  const { people, day } = walk;
  await day("1999-05-31");
  const gyeonggi = await people.of("gyeonggi", "delegate");
  const page = await gyeonggi.does("/cases/new", "open", {
    title_en: "Guro–Gwangmyeong environment swap",
    title_ko: "구로·광명 환경기초시설 공동이용",
    procedure: "kr-cooperation-project",
    rounds: "alternating",
    part: "party",
  });
  walk.case = new URL(page.url()).pathname;
  assert.match(walk.case, /^\/cases\/[0-9a-f-]{36}$/);
  await gyeonggi.does(walk.case, "invite", { government: others }, "button:not([name])");

  // Seoul's first mandate ends with the year: what it may agree to is not known yet.
  for (const party of parties) {
    const head = await people.of(party, "signatory");
    const until = party === "seoul" ? "1999-12-31" : "2000-12-31";
    await head.does(`${walk.case}/authority`, "grant", { delegate: `${party}-delegate`, until, legal_basis: "지방자치법" });
  }
  for (const party of others) {
    const delegate = await people.of(party, "delegate");
    await delegate.open("/");
    assert.equal(await delegate.page.locator(`main a[href^="${walk.case}"]`).count() > 0, true, `${party} finds the invitation among its moves`);
    await delegate.does(walk.case, "join");
  }
  await gyeonggi.open(walk.case);
  assert.match(await gyeonggi.page.locator("#parties").innerText(), /Guro[\s\S]*Gwangmyeong[\s\S]*Seoul/i);
}
