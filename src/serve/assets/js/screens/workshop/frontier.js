// What one more half-post buys: a plan per staffing level, as a chart and as a table.

import { h, put } from "../../core/dom.js";
import { get } from "../../core/api.js";
import { guarded } from "../../core/announce.js";
import { gap, number, percent, signed } from "../../core/format.js";
import { now } from "../../core/store.js";
import { run } from "../../core/follow.js";
import { lineChart } from "../../parts/chart.js";

export async function frontierBench(place) {
  const found = await get("frontiere");
  const staff = now().plan?.plan?.indicateurs?.etp ?? now().plan?.posts.reduce((total, post) => total + post.quotite, 0) ?? 0;
  put(place,
    h("h2", {}, "Ce qu'apporte un demi-poste"),
    h("p", { class: "chapeau" }, "Un plan par niveau de moyens. En dessous d'aujourd'hui, les postes vacants partent d'abord, puis ceux qui manquent le moins ; au-dessus, les postes sont placés au mieux."),
    form(staff),
    found?.points?.length ? results(found.points, staff) : h("p", { class: "doux" }, "Pas encore calculée."));
}

function form(staff) {
  const field = (name, label, value, step) => h("p", { class: "champ" }, h("label", { for: `frontiere-${name}` }, label),
    h("input", { id: `frontiere-${name}`, name, type: "number", min: "0.5", step, value: String(value), required: true, class: "court" }));
  return h("form", { class: "bloc", onsubmit: (event) => {
    event.preventDefault();
    const read = (name) => Number(new FormData(event.target).get(name));
    guarded(() => run("frontiere", "frontiere", { de: read("de"), a: read("a"), pas: read("pas") }));
  } },
  h("div", { class: "champs" }, field("de", "De (ETP)", Math.max(0.5, number5(staff - 1)), "0.1"), field("a", "À (ETP)", number5(staff + 1), "0.1"), field("pas", "Pas", 0.5, "0.1")),
  h("button", { class: "principal" }, "Calculer"));
}

function number5(value) {
  return Math.round(value * 10) / 10;
}

function results(points, staff) {
  const share = points.some((point) => Number.isFinite(point.part_couverte));
  const shown = points.map((point) => ({ x: point.etp, y: share ? point.part_couverte * 100 : point.objectif / 100, here: Math.abs(point.etp - staff) < 0.01 }));
  return h("div", { class: "etabli-deux moities" },
    h("figure", { class: "bloc" }, h("figcaption", {}, share ? "Part du besoin couverte selon les ETP" : "Valeur du plan selon les ETP (demi-journées de besoin)"),
      lineChart(shown, { xLabel: "ETP", yLabel: share ? "% du besoin" : "demi-journées", mark: "aujourd'hui" })),
    h("table", { class: "compact" },
      h("thead", {}, h("tr", {}, ["ETP", "Besoin couvert", "Valeur (demi-journées)", "Gain du pas", "Écart prouvé"].map((name) => h("th", { scope: "col", class: "n" }, name)))),
      h("tbody", {}, points.map((point, index) => h("tr", { class: shown[index].here ? "choisi" : "" },
        h("th", { scope: "row", class: "n" }, number(point.etp, 2), shown[index].here ? " (aujourd'hui)" : ""),
        h("td", { class: "n" }, percent(point.part_couverte, 1)),
        h("td", { class: "n" }, number(point.objectif / 100, 1)),
        h("td", { class: "n" }, index ? signed((point.objectif - points[index - 1].objectif) / 100, 1) : "–"),
        h("td", { class: "n" }, gap(point.ecart)))))));
}
