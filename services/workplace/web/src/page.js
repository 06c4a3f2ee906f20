// What the page says of itself: who looks, at what, and the places for words.

const { person, here, drafts } = document.body.dataset;

// Who is signed in, as "<official> <government>"; the address of the page, also where it came as the answer to a form; and the secret of drafts.
export { drafts, here, person };

// Says something to whoever does not see the page.
export function say(text) {
  const place = document.getElementById("said");
  // The same words twice are two messages.
  if (place) place.textContent = place.textContent === text ? `${text}\u00a0` : text;
}

// Puts a notice (`<template id="…-notice">`) at the head of a form; its button does `act`, and says what became of it.
export function notice(form, name, act) {
  form.querySelector(":scope > .aside")?.remove();
  const shown = document.getElementById(`${name}-notice`).content.firstElementChild.cloneNode(true);
  const button = shown.querySelector("button");
  button.addEventListener("click", async () => {
    await act();
    if (button.dataset.done) say(button.dataset.done);
  });
  form.prepend(shown);
  return shown;
}
