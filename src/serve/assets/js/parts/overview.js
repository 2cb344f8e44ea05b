// The plan in figures: how good it is, what it gives, and the sectors one by one.

import { h } from "../core/dom.js";
import { count, duration, gap, number, percent } from "../core/format.js";
import { MODALITIES, MODALITY, STATUS } from "../model/words.js";
import { sectorLabel } from "../model/plan.js";
import { bar, figure } from "./meter.js";
import { deadEnd } from "./dead-end.js";
import { dot } from "./legend.js";
import { solveForm } from "./solve-form.js";

/** The panel without a selection. */
export function overview(model, etat) {
  if (!model.plan) return withoutPlan(model, etat);
  const { plan } = model;
  return h("div", {},
    h("h2", {}, "Le plan"),
    proof(plan),
    figures(plan, model.hasCurrent),
    modalities(plan),
    warnings(plan),
    h("details", { class: "recalcul" }, h("summary", {}, "Recalculer le plan"), solveForm(etat)),
    h("h3", {}, `Secteurs (${model.posts.filter((post) => post.members.length).length})`),
    sectors(model));
}

/** How the computation ended and what it proves. */
export function proof(plan) {
  const sure = plan.statut === "optimal" || plan.statut === "ecart_atteint";
  return h("div", { class: `encart ${sure ? "encart-bon" : "encart-alerte"}` },
    h("p", {}, h("strong", {}, sentence(STATUS[plan.statut] ?? plan.statut))),
    byLevels(plan) ? h("p", {}, "Les niveaux ont été cherchés l'un après l'autre ; le rapport donne la preuve de chacun.") :
    plan.ecart > 0 ? h("p", {}, `Aucun autre plan ne peut valoir ${gap(plan.ecart)} de plus.`) : null);
}

const byLevels = (plan) => plan.niveaux.some((level) => Number.isFinite(level.borne));

/** The figures of the plan as a list. */
export function figures(plan, hasCurrent) {
  const { indicateurs } = plan;
  const all = indicateurs.couverture?.TOUS;
  return h("dl", { class: "chiffres" },
    figure(percent(all?.part_couverte, 1), "besoin couvert", "pondéré par les points"),
    figure(number(indicateurs.demi_journees, 1), "demi-journées de permanence", `pour un besoin de ${number(indicateurs.besoin, 1)}`),
    figure(number(indicateurs.etp, 2), "ETP en service", `${number(indicateurs.eleves_par_etp)} élèves par ETP`),
    figure(percent(indicateurs.part_trajet, 1), "du temps sur la route", `${number(indicateurs.km_semaine)} km par semaine`),
    figure(`${number(indicateurs.indice_equilibre, 0)}/100`, "équilibre des charges"),
    figure(hasCurrent ? number(indicateurs.changements) : "–", "changements", hasCurrent ? "par rapport à aujourd'hui" : "secteurs actuels inconnus"));
}

function modalities(plan) {
  const many = plan.indicateurs.modalites;
  return h("ul", { class: "modalites" }, MODALITIES.filter((code) => many[code]).map((code) =>
    h("li", {}, dot(code), h("b", {}, number(many[code])), ` ${many[code] > 1 ? MODALITY[code].plural : MODALITY[code].name.toLowerCase()}`)));
}

function warnings(plan) {
  if (!plan.avertissements?.length) return null;
  return h("details", {}, h("summary", {}, `Ce qu'il faut savoir (${plan.avertissements.length})`),
    h("ul", {}, plan.avertissements.map((text) => h("li", {}, text))));
}

function sectors(model) {
  return h("ul", { class: "secteurs-liste" }, model.posts.filter((post) => post.members.length).map((post) => {
    const { week } = post;
    const share = week ? week.charge_minutes / week.capacite_minutes : 0;
    return h("li", {}, h("a", { href: `#/carte/poste/${encodeURIComponent(post.id)}`, class: `secteur-lien secteur-${post.sector}` },
      h("span", { class: "secteur-nom" }, sectorLabel(post)),
      h("small", {}, `${count(week?.nombre_etablissements ?? post.members.length, "établissement")} · route ${duration(week?.trajet_minutes ?? 0)}`),
      bar(share, `Temps employé : ${percent(share)}`)));
  }));
}

function withoutPlan(model, etat) {
  return h("div", {},
    h("h2", {}, etat.impasse ? "Pas de plan possible" : etat.plan_perime ? "Plan à recalculer" : "Pas encore de plan"),
    etat.impasse ? deadEnd(etat.impasse) : null,
    etat.plan_perime ? h("p", { class: "encart encart-avis" }, etat.plan_perime) : null,
    h("p", {}, `${count(model.units.length, "établissement")} et ${count(model.posts.length, "poste")} sont prêts. Le calcul cherche qui sert quel établissement, et comment.`),
    solveForm(etat, true));
}

function sentence(text) {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
