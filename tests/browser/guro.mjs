// Guro–Gwangmyeong from its opening to its entry into force, through the pages only, by its officials in their own browsers: a mediation in
// between, and an auditor's check at the end.
import { launch } from "./browser.mjs";
import { People } from "./people.mjs";
import { begin } from "./guro/begin.mjs";
import { negotiate } from "./guro/negotiate.mjs";
import { mediate } from "./guro/mediate.mjs";
import { agree } from "./guro/agree.mjs";
import { conclude } from "./guro/conclude.mjs";
import { audit } from "./guro/audit.mjs";

const browser = await launch();
try {
  const people = new People(browser);
  const walk = { people, day: async (to) => (await people.of("interlocal-office", "administrator")).does("/calendar", "forward", { to }) };
  for (const chapter of [begin, negotiate, mediate, agree, conclude, audit]) {
    console.log(chapter.name);
    await chapter(walk);
  }
  await people.leave();
} finally {
  await browser.close();
}
