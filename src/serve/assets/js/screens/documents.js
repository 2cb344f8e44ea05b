// The documents of the plan, with or without names.

import { h, put } from "../core/dom.js";
import { get } from "../core/api.js";
import { guarded } from "../core/announce.js";
import { now } from "../core/store.js";
import { go } from "../core/router.js";
import { size } from "../core/format.js";

/** Documents in the order in which a committee needs them; others follow. */
const FAMILIES = [
  { title: "Pour le comité", note: "Ces pages s'impriment en A4. Le rapport contient la carte, l'annexe de sectorisation, les charges, la couverture et la méthode.", takes: (name) => name.endsWith(".html") },
  { title: "Classeurs", note: "Une feuille par table, avec filtres.", takes: (name) => /\.(xlsx|ods)$/.test(name) },
  { title: "Courriers", note: "Une ligne par chef d'établissement, pour le publipostage.", takes: (name) => name.startsWith("publipostage") },
  { title: "Tables", note: "Une table par fichier, pour un tableur.", takes: (name) => name === "tableaux.zip" || name.endsWith(".csv") },
  { title: "Dossier et plan", note: "Pour reprendre le travail ailleurs, ou le relire plus tard.", takes: () => true },
];

export default {
  title: "Documents",
  async render(root) {
    if (!now().etat?.dossier) {
      go("accueil");
      return {};
    }
    const page = h("div", { class: "page" });
    put(root, page);
    await draw(page);
    return { update: (what) => what === "plan" && guarded(() => draw(page)) };
  },
};

async function draw(page) {
  const plan = now().plan?.plan;
  if (!plan) {
    put(page, h("h1", {}, "Documents"), h("p", { class: "encart" }, "Il faut d'abord un plan : ", h("a", { href: "#/carte" }, "calculez-le"), "."));
    return;
  }
  const documents = await get("documents");
  const nameless = h("input", { type: "checkbox", id: "sans-noms", onchange: () => fill() });
  const lists = h("div", { class: "familles" });
  const fill = () => put(lists, families(documents, nameless.checked));
  fill();
  put(page, h("h1", {}, "Documents"),
    h("p", { class: "chapeau" }, `${plan.dossier}. Chaque document porte la date, le dossier, le barème, l'écart et l'empreinte des fichiers.`),
    h("p", { class: "encart" }, nameless, h("label", { for: "sans-noms" }, " Sans les noms des agents"),
      h("small", { class: "note" }, "Un poste et sa résidence désignent pourtant encore une personne : ne publiez pas plus largement que nécessaire.")),
    lists);
}

function families(documents, nameless) {
  const left = [...documents];
  return FAMILIES.map((family) => {
    const own = left.filter(({ nom }) => family.takes(nom));
    for (const item of own) left.splice(left.indexOf(item), 1);
    if (!own.length) return null;
    return h("section", { class: "bloc" }, h("h2", {}, family.title), h("p", { class: "note" }, family.note),
      h("ul", { class: "documents" }, own.map((item) => h("li", {}, link(item, nameless)))));
  });
}

function link({ nom, libelle, taille }, nameless) {
  const address = `documents/${encodeURIComponent(nom)}${nameless ? "?sans_noms=1" : ""}`;
  const detail = [nom, taille ? size(taille) : ""].filter(Boolean).join(" · ");
  return [
    h("a", { href: address, download: nom, class: "document" }, h("strong", {}, libelle ?? nom), h("small", {}, detail)),
    nom.endsWith(".html") ? h("a", { href: `${address}${nameless ? "&" : "?"}voir=1`, target: "_blank", rel: "noopener", class: "bouton petit" }, "Lire et imprimer", h("span", { class: "hors-ecran" }, " (nouvel onglet)")) : null,
  ];
}
