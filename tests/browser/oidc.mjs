// Sign-in at a real OpenID Connect provider, in production: in, out, called off, by whom the register does not know, for one of several bodies; and
// whatever a liar, a thief or an old page may try.
import assert from "node:assert/strict";
import { address, launch, someone } from "./browser.mjs";
import { startProvider } from "./provider.mjs";

const issuer = process.env.INTERLOCAL_PROVIDER;
const browser = await launch();
const ours = (cookies) => cookies.filter((cookie) => cookie.name.startsWith("interlocal"));
const session = async (context) => ours(await context.cookies(address)).find((cookie) => cookie.name === "interlocal");
let provider;

// A browser in which nobody is signed in, neither here nor there.
async function fresh(language = "en") {
  const context = await someone(browser, { language });
  // The provider's own pages would get a font from elsewhere.
  await context.route((url) => !["127.0.0.1", "localhost"].includes(url.hostname), (route) => route.abort());
  return { context, page: await context.newPage() };
}

async function toProvider(page, next = "/") {
  await page.goto(`${address}/sign-in?next=${encodeURIComponent(next)}`);
  await page.getByRole("link", { name: "Sign in with your organisation's account" }).click();
}

// At the provider: says who they are and agrees, as far as they are asked.
async function vouch(page, name) {
  await page.locator('input[name="login"]').fill(name);
  await page.locator('input[name="password"]').fill("any");
  await page.getByRole("button", { name: "Sign-in" }).click();
  await page.getByRole("button", { name: "Continue" }).click();
}

async function signedIn(name, next = "/") {
  const who = await fresh();
  await toProvider(who.page, next);
  await vouch(who.page, name);
  return who;
}

// The page says so, and nobody is signed in.
async function refused({ context, page }, heading, what) {
  assert.equal(await page.getByRole("heading", { level: 1 }).innerText(), heading, what);
  assert.equal(await session(context), undefined, `${what}: nobody is signed in`);
  assert.equal(await page.getByRole("link", { name: "Sign in again" }).count(), 1, `${what}: the page leads on`);
}

async function theProviderIsAway() {
  const who = await fresh();
  await toProvider(who.page);
  await refused(who, "The sign-in server does not answer", "without a provider");
  await who.context.close();
}

async function inAndOut() {
  const { context, page } = await signedIn("seoul-delegate", "/rules");
  assert.equal(page.url(), `${address}/rules`, "one comes to where one wanted to go");
  assert.match(await page.locator(".self").innerText(), /Seoul.*Delegate/);
  const cookie = await session(context);
  assert.ok(cookie.httpOnly && cookie.sameSite === "Lax" && cookie.value.split(".").length === 2, "no token comes into the cookie of the sign-in");
  assert.ok(!ours(await context.cookies(address)).some((cookie) => cookie.name === "interlocal-flow"), "what was kept meanwhile is gone");

  await page.getByRole("button", { name: "Sign out" }).click();
  await page.waitForURL((url) => url.origin === issuer);
  assert.equal(await session(context), undefined, "signed out here before there");
  await page.getByRole("button", { name: "Yes, sign me out" }).click();
  await page.waitForURL(`${address}/sign-in**`);
  assert.deepEqual(ours(await context.cookies(`${address}/sign-out`)), []);
  await toProvider(page);
  assert.equal(await page.locator('input[name="login"]').count(), 1, "the provider asks anew who it is");
  await context.addCookies([cookie]);
  await page.goto(`${address}/cases`);
  assert.equal(new URL(page.url()).pathname, "/sign-in", "a copy of the cookie is worth nothing after signing out");
  await context.close();
}

async function overAndBack() {
  const { context, page } = await signedIn("seoul-delegate");
  await context.clearCookies({ name: "interlocal" });
  await page.goto(`${address}/rules/shapley`);
  await page.goto(`${address}/cases`);
  assert.equal(new URL(page.url()).pathname, "/sign-in", "when the sign-in is over one is led to it");
  await page.getByRole("link", { name: "Sign in with your organisation's account" }).click();
  await page.waitForURL(`${address}/cases`);
  assert.ok(await session(context), "the provider still knows them, and they come back to the page");
  await context.close();
}

async function calledOff() {
  const atSignIn = await fresh();
  await toProvider(atSignIn.page);
  await atSignIn.page.getByText("[ Cancel ]").click();
  await refused(atSignIn, "You are not signed in", "called off before saying who");
  const atConsent = await fresh();
  await toProvider(atConsent.page);
  await atConsent.page.locator('input[name="login"]').fill("seoul-delegate");
  await atConsent.page.locator('input[name="password"]').fill("any");
  await atConsent.page.getByRole("button", { name: "Sign-in" }).click();
  await atConsent.page.getByText("[ Cancel ]").click();
  await refused(atConsent, "You are not signed in", "called off before agreeing");
  await atSignIn.context.close();
  await atConsent.context.close();
}

