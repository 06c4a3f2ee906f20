// March and April 2000: conditions are decided, councils resolve, four heads sign with keys that stay with them, budgets follow: it is in force.
import assert from "node:assert/strict";
import { minutes } from "../people.mjs";
import { parties } from "./begin.mjs";

// What the room says is to be done: the step of this name is opened, and its form (`decide` or `record`) filled in.
export async function takes(person, walk, name, form, fields) {
  await person.open(`${walk.case}/approvals`);
  const turn = person.page.locator("nav.turns a", { hasText: name });
  assert.ok((await turn.count()) > 0, `${person.name}: “${name}” is to be done`);
  const loaded = person.page.waitForEvent("load");
  await turn.first().click();
  await loaded;
  const ids = await person.page.locator(`form[id^="${form}-"]`).evaluateAll((forms) => forms.map((each) => each.id));
  assert.equal(ids.length, 1, `${person.name}: “${name}” has one form to ${form}: ${ids}`);
  await person.fills(ids[0], fields);
}

export async function conclude(walk) {
  const { people, day } = walk;
  const approver = (party) => people.of(party, "approver");
  await day("2000-03-06");
  for (const party of parties) await takes(await approver(party), walk, "Prior report", "decide", { applies: "no", why: "No such ordinance." });
  const committed = { seoul: "272.7 is committed over three years.", gwangmyeong: "A public facility is opened to others." };
  for (const party of parties) {
    const applies = committed[party] ? "yes" : "no";
    await takes(await approver(party), walk, "Council consent", "decide", { applies, why: committed[party] ?? "No money of its own is committed." });
  }
  const why = "Each facility stands in the area of the party that runs it.";
  await takes(await approver("gwangmyeong"), walk, "Consent of the government where", "decide", { applies: "no", why });

  await day("2000-03-20");
  for (const [party, bill, yes, no] of [["seoul", "서울 2000-31", "71", "12"], ["gwangmyeong", "광명 2000-9", "13", "4"]]) {
    const person = await approver(party);
    const evidence = minutes(`Minutes of the council of ${party}`);
    await takes(person, walk, "Council consent", "record", { on: "2000-03-20", end: "passed", bill, yes, no, abstain: "0", evidence });
    assert.match(await person.page.locator("main").innerText(), new RegExp(bill));
  }

  await day("2000-04-17");
  for (const party of parties) await signs(await people.of(party, "signatory"), walk);
  // A signature alone brings nothing into force: the money must be in the budgets.
  await day("2000-04-18");
  for (const party of parties) {
    await takes(await approver(party), walk, "Appropriate contributions", "record", { on: "2000-04-18", end: "passed", bill: `${party} 2000 추경` });
  }
  const seoul = await people.of("seoul", "delegate");
  await seoul.open(walk.case);
  assert.match(await seoul.page.locator(".case-head .steps li.done").last().innerText(), /In force/);
  await seoul.open(`${walk.case}/record`);
  assert.equal(await seoul.page.locator(`a[href="${walk.case}/publish"]`).count(), 1, "what is in force can be made public");
}

// A key made in the browser, kept as a file, and used here without ever being sent.
async function signs(head, walk) {
  const sent = [];
  head.page.on("request", (request) => sent.push(request.postData() ?? ""));
  await head.open("/keys");
  const downloaded = head.page.waitForEvent("download");
  await head.page.locator("[data-makes-key] button").click();
  const file = await (await downloaded).path();
  await head.fills("register", { key: "head" });
  await head.open(`${walk.case}/signing`);
  await head.page.locator("#key-file").setInputFiles(file);
  await head.page.locator('[data-says="signed"]').waitFor({ state: "visible" });
  await head.fills("sign");
  assert.ok(!sent.some((body) => body.includes("PRIVATE KEY")), "the private key stays where it is");
}
