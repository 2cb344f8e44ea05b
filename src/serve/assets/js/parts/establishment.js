// One establishment: its data, how it is served and why, what else would cost, what to do about it.

import { h } from "../core/dom.js";
import { duration, number, percent, presence } from "../core/format.js";
import { CATEGORY, KIND, MODALITY } from "../model/words.js";
import { service } from "./effect.js";
import { explain } from "./explanation.js";
import { dot } from "./legend.js";
import { bar } from "./meter.js";
import { go } from "../core/router.js";
import { wishes } from "../model/wishes.js";
import { actions } from "./unit-actions.js";
import { tryEdits } from "./trial.js";
import { share } from "./unit-list.js";

/** The panel: `{element, leave}`; `leave` gives up what is still being asked of the server. */
export function establishment(unit, model, { back, openUnit, ring }) {
  let alive = true;
  const trial = h("div", { class: "place-essai", hidden: true });
  const why = h("div");
  const attempt = (edits) => {
    trial.scrollIntoView({ block: "nearest" });
    return tryEdits(trial, edits, { onOpen: openUnit, onShow: ring, onGather: () => gather(edits) });
  };
  const element = h("div", {},
    h("button", { type: "button", class: "discret retour", onclick: back }, "← Tout le plan"),
    h("p", { class: "surtitre" }, [KIND[unit.type] ?? unit.type, unit.commune].filter(Boolean).join(" · ")),
    h("h2", {}, unit.nom),
    served(unit, model),
    trial,
    model.plan ? h("section", {}, h("h3", {}, "Pourquoi"), why) : null,
    h("section", {}, h("h3", {}, "Agir"), actions(unit, model, attempt)),
    h("section", {}, h("h3", {}, "Données"), data(unit)));
  if (model.plan) explain(unit, why, attempt, () => alive);
  return { element, leave: () => { alive = false; } };
}

/** Puts the edits with those of the workshop, to be tried together. */
function gather(edits) {
  for (const made of edits) wishes.set(made.label, made);
  go("atelier", "postes");
}

function served(unit, model) {
  if (!unit.modality) return h("p", { class: "encart" }, "Pas encore de plan.");
  const post = model.byPost.get(unit.post);
  return h("div", { class: "servi" },
    h("p", { class: "servi-modalite" }, dot(unit.modality), h("strong", {}, MODALITY[unit.modality].name), unit.halfDays ? ` · ${presence(unit.halfDays)}` : ""),
    h("p", {}, MODALITY[unit.modality].meaning),
    post ? h("p", {}, "Poste ", h("a", { href: `#/carte/poste/${encodeURIComponent(post.id)}` }, post.id), way(unit, post)) : null,
    unit.row?.bassin_conseiller ? h("p", {}, `Suivi par le CTSS du bassin ${unit.row.bassin_conseiller}.`) : null,
    unit.motif_non_servi ? h("p", {}, unit.motif_non_servi) : null,
    coverage(unit),
    unit.before ? h("p", { class: unit.changed ? "change" : "doux" }, unit.changed ? "Change d'assistant. Aujourd'hui : " : "Aujourd'hui : ", service(readBefore(unit.before))) : null);
}

function way(unit, post) {
  if (unit.uai === post.home) return ", dont c'est la résidence";
  return unit.row.minutes_aller ? `, à ${duration(unit.row.minutes_aller)} de sa résidence` : ", à quelques pas de sa résidence";
}

function readBefore(before) {
  return { modalite: before.modalite, demi_journees: Number(before.demi_journees) || 0, poste: before.poste };
}

function coverage(unit) {
  const part = share(unit);
  if (part === null) return null;
  return h("p", { class: "couverture" }, bar(part, `Besoin couvert : ${percent(part)}`), `${percent(part)} du besoin couvert`);
}

function data(unit) {
  const rows = [
    ["UAI", unit.uai],
    ["Élèves", number(unit.effectif)],
    ["IPS", number(unit.ips, 1)],
    ["Besoin", unit.besoin ? `${number(unit.besoin, 2)} demi-journées par semaine` : "–"],
    ["Points de priorité", number(unit.points, 1)],
    ["Bassin", unit.bassin || "–"],
    ["Catégories", unit.codes.length ? unit.codes.map((code) => CATEGORY[code] ?? code).join(", ") : "aucune"],
  ];
  return h("dl", { class: "donnees" }, rows.map(([name, value]) => [h("dt", {}, name), h("dd", {}, value)]));
}
