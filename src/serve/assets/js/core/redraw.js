// Drawing a place anew under someone's hands: the focus, what is unfolded, and what is typed and not
// yet sent stay as they were. Elements are known again by `data-cle`, else by what they are called.

import { focusOn } from "./dom.js";

const FIELDS = "input, select, textarea";
const TEXTS = "input[type=text], input[type=search], input:not([type])";

// What a person has typed or chosen is theirs until they send it.
document.addEventListener("input", (event) => event.target.form?.classList.contains("garde") && (event.target.dataset.touche = ""));
document.addEventListener("submit", (event) => {
  for (const field of event.target.elements) delete field.dataset.touche;
});

/**
 * Runs `draw`, which fills `place` anew, at once or later. A focus that is lost with its element
 * goes to `otherwise()`, by default the first heading.
 */
export function redraw(place, draw, otherwise = () => place.querySelector("h1, h2, h3")) {
  const before = remember(place);
  const after = () => recall(place, before, otherwise);
  const drawing = draw();
  return drawing?.then ? drawing.then(after) : after();
}

function remember(place) {
  const focused = place.contains(document.activeElement) ? document.activeElement : null;
  return {
    focused,
    key: focused && keyed(place, focused),
    selection: focused?.matches(TEXTS) ? [focused.selectionStart, focused.selectionEnd] : null,
    unfolded: new Set([...place.querySelectorAll("details[open]")].map((details) => keyed(place, details))),
    touched: new Map([...place.querySelectorAll("[data-touche]")].map((field) => [keyed(place, field), field.value])),
  };
}

function recall(place, { focused, key, selection, unfolded, touched }, otherwise) {
  for (const details of place.querySelectorAll("details")) if (unfolded.has(keyed(place, details))) details.open = true;
  for (const field of place.querySelectorAll(FIELDS)) {
    const typed = touched.get(keyed(place, field));
    if (typed === undefined) continue;
    field.value = typed;
    field.dataset.touche = "";
  }
  if (!focused || focused.isConnected) return;
  const same = [...place.querySelectorAll(focused.tagName)].find((element) => !element.disabled && keyed(place, element) === key);
  focusOn(same ?? otherwise());
  if (same && selection) same.setSelectionRange(...selection);
}

/** What an element is called, with its rank among those of the same name. */
function keyed(place, element) {
  if (element.dataset.cle) return element.dataset.cle;
  const name = called(element);
  const same = [...place.querySelectorAll(element.tagName)].filter((other) => called(other) === name);
  return `${element.tagName} ${name} ${same.indexOf(element)}`;
}

function called(element) {
  const named = element.getAttribute("aria-label") ?? element.labels?.[0]?.textContent;
  return named ?? (element.tagName === "DETAILS" ? element.firstElementChild : element).textContent;
}
