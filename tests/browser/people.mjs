// Officials at work, each in a browser of their own: they open pages, fill in the forms that stand there, and press the buttons. Nothing else.
import assert from "node:assert/strict";
import { address, signIn, someone } from "./browser.mjs";

// Everyone who has come so far, by "<body> <role>".
export class People {
  constructor(browser) {
    this.browser = browser;
    this.all = new Map();
  }

  async of(body, role, options = {}) {
    const name = `${body} ${role}`;
    if (!this.all.has(name)) {
      const context = await someone(this.browser, { language: "en", ...options });
      const page = await context.newPage();
      await signIn(page, `${body}-${role} ${body}`);
      this.all.set(name, new Person(name, page));
    }
    return this.all.get(name);
  }

  async leave() {
    for (const person of this.all.values()) await person.page.context().close();
  }
}

export class Person {
  constructor(name, page) {
    this.name = name;
    this.page = page;
  }

  async open(path) {
    const answer = await this.page.goto(address + path);
    assert.equal(answer.status(), 200, `${this.name}: ${path}`);
    return this.page;
  }

  // Opens a page, fills in its form and sends it. Whoever is refused fails the walk with what the page says.
  async does(path, form, fields = {}, button = "button:not([type=button])") {
    await this.open(path);
    return this.fills(form, fields, button);
  }

  async fills(form, fields = {}, button = "button:not([type=button])") {
    const where = await this.form(form);
    for (const [name, value] of Object.entries(fields)) {
      for (const each of Array.isArray(value) ? value : [value]) await this.fill(where, form, name, each);
    }
    await this.sends(where, button);
    const refusal = this.page.locator("#refusal").first();
    if (await refusal.count()) assert.fail(`${this.name}: ${form} of ${this.page.url()} is refused: ${await refusal.innerText()}`);
    assert.equal(await this.page.locator("#main").count(), 1);
    return this.page;
  }

  // As `does`, for what must be refused. Answers what the page says, and the page is still that of the form.
  async isRefused(path, form, fields = {}, button = "button:not([type=button])") {
    await this.open(path);
    const where = await this.form(form);
    for (const [name, value] of Object.entries(fields)) await this.fill(where, form, name, value);
    await this.sends(where, button);
    return this.page.locator("#refusal").first().innerText();
  }

  // The form, with whatever is folded up around it opened as a click would.
  async form(form) {
    const where = this.page.locator(`form#${form}`);
    assert.equal(await where.count(), 1, `${this.name}: ${this.page.url()} offers no form ${form}`);
    await where.evaluate((element) => {
      for (let at = element; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
      for (const inner of element.querySelectorAll("details")) inner.open = true;
    });
    return where;
  }

  async fill(where, form, name, value) {
    const controls = where.locator(`[name="${name}"]`);
    assert.ok((await controls.count()) > 0, `${this.name}: form ${form} of ${this.page.url()} has no field ${name}`);
    const kind = await controls.first().evaluate((control) => (control.tagName === "INPUT" ? control.type : control.tagName));
    if (kind === "SELECT") await controls.selectOption(value);
    else if (kind === "checkbox" || kind === "radio") await where.locator(`[name="${name}"][value="${value}"]`).check();
    else if (kind === "file") await controls.setInputFiles(value);
    else await controls.fill(value);
  }

  async sends(where, button) {
    const loaded = this.page.waitForEvent("load");
    await where.locator(button).first().click();
    await loaded;
  }
}

// What a document of a council or a letter is, as a person would choose it from their disk.
export const minutes = (text) => ({ name: "minutes.pdf", mimeType: "application/pdf", buffer: Buffer.from(`%PDF-1.7\n% ${text}`) });
