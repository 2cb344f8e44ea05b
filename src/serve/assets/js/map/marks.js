// The establishments on the map: one button each, its sign by modality, a ring where a post is based.

import { s } from "../core/dom.js";
import { MODALITY, SHAPE, KIND } from "../model/words.js";
import { presence } from "../core/format.js";

/** The sign of a modality, for the map and for legends. */
export function sign(modality, extra = {}) {
  const shape = SHAPE[modality];
  return s("path", { d: shape.path, class: `signe signe-${modality}${shape.hollow ? " creux" : ""}`, ...extra });
}

/** The mark of a unit at (0, 0). */
export function mark(unit, isHome) {
  const modality = unit.modality ?? "AUCUNE";
  return s("g", {
    class: `marque modalite-${modality}${isHome ? " residence" : ""}`,
    role: "button",
    tabindex: "-1",
    "aria-label": spoken(unit, isHome),
    "data-uai": unit.uai,
  },
  s("circle", { class: "cible", r: 12 }),
  isHome ? s("circle", { class: "anneau", r: 9 }) : null,
  sign(modality));
}

/** What a screen reader says of a unit. */
export function spoken(unit, isHome) {
  return [
    unit.nom,
    unit.commune,
    KIND[unit.type] ?? unit.type,
    unit.modality ? MODALITY[unit.modality].name : "sans plan",
    presence(unit.halfDays).replaceAll("\u00A0", " "),
    unit.post ? `poste ${unit.post}` : "",
    isHome ? "résidence d'un poste" : "",
    unit.changed ? "change d'assistant" : "",
  ].filter(Boolean).join(", ");
}

/** The unit nearest to `from` in the direction of an arrow key, among `{uai, x, y}`. */
export function nearestTowards(points, from, arrow) {
  const [dx, dy] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[arrow];
  let best = null;
  for (const point of points) {
    const along = (point.x - from.x) * dx + (point.y - from.y) * dy;
    const aside = Math.abs((point.x - from.x) * dy) + Math.abs((point.y - from.y) * dx);
    if (along < 1 || aside > 2 * along) continue;
    const cost = along + 2 * aside;
    if (!best || cost < best.cost) best = { cost, point };
  }
  return best?.point ?? null;
}
