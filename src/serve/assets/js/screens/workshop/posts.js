// Posts: another share of full time, another residence, one less, one more. Changes gather in a list,
// are tried together, then kept or dropped.

import { h, put, freshId } from "../../core/dom.js";
import { number, percent } from "../../core/format.js";
import { now } from "../../core/store.js";
import { go } from "../../core/router.js";
import { newPost, residence, share, withoutPost } from "../../model/edits.js";
import { located } from "../../model/plan.js";
import { wishes } from "../../model/wishes.js";
import { shortName } from "../../model/words.js";
import { decimalInput, readDecimal } from "../../parts/decimal.js";
import { bar } from "../../parts/meter.js";
import { tryEdits } from "../../parts/trial.js";

/** What a share of full time may be. */
const SHARE = { min: 0.05, max: 1, hint: "Un nombre de 0,05 à 1 : 0,8 pour 80 %." };

/** Draws the bench; the address may name the post to change. */
export function postsBench(place, [chosen]) {
  const { plan } = now();
  const basket = h("section", { class: "bloc panier", "aria-live": "polite" });
  const trial = h("div", { class: "place-essai", hidden: true });
  const wish = (key, made) => {
    if (made) wishes.set(key, made);
    else wishes.delete(key);
    fillBasket(basket, trial);
  };
  fillBasket(basket, trial);
  put(place,
    h("div", { class: "etabli-deux" },
      h("section", {}, h("h2", {}, `Postes (${plan.posts.length})`), postsTable(plan, wish, chosen)),
      h("div", { class: "colonne collante" }, basket, trial, addForm(plan, wish))));
  place.querySelector(".choisi input")?.focus();
}

function fillBasket(basket, trial) {
  const list = [...wishes];
  const drop = (key) => { wishes.delete(key); fillBasket(basket, trial); };
  put(basket, h("h2", {}, "Modifications à essayer"),
    list.length
      ? h("ul", { class: "modifications" }, list.map(([key, { label }]) => h("li", {}, label,
        h("button", { type: "button", class: "discret petit", "aria-label": `Retirer : ${label}`, onclick: () => drop(key) }, "✕"))))
      : h("p", { class: "doux" }, "Changez une quotité, retirez ou ajoutez un poste, ajoutez ce que vous essayez sur la carte : rien ne bouge avant que vous ne gardiez."),
    h("div", { class: "rangee" },
      h("button", { type: "button", class: "principal", disabled: !list.length, onclick: () => tryEdits(trial, list.map(([, made]) => made), {
        onOpen: (uai) => go("carte", uai),
        onKept: () => wishes.clear(),
      }) }, "Essayer"),
      h("button", { type: "button", disabled: !list.length, onclick: () => { wishes.clear(); fillBasket(basket, trial); } }, "Vider")));
}

function postsTable(plan, wish, chosen) {
  return h("table", { class: "postes" },
    h("thead", {}, h("tr", {}, ["Poste", "Quotité", "Résidence", h("abbr", { title: "Établissements" }, "Étab."), "Temps employé", ""].map((name) => h("th", { scope: "col" }, name || h("span", { class: "hors-ecran" }, "Action"))))),
    h("tbody", {}, plan.posts.map((post) => row(post, plan, wish, post.id === chosen))));
}

function row(post, plan, wish, chosen) {
  const used = post.week ? post.week.charge_minutes / post.week.capacite_minutes : null;
  const quotite = decimalInput({ ...SHARE, value: post.quotite, class: "court", "aria-label": `Quotité de ${post.id}`,
    act: (value) => wish(`quotite ${post.id}`, value !== null && value !== post.quotite ? share(post, value) : null) });
  return h("tr", { class: chosen ? "choisi" : "" },
    h("th", { scope: "row" }, h("a", { href: `#/carte/poste/${encodeURIComponent(post.id)}` }, post.id), post.agent ? h("small", {}, post.agent) : null),
    h("td", {}, quotite),
    h("td", {}, residenceSelect(post, plan, wish)),
    h("td", { class: "n" }, post.week ? number(post.week.nombre_etablissements) : "–"),
    h("td", {}, used === null ? "–" : h("span", { class: "couverture" }, bar(used, percent(used)), percent(used))),
    h("td", {}, h("button", { type: "button", class: "petit", "aria-label": `Retirer le poste ${post.id}`, onclick: () => wish(`sans ${post.id}`, withoutPost(post)) }, "Retirer")));
}

function residenceSelect(post, plan, wish) {
  const homes = plan.units.filter((unit) => located(unit) && unit.type !== "ECOLE");
  const home = plan.byUai.get(post.residence);
  const select = h("select", { "aria-label": `Résidence de ${post.id}`, title: home ? homeLabel(home) : null, class: "long", onchange: () => {
    const same = select.value === (post.residence ?? "");
    wish(`residence ${post.id}`, same ? null : residence(post, plan.byUai.get(select.value)));
  } }, h("option", { value: "" }, post.week?.residence_placee && plan.byUai.get(post.home) ? `à placer (${shortName(plan.byUai.get(post.home).nom)})` : "à placer"));
  // Two hundred choices in each of fifty lists: they come when the list is about to open.
  const fill = () => {
    if (select.options.length > 2) return;
    const current = select.value;
    select.append(...homes.filter((unit) => unit.uai !== current).map((unit) => h("option", { value: unit.uai }, homeLabel(unit))));
  };
  if (home) select.append(h("option", { value: home.uai, selected: true }, homeLabel(home)));
  select.addEventListener("pointerdown", fill);
  select.addEventListener("focus", fill);
  return select;
}

function homeLabel({ nom, commune }) {
  return `${shortName(nom)} (${commune})`;
}

function addForm(plan, wish) {
  const ids = { id: freshId("poste"), quotite: freshId("quotite"), bassin: freshId("bassin") };
  const taken = new Set(plan.posts.map((post) => post.id));
  let next = 1;
  while (taken.has(`N${next}`)) next += 1;
  const bassins = [...new Set(plan.units.map((unit) => unit.bassin).filter(Boolean))].sort((a, b) => a.localeCompare(b, "fr"));
  const id = h("input", { id: ids.id, type: "text", required: true, maxlength: "30", value: `N${next}` });
  const quotite = decimalInput({ ...SHARE, id: ids.quotite, value: 0.5, required: true });
  const bassin = h("select", { id: ids.bassin }, h("option", { value: "" }, "tout le département"), bassins.map((name) => h("option", { value: name }, name)));
  return h("form", { class: "bloc garde", onsubmit: (event) => {
    event.preventDefault();
    wish(`poste ${id.value}`, newPost({ id: id.value.trim(), quotite: readDecimal(quotite.value), bassin: bassin.value || null }));
  } },
  h("h2", {}, "Ajouter un poste"),
  h("div", { class: "champs" },
    h("p", { class: "champ" }, h("label", { for: ids.id }, "Nom du poste"), id),
    h("p", { class: "champ" }, h("label", { for: ids.quotite }, "Quotité"), quotite),
    h("p", { class: "champ" }, h("label", { for: ids.bassin }, "Bassin"), bassin)),
  h("p", { class: "note" }, "Sans résidence, le calcul le place au mieux."),
  h("button", {}, "Ajouter à la liste"));
}
