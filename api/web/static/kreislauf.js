/* What makes pages a little easier; nothing depends on it. */
"use strict";

// What is wrong is read first.
document.getElementById("faults")?.focus();

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
