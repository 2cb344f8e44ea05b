// Named variants: keep one, take one up again, set two side by side on two maps that move together.

import { h, put } from "../../core/dom.js";
import { get, post, remove } from "../../core/api.js";
import { guarded, tell } from "../../core/announce.js";
import { confirm, prompt } from "../../core/dialogs.js";
import { count, gap, number, signed } from "../../core/format.js";
import { now, refresh, refreshEtat } from "../../core/store.js";
import { go } from "../../core/router.js";
import { MapView } from "../../map/view.js";
import { outline } from "../../map/outline.js";
import { readPlan } from "../../model/plan.js";
import { changesTable } from "../../parts/effect.js";

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
        h("small", {}, `valeur ${number(variant.objectif === null ? null : variant.objectif / 100, 1)} · écart ${gap(variant.ecart)}${now().plan?.hasCurrent ? ` · ${count(variant.changements, "changement")}` : ""}`)),
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
  const today = now().plan?.hasCurrent ? [["actuel", "Secteurs d'aujourd'hui"]] : [];
  const options = [...today, ["courant", "Plan courant"], ...variants.map(({ id, nom }) => [String(id), nom])];
  for (const side of ["a", "b"]) if (!options.some(([id]) => id === sides[side])) sides[side] = "courant";
  const select = (side, label) => h("p", { class: "champ" }, h("label", { for: `cote-${side}` }, label),
    h("select", { id: `cote-${side}`, value: sides[side], onchange: (event) => { sides[side] = event.target.value; } }, options.map(([id, name]) => h("option", { value: id }, name))));
  return h("form", { onsubmit: (event) => { event.preventDefault(); guarded(() => compare(result)); } },
    h("div", { class: "champs" }, select("a", "À gauche"), select("b", "À droite")),
    h("button", { class: "principal" }, "Mettre côte à côte"));
}

async function compare(result) {
  put(result, h("p", { class: "attente" }, "Comparaison…"));
  const query = `a=${encodeURIComponent(sides.a)}&b=${encodeURIComponent(sides.b)}`;
  let answer;
  try {
    answer = await get(`comparer?${query}`);
  } catch (error) {
    put(result);
    throw error;
  }
  const open = (uai) => go("carte", uai);
  const different = answer.etablissements.filter(({ differe }) => differe);
  const changes = different.map(({ uai, nom, services: [avant, apres] }) => ({ uai, nom, avant, apres }));
  put(result,
    h("p", {}, h("a", { href: `comparer/comparaison.html?${query}`, download: "comparaison.html", class: "bouton petit" }, "Prendre la comparaison à imprimer")),
    h("div", { class: "cote-a-cote" }, maps(answer, different, await outline())),
    h("p", { class: "note" }, "Les établissements entourés diffèrent d'un côté à l'autre."),
    h("div", { class: "etabli-deux moities" },
      h("section", {}, h("h3", {}, `Différences (${changes.length})`), changesTable(changes, { names: answer.plans, onOpen: open })),
      h("section", {}, h("h3", {}, "Indicateurs"), figures(answer))));
}

/** Two maps that move and select together. */
function maps(answer, different, rings) {
  const uais = new Set(different.map(({ uai }) => uai));
  // The second takes the colours of the first: a post has one on both sides.
  let model = null;
  const views = answer.plans.map((name, index) => {
    model = readPlan(side(answer, index), model);
    const view = new MapView({ onOpen: (uai) => views.forEach((each) => each.select(uai)), label: `Carte : ${name}` });
    view.setPlan(model);
    view.highlight(uais);
    view.setOutline(rings);
    return view;
  });
  views.forEach((view, index) => { view.moved = (frame) => views[1 - index].follow(frame); });
  return views.map((view, index) => h("figure", {}, h("figcaption", {}, answer.plans[index]), view.element));
}

/** One side of a comparison in the shape of the answer of `plan`; places are those of the plan open. */
function side({ etablissements, secteurs }, index) {
  const rows = etablissements.filter(({ services }) => services[index]?.modalite);
  const weeks = secteurs.map(({ semaines }) => semaines[index]).filter(Boolean);
  // Today's sectors have no weeks: their posts are those that serve.
  const serving = new Set(rows.map(({ services }) => services[index].poste).filter(Boolean));
  const posts = weeks.length ? weeks : [...serving].map((poste) => ({ poste, residence: now().plan.byPost.get(poste)?.home }));
  return {
    unites: now().plan.units,
    postes: posts,
    plan: {
      affectations: rows.map(({ uai, nom, services }) => ({ uai, nom, ...services[index] })),
      postes: weeks,
    },
  };
}

/** Every indicator of both sides, and what separates them. */
function figures({ plans, indicateurs }) {
  const shown = indicateurs.filter(({ valeurs }) => valeurs.some((value) => value !== null));
  return h("div", { class: "defile", tabindex: "0", role: "region", "aria-label": "Indicateurs" },
    h("table", { class: "compact" },
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "Indicateur"), plans.map((name) => h("th", { scope: "col", class: "n" }, name)), h("th", { scope: "col", class: "n" }, "Écart"))),
      h("tbody", {}, shown.map(({ nom, unite, valeurs: [a, b] }) => h("tr", {},
        h("th", { scope: "row" }, nom, unite ? h("small", {}, unite) : null),
        h("td", { class: "n" }, number(a, 2)), h("td", { class: "n" }, number(b, 2)),
        h("td", { class: "n" }, a === null || b === null ? "–" : signed(b - a, 2)))))));
}
