// What is typed into a form and not sent yet survives reload and sign-out: it is kept in this browser, locked with a secret that only the person who
// typed it gets from the server (AES-GCM; the name under which it is kept tells nothing either). It goes when the act is done.
//
// Left out: passwords, files, hidden fields (the form's key among them), and forms marked data-no-draft. A form needs an id.
import { drafts as secret, here, notice, person } from "./page.js";
import { giveBack, inUse, taken } from "./typed.js";

const PREFIX = "draft.";
const KEPT_DAYS = 30;
const SENT = "sent";

const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)));

let key;
// Writes to one form's draft, one after the other.
const writes = new Map();

// Begins to keep drafts, and gives back what was kept for this page. Where the browser has no cryptography (a plain address that is not this very
// machine) nothing is kept: rather lost than open to the next person.
export async function keepDrafts() {
  if (!secret || !globalThis.crypto?.subtle) return;
  key = crypto.subtle.importKey("raw", bytes(secret), "AES-GCM", false, ["encrypt", "decrypt"]);
  document.addEventListener("input", (event) => keep(event.target.form));
  document.addEventListener("change", (event) => keep(event.target.form));
  document.addEventListener("reset", (event) => setTimeout(() => keep(event.target)));
  document.addEventListener("submit", (event) => event.defaultPrevented || sent(event.target));
  done();
  tidy();
  await restore(document);
}

const drafted = (form) => form?.id && form.method === "post" && form.dataset.noDraft === undefined;

const names = new WeakMap();

async function name(form) {
  if (!names.has(form)) names.set(form, await hidden(form));
  return names.get(form);
}

async function hidden(form) {
  const whole = new TextEncoder().encode([secret, person, here, form.id].join("\n"));
  return PREFIX + text(await crypto.subtle.digest("SHA-256", whole));
}

async function keep(form) {
  if (!drafted(form)) return;
  const fields = taken(form);
  const place = await name(form);
  const write = (writes.get(place) ?? Promise.resolve()).then(async () => {
    if (fields.length === 0) return localStorage.removeItem(place);
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const plain = new TextEncoder().encode(JSON.stringify(fields));
    const locked = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await key, plain);
    try {
      localStorage.setItem(place, JSON.stringify({ at: Date.now(), iv: text(iv), locked: text(locked) }));
    } catch {
      // The browser's room is full: what is typed is still in the form.
    }
  });
  writes.set(place, write);
  await write;
}

async function kept(form) {
  const found = localStorage.getItem(await name(form));
  if (found === null) return null;
  try {
    const { iv, locked } = JSON.parse(found);
    const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: bytes(iv) }, await key, bytes(locked));
    return JSON.parse(new TextDecoder().decode(plain));
  } catch {
    return null;
  }
}

// Gives back what was kept for forms that nobody is typing into.
export async function restore(root) {
  if (!key) return;
  for (const form of [...root.querySelectorAll("form[id]")].filter((form) => drafted(form) && !inUse(form))) {
    const fields = await kept(form);
    if (!fields?.length || inUse(form) || !giveBack(form, fields)) continue;
    for (let inside = form.closest("details"); inside; inside = inside.parentElement.closest("details")) inside.open = true;
    const shown = notice(form, "draft", async () => {
      form.reset();
      shown.remove();
      localStorage.removeItem(await name(form));
      form.querySelector("input:not([type=hidden]), select, textarea")?.focus();
    });
  }
}

// A form is on its way. Its draft goes when an answer shows a newer act of this browser tab, and stays when none comes.
function sent(form) {
  // Whatever was typed has a name by now.
  if (names.has(form)) sessionStorage.setItem(SENT, JSON.stringify({ place: names.get(form), since: position() }));
}

function done() {
  const mark = JSON.parse(sessionStorage.getItem(SENT) ?? "null");
  if (mark && position() > mark.since) {
    localStorage.removeItem(mark.place);
    sessionStorage.removeItem(SENT);
  }
}

// The act whose outcome this page shows; the server puts it into the address of the page after an act.
const position = () => Number(new URLSearchParams(location.search).get("at_least") ?? -1);

function tidy() {
  const oldest = Date.now() - KEPT_DAYS * 24 * 3600 * 1000;
  for (const place of Object.keys(localStorage).filter((place) => place.startsWith(PREFIX))) {
    let at = 0;
    try {
      ({ at } = JSON.parse(localStorage.getItem(place)));
    } catch {
      // Not ours, or broken: it goes.
    }
    if (!(at >= oldest)) localStorage.removeItem(place);
  }
}
