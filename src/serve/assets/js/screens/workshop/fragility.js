// What an empty post would cost: the posts on which the plan leans most, as bars and in words.

import { h, put } from "../../core/dom.js";
import { get } from "../../core/api.js";
import { guarded } from "../../core/announce.js";
import { number } from "../../core/format.js";
import { run } from "../../core/follow.js";
import { bar } from "../../parts/meter.js";

export async function fragilityBench(place) {
  const found = await get("fragilite");
  put(place,
    h("h2", {}, "Si un poste est vide"),
    h("p", { class: "chapeau" }, "Pour chaque poste : ce que perd le département s'il reste vide, une fois ses établissements repris au mieux par les autres."),
    h("p", {}, h("button", { type: "button", class: "principal", onclick: () => guarded(() => run("fragilite", "fragilite")) }, found ? "Calculer de nouveau" : "Calculer")),
    found?.postes?.length ? results(found.postes) : h("p", { class: "doux" }, "Pas encore calculée."));
}

function results(posts) {
  const sorted = [...posts].sort((a, b) => b.perte - a.perte);
  const most = Math.max(1, sorted[0].perte);
  return h("table", { class: "fragilite" },
    h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "Poste"), h("th", { scope: "col", class: "n" }, "Perte (demi-journées de besoin)"), h("th", { scope: "col" }, h("span", { class: "hors-ecran" }, "Part de la plus grande perte")), h("th", { scope: "col" }, "Ce qui se passe"))),
    h("tbody", {}, sorted.map((post) => h("tr", {},
      h("th", { scope: "row" }, h("a", { href: `#/carte/poste/${encodeURIComponent(post.poste)}` }, post.poste)),
      h("td", { class: "n" }, number(post.perte / 100, 1)),
      h("td", {}, bar(post.perte / most, `${number((100 * post.perte) / most)} % de la plus grande perte`)),
      h("td", {}, post.phrase ?? "")))));
}
