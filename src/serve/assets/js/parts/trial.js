// An edit from the wish to the plan: tried first, its effect shown, then kept or dropped.

import { h, put, focusOn } from "../core/dom.js";
import { post } from "../core/api.js";
import { announce, complain, guarded, tell } from "../core/announce.js";
import { now, refresh, setProgress } from "../core/store.js";
import { deadEnd } from "./dead-end.js";
import { brokenRules, changesTable, figuresTable } from "./effect.js";

/** What ends the search that an edit begins: an answer soon rather than the last hundredth. */
const USUAL = { limite_s: 20, ecart: 0.001 };

/**
 * Tries the edits (`{edit, label}`) and shows in `place` what they do, with the buttons that keep
 * or drop them. `onKept()` is called once they are kept, before the page is drawn anew;
 * `onOpen(uai)` opens an establishment; `onShow(uais)` hears which establishments the edits touch,
 * none once they are kept or dropped; `onGather()` puts the edits with others, where it is given.
 */
export async function tryEdits(place, edits, { onKept = () => {}, onOpen = null, onShow = null, onGather = null } = {}) {
  if (now().progress) {
    complain({ message: "Un calcul est déjà en cours.", remedy: "Arrêtez-le, ou attendez sa fin." });
    return;
  }
  place.hidden = false;
  put(place, h("p", { class: "attente" }, "Essai en cours… "));
  const effect = await guarded(async () => {
    try {
      return await compute("essayer", edits);
    } catch (error) {
      if (!error.deadEnd) throw error;
      return { deadEnd: error.deadEnd };
    }
  });
  if (effect?.deadEnd) {
    showDeadEnd(place, effect.deadEnd, edits, onKept);
  } else if (effect) {
    show(place, edits, effect, { onKept, onOpen, onShow, onGather });
  } else {
    place.hidden = true;
  }
}

/** The edits leave no plan: nothing to keep, but reasons and ways out. */
function showDeadEnd(place, reasons, edits, onKept) {
  const shown = deadEnd(reasons, edits, onKept);
  const drop = () => {
    put(place);
    place.hidden = true;
  };
  put(place, shown, h("div", { class: "rangee" }, h("button", { type: "button", onclick: drop }, several(edits, "Abandonner cette modification", "Abandonner ces modifications"))));
  focusOn(shown.querySelector("h3"));
  announce(several(edits, "Cette modification ne laisse aucun plan possible.", "Ces modifications ne laissent aucun plan possible."));
}

/** Applies the edits at once; `onKept()` comes before the page is drawn anew. */
export async function keepEdits(edits, onKept = () => {}) {
  const effect = await compute("modifier", edits);
  onKept();
  await refresh();
  return effect;
}

async function compute(route, edits) {
  setProgress({ kind: route, since: Date.now(), mine: true });
  try {
    return await post(route, { modifications: edits.map(({ edit }) => edit), ...USUAL });
  } finally {
    setProgress(null);
  }
}

function show(place, edits, effect, { onKept, onOpen, onShow, onGather }) {
  onShow?.(new Set(effect.changements.map(({ uai }) => uai)));
  const close = () => {
    onShow?.(new Set());
    put(place);
    place.hidden = true;
  };
  const title = h("h3", {}, several(edits, "Si vous gardez cette modification", "Si vous gardez ces modifications"));
  put(place, h("section", { class: "essai", "aria-label": "Effet de la modification" },
    title,
    h("ul", { class: "modifications" }, (effect.description ?? edits.map(({ label }) => label)).map((label) => h("li", {}, label))),
    effect.consequences?.length ? h("ul", {}, effect.consequences.map((sentence) => h("li", {}, sentence))) : null,
    brokenRules(effect.regles_enfreintes, edits.length),
    effect.avant && effect.apres ? figuresTable(effect.avant, effect.apres) : null,
    h("h4", {}, `Établissements touchés (${effect.changements.length})`),
    onShow && effect.changements.length ? h("p", { class: "note" }, "La carte les entoure.") : null,
    changesTable(effect.changements, { onOpen }),
    h("div", { class: "rangee" },
      h("button", { type: "button", class: "principal", onclick: () => keep(edits, onKept, close) }, "Garder"),
      h("button", { type: "button", onclick: close }, "Abandonner"),
      onGather ? h("button", { type: "button", onclick: onGather }, "Essayer avec d'autres") : null)));
  focusOn(title);
  announce(`Essai terminé. ${effect.changements.length} établissements touchés.`);
}

async function keep(edits, onKept, close) {
  const effect = await guarded(() => keepEdits(edits, onKept));
  if (!effect) return;
  close();
  tell(several(edits, "Modification gardée.", "Modifications gardées."));
}

function several(edits, one, many) {
  return edits.length < 2 ? one : many;
}
