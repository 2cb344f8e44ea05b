// A number as French hands write it: with a comma, or a point. A browser's own field of numbers
// takes the one or the other by its language, and gives nothing for the other.

import { h } from "../core/dom.js";

/**
 * A field of text that holds a number from `min` to `max`; `act(value)` hears it after each change,
 * and `null` while what is written is no such number. `hint` says how to write one. `cleared(input)`
 * hears instead that the field was emptied, where that means something.
 */
export function decimalInput({ value, min = -Infinity, max = Infinity, hint, act = () => {}, cleared = null, ...attributes }) {
  const input = h("input", { type: "text", inputmode: "decimal", autocomplete: "off", ...attributes, value: written(value),
    oninput: () => input.setCustomValidity(""),
    onchange: () => {
      if (cleared && !input.value.trim()) {
        cleared(input);
        return;
      }
      const read = readDecimal(input.value);
      const right = read !== null && read >= min && read <= max;
      input.setCustomValidity(right ? "" : hint);
      input.reportValidity();
      act(right ? read : null);
    } });
  return input;
}

/** The number of a text; `null` for any other text. */
export function readDecimal(text) {
  const plain = text.replace(/\s/g, "").replace(",", ".");
  return /^-?(\d+\.?\d*|\.\d+)$/.test(plain) ? Number(plain) : null;
}

/** A number as it stands in a field. */
export function written(value) {
  return value === null || value === undefined ? "" : String(value).replace(".", ",");
}
