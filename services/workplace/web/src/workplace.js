// What pages do more where scripts run: live parts. Everything else works without.
import htmx from "htmx.org";
import "htmx.org/dist/ext/hx-sse.js";

// A choice that applies at once; without scripts a button stands beside it.
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-submits]")) event.target.form.requestSubmit();
});

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

export default htmx;
