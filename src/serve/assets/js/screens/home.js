// Where one starts: a dossier of the workspace, the demonstration, or files.

import { h, put } from "../core/dom.js";
import { get, post } from "../core/api.js";
import { guarded } from "../core/announce.js";
import { now, refresh } from "../core/store.js";
import { go } from "../core/router.js";
import { gap } from "../core/format.js";
import { STATUS } from "../model/words.js";
import { dropZone } from "../parts/drop-zone.js";
import { bring } from "./files.js";

export default {
  title: "Accueil",
  async render(root) {
    const { etat } = now();
    const folders = h("div", {}, h("p", { class: "attente" }, "Lecture de l'espace de travail…"));
    put(root, h("div", { class: "page accueil" },
      h("header", { class: "ouverture" },
        h("h1", {}, "Préparer la rentrée du service social"),
        h("p", {}, "Quel poste sert quels établissements, et comment : Maillage calcule une sectorisation, montre ce qu'elle vaut et écrit les documents du comité. Aucune donnée d'élève n'y entre, et rien ne quitte votre ordinateur.")),
      etat?.dossier ? resume(etat) : null,
      h("div", { class: "cartes" },
        h("section", { class: "bloc bloc-large", "aria-labelledby": "titre-fichiers" },
          h("h2", { id: "titre-fichiers" }, "Commencer avec vos fichiers"),
          dropZone((files) => guarded(async () => { await bring(files); go("fichiers"); }))),
        h("div", { class: "colonne" },
          h("section", { class: "bloc", "aria-labelledby": "titre-dossiers" }, h("h2", { id: "titre-dossiers" }, "Ouvrir un dossier"), folders),
          h("section", { class: "bloc", "aria-labelledby": "titre-demo" },
            h("h2", { id: "titre-demo" }, "Découvrir"),
            h("p", {}, "Un département inventé, de ses établissements à ses documents."),
            h("button", { type: "button", onclick: () => guarded(openDemo) }, "Essayer la démonstration")))),
      accessibility()));
    guarded(async () => put(folders, dossierList(await get("dossiers"), etat)));
    return {};
  },
};

/** What is known of it, and what is not; `docs/accessibilite.md` tells more. */
function accessibility() {
  return h("details", { class: "accessibilite" }, h("summary", {}, "Accessibilité : partiellement conforme"),
    h("p", {}, "Auto-évaluation d'après le RGAA 4.1, sans audit par un tiers. Tous les écrans passent un outil d'audit et s'utilisent au clavier ; les contrastes sont calculés ; aucun sens ne tient à la seule couleur ; la carte a son équivalent en liste, les graphiques leur table."),
    h("p", {}, "Pas encore vérifié : l'usage avec un lecteur d'écran, le balisage des PDF imprimés et les classeurs."));
}

/** The way back to the work under way. */
function resume(etat) {
  const { dossier, plan } = etat;
  const state = plan ? `Plan : ${STATUS[plan.statut] ?? plan.statut}, écart ${gap(plan.ecart)}.` : etat.plan_perime ?? "Pas encore de plan.";
  return h("section", { class: "bloc reprise", "aria-labelledby": "titre-reprise" },
    h("div", {}, h("h2", { id: "titre-reprise" }, dossier.nom),
      h("p", {}, `Rentrée ${dossier.rentree}. ${state}`)),
    h("a", { class: "bouton principal", href: "#/carte" }, "Reprendre"));
}

function dossierList(dossiers, etat) {
  if (!dossiers.length) return h("p", { class: "doux" }, `Aucun dossier dans ${etat?.espace ?? "l'espace de travail"}.`);
  return h("ul", { class: "dossiers" }, dossiers.map((dossier) => h("li", {},
    h("button", { type: "button", class: "dossier", onclick: () => guarded(() => open(dossier)) },
      h("strong", {}, dossier.nom), h("small", {}, [dossier.chemin.split(/[\\/]/).pop(), day(dossier.modifie)].filter(Boolean).join(" · "))))));
}

function day(modified) {
  const date = new Date(modified);
  return Number.isNaN(date.getTime()) ? "" : `modifié le ${date.toLocaleDateString("fr-FR", { day: "numeric", month: "long", year: "numeric" })}`;
}

async function open(dossier) {
  await post("dossiers/ouvrir", { chemin: dossier.chemin });
  await refresh();
  go("carte");
}

async function openDemo() {
  await post("demo");
  await refresh();
  go("carte");
}
