// Builders of elements. Text from the server only ever becomes text nodes, never markup.

const SVG = "http://www.w3.org/2000/svg";

/**
 * An HTML element. `attributes`: `on*` are listeners, `class`, `aria-*` and the like are
 * attributes, `value`, `checked`, `disabled`... properties; `null` and `false` leave one out.
 * Children: nodes, text, arrays of them; `null` and `false` are skipped.
 */
export function h(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/** The same in the SVG namespace. */
export function s(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

/** Replaces the content of `element`. */
export function put(element, ...children) {
  element.replaceChildren(...nodes(children));
  return element;
}

/** A number for `id`, `for` and `aria-*` that point at one another. */
let serial = 0;
export function freshId(stem) {
  serial += 1;
  return `${stem}-${serial}`;
}

/** Moves the focus to `element`, which need not be in the tab order. */
export function focusOn(element) {
  if (!element) return;
  if (!element.hasAttribute("tabindex") && !element.matches("a, button, input, select, textarea, summary")) {
    element.setAttribute("tabindex", "-1");
  }
  element.focus();
}

/** Calls `action` once the calls have stopped for `delay` milliseconds. */
export function debounce(delay, action) {
  let timer = 0;
  return (...args) => {
    clearTimeout(timer);
    timer = setTimeout(() => action(...args), delay);
  };
}

const PROPERTIES = new Set(["value", "checked", "disabled", "hidden", "selected", "required", "multiple", "open", "readOnly"]);

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (PROPERTIES.has(name)) element[name] = value;
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...nodes(children));
  // A select takes its value from its options, which come after its attributes.
  if (element.tagName === "SELECT" && attributes.value !== undefined && attributes.value !== null) {
    element.value = attributes.value;
  }
  return element;
}

function nodes(children) {
  const shown = children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false);
  return shown.map((child) => (typeof child === "string" ? french(child) : child));
}

/** No line begins with a sign that French sets apart by a space. */
function french(text) {
  return text.replace(/ (?=[:;?!»])/g, "\u00A0").replace(/« /g, "«\u00A0");
}
