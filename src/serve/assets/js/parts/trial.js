// An edit from the wish to the plan: tried first, its effect shown, then kept or dropped.

import { h, put, focusOn } from "../core/dom.js";
import { post } from "../core/api.js";
import { announce, complain, guarded, tell } from "../core/announce.js";
import { now, refresh, setProgress } from "../core/store.js";
import { brokenRules, changesTable, figuresTable } from "./effect.js";

/**
 * Tries the edits (`{edit, label}`) and shows in `place` what they do, with the buttons that keep
 * or drop them. `onDone(kept)` is called after either; `onOpen(uai)` opens an establishment.
 */
export async function tryEdits(place, edits, { onDone = () => {}, onOpen = null } = {}) {
  if (now().progress) {
    complain({ message: "Un calcul est déjà en cours.", remedy: "Arrêtez-le, ou attendez sa fin." });
    return;
  }
  place.hidden = false;
  put(place, h("p", { class: "attente" }, "Essai en cours… "));
  const effect = await guarded(() => compute("essayer", edits));
  if (!effect) {
    place.hidden = true;
    onDone(false);
    return;
  }
  show(place, edits, effect, { onDone, onOpen });
}

/** Applies the edits at once. */
export async function keepEdits(edits) {
  const effect = await compute("modifier", edits);
  await refresh();
  return effect;
}

async function compute(route, edits) {
  setProgress({ kind: route, since: Date.now() });
  try {
    return await post(route, { modifications: edits.map(({ edit }) => edit) });
  } finally {
    setProgress(null);
  }
}

function show(place, edits, effect, { onDone, onOpen }) {
  const close = (kept) => {
    put(place);
    place.hidden = true;
    onDone(kept);
  };
  const title = h("h3", {}, "Si vous gardez cette modification");
  put(place, h("section", { class: "essai", "aria-label": "Effet de la modification" },
    title,
    h("ul", { class: "modifications" }, (effect.description ?? edits.map(({ label }) => label)).map((label) => h("li", {}, label))),
    effect.consequences?.length ? h("ul", {}, effect.consequences.map((sentence) => h("li", {}, sentence))) : null,
    brokenRules(effect.regles_enfreintes),
    effect.avant && effect.apres ? figuresTable(effect.avant, effect.apres) : null,
    h("h4", {}, `Établissements touchés (${effect.changements.length})`),
    changesTable(effect.changements, { onOpen }),
    h("div", { class: "rangee" },
      h("button", { type: "button", class: "principal", onclick: () => keep(edits, close) }, "Garder"),
      h("button", { type: "button", onclick: () => close(false) }, "Abandonner"))));
  focusOn(title);
  announce(`Essai terminé. ${effect.changements.length} établissements touchés.`);
}

async function keep(edits, close) {
  const effect = await guarded(() => keepEdits(edits));
  if (!effect) return;
  close(true);
  tell("Modification gardée.");
}
