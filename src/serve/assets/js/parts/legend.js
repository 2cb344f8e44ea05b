// The sign of a modality with its name, wherever the page shows one outside the map.

import { h, s } from "../core/dom.js";
import { sign } from "../map/marks.js";
import { MODALITY } from "../model/words.js";

/** The sign alone; its meaning must stand beside it in words. */
export function dot(modality) {
  return s("svg", { class: "puce", viewBox: "-7 -7 14 14", width: 16, height: 16, "aria-hidden": "true" }, sign(modality));
}

/** Sign and name. */
export function modalityTag(modality) {
  if (!modality) return h("span", { class: "doux" }, "sans plan");
  return h("span", { class: "modalite" }, dot(modality), MODALITY[modality].name);
}

/** What the lines and areas of the map mean. */
export function mapKey() {
  const item = (drawing, text) => h("li", {}, s("svg", { viewBox: "0 0 34 16", width: 34, height: 16, "aria-hidden": "true" }, drawing), text);
  const line = (extra) => s("line", { x1: 2, y1: 8, x2: 32, y2: 8, class: `trajet secteur-0 ${extra}` });
  return h("details", { class: "cle-carte" }, h("summary", {}, "Légende"),
    h("ul", {},
      item(s("circle", { cx: 17, cy: 8, r: 6.5, class: "anneau" }), "résidence d'un poste"),
      item(s("path", { d: "M6 3H28Q32 8 28 13H6Q2 8 6 3Z", class: "secteur secteur-0" }), "secteur d'un poste"),
      item(line(""), "trajet vers une permanence"),
      item(line("a-la-demande"), "à la demande (pôle, premier degré)"),
      item(s("path", { d: "M4 3H30V13H4Z", class: "bassin" }), "bassin")));
}
