// Niceties on top of pages that are complete without them.
"use strict";

const box = document.getElementById("q");
const marks = [...document.querySelectorAll(".sheet mark[id]")];
let current = -1;

// A browser may refuse to keep anything; then nothing is kept, and all else goes on.
const recall = (store, name) => { try { return window[store].getItem(name); } catch { return null; } };
const keep = (store, name, value) => { try { window[store].setItem(name, value); } catch { /* not kept */ } };

const typing = (target) => target.closest("input, textarea, select, [contenteditable]") !== null;

// Goes to the match before or after the present one, round the ends.
function walk(step) {
  if (marks.length === 0) return;
  const start = current < 0 && step < 0 ? 0 : current;
  const next = (start + step + marks.length) % marks.length;
  if (marks[current]) marks[current].classList.remove("now");
  current = next;
  marks[current].classList.add("now");
  marks[current].scrollIntoView({ block: "center" });
  marks[current].focus({ preventScroll: true });
  say();
}

// Says where one is among the matches, beside the keys that lead on.
function say() {
  const place = document.getElementById("match-place");
  if (place) place.textContent = `match ${current + 1} of ${marks.length}`;
}

function walker() {
  const matches = document.querySelector(".matches");
  if (!matches || marks.length === 0) return;
  const button = (text, label, step) => {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = text;
    made.setAttribute("aria-label", label);
    made.addEventListener("click", () => walk(step));
    return made;
  };
  const place = document.createElement("span");
  place.id = "match-place";
  place.setAttribute("role", "status");
  place.textContent = matches.textContent.trim();
  matches.replaceChildren(button("‹ p", "‹ p: match before", -1), place, button("n ›", "n ›: next match", 1));
}

// Single letters can be in the way of somebody who speaks to the computer, so they can be turned off.
const keysOn = () => recall("localStorage", "keys") !== "off";

function keySwitch() {
  const place = document.getElementById("keys");
  if (!place) return;
  const button = document.createElement("button");
  button.type = "button";
  const show = () => { button.textContent = keysOn() ? "Turn these keys off" : "Turn these keys on"; };
  button.addEventListener("click", () => {
    keep("localStorage", "keys", keysOn() ? "off" : "on");
    show();
  });
  show();
  place.replaceChildren(button);
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape" && event.target === box) box.blur();
  if (typing(event.target) || !keysOn()) return;
  if (event.key === "/" && box) {
    event.preventDefault();
    box.focus();
    box.select();
  }
  if (event.key === "n") walk(1);
  if (event.key === "p") walk(-1);
});

// The sheet of facets: always open beside the hits; on a phone as it was left, over several taps.
const sheet = document.getElementById("narrow");
if (sheet) {
  const wide = window.matchMedia("(min-width: 60rem)");
  const fit = () => {
    sheet.open = wide.matches || recall("sessionStorage", "narrow") === "open";
  };
  fit();
  wide.addEventListener("change", fit);
  sheet.addEventListener("toggle", () => {
    if (!wide.matches) keep("sessionStorage", "narrow", sheet.open ? "open" : "closed");
  });
  const done = sheet.querySelector(".done a");
  if (done) done.addEventListener("click", () => { if (!wide.matches) sheet.open = false; });
}

// Who is in the article: a wrong actor is disowned with one click, and taken back with another.
const decisions = document.querySelector("[data-decisions]");

async function tell(method, address, body) {
  const headers = body ? { "Content-Type": "application/json" } : {};
  const answer = await fetch(address, { method, headers, body });
  const told = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(told.detail || `the server says ${answer.status}`);
  return told;
}

function disowner(button) {
  const status = button.nextElementSibling;
  const say = (text, ...more) => status.replaceChildren(text, ...more);
  const failed = (error) => say(`That did not work: ${error.message}`);
  const undo = (number) => {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = "Undo";
    made.addEventListener("click", () => {
      tell("DELETE", `${decisions.dataset.decisions}/${number}`).then(() => {
        button.hidden = false;
        say("Taken back.");
        button.focus();
      }, failed);
    });
    return made;
  };
  button.addEventListener("click", () => {
    tell("POST", decisions.dataset.decisions, button.dataset.decide).then(({ number }) => {
      button.hidden = true;
      if (number === null) return say(`It is said already: ${button.dataset.said}.`);
      const made = undo(number);
      say(`Said: ${button.dataset.said}. `, made);
      made.focus();
    }, failed);
  });
  button.hidden = false;
}

if (decisions) {
  decisions.querySelectorAll("button[data-decide]").forEach(disowner);
  decisions.querySelectorAll(".by-hand").forEach((note) => { note.hidden = true; });
}

walker();
keySwitch();
