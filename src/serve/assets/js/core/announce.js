// What screen readers are told when the page changes without them, and the message everyone sees.

import { h } from "./dom.js";

const SHOWN_MS = 7000;

/** Says `text` politely; the same text twice is said twice. */
export function announce(text) {
  const region = document.getElementById("annonces");
  region.textContent = "";
  setTimeout(() => { region.textContent = text; }, 60);
}

/** A message that all see, and that leaves by itself, or for the next one. */
export function tell(text) {
  announce(text);
  document.querySelectorAll(".message-bref").forEach((known) => known.remove());
  show(h("div", { class: "message message-bref" }, h("p", {}, text)), SHOWN_MS);
}

/** An error: it stays until closed, and stands there once. */
export function complain(error) {
  withdraw(error);
  const box = h("div", { class: "message message-erreur", role: "alert" },
    h("div", {}, h("p", {}, h("strong", {}, error.message)), error.remedy ? h("p", {}, error.remedy) : null),
    h("button", { type: "button", class: "discret", "aria-label": "Fermer ce message", onclick: () => box.remove() }, "✕"));
  box.erreur = error.message;
  show(box, 0);
}

/** Takes back an error that is over. */
export function withdraw({ message }) {
  for (const box of document.querySelectorAll(".message-erreur")) if (box.erreur === message) box.remove();
}

/** Runs an action and shows what goes wrong; `undefined` then. */
export async function guarded(action) {
  try {
    return await action();
  } catch (error) {
    if (!("remedy" in error)) console.error(error);
    complain(error);
    return undefined;
  }
}

/** The page leaves room for its messages. */
const room = new ResizeObserver(([{ target }]) =>
  document.documentElement.style.setProperty("--messages", `${target.offsetHeight}px`));

function show(box, milliseconds) {
  const messages = document.getElementById("messages");
  room.observe(messages);
  messages.append(box);
  if (milliseconds) setTimeout(() => box.remove(), milliseconds);
}
