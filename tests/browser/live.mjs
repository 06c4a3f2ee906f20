// Two persons, each in a browser of their own: what one does appears for the other without reload, and leaves alone what the other is typing; what is
// typed survives reload, sign-out and a lost connection, and nobody else gets to see it.
import assert from "node:assert/strict";
import { connect, createServer } from "node:net";
import { address, launch, pages, signIn, someone } from "./browser.mjs";

const [OWN, OTHER] = ["gwangmyeong-delegate gwangmyeong", "seoul-delegate seoul"];
const browser = await launch();
const own = await someone(browser, { language: "en" });
const other = await someone(browser, { language: "en" });

const state = (page, now) => page.waitForFunction((now) => document.getElementById("live").dataset.state === now, now);
const shows = (page, text) => page.waitForFunction((text) => document.getElementById("room").textContent.includes(text), text);
const field = (page, name) => page.locator(`#state [name="${name}"]`);
const notice = (page, text) => page.locator("#state .aside").filter({ hasText: text });

async function open(page) {
  // Whoever sees the form closed opens it.
  const inside = page.locator("details:has(#state)");
  if ((await inside.count()) > 0 && !(await inside.evaluate((details) => details.open))) await inside.locator("summary").first().click();
}

// States a figure as a person does: in the form, with a click.
async function states(page, name, value) {
  await open(page);
  await field(page, "ko").fill(name);
  await field(page, "en").fill(name);
  await field(page, "value").fill(value);
  await field(page, "estimated_by").fill("Live test");
  await field(page, "estimated_on").fill("1999-05-01");
  await page.locator("#state button:not([type=button])").click();
  await page.waitForURL(/at_least=/);
}

async function appears(page, from) {
  await state(page, "on");
  await page.evaluate(() => (window.neverReloaded = true));
  await open(page);
  await field(page, "en").fill("half a na");
  await field(page, "en").evaluate((input) => input.setSelectionRange(2, 4));
  const place = () => field(page, "en").evaluate((input) => Math.round(input.getBoundingClientRect().top));
  const before = await place();

  await states(from, "Figure of the other", "1,200");
  const done = Date.now();
  await shows(page, "Figure of the other");
  console.log(`shown to the other ${Date.now() - done} ms after whoever did it saw it`);
  assert.ok(await page.evaluate(() => window.neverReloaded), "without reload");
  assert.equal(await page.locator("#live .latest").textContent().then((text) => text.startsWith("Seoul")), true);
  assert.ok((await page.locator("#said").textContent()).length > 0, "it is said to whoever does not see it");

  const focus = await page.evaluate(() => [document.activeElement.name, document.activeElement.value, document.activeElement.selectionStart, document.activeElement.selectionEnd]);
  assert.deepEqual(focus, ["en", "half a na", 2, 4], "focus, text and selection stay");
  assert.ok(Math.abs((await place()) - before) <= 2, `what is typed into stays where it was on the screen: ${before}, ${await place()}`);
  assert.equal(await notice(page, "This has changed since you began to type").count(), 1, "the form says that it is stale");
  await notice(page, "This has changed").getByRole("button").click();
  await notice(page, "This has changed").waitFor({ state: "detached" });
  assert.equal(await field(page, "en").inputValue(), "half a na", "loaded again, what was typed stays");
  assert.ok(await page.evaluate(() => window.neverReloaded));
  await states(from, "Second figure", "7");
  await shows(page, "Second figure");
  assert.equal(await field(page, "en").inputValue(), "half a na");
}

async function manyTabs(path) {
  const streams = new Set();
  own.on("request", (request) => request.url().includes("/live/changes") && streams.add(request));
  for (const ended of ["requestfinished", "requestfailed"]) own.on(ended, (request) => streams.delete(request));
  const tabs = [];
  // A browser has six connections to a host. With one for each tab the seventh would wait for ever.
  for (let nth = 0; nth < 8; nth += 1) {
    const tab = await own.newPage();
    await tab.goto(address + path);
    await state(tab, "on");
    tabs.push(tab);
  }
  assert.ok(streams.size <= 1, `${streams.size} streams of the new tabs are open at once`);
  for (const tab of tabs) await tab.close();
}

