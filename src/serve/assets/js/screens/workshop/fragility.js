// What each absence would cost, the most costly first, as bars beside their figures; and who would
// take over.

import { h, put } from "../../core/dom.js";
import { get } from "../../core/api.js";
import { run } from "../../core/follow.js";
import { guarded } from "../../core/announce.js";
import { count, duration, number } from "../../core/format.js";
import { now } from "../../core/store.js";
import { postLabel } from "../../model/plan.js";
import { service } from "../../parts/effect.js";
import { bar } from "../../parts/meter.js";

/** The gap that is good enough for each absence. */
const GAP = 0.001;

export async function fragilityBench(place) {
  const { fragilite } = await get("etudes");
  const { plan } = now();
  put(place, h("h2", {}, "Ce que coûterait chaque absence"),
    h("p", { class: "chapeau" }, "Pour chaque poste, le programme cherche le remplacement qui dérange le moins : les autres postes gardent leurs établissements et leurs modalités, leurs demi-journées peuvent baisser."),
    plan.plan
      ? h("div", { class: "rangee" }, h("button", { type: "button", class: fragilite ? "" : "principal", "data-cle": "mesurer", onclick: () => guarded(() => run("fragilite", "etudes/fragilite", { ecart: GAP })) }, fragilite ? "Mesurer de nouveau" : "Mesurer"))
      : h("p", { class: "encart" }, "Il faut d'abord un plan : ", h("a", { href: "#/carte" }, "calculez-le"), "."),
    fragilite ? table(fragilite, plan) : null);
}

function table({ postes, a_jour: current }, plan) {
  const ranked = [...postes].sort((a, b) => (b.perte ?? Infinity) - (a.perte ?? Infinity));
  const most = Math.max(...postes.map(({ perte }) => perte ?? 0), 1);
  return h("section", { class: "cadre" },
    current ? null : h("p", { class: "encart encart-avis" }, "Le plan a changé depuis : ces absences sont celles du plan d'avant."),
    h("table", { class: "fragilite" },
      h("caption", { class: "hors-ecran" }, "Postes, l'absence la plus coûteuse d'abord"),
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "Poste absent"), h("th", { scope: "col", colspan: "2" }, "Perte par semaine"), h("th", { scope: "col", class: "n" }, "Au moins"), h("th", { scope: "col" }, "Ses établissements"))),
      h("tbody", {}, ranked.map((absence) => row(absence, most, plan)))),
    h("p", { class: "note" }, "Perte en demi-journées de besoin couvert, à un point de priorité ; « au moins » : aucun remplacement de cette sorte ne perd moins, c'est prouvé."),
    h("div", { class: "rangee" },
      h("a", { class: "bouton petit", href: "etudes/documents/fragilite.html", download: "fragilite.html" }, "Page à imprimer"),
      h("a", { class: "bouton petit", href: "etudes/documents/fragilite.csv", download: "fragilite.csv" }, "Table (CSV)")));
}

function row(absence, most, plan) {
  const known = plan.byPost.get(absence.poste);
  return h("tr", {},
    h("th", { scope: "row" }, h("a", { href: `#/carte/poste/${encodeURIComponent(absence.poste)}` }, known ? postLabel(known) : absence.poste)),
    absence.perte === null
      ? h("td", { colspan: "3" }, "aucun remplacement ne respecte les décisions et les limites")
      : [h("td", {}, bar(absence.perte / most, `Perte : ${number(absence.perte, 1)}`)), h("td", { class: "n" }, number(absence.perte, 1)), h("td", { class: "n" }, number(absence.perte_min, 1))],
    h("td", {}, cover(absence)));
}

/** Who takes over, folded: the number left without a post stands in front. */
function cover({ repris, alleges, sans_poste: left, mandats_leves: lifted }) {
  return h("details", {},
    h("summary", {}, `${count(left, "établissement")} sans poste sur ${number(repris.length)}`, lifted ? ", permanences obligatoires levées" : ""),
    h("ul", {}, repris.map(relief)),
    alleges.length ? [h("p", {}, "Donnent du temps :"), h("ul", {}, alleges.map(relief))] : null);
}

function relief({ nom, avant, apres }) {
  const way = apres.minutes_aller ? ` (à ${duration(apres.minutes_aller)})` : "";
  return h("li", {}, `${nom} : `, service(avant), " → ", service(apres), way);
}
