// One post: its week, its establishments.

import { h } from "../core/dom.js";
import { number, percent, shortPresence, duration } from "../core/format.js";
import { postLabel } from "../model/plan.js";
import { MODALITY } from "../model/words.js";
import { bar } from "./meter.js";
import { weekShare } from "./effect.js";
import { dot } from "./legend.js";

/** The panel of a post. */
export function postPanel(post, model, { back, openUnit }) {
  const home = model.byUai.get(post.home);
  return h("div", {},
    h("button", { type: "button", class: "discret retour", onclick: back }, "← Tout le plan"),
    h("p", { class: "surtitre" }, `Poste à ${percent(post.quotite)}`),
    h("h2", {}, postLabel(post)),
    post.week ? week(post.week) : null,
    h("p", {}, "Résidence : ", home ? h("button", { type: "button", class: "lien", onclick: () => openUnit(home.uai) }, home.nom) : "à placer", post.week?.residence_placee ? " (proposée par le calcul)" : ""),
    h("h3", {}, `Établissements (${post.members.length})`),
    h("ul", { class: "membres" }, post.members.map((unit) => h("li", {},
      h("button", { type: "button", class: "membre", onclick: () => openUnit(unit.uai) },
        dot(unit.modality), h("span", {}, unit.nom, h("small", {}, `${unit.commune} · ${unit.halfDays ? shortPresence(unit.halfDays) : MODALITY[unit.modality].name}${unit.row?.minutes_aller ? ` · ${duration(unit.row.minutes_aller)}` : ""}`)))))),
    h("p", {}, h("a", { href: `#/atelier/postes/${encodeURIComponent(post.id)}` }, "Changer la quotité ou la résidence dans l'atelier")));
}

function week(figures) {
  const share = figures.charge_minutes / figures.capacite_minutes;
  const rows = [
    ["Temps employé", [bar(share, percent(share)), weekShare(figures.charge_minutes, figures.capacite_minutes)]],
    ["Permanences", `${number(figures.demi_journees, 2)} demi-journées par semaine`],
    ["Route", `${duration(figures.trajet_minutes)} et ${number(figures.km_semaine)} km par semaine`],
    ["Besoin porté", `${number(figures.besoin_porte, 1)} demi-journées (cible ${number(figures.cible_equite, 1)})`],
    ["Élèves", number(figures.eleves_portes)],
  ];
  return h("dl", { class: "donnees" }, rows.map(([name, value]) => [h("dt", {}, name), h("dd", {}, value)]));
}