async function drafts(page, path) {
  const typed = "Figure nobody else may see";
  await open(page);
  await field(page, "en").fill(typed);
  const kept = () => page.evaluate(() => Object.entries(localStorage).flat().join(" "));
  await page.waitForFunction(() => Object.keys(localStorage).length > 0);
  assert.ok(!(await kept()).includes("nobody else"), "the browser keeps it locked");
  await page.reload();
  await notice(page, "What you had typed here is back").waitFor();
  assert.equal(await field(page, "en").inputValue(), typed, "after a reload");

  await page.getByRole("button", { name: "Sign out" }).click();
  await signIn(page, OTHER, path);
  await state(page, "on");
  await open(page);
  assert.equal(await field(page, "en").inputValue(), "", "another person does not get it");
  assert.equal(await notice(page, "What you had typed").count(), 0);
  await page.getByRole("button", { name: "Sign out" }).click();
  await signIn(page, OWN, path);
  await notice(page, "What you had typed here is back").waitFor();
  assert.equal(await field(page, "en").inputValue(), typed, "after signing out and in");

  // The sign-in is over when the form is sent.
  await page.context().clearCookies({ name: "interlocal" });
  await page.locator("#state button:not([type=button])").evaluate((button) => (button.form.noValidate = true, button.click()));
  await page.waitForURL((url) => url.pathname === "/sign-in");
  assert.equal(new URL(page.url()).searchParams.get("next"), path, "from the form one comes back to its page");
  await page.locator(`button[name="person"][value="${OWN}"]`).click();
  await page.waitForURL(address + path);
  await notice(page, "What you had typed here is back").waitFor();
  assert.equal(await field(page, "en").inputValue(), typed);

  await notice(page, "What you had typed").getByRole("button").click();
  assert.equal(await field(page, "en").inputValue(), "", "discarded");
  await states(page, "Figure that is done", "3");
  await state(page, "on");
  assert.equal(await field(page, "en").inputValue(), "", "once it is done the draft is gone");
  await page.goto(address + path);
  await state(page, "on");
  assert.equal(await notice(page, "What you had typed").count(), 0);
}

// Refused, a form has the focus on why, and everything that was typed.
async function refused(page, path) {
  await page.goto(address + path);
  await open(page);
  await field(page, "en").fill("Bad figure");
  await field(page, "ko").fill("Bad figure");
  await field(page, "value").fill("none at all");
  await page.locator("#state button:not([type=button])").evaluate((button) => (button.form.noValidate = true, button.click()));
  await page.locator("#refusal").waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.id), "refusal");
  assert.equal(await field(page, "en").inputValue(), "Bad figure");
  await field(page, "en").fill("");
  await page.goto(address + path);
  await notice(page, "What you had typed").getByRole("button").click();
}

// A way to the platform that can be cut.
async function wire() {
  const { hostname, port } = new URL(address);
  const open = new Set();
  const server = createServer((near) => {
    const far = connect(Number(port), hostname);
    for (const [one, two] of [[near, far], [far, near]]) {
      open.add(one);
      one.pipe(two);
      one.on("error", () => two.destroy());
      one.on("close", () => (open.delete(one), two.destroy()));
    }
  });
  const listen = (at) => new Promise((resolve) => server.listen(at, hostname, resolve));
  await listen(0);
  const own = server.address().port;
  const cut = () => new Promise((resolve) => (server.close(resolve), open.forEach((socket) => socket.destroy())));
  return { address: `http://${hostname}:${own}`, cut, mend: () => listen(own) };
}

async function connectionLost(path, from) {
  const way = await wire();
  const context = await someone(browser, { language: "en", at: way.address });
  const page = await context.newPage();
  await signIn(page, OWN, path, way.address);
  await state(page, "on");
  await open(page);
  await field(page, "en").fill("typed before the connection was lost");
  await way.cut();
  await state(page, "lost");
  assert.equal(await page.locator("#live .state").innerText(), "Connection lost · trying again");
  await states(from, "Figure of an hour without a connection", "5");
  await way.mend();
  await state(page, "on");
  await shows(page, "Figure of an hour without a connection");
  assert.equal(await field(page, "en").inputValue(), "typed before the connection was lost");
  await context.close();
  await way.cut();
}

async function signedOutElsewhere(page, path) {
  await page.goto(address + path);
  await state(page, "on");
  const tab = await page.context().newPage();
  await tab.goto(address);
  await tab.getByRole("button", { name: "Sign out" }).click();
  await state(page, "out");
  assert.equal(await page.getByRole("link", { name: "Load again" }).getAttribute("href"), `/sign-in?next=${encodeURIComponent(path)}`);
  await tab.close();
}

try {
  const page = await own.newPage();
  await signIn(page, OWN);
  const path = (await pages(page)).find((path) => path.endsWith("/facts"));
  await page.goto(address + path);
  const from = await other.newPage();
  await signIn(from, OTHER, path);
  await appears(page, from);
  await page.goto(`${address}/rules`);
  await manyTabs(path);
  await page.goto(address + path);
  await drafts(page, path);
  await refused(page, path);
  await connectionLost(path, from);
  await signedOutElsewhere(page, path);
} finally {
  await browser.close();
}
console.log("what others do appears, what is typed stays");
