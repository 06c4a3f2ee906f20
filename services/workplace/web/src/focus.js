// After an act the focus is where it was done, so that whoever does not see the page is not sent back to its top.

export function atTheAct() {
  const came = performance.getEntriesByType("navigation")[0]?.type;
  if (came !== "navigate" || !new URLSearchParams(location.search).has("at_least")) return;
  // The form may be gone with the act; then the room in which it was done.
  const place = document.getElementById(decodeURIComponent(location.hash.slice(1))) ?? document.getElementById("room") ?? document.getElementById("main");
  rest(place);
}

// Puts the focus on something that is no control.
export function rest(place) {
  if (!place) return;
  if (!place.matches("a[href], button, input, select, textarea, summary, [tabindex]")) place.tabIndex = -1;
  place.focus({ preventScroll: place.id !== location.hash.slice(1) });
}
