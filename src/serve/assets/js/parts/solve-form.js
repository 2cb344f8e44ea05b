// How long to search and how near the best to stop, then go.

import { h } from "../core/dom.js";
import { solve } from "./frame.js";

/** Seconds and gaps offered; the first of each is the usual one. */
const LIMITS = [[60, "1 minute"], [20, "20 secondes"], [300, "5 minutes"], [1800, "30 minutes"], ["", "sans limite"]];
const GAPS = [[0.001, "0,1 % du meilleur"], [0.0001, "0,01 % du meilleur"], [0.01, "1 % du meilleur"], [0, "preuve complète"]];

/** What was chosen last; it holds while the page lives. */
const chosen = { limite: String(LIMITS[0][0]), ecart: String(GAPS[0][0]) };

/** The form; `first`: there is no plan yet. */
export function solveForm(etat, first = false) {
  const errors = etat?.dossier?.erreurs ?? 0;
  return h("form", { class: "resoudre", onsubmit: (event) => {
    event.preventDefault();
    solve(chosen.limite === "" ? null : Number(chosen.limite), Number(chosen.ecart));
  } },
  errors ? h("p", { class: "encart encart-alerte" }, "Le dossier a des erreurs : ", h("a", { href: "#/tables" }, "corrigez-les d'abord"), ".") : null,
  h("div", { class: "champs" }, select("limite", "Temps au plus", LIMITS), select("ecart", "S'arrêter à", GAPS)),
  h("button", { class: "principal", disabled: errors > 0, "data-cle": "calculer" }, first ? "Calculer le plan" : "Recalculer"));
}

function select(name, label, options) {
  const id = `calcul-${name}`;
  return h("p", { class: "champ" }, h("label", { for: id }, label),
    h("select", { id, value: chosen[name], onchange: (event) => { chosen[name] = event.target.value; } },
      options.map(([value, text]) => h("option", { value }, text))));
}
