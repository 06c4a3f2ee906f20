// What pages do more where scripts run: they follow what others do, and keep what is typed. Everything else works without.
import htmx from "htmx.org";
import { keepDrafts } from "./drafts.js";
import { atTheAct } from "./focus.js";
import { follow } from "./live.js";

// A choice that applies at once; without scripts a button stands beside it.
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-submits]")) event.target.form.requestSubmit();
});

// A slider beside a number: each follows the other.
for (const slider of document.querySelectorAll("input[data-beside]")) {
  const number = document.getElementById(slider.dataset.beside);
  const follow = () => (slider.value = Number(number.value) || 0);
  slider.hidden = false;
  follow();
  number.addEventListener("input", follow);
  slider.addEventListener("input", () => (number.value = slider.value));
}

// One act per form: a second click waits for the answer to the first.
document.addEventListener("submit", (event) => {
  if (event.defaultPrevented) return;
  if (event.target.dataset.sent) event.preventDefault();
  else if (event.target.method === "post") event.target.dataset.sent = "yes";
});
// Back from the cache of the browser, the form may be sent again.
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

atTheAct();
if (document.body.dataset.person) {
  keepDrafts();
  follow();
}

export default htmx;
