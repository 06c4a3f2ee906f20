// Keys on the official's own machine: making a pair, and signing an agreement with a key file. Neither ever sends a private key anywhere: the file
// field has no name, so no form carries it, and what is read from the file stays in this page. Everything here can be done without scripts too, with
// the command-line tool.
const curve = { name: "ECDSA", namedCurve: "P-256" };
// As services/signing/src/jws.rs has it: the one protected header there is, {"alg":"ES256"}.
const header = "eyJhbGciOiJFUzI1NiJ9";

const base64 = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes)));
const base64url = (bytes) => base64(bytes).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const utf8 = (text) => new TextEncoder().encode(text);

// What was said last in a place: it is said again when the page was read anew.
const last = new WeakMap();

// Shows one of the things that a place has ready to say, and hides the others.
function say(place, what) {
  last.set(place, what);
  for (const each of place.querySelectorAll("[data-says]")) each.hidden = each.dataset.says !== what;
}

function pem(bytes) {
  const lines = base64(bytes).match(/.{1,64}/g) ?? [];
  return ["-----BEGIN PRIVATE KEY-----", ...lines, "-----END PRIVATE KEY-----", ""].join("\n");
}

// The private key in a PKCS#8 PEM. It can be exported again so that its public half can be compared with those that are registered.
async function privateKey(text) {
  const [, body] = text.match(/-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\s]+)-----END PRIVATE KEY-----/) ?? [];
  const bytes = Uint8Array.from(atob((body ?? "").replaceAll(/\s/g, "")), (letter) => letter.charCodeAt(0));
  return crypto.subtle.importKey("pkcs8", bytes, curve, true, ["sign"]);
}

function download(name, text) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/x-pem-file" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

async function make(place) {
  const form = document.getElementById("register");
  const pair = await crypto.subtle.generateKey(curve, true, ["sign", "verify"]);
  const { kty, crv, x, y } = await crypto.subtle.exportKey("jwk", pair.publicKey);
  form.elements.public.value = JSON.stringify({ kty, crv, x, y }, null, 2);
  download(`${place.dataset.makesKey}-${form.elements.key.value || "key"}.pem`, pem(await crypto.subtle.exportKey("pkcs8", pair.privateKey)));
  say(place, "made");
  form.elements.key.focus();
}

// What comes of a key file: what to say, and the signature where there is one.
async function signed(file, intent, keys) {
  let key;
  try {
    key = await privateKey(await file.text());
  } catch {
    return { says: "unreadable" };
  }
  const { x, y } = await crypto.subtle.exportKey("jwk", key);
  const held = keys.find((each) => each.dataset.x === x && each.dataset.y === y);
  if (!held) return { says: "other" };
  const input = `${header}.${base64url(utf8(intent))}`;
  const signature = await crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, key, utf8(input));
  return { says: "signed", key: held.value, jws: `${header}..${base64url(signature)}` };
}

async function sign(place, field) {
  const form = document.getElementById("sign");
  const [file] = field.files;
  if (!file) return;
  const { says, key, jws } = await signed(file, place.dataset.signs, [...form.elements.key.options]);
  // Nothing of the file stays in the page.
  field.value = "";
  form.elements.jws.value = jws ?? "";
  if (key) form.elements.key.value = key;
  say(place, says);
  if (jws) form.querySelector("button").focus();
}

// Browsers give keys only to pages that came over HTTPS or from the machine itself.
function offer(place, control, happens, work) {
  const known = last.has(place);
  place.hidden = false;
  if (!globalThis.crypto?.subtle) {
    control.disabled = true;
    last.set(place, "unable");
  } else if (!known) {
    last.set(place, "");
    control.addEventListener(happens, async () => {
      try {
        await work(place, control);
      } catch {
        say(place, "unable");
      }
    });
  }
  say(place, last.get(place));
}

function offers() {
  for (const place of document.querySelectorAll("[data-makes-key]")) offer(place, place.querySelector("button"), "click", make);
  for (const place of document.querySelectorAll("[data-signs]")) offer(place, place.querySelector("input[type=file]"), "change", sign);
}

offers();
document.addEventListener("refreshed", offers);

// A private key that was pasted in place of the public one does not leave the page.
const register = document.getElementById("register");
register?.addEventListener("submit", (event) => {
  const pasted = register.elements.public.value;
  const isPrivate = pasted.includes("PRIVATE KEY") || /"d"\s*:/.test(pasted);
  say(register, isPrivate ? "private" : "");
  if (!isPrivate) return;
  event.preventDefault();
  register.elements.public.value = "";
  register.elements.public.focus();
});
