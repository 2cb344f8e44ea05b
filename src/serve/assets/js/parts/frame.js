// Around every screen: the steps of the work, the dossier that is open, undo and redo.

import { h, put } from "../core/dom.js";
import { redraw } from "../core/redraw.js";
import { post } from "../core/api.js";
import { guarded, tell } from "../core/announce.js";
import { prompt } from "../core/dialogs.js";
import { now, refresh, refreshEtat } from "../core/store.js";
import { run } from "../core/follow.js";

/** Screens that need a dossier, or a plan as well. */
const NEEDS = { tables: "dossier", carte: "dossier", atelier: "dossier", documents: "dossier" };

/** The links to the screens; those that cannot be of use yet say so. */
export function steps(nav, screens, current) {
  const { etat } = now();
  redraw(nav, () => put(nav, h("ul", {}, Object.entries(screens).map(([name, screen]) => {
    const open = !NEEDS[name] || etat?.dossier;
    const link = open
      ? h("a", { href: `#/${name}`, "aria-current": name === current ? "page" : null }, screen.title)
      : h("span", { class: "ferme", title: "Ouvrez d'abord un dossier" }, screen.title);
    return h("li", {}, link);
  }))));
}

/** Which dossier is open, and whether it is saved. */
export function dossierLine(line) {
  const dossier = now().etat?.dossier;
  if (!dossier) {
    put(line);
    return;
  }
  put(line, h("strong", {}, dossier.nom),
    dossier.enregistre ? null : h("button", { type: "button", class: "petit", title: "Le dossier a changé depuis le dernier enregistrement", onclick: () => saveAs() }, "Enregistrer"));
}

/** Undo and redo, each with the name of what it would do. */
export function undoButtons(group) {
  const { etat, progress } = now();
  if (!etat?.dossier || !(etat.annulable || etat.retablissable)) {
    put(group);
    return;
  }
  redraw(group, () => put(group,
    button("↶", "Annuler", etat.annulable, "annuler", progress),
    button("↷", "Rétablir", etat.retablissable, "retablir", progress)));
}

/** A button that cannot act keeps the focus: it only says so. */
function button(sign, word, label, route, progress) {
  const idle = label && !progress;
  return h("button", {
    type: "button",
    class: "discret",
    "data-cle": route,
    "aria-disabled": idle ? null : "true",
    title: label ? `${word} : ${label}` : `Rien à ${word.toLowerCase()}`,
    "aria-label": label ? `${word} : ${label}` : word,
    onclick: () => idle && guarded(() => step(route, word, label)),
  }, h("span", { "aria-hidden": "true" }, sign), h("span", { class: "mot" }, word));
}

async function step(route, word, label) {
  await post(route);
  await refresh();
  tell(`${word} : ${label}.`);
}

/** Saves the dossier in the workspace, under the name that the person gives. */
export function saveAs() {
  return guarded(async () => {
    const name = await prompt("Enregistrer le dossier", "Nom du dossier", now().etat.dossier.nom, "Enregistrer");
    if (!name) return;
    await post("enregistrer", { nom: name });
    await refreshEtat();
    tell("Dossier enregistré.");
  });
}

/** Starts the search of the plan. */
export function solve(limit, gap) {
  return guarded(() => run("resoudre", "resoudre", { limite_s: limit, ecart: gap }));
}
