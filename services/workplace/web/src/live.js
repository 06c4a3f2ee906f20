// Follows what others do, so that it appears without reload. All tabs of one person share one connection: a browser has only six to a host.
//
// Whoever holds the lock listens and tells the others. A tab that nobody looks at gives the lock away and hears nothing; looked at again it catches up.
import { person, say } from "./page.js";
import { Elsewhere, parts, refresh } from "./refresh.js";

// Nothing for so long means that the connection is lost: the server says something every ten seconds.
const SILENCE = 25_000;
const SOON = 250;
const LONGEST_WAIT = 15_000;
const KEPT = 200;

const channel = new BroadcastChannel(`interlocal live ${person}`);
const mark = document.getElementById("live");
const own = document.getElementById("case-head")?.dataset.case;

// The page shows what has happened before this position; unknown at first on a ledger on which nothing has happened for long.
let shownTo = Number.parseInt(document.body.dataset.from, 10);
// What has happened before this position was heard.
let heardTo = shownTo;
// Up to where the page is to be read.
let wanted;
let reading = false;
// This tab wants to listen, or does: how to stop it, and how to end a wait.
let listening = null;
// What was heard since this tab listens, for tabs that come later.
let heardHere = null;
let state = "";

// Begins to follow, where the page has something that changes.
export function follow() {
  // What stands in the bar goes along; it is no reason to listen.
  if (!parts().some((part) => part.closest("main"))) return;
  channel.addEventListener("message", ({ data }) => heard(data));
  document.addEventListener("visibilitychange", () => (document.hidden ? pause() : begin()));
  addEventListener("pagehide", pause);
  addEventListener("pageshow", (event) => event.persisted && begin());
  addEventListener("online", () => listening?.hurry());
  if (!document.hidden) begin();
}

async function begin() {
  if (listening) return;
  const stop = new AbortController();
  listening = { stop, hurry: () => {} };
  if (wanted !== undefined) show(wanted);
  channel.postMessage({ join: true });
  if (!navigator.locks) return lead(stop.signal);
  try {
    await navigator.locks.request(channel.name, { signal: stop.signal }, () => lead(stop.signal));
  } catch (error) {
    if (error.name !== "AbortError") throw error;
  }
}

function pause() {
  listening?.stop.abort();
  listening = null;
}

// Listens until this tab is left, and begins again whenever the connection breaks.
async function lead(stop) {
  let wait = SOON;
  heardHere = null;
  while (!stop.aborted) {
    try {
      await listen(stop, () => (wait = SOON));
    } catch (error) {
      if (error instanceof Elsewhere) return;
    }
    if (stop.aborted) return;
    // The server ends a stream now and then; only a connection that does not come back at once is lost.
    if (wait > SOON) tell({ state: "lost" });
    await new Promise((resolve) => {
      listening.hurry = resolve;
      setTimeout(resolve, wait * (0.75 + Math.random() / 2));
      stop.addEventListener("abort", resolve, { once: true });
    });
    wait = Math.min(wait * 2, LONGEST_WAIT);
  }
}

async function listen(stop, opened) {
  const address = new URL("/api/v1/live/changes", location.href);
  if (!Number.isNaN(heardTo)) address.searchParams.set("from", heardTo);
  address.searchParams.set("lang", document.documentElement.lang);
  const broken = new AbortController();
  let watch = setTimeout(() => broken.abort(), SILENCE);
  try {
    const signal = AbortSignal.any([stop, broken.signal]);
    const answer = await fetch(address, { headers: { accept: "text/event-stream" }, cache: "no-store", signal });
    if (answer.status === 401) elsewhere("out");
    if (!answer.ok) throw new Error(String(answer.status));
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    let begun = "";
    for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read()) {
      clearTimeout(watch);
      watch = setTimeout(() => broken.abort(), SILENCE);
      const events = (begun + value).split("\n\n");
      begun = events.pop();
      for (const event of events) took(event, opened);
    }
  } finally {
    clearTimeout(watch);
  }
}

// One event as it comes: lines `event: …` and `data: …`.
function took(lines, opened) {
  const field = (name) => lines.split("\n").find((line) => line.startsWith(`${name}:`))?.slice(name.length + 1).trim();
  const data = field("data");
  switch (field("event")) {
    case "open": {
      const { person: listener, from } = JSON.parse(data);
      if (listener !== person) elsewhere("other");
      heardHere ??= { from, changes: [] };
      if (Number.isNaN(heardTo)) shownTo = heardTo = from;
      opened();
      tell({ state: "on" });
      break;
    }
    case "change": {
      const change = JSON.parse(data);
      heardHere.changes.push(change);
      if (heardHere.changes.length > KEPT) heardHere.from = heardHere.changes.shift().position + 1;
      tell({ change });
      break;
    }
    case "progress":
      tell({ progress: JSON.parse(data) });
      break;
    case "end":
      if (data === "unauthenticated") elsewhere("out");
  }
}

function elsewhere(now) {
  tell({ state: now });
  throw new Elsewhere();
}

// To all tabs, this one too.
function tell(message) {
  channel.postMessage(message);
  heard(message);
}

function heard({ state: now, change, progress, join, behind }) {
  if (now) stand(now);
  if (change) changed(change);
  if (progress) went(progress);
  // The others have heard only what came after this page was made, perhaps with a gap between.
  if (behind && !(behind.from <= shownTo)) show(behind.to);
  if (join && heardHere) {
    channel.postMessage({ state, behind: { from: heardHere.from, to: heardTo - 1 } });
    for (const each of heardHere.changes) channel.postMessage({ change: each });
  }
}

function changed({ position, case: of, said }) {
  if (!(position < heardTo)) heardTo = position + 1;
  if (position < shownTo || (own && of !== own)) return;
  mark.querySelector(".latest").textContent = said;
  say(said);
  show(position);
}

// Reads the page up to a position. What comes meanwhile is read with the next.
async function show(position) {
  wanted = Math.max(wanted ?? 0, position);
  if (reading || document.hidden) return;
  reading = true;
  for (let tries = 0; wanted !== undefined && tries < 5; tries += 1) {
    const upTo = wanted;
    try {
      shownTo = Math.max(await refresh(upTo), upTo + 1);
      if (wanted === upTo) wanted = undefined;
      tries = 0;
    } catch (error) {
      if (error instanceof Elsewhere) {
        stand("other");
        break;
      }
      // A part of the platform lags behind or does not answer: once more, later.
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
  }
  reading = false;
}

function went({ run, done, of }) {
  for (const bar of document.querySelectorAll(`progress[data-run="${CSS.escape(run)}"]`)) {
    bar.max = of;
    bar.value = done;
    const said = bar.parentElement.querySelector(".quiet");
    if (said) said.textContent = `${done} / ${of}`;
  }
}

// Says whether the page follows.
function stand(now) {
  if (now === state) return;
  if (state || now !== "on") say(mark.dataset[now]);
  state = now;
  mark.hidden = false;
  mark.dataset.state = now;
  mark.querySelector(".state").textContent = mark.dataset[now];
  mark.querySelector("a").hidden = now !== "out" && now !== "other";
}
