// Why an establishment is served as it is, what another choice would cost the others, and the
// cheapest change that gives it more. Each other choice can be tried.

import { h, put } from "../core/dom.js";
import { redraw } from "../core/redraw.js";
import { get } from "../core/api.js";
import { count, duration, number } from "../core/format.js";
import { lock, move } from "../model/edits.js";
import { loss } from "./effect.js";
import { dot } from "./legend.js";

/** Asks the server, and shows its answer in `place` while `alive()`; `attempt(edits)` tries a choice. */
export async function explain(unit, place, attempt, alive) {
  put(place, h("p", { class: "attente", role: "status" }, "Recherche des raisons… Pour un grand département, la première demande sur un plan prend quelques instants."));
  await ask(unit, place, attempt, alive, false);
}

async function ask(unit, place, attempt, alive, precise) {
  let parts;
  try {
    parts = await get(`expliquer/${encodeURIComponent(unit.uai)}${precise ? "?precis=1" : ""}`);
  } catch (error) {
    if (alive()) put(place, h("p", { class: "doux" }, `${error.message} ${error.remedy}`));
    return;
  }
  if (!alive()) return;
  const again = (event) => {
    event.target.textContent = "Calcul en cours, une minute au plus…";
    event.target.setAttribute("aria-disabled", "true");
    ask(unit, place, attempt, alive, true);
  };
  redraw(place, () => put(place,
    parts.map((told) => part(unit, told, parts.length > 1, attempt)),
    h("p", { class: "note" }, "Perte du département, en demi-journées de besoin couvert par semaine, à un point de priorité. Un intervalle dit ce qui est prouvé.",
      precise ? null : [" ", h("button", { type: "button", class: "petit", onclick: again }, "Resserrer les intervalles")])));
}

function part(unit, told, several, attempt) {
  const [plan, ...others] = told.sections;
  return h("div", { class: "explication" },
    several ? h("h4", {}, `Partie ${told.partie}`) : null,
    h("ul", { class: "raisons" }, plan.phrases.map((sentence) => h("li", {}, sentence))),
    told.davantage ? more(unit, told, attempt) : null,
    h("h4", {}, "Ce que coûterait un autre choix"),
    choices(unit, told, attempt),
    others.map(({ titre, phrases }) => h("details", {}, h("summary", {}, titre),
      h("ul", { class: "raisons" }, phrases.map((sentence) => h("li", {}, sentence))))));
}

/** The next way up, and what it takes. */
function more(unit, told, attempt) {
  const { libelle, redistribution, poste, etp } = told.davantage;
  const price = redistribution?.prix;
  const known = price && !price.impossible && (price.au_plus !== null || price.au_moins > 0);
  const taken = known ? `Le prendre aux autres coûterait ${loss(price.au_moins, price.au_plus)}.` : null;
  const given = poste === null ? null
    : etp > 0 ? `Sans rien prendre aux autres, il manque ${number(etp, 2)} ETP au poste ${poste}.`
      : `Le poste ${poste} en a le temps.`;
  return h("div", { class: "encart" }, h("p", {}, h("strong", {}, "Pour davantage : "), `${libelle}. `, [taken, given].filter(Boolean).join(" ")),
    price && !price.impossible
      ? h("p", {}, h("button", { type: "button", class: "petit", "aria-label": `Essayer : ${libelle}`, onclick: () => attempt([lock(unit, redistribution.modalite, redistribution.demi_journees)]) }, "Essayer"))
      : null);
}

/** Modalities and posts, the cheapest first; what no plan allows comes last. */
function choices(unit, told, attempt) {
  const modalities = told.modalites.map(({ modalite, demi_journees, libelle, prix }) => ({
    sign: dot(modalite), label: capital(libelle), prix, edit: lock(unit, modalite, demi_journees),
  }));
  const posts = told.postes.map(({ poste, residence, minutes_aller, refus, prix }) => ({
    sign: null, label: `Poste ${poste}`, about: `${residence}, à ${duration(minutes_aller)}`, refus, prix, edit: move(unit, poste),
  }));
  const list = [...modalities, ...posts].sort((a, b) => rank(a) - rank(b));
  if (!list.length) return h("p", { class: "doux" }, "Il n'y a pas d'autre choix.");
  return h("table", { class: "compact" },
    h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "Choix"), h("th", { scope: "col", class: "n" }, "Perte"))),
    h("tbody", {}, list.map((choice) => row(choice, attempt))));
}

function row({ sign, label, about, refus, prix, edit }, attempt) {
  const open = prix && !prix.impossible;
  return h("tr", {},
    h("th", { scope: "row" }, sign, label, about ? h("small", {}, about) : null, refus ? h("small", {}, refus) : null, touched(prix)),
    h("td", { class: "n" }, open ? loss(prix.au_moins, prix.au_plus) : "impossible",
      open ? h("button", { type: "button", class: "petit", "aria-label": `Essayer : ${label}`, onclick: () => attempt([edit]) }, "Essayer") : null));
}

function rank({ prix }) {
  return prix && !prix.impossible ? prix.au_plus ?? prix.au_moins ?? Infinity : Infinity;
}

/** Who else would be served otherwise. */
function touched(prix) {
  if (!prix?.effets.length) return null;
  return h("details", { class: "touches" }, h("summary", {}, count(prix.effets.length, "autre changement", "autres changements")),
    h("ul", {}, prix.effets.map(({ nom, avant, apres, poste_avant, poste_apres }) => h("li", {}, `${nom} : ${how(avant, poste_avant)} → ${how(apres, poste_apres)}`))));
}

function how(service, post) {
  return post ? `${service} (${post})` : service;
}

function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
