// What an edit does, before it is kept or after: figures, rules broken, who changes.

import { h } from "../core/dom.js";
import { duration, gap, number, percent, shortPresence, signed } from "../core/format.js";
import { now } from "../core/store.js";
import { MODALITY } from "../model/words.js";
import { dot } from "./legend.js";

/** What says nothing where today's sectors are unknown. */
const CHANGES = "Établissements qui changent d'assistant";
/** Figures compared: label, value, decimals, unit, and whether more is better (null: neither). */
const FIGURES = [
  ["Besoin couvert", (side) => 100 * (side.indicateurs?.couverture?.TOUS?.part_couverte ?? NaN), 2, "\u202F%", true],
  ["Demi-journées de permanence", (side) => side.indicateurs?.demi_journees, 2, "", true],
  ["Temps de route", (side) => 100 * (side.indicateurs?.part_trajet ?? NaN), 2, "\u202F%", false],
  ["Kilomètres par semaine", (side) => side.indicateurs?.km_semaine, 0, "\u00A0km", false],
  ["Équilibre des charges (sur 100)", (side) => side.indicateurs?.indice_equilibre, 1, "", true],
  [CHANGES, (side) => side.indicateurs?.changements, 0, "", false],
  ["Valeur du plan (demi-journées de besoin à 1 point)", (side) => side.objectif / 100, 1, "", true],
];

/** Figures of two sides in a table; `names` heads the columns. */
export function figuresTable(before, after, names = ["Avant", "Après"]) {
  const told = now().plan?.hasCurrent ? FIGURES : FIGURES.filter(([label]) => label !== CHANGES);
  const rows = told.filter(([, read]) => Number.isFinite(read(before)) && Number.isFinite(read(after)));
  return h("table", { class: "compact" },
    h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "Indicateur"), names.map((name) => h("th", { scope: "col", class: "n" }, name)), h("th", { scope: "col", class: "n" }, "Écart"))),
    h("tbody", {}, rows.map(([label, read, decimals, unit, more]) => {
      const [a, b] = [read(before), read(after)];
      return h("tr", {}, h("th", { scope: "row" }, label),
        h("td", { class: "n" }, number(a, decimals) + unit), h("td", { class: "n" }, number(b, decimals) + unit),
        h("td", { class: `n ${tone(b - a, decimals, more)}` }, signed(b - a, decimals)));
    }),
    gapRow(before, after)));
}

function gapRow(before, after) {
  if (!Number.isFinite(before.ecart) || !Number.isFinite(after.ecart)) return null;
  return h("tr", {}, h("th", { scope: "row" }, "Écart prouvé"), h("td", { class: "n" }, gap(before.ecart)), h("td", { class: "n" }, gap(after.ecart)), h("td", {}));
}

/** The sign says the direction; the tone only repeats it. */
function tone(difference, decimals, more) {
  if (Math.abs(difference) < 0.5 * 10 ** -decimals) return "egal";
  return difference > 0 === more ? "mieux" : "moins-bien";
}

/** The rules that so many edits alone would break, before the rest moves; or that they break none. */
export function brokenRules(sentences, many) {
  const one = many < 2;
  if (!sentences?.length) return h("p", { class: "conforme" }, one ? "Cette modification ne heurte aucune règle." : "Ces modifications ne heurtent aucune règle.");
  return h("div", { class: "encart encart-alerte" }, h("p", {}, h("strong", {}, one ? "À elle seule, elle enfreint :" : "À elles seules, elles enfreignent :")),
    h("ul", {}, sentences.map((sentence) => h("li", {}, `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}`))),
    h("p", { class: "note" }, "Le plan recalculé ci-dessous respecte de nouveau toutes les règles, en déplaçant ce qu'il faut."));
}

/** Who changes: establishment, before, after. */
export function changesTable(changes, { names = ["Avant", "Après"], onOpen = null } = {}) {
  if (!changes?.length) return h("p", { class: "doux" }, "Aucun établissement ne change.");
  return h("div", { class: "defile", tabindex: "0", role: "region", "aria-label": "Établissements qui changent" },
    h("table", { class: "compact" },
      h("thead", {}, h("tr", {}, ["Établissement", ...names].map((name) => h("th", { scope: "col" }, name)))),
      h("tbody", {}, changes.map((change) => h("tr", {},
        h("th", { scope: "row" }, onOpen ? h("button", { type: "button", class: "lien", onclick: () => onOpen(change.uai) }, change.nom) : change.nom),
        h("td", {}, service(change.avant)), h("td", {}, service(change.apres)))))));
}

/** How a unit is served, in a cell. */
export function service(how) {
  if (!how?.modalite) return h("span", { class: "doux" }, "–");
  const presence = shortPresence(how.demi_journees);
  const detail = [how.poste, how.poste && presence ? " · " : null, presence && h("span", { class: "insecable" }, presence)];
  return h("span", { class: "modalite" }, dot(how.modalite), h("span", {}, MODALITY[how.modalite].name, h("small", {}, " ", detail)));
}

/** A loss between two bounds, in half-days of need at one point; a negative one is a gain. */
export function loss(least, most) {
  const text = (halfDays) => number(halfDays, 2);
  if (least === null || least === undefined) return "–";
  // A lower bound below zero alone says nothing: no plan is known, and none is excluded.
  if (most === null || most === undefined) return least > 0 ? `au moins ${text(least)}` : "non chiffrée";
  if (text(least) === text(most)) return text(least);
  return least <= 0 && most >= 0 ? `au plus ${text(most)}` : `${text(least)} à ${text(most)}`;
}

/** Minutes of a week over those it has. */
export function weekShare(minutes, capacity) {
  return capacity ? `${duration(minutes)} sur ${duration(capacity)} (${percent(minutes / capacity)})` : duration(minutes);
}
