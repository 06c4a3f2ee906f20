// Shows what has become of the page: reads it again and changes its live parts (`data-live`, with an id) where they differ. Focus, selection, scrolling
// and what is opened stay. A form in which somebody types or has typed is left alone; where it or what surrounds it has changed it says so.
import { Idiomorph } from "idiomorph";
import htmx from "htmx.org";
import { restore } from "./drafts.js";
import { rest } from "./focus.js";
import { here, notice, person, say } from "./page.js";
import { differs, giveBack, inUse, taken } from "./typed.js";

// How the page came, to tell what has changed since.
let shown = parsed(document.documentElement.outerHTML);
// Forms left alone, with the page as it was when somebody began to type.
const held = new WeakMap();

// Somebody else is signed in here by now, or nobody.
export class Elsewhere extends Error {}

// The parts that are changed, those within others left out.
export const parts = () => [...document.querySelectorAll("[data-live][id]")].filter((part) => !part.parentElement.closest("[data-live]"));

// Reads the page as it is once everything up to a position has been taken in, and shows it. Answers from which position on there is more news.
export async function refresh(position) {
  const next = await read(position);
  show(next);
  return Number(next.body.dataset.from ?? 0);
}

async function read(position) {
  const address = new URL(here, location.href);
  if (position !== undefined) address.searchParams.set("at_least", position);
  // So marked the question keeps nobody signed in.
  const answer = await fetch(address, { headers: { accept: "text/html", "x-refresh": "yes" }, cache: "no-store" });
  const next = parsed(await answer.text());
  if (next.body.dataset.person !== person) throw new Elsewhere();
  if (!answer.ok) throw new Error(`${address.pathname}: ${answer.status}`);
  return next;
}

function parsed(html) {
  return new DOMParser().parseFromString(html, "text/html");
}

function show(next) {
  const focused = document.activeElement;
  const stay = focused.closest("main") ? place(focused) : null;
  for (const part of parts()) {
    const fresh = next.getElementById(part.id);
    if (fresh) change(part, document.importNode(fresh, true), next);
  }
  document.title = next.title;
  shown = next;
  if (!focused.isConnected) rest(document.querySelector("main [data-live]"));
  // What somebody is at must not slip away from under their eyes because something has come above it.
  else if (stay !== null && stay >= 0 && stay < innerHeight) scrollBy(0, place(focused) - stay);
  document.dispatchEvent(new Event("refreshed"));
  restore(document);
}

const place = (element) => element.getBoundingClientRect().top;

function change(part, fresh, next) {
  const forms = [...part.querySelectorAll("form")];
  const used = forms.filter(inUse);
  for (const form of forms) used.includes(form) ? hold(form, next) : held.delete(form);
  // What cannot be told apart in the new page stays with all that surrounds it.
  if (used.some((form) => !form.id)) return;
  for (const form of used.filter((form) => !fresh.querySelector(`#${CSS.escape(form.id)}`))) keepPlace(form, part, fresh);
  const callbacks = {
    beforeNodeMorphed: (old) => !(old instanceof Element) || !(used.includes(old) || (old.matches("input, select, textarea") && differs(old))),
    // What is drawn here, and why a form was not taken, the server does not say again.
    beforeNodeRemoved: (old) => !(old instanceof Element && old.matches(".chart, #refusal")),
    beforeAttributeUpdated: (name, element) => !(name === "open" && element.matches("details, dialog")) && !element.matches("progress[data-run]"),
    afterNodeAdded: (added) => added instanceof Element && added.classList.add("new"),
  };
  Idiomorph.morph(part, fresh, { morphStyle: "outerHTML", ignoreActiveValue: true, callbacks });
  htmx.process(part);
}

// A form that the new page does not have gets a place there: in the nearest thing that both have.
function keepPlace(form, part, fresh) {
  let around = form.parentElement;
  while (around !== part && !(around.id && fresh.querySelector(`#${CSS.escape(around.id)}`))) around = around.parentElement;
  const home = around === part ? fresh : fresh.querySelector(`#${CSS.escape(around.id)}`);
  const stand = document.createElement("form");
  stand.id = form.id;
  home.append(stand);
}

// Leaves a form as it is, and says so in it where it has become stale.
function hold(form, next) {
  if (!held.has(form)) held.set(form, shown);
  const before = around(held.get(form), form);
  const after = around(next, form);
  if (after !== null && after === before) return;
  const name = after === null ? "gone" : "stale";
  if (form.dataset.stale === name) return;
  form.dataset.stale = name;
  const shownNotice = notice(form, name, () => anew(form));
  say(shownNotice.querySelector(".usa-alert__heading").textContent);
}

// A form with what surrounds it (up to the nearest thing with an id), as the server said it; none where there is no such form.
function around(page, form) {
  const found = form.id ? page.getElementById(form.id) : page.querySelector(`form[action="${CSS.escape(form.getAttribute("action") ?? "")}"]`);
  if (!found) return null;
  const copy = (found.parentElement.closest("[id]") ?? found).cloneNode(true);
  // Times pass and keys change without anything having happened.
  for (const passing of copy.querySelectorAll("input[type=hidden], time, .relative, .overdue, .aside, .chart")) passing.remove();
  return copy.outerHTML.replaceAll(/\s+/g, " ");
}

// The new state of a form, with what was typed. Closed, what was typed is kept as a draft.
async function anew(form) {
  const fields = taken(form);
  const next = await read();
  const fresh = next.getElementById(form.id);
  held.delete(form);
  if (!fresh) {
    const home = form.parentElement;
    form.remove();
    show(next);
    rest(home);
    return;
  }
  const renewed = document.importNode(fresh, true);
  form.replaceWith(renewed);
  htmx.process(renewed);
  show(next);
  giveBack(renewed, fields);
  rest(renewed.querySelector("input:not([type=hidden]), select, textarea") ?? renewed);
}

// What is new is marked for a moment.
document.addEventListener("animationend", (event) => event.target.classList.remove("new"));
