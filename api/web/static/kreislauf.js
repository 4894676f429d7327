/* What makes pages a little easier; nothing depends on it. */
"use strict";

// What is wrong is read first, else what came of the last form: a page that is loaded announces none.
(document.getElementById("faults") ?? document.querySelector("[data-told]"))?.focus();

// A form goes out once, however often the button is pressed; after a while one may try again.
addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
  setTimeout(() => delete form.dataset.sent, 8000);
});

// Who comes back by the browser's own button may send again.
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

// What changes by itself can be held: <button type="button" data-holds="id" aria-pressed="false">.
addEventListener("click", (event) => {
  const button = event.target.closest?.("button[data-holds]");
  if (!button) return;
  const held = button.getAttribute("aria-pressed") !== "true";
  button.setAttribute("aria-pressed", String(held));
  document.getElementById(button.dataset.holds)?.toggleAttribute("data-held", held);
});

// Such buttons are of use only where this runs.
for (const button of document.querySelectorAll("button[data-holds]")) button.hidden = false;

document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.target.closest("[data-held]")) event.preventDefault();
});

// When a live page renews its part, focus, place and what was opened stay.
let place = null;

const pathTo = (element) => {
  if (element.id) return `#${CSS.escape(element.id)}`;
  const figure = element.closest("figure[id]")?.id;
  if (element.tagName === "SUMMARY" && figure) return `#${CSS.escape(figure)} summary`;
  const href = element.getAttribute("href");
  return href ? `a[href="${CSS.escape(href)}"]` : "";
};

document.addEventListener("htmx:beforeSwap", (event) => {
  const part = event.detail.target;
  if (part.id !== "live-part") return;
  const focused = document.activeElement;
  const opened = [...part.querySelectorAll("figure[id] details[open]")];
  place = {
    top: scrollY,
    focus: part.contains(focused) ? pathTo(focused) : "",
    opened: opened.map((each) => each.closest("figure").id),
    left: [...part.querySelectorAll(".scroll")].map((each) => each.scrollLeft),
  };
});

document.addEventListener("htmx:afterSettle", () => {
  const part = document.getElementById("live-part");
  if (!place || !part) return;
  for (const id of place.opened) {
    part.querySelector(`#${CSS.escape(id)} details`)?.setAttribute("open", "");
  }
  [...part.querySelectorAll(".scroll")].forEach((each, n) => {
    each.scrollLeft = place.left[n] ?? 0;
  });
  if (place.focus) part.querySelector(place.focus)?.focus({ preventScroll: true });
  scrollTo({ top: place.top, behavior: "instant" });
  place = null;
});
