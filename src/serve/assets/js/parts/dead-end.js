// No plan meets every demand: which ones contradict each other, and the ways out, each tried by the
// program.

import { h } from "../core/dom.js";
import { guarded, tell } from "../core/announce.js";
import { percent } from "../core/format.js";
import { now } from "../core/store.js";
import { solve } from "./frame.js";
import { keepEdits } from "./trial.js";

/** What ends the search that a way out begins. */
const USUAL = { seconds: 60, gap: 0.001 };

/**
 * `conflit`: the demands, a sentence each; `remedes`: ways out with their edits, the cheapest first.
 * `edits` (`{edit}`) are those that led there and are not kept yet; `onKept()` is called once they are.
 */
export function deadEnd({ conflit, remedes, complet: complete }, edits = [], onKept = () => {}) {
  return h("section", { class: "encart encart-alerte impasse" },
    h("h3", {}, "Aucun plan ne respecte toutes les demandes"),
    h("p", {}, conflit.length ? "C'est prouvé. Voici celles qui se contredisent :" : "C'est prouvé. Le temps a manqué pour nommer celles qui se contredisent."),
    h("ul", {}, conflit.map((sentence) => h("li", {}, sentence))),
    h("h4", {}, remedes.length ? "Pour en sortir, du moins coûteux au plus coûteux" : "Aucune issue trouvée"),
    h("ol", {}, remedes.map((remedy) => way(remedy, edits, onKept))),
    complete ? null : h("p", { class: "note" }, "Le temps a manqué pour essayer toutes les issues : il peut y en avoir d'autres."));
}

function way({ texte, modifications, part_couverte: share }, edits, onKept) {
  return h("li", {}, `${texte} `, h("small", {}, `Un plan couvre alors ${percent(share, 1)} du besoin.`), " ",
    h("button", { type: "button", class: "petit", "aria-label": `Appliquer et calculer : ${texte}`, onclick: () => guarded(() => apply([...edits, ...modifications.map((edit) => ({ edit }))], onKept)) }, "Appliquer et calculer"));
}

/** Keeps the edits, which can be undone, and searches the plan that they make possible. */
async function apply(edits, onKept) {
  await keepEdits(edits, onKept);
  tell("Modification gardée.");
  if (!now().plan?.plan) await solve(USUAL.seconds, USUAL.gap);
}
