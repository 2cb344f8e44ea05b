// How long to search and how near the best to stop, then go.

import { h, freshId } from "../core/dom.js";
import { solve } from "./frame.js";

/** Seconds and gaps offered; the first of each is the usual one. */
const LIMITS = [[60, "1 minute"], [20, "20 secondes"], [300, "5 minutes"], [1800, "30 minutes"], ["", "sans limite"]];
const GAPS = [[0.001, "0,1 % du meilleur"], [0.0001, "0,01 % du meilleur"], [0.01, "1 % du meilleur"], [0, "preuve complète"]];

/** The form; `first`: there is no plan yet. */
export function solveForm(etat, first = false) {
  const limit = select("Temps au plus", LIMITS);
  const gap = select("S'arrêter à", GAPS);
  const errors = etat?.dossier?.erreurs ?? 0;
  return h("form", { class: "resoudre", onsubmit: (event) => {
    event.preventDefault();
    solve(limit.input.value === "" ? null : Number(limit.input.value), Number(gap.input.value));
  } },
  errors ? h("p", { class: "encart encart-alerte" }, "Le dossier a des erreurs : ", h("a", { href: "#/tables" }, "corrigez-les d'abord"), ".") : null,
  h("div", { class: "champs" }, limit.field, gap.field),
  h("button", { class: "principal", disabled: errors > 0 }, first ? "Calculer le plan" : "Recalculer"));
}

function select(label, options) {
  const id = freshId("choix");
  const input = h("select", { id }, options.map(([value, text]) => h("option", { value }, text)));
  return { input, field: h("p", { class: "champ" }, h("label", { for: id }, label), input) };
}
