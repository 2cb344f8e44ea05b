// Small bars: how full a post is, what part of a need is met. The figure always stands in words too.

import { h, s } from "../core/dom.js";

/** A bar `share` full (0 to 1, above 1 it is full and striped). */
export function bar(share, label) {
  const width = Math.max(0, Math.min(1, share || 0)) * 100;
  return s("svg", { class: `jauge${share > 1.0001 ? " depasse" : ""}`, viewBox: "0 0 100 8", width: 100, height: 8, preserveAspectRatio: "none", role: "img", "aria-label": label },
    s("rect", { class: "jauge-fond", width: 100, height: 8, rx: 2 }),
    s("rect", { class: "jauge-plein", width, height: 8, rx: 2 }));
}

/** A figure with what it measures. */
export function figure(value, label, detail = null) {
  return h("div", { class: "chiffre" }, h("dt", {}, label), h("dd", {}, h("b", {}, value), detail ? h("span", {}, detail) : null));
}
