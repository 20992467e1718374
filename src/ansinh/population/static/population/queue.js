// SPDX-License-Identifier: MPL-2.0
// Single keys on the verification queue. Nothing fires while a Vietnamese input method composes, inside a field,
// with a modifier, or when the officer turned single keys off. Only the card is exchanged.
"use strict";

(() => {
  const place = document.getElementById("hang-doi");
  if (!place) return;
  let sending = false;

  const card = () => place.querySelector("form[data-card]");
  const off = () => localStorage.getItem("ansinh.single-keys-off") === "1";

  function close() {
    place.querySelectorAll("[data-for]").forEach((part) => { part.hidden = true; });
    place.querySelectorAll("button[data-asks]").forEach((button) => button.classList.remove("active"));
  }

  function open(button) {
    close();
    const part = place.querySelector(`[data-for="${button.value}"]`);
    if (!part) return false;
    part.hidden = false;
    button.classList.add("active");
    card().dataset.chosen = button.value;
    part.querySelector("input").focus();
    return true;
  }

  function ready() {
    close();
    const wrong = place.querySelector("[data-wrong]");
    const chosen = card()?.dataset.chosen;
    const again = wrong && chosen ? place.querySelector(`button[data-asks][value="${chosen}"]`) : null;
    if (!again || !open(again)) place.querySelector("[data-focus]")?.focus();
  }

  async function send(form, result) {
    if (sending) return;
    sending = true;
    const body = new FormData(form);
    if (result) body.set("result", result);
    try {
      const answer = await fetch(form.action, {
        method: "POST", body, headers: { "X-Fragment": "1" }, credentials: "same-origin", redirect: "manual",
      });
      if (answer.type === "opaqueredirect" || ![200, 422].includes(answer.status)) { location.reload(); return; }
      place.innerHTML = await answer.text();
      ready();
    } catch (_lost) {
      const told = place.querySelector("[data-told]");
      if (told) told.textContent = place.dataset.lost;
    } finally {
      sending = false;
    }
  }

  place.addEventListener("submit", (event) => {
    event.preventDefault();
    const form = event.target;
    if (form.matches("[data-card]")) {
      const button = event.submitter?.name === "result" ? event.submitter : null;
      if (button?.dataset.asks && card().dataset.chosen !== button.value) { open(button); return; }
      send(form, button?.value || form.dataset.chosen);
    } else {
      send(form, null);
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
    if (typing && event.key === "Escape" && place.contains(event.target)) {
      delete card().dataset.chosen;
      close();
      place.querySelector("[data-focus]")?.focus();
      return;
    }
    if (typing && event.key === "Enter" && place.contains(event.target)) {
      event.preventDefault();
      send(card(), card().dataset.chosen);
      return;
    }
    if (typing || off() || event.repeat) return;
    const wanted = place.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
    if (!wanted) return;
    event.preventDefault();
    if (wanted.dataset.asks) open(wanted);
    else if (wanted.name === "result") send(card(), wanted.value);
    else if (wanted.form) send(wanted.form, null);
    else wanted.click();
  });

  ready();
})();
