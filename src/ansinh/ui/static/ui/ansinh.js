// SPDX-License-Identifier: MPL-2.0
// Keys for officers who work by keyboard. Nothing fires while a Vietnamese input method composes, inside a
// field, or when the officer turned single keys off (WCAG 2.1.4).
"use strict";

const OFF = "ansinh.single-keys-off";

function busy(event) {
  const target = event.target;
  const typing = target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
  return event.isComposing || event.keyCode === 229 || typing || event.ctrlKey || event.metaKey || event.altKey;
}

// j and k walk the first link of each row of a table; Enter opens it as any link.
function step(by) {
  const links = [...document.querySelectorAll("[data-rows] tbody tr > td:first-child a")];
  if (links.length === 0) return false;
  const at = links.indexOf(document.activeElement);
  const next = at === -1 ? (by > 0 ? 0 : links.length - 1) : Math.min(Math.max(at + by, 0), links.length - 1);
  links[next].focus();
  return true;
}

document.addEventListener("keydown", (event) => {
  if (busy(event) || localStorage.getItem(OFF) === "1") return;
  if (event.key === "/") {
    const search = document.querySelector("[data-search]");
    if (search) { event.preventDefault(); search.focus(); }
  } else if (event.key === "j" || event.key === "k") {
    if (step(event.key === "j" ? 1 : -1)) event.preventDefault();
  } else if (event.key === "?") {
    const help = document.getElementById("phim-tat");
    if (help && !help.open) { event.preventDefault(); help.showModal(); }
  }
});

const toggle = document.getElementById("tat-phim-tat");
if (toggle) {
  toggle.checked = localStorage.getItem(OFF) === "1";
  toggle.addEventListener("change", () => localStorage.setItem(OFF, toggle.checked ? "1" : "0"));
}

// After a refused form the summary is read out first.
document.querySelector(".error-summary")?.focus();

// Work in the background: ask how far it is every two seconds; when it is done show the page again.
for (const box of document.querySelectorAll("[data-progress]")) {
  const ask = async () => {
    try {
      const answer = await fetch(box.dataset.progress, { headers: { "X-Requested-With": "fetch" } });
      if (answer.headers.get("X-Done")) { window.location.reload(); return; }
      if (answer.ok) box.innerHTML = await answer.text();
    } catch (offline) { /* the next question may get through */ }
    window.setTimeout(ask, 2000);
  };
  window.setTimeout(ask, 2000);
}
