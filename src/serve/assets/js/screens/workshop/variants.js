// Named variants: keep one, take one up again, set two side by side on two maps that move together.

import { h, put } from "../../core/dom.js";
import { get, post, remove } from "../../core/api.js";
import { guarded, tell } from "../../core/announce.js";
import { confirm, prompt } from "../../core/dialogs.js";
import { gap, number } from "../../core/format.js";
import { now, refresh, refreshEtat } from "../../core/store.js";
import { go } from "../../core/router.js";
import { MapView } from "../../map/view.js";
import { readPlan } from "../../model/plan.js";
import { changesTable, figuresTable } from "../../parts/effect.js";

/** The two sides compared; they hold while the page lives. */
const sides = { a: "actuel", b: "courant" };

export async function variantsBench(place) {
  const { etat } = now();
  const result = h("div", { class: "comparaison" });
  put(place,
    h("div", { class: "etabli-tete" },
      h("section", {}, h("h2", {}, "Variantes gardées"), list(etat.variantes ?? [], place)),
      h("section", { class: "bloc" }, h("h2", {}, "Comparer"), form(etat.variantes ?? [], result))),
    result);
}

function list(variants, place) {
  return h("div", {},
    variants.length ? h("ul", { class: "variantes" }, variants.map((variant) => h("li", {},
      h("div", {}, h("strong", {}, variant.nom),
        h("small", {}, `valeur ${number(variant.objectif)} · écart ${gap(variant.ecart)} · ${number(variant.changements)} changement${variant.changements > 1 ? "s" : ""}`)),
      h("button", { type: "button", class: "petit", "aria-label": `Reprendre ${variant.nom}`, onclick: () => guarded(() => takeUp(variant)) }, "Reprendre"),
      h("button", { type: "button", class: "petit discret", "aria-label": `Supprimer ${variant.nom}`, onclick: () => guarded(() => drop(variant, place)) }, "Supprimer"))))
      : h("p", { class: "doux" }, "Aucune. Gardez le plan courant avant d'en essayer un autre."),
    h("div", { class: "rangee" }, h("button", { type: "button", disabled: !now().plan?.plan, onclick: () => guarded(() => keep(place)) }, "Garder le plan courant comme variante")));
}

async function keep(place) {
  const name = await prompt("Garder comme variante", "Nom de la variante", `Variante ${(now().etat.variantes?.length ?? 0) + 1}`, "Garder");
  if (!name) return;
  await post("variantes", { nom: name });
  await refreshEtat();
  await variantsBench(place);
}

async function drop(variant, place) {
  if (!(await confirm("Supprimer la variante", `« ${variant.nom} » sera perdue.`, "Supprimer"))) return;
  await remove(`variantes/${encodeURIComponent(variant.id)}`);
  await refreshEtat();
  await variantsBench(place);
}

async function takeUp(variant) {
  await post(`variantes/${encodeURIComponent(variant.id)}/reprendre`);
  await refresh();
  tell(`« ${variant.nom} » est le plan courant.`);
}

function form(variants, result) {
  const options = [["actuel", "Secteurs d'aujourd'hui"], ["courant", "Plan courant"], ...variants.map(({ id, nom }) => [String(id), nom])];
  for (const side of ["a", "b"]) if (!options.some(([id]) => id === sides[side])) sides[side] = "courant";
  const select = (side, label) => h("p", { class: "champ" }, h("label", { for: `cote-${side}` }, label),
    h("select", { id: `cote-${side}`, value: sides[side], onchange: (event) => { sides[side] = event.target.value; } }, options.map(([id, name]) => h("option", { value: id }, name))));
  return h("form", { onsubmit: (event) => { event.preventDefault(); guarded(() => compare(result)); } },
    h("div", { class: "champs" }, select("a", "À gauche"), select("b", "À droite")),
    h("button", { class: "principal" }, "Mettre côte à côte"));
}

async function compare(result) {
  put(result, h("p", { class: "attente" }, "Comparaison…"));
  let answer;
  try {
    answer = await get(`comparer?a=${encodeURIComponent(sides.a)}&b=${encodeURIComponent(sides.b)}`);
  } catch (error) {
    put(result);
    throw error;
  }
  const names = [answer.a.nom, answer.b.nom];
  const open = (uai) => go("carte", uai);
  put(result,
    h("div", { class: "cote-a-cote" }, maps(answer, names)),
    h("p", { class: "note" }, "Les établissements entourés diffèrent d'un côté à l'autre."),
    h("div", { class: "etabli-deux moities" },
      h("section", {}, h("h3", {}, `Différences (${answer.changements.length})`), changesTable(answer.changements, { names, onOpen: open })),
      h("section", {}, h("h3", {}, "Indicateurs"), figuresTable(answer.a, answer.b, names))));
}

function maps(answer, names) {
  const different = new Set(answer.changements.map(({ uai }) => uai));
  const views = [answer.a, answer.b].map((side, index) => {
    const view = new MapView({ onOpen: (uai) => views.forEach((each) => each.select(uai)), label: `Carte de ${names[index]}` });
    view.setPlan(readPlan(side.plan));
    view.highlight(different);
    return view;
  });
  views.forEach((view, index) => { view.moved = (frame) => views[1 - index].follow(frame); });
  return views.map((view, index) => h("figure", {}, h("figcaption", {}, names[index]), view.element));
}