async function whomTheRegisterDoesNotKnow() {
  for (const [name, heading] of [["nobody-at-all", "This account is not registered"], ["<b>No id!</b>", "This account is not registered"], ["retired-official", "You hold no appointment"]]) {
    const who = await signedIn(name);
    await refused(who, heading, name);
    assert.equal(await who.page.locator("main code").innerText(), name, "they are told by what name they are known");
    await who.context.close();
  }
}

async function forOneOfSeveralBodies() {
  const { context, page } = await signedIn("double-official", "/rules");
  assert.equal(await session(context), undefined, "nobody is signed in before they have chosen");
  const choices = page.locator('button[name="government"]');
  assert.deepEqual(await choices.evaluateAll((all) => all.map((each) => each.value).sort()), ["guro", "seoul"]);
  // A body at which they hold no appointment is not theirs to choose.
  await choices.first().evaluate((button) => (button.value = "gwangmyeong"));
  await choices.first().click();
  await refused({ context, page }, "You hold no appointment", "a body that was not offered");
  await page.goBack();
  await page.locator('button[name="government"][value="guro"]').click();
  assert.equal(page.url(), `${address}/rules`);
  assert.match(await page.locator(".self").innerText(), /Guro/);
  await context.close();
}

async function answersThatDoNotCount() {
  const { context, page } = await fresh();
  let callback = "";
  page.on("request", (request) => request.url().startsWith(`${address}/sign-in/callback`) && (callback = request.url()));
  await toProvider(page);
  const flow = ours(await context.cookies(address)).find((cookie) => cookie.name === "interlocal-flow");
  assert.ok(flow.httpOnly && flow.sameSite === "Lax");
  await vouch(page, "seoul-delegate");
  assert.ok(await session(context) && callback.includes("code="));
  const visits = async (what, url, heading, cookies = []) => {
    const who = await fresh();
    await who.context.addCookies(cookies);
    const answer = await who.page.goto(url);
    assert.ok(answer.status() >= 400, what);
    await refused(who, heading, what);
    assert.equal(await who.page.locator("main script").count(), 0, what);
    await who.context.close();
  };
  const stale = "This sign-in does not hold any more";
  await visits("an answer that was used, by its link alone", callback, stale);
  await visits("an answer that was used, with what the browser kept", callback, stale, [flow]);
  await visits("an answer with nothing in it", `${address}/sign-in/callback`, stale);
  await visits("an answer nobody asked for", `${address}/sign-in/callback?code=x&state=y`, stale);
  const { searchParams } = new URL(callback);
  const also = (change) => {
    const params = new URLSearchParams(searchParams);
    for (const [name, value] of Object.entries(change)) params.set(name, value);
    return `${address}/sign-in/callback?${params}`;
  };
  await visits("an answer for another sign-in", also({ state: "another" }), stale, [flow]);
  await visits("an answer of another provider", also({ iss: "https://evil.example" }), "The sign-in could not be verified", [flow]);
  await visits("an error with something to click", also({ error: "server_error", error_description: "<script>alert(1)</script>" }), "The sign-in server does not answer", [flow]);
  await visits("a kept state that was changed", callback, stale, [{ ...flow, value: flow.value.replace(/^.{4}/, "eyJz") }]);
  await context.close();
}

async function tokensThatAreNotBelieved() {
  for (const [what, lie] of Object.entries(provider.lies)) {
    provider.lie(lie);
    const who = await signedIn("seoul-delegate");
    await refused(who, "The sign-in could not be verified", `a token ${what}`);
    await who.context.close();
  }
  provider.truth();
}

async function nobodyIsLedAway() {
  for (const next of ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]) {
    const { context, page } = await fresh();
    await page.goto(`${address}/sign-in/begin?next=${encodeURIComponent(next)}`);
    await vouch(page, "seoul-delegate");
    assert.equal(page.url(), `${address}/`, next);
    await page.goto(`${address}/sign-out`);
    assert.equal(page.url(), `${address}/`, "nobody is signed out by a link");
    await context.close();
  }
}

async function newKeys() {
  await provider.renew();
  const { context } = await signedIn("seoul-delegate");
  assert.ok(await session(context), "new keys of the provider are read");
  await context.close();
}

try {
  await theProviderIsAway();
  provider = await startProvider(issuer, address);
  await fetch(`${issuer}/.well-known/openid-configuration`);
  // It is asked again soon, not at once.
  for (let away = true; away; ) {
    const { context, page } = await fresh();
    await toProvider(page);
    away = !page.url().startsWith(issuer);
    await context.close();
  }
  await inAndOut();
  await overAndBack();
  await calledOff();
  await whomTheRegisterDoesNotKnow();
  await forOneOfSeveralBodies();
  await answersThatDoNotCount();
  await tokensThatAreNotBelieved();
  await nobodyIsLedAway();
  await newKeys();
} finally {
  await browser.close();
  await provider?.stop();
}
console.log("signed in, out, and refused");
