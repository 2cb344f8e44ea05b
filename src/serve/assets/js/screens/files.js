// From files to a dossier: what each was recognised as, the few choices, what was understood.

import { h, put, focusOn } from "../core/dom.js";
import { get, post, upload } from "../core/api.js";
import { announce, guarded } from "../core/announce.js";
import { now, refresh } from "../core/store.js";
import { count, number } from "../core/format.js";
import { dropZone } from "../parts/drop-zone.js";
import { KIND, KINDS, PROFILE } from "../model/words.js";
import { TABLES, tableName } from "../model/tables.js";

const SORTS = {
  annuaire: "Annuaire de l'éducation",
  ips: "IPS et effectifs",
  rural: "Typologie rurale des communes",
  contour: "Contour du département",
  scenario: "Réglages du dossier",
  inconnu: "non reconnu",
  ...Object.fromEntries(Object.entries(TABLES).map(([code, table]) => [code, table.name])),
};

/** What has been brought so far, and the last report; they hold while the page lives. */
const brought = { files: [], report: null, wish: {} };

/** Sends files to the server and keeps what it recognised. */
export async function bring(files) {
  announce(`Lecture de ${count(files.length, "fichier")}…`);
  const answer = await upload("fichiers", files);
  brought.files = merge(brought.files, answer.fichiers);
  brought.report = null;
  announce(`${count(answer.fichiers.length, "fichier lu", "fichiers lus")}.`);
}

/** A file brought again replaces the one of the same name. */
function merge(known, fresh) {
  const names = new Set(fresh.map((file) => file.nom));
  return [...known.filter((file) => !names.has(file.nom)), ...fresh];
}

export default {
  title: "Fichiers",
  async render(root) {
    const page = h("div", { class: "page" });
    put(root, page);
    const profiles = (await guarded(() => get("profils"))) ?? [];
    const draw = () => put(page,
      h("h1", {}, "Fichiers"),
      h("p", { class: "chapeau" }, "Apportez l'Annuaire du ministère pour constituer un dossier ; les autres fichiers le complètent."),
      dropZone((files) => guarded(async () => { await bring(files); draw(); }), brought.files.length ? "Ajouter des fichiers" : "Choisir des fichiers"),
      brought.files.length ? recognised() : null,
      directory() ? settings(profiles, draw) : hint(),
      brought.report ? report() : null);
    draw();
    return {};
  },
};

function directory() {
  return brought.files.find((file) => file.sorte === "annuaire");
}

function hint() {
  if (!brought.files.length) return null;
  return h("p", { class: "encart" }, "Il manque l'Annuaire de l'éducation (data.education.gouv.fr, jeu « fr-en-annuaire-education ») pour constituer un dossier.");
}

function recognised() {
  return h("section", {}, h("h2", {}, "Ce qui a été reconnu"),
    h("table", { class: "fichiers" },
      h("thead", {}, h("tr", {}, ["Fichier", "Reconnu comme", "Lignes", "Remarque"].map((name, index) => h("th", { scope: "col", class: index === 2 ? "n" : "" }, name)))),
      h("tbody", {}, brought.files.map((file) => h("tr", { class: file.sorte === "inconnu" ? "inconnu" : "" },
        h("th", { scope: "row" }, file.nom),
        h("td", {}, h("span", { "aria-hidden": "true" }, file.sorte === "inconnu" ? "✕ " : "✓ "), SORTS[file.sorte] ?? file.sorte),
        h("td", { class: "n" }, number(file.lignes)),
        h("td", {}, file.message ?? ""))))));
}

function settings(profiles, draw) {
  const departements = directory().departements ?? [];
  const largest = [...departements].sort((a, b) => b.lignes - a.lignes)[0];
  const select = (name, options, value) => h("select", { name, id: `import-${name}`, value, required: true }, options);
  const field = (name, label, input, note) => h("p", { class: "champ" }, h("label", { for: `import-${name}` }, label), input, note ? h("small", { class: "note", id: `import-${name}-note` }, note) : null);
  const { wish } = brought;
  const text = (name, extra) => h("input", { name, id: `import-${name}`, ...extra, value: wish[name] ?? extra.value ?? "" });
  const year = new Date().getFullYear();
  const keep = ({ target }) => { wish[target.name] = target.value; };
  return h("section", {}, h("h2", {}, "Le dossier"),
    h("form", { class: "import", oninput: keep, onchange: keep, onsubmit: (event) => { event.preventDefault(); guarded(() => importNow(new FormData(event.target), draw)); } },
      h("div", { class: "champs" },
        field("departement", "Département", select("departement", departements.map(({ code, nom, lignes }) => h("option", { value: code }, `${[code, nom].filter(Boolean).join(" · ")} (${number(lignes)} lignes)`)), wish.departement ?? largest?.code)),
        field("nom", "Nom du dossier", text("nom", { type: "text", maxlength: "80", placeholder: "laisser vide : le nom du département", "aria-describedby": null })),
        field("rentree", "Rentrée", text("rentree", { type: "number", min: "2015", max: "2100", value: String(year) })),
        field("profil", "Profil du barème", select("profil", profiles.map(({ code, nom, source }) => h("option", { value: code, title: source ?? "" }, PROFILE[code] ?? nom ?? code)), wish.profil)),
        field("etp", "ETP à placer", text("etp", { type: "text", inputmode: "decimal", pattern: "[0-9]+([,.][0-9]+)?", placeholder: "45 ou 12,5" }), "Laissez vide si vous apportez un fichier des postes."),
        field("conseillers", "Conseillers techniques de bassin", text("conseillers", { type: "number", min: "0", max: "50", value: "0" }), "Ils suivent les collèges en référence.")),
      h("div", { class: "rangee" }, h("button", { class: "principal" }, "Constituer le dossier"))));
}

async function importNow(form, draw) {
  const number = (name) => (form.get(name) === "" ? undefined : Number(String(form.get(name)).replace(",", ".")));
  // What is left undefined is not sent: the server has its own defaults.
  brought.report = await post("importer", {
    departement: form.get("departement"),
    nom: String(form.get("nom")).trim() || undefined,
    rentree: number("rentree"),
    profil: form.get("profil"),
    etp: number("etp"),
    conseillers: number("conseillers"),
  });
  await refresh();
  draw();
  focusOn(document.getElementById("compris"));
}

function report() {
  const { rapport, erreurs } = brought.report;
  return h("section", { class: "compris" }, h("h2", { id: "compris" }, "Ce qui a été compris"),
    summary(now().plan),
    h("ul", { class: "compris-liste" }, (rapport ?? []).map((part) => h("li", {}, counted(part)))),
    problems("À corriger", "encart-alerte", erreurs.filter(({ gravite }) => gravite === "erreur")),
    problems("À regarder", "encart-avis", erreurs.filter(({ gravite }) => gravite !== "erreur")),
    h("div", { class: "rangee" },
      h("a", { class: "bouton", href: "#/tables" }, "Vérifier les tables"),
      now().etat?.dossier ? h("a", { class: "bouton principal", href: "#/carte" }, "Voir la carte et calculer") : null));
}

/** How many units and posts there are, by kind: what one checks first. */
function summary(plan) {
  if (!plan) return null;
  const many = (type) => plan.units.filter((unit) => (unit.membres?.length ? "RESEAU" : unit.type) === type).length;
  const kinds = Object.keys(KIND).filter(many).map((type) => count(many(type), KIND[type].replace(/^(?!EREA|REP)./, (letter) => letter.toLowerCase()), KINDS[type]));
  const free = plan.posts.filter((post) => !post.residence).length;
  return h("p", { class: "encart encart-bon" }, h("strong", {}, `${count(plan.units.length, "unité")} à servir`), ` : ${kinds.join(", ")}. `,
    h("strong", {}, count(plan.posts.length, "poste")), free ? `, dont ${number(free)} sans résidence : le calcul les placera.` : ".");
}

function problems(title, tone, list) {
  if (!list.length) return null;
  return h("div", { class: `encart ${tone}` }, h("p", {}, h("strong", {}, `${title} (${list.length})`)), h("ul", {}, list.map((each) => h("li", {}, problem(each)))));
}

function counted({ titre, nombre, conseil, exemples }) {
  const head = [nombre === null ? null : h("b", {}, `${number(nombre)} · `), titre];
  if (!exemples?.length) return head;
  return h("details", {}, h("summary", {}, head), conseil ? h("p", { class: "note" }, conseil) : null,
    h("ul", {}, exemples.map((example) => h("li", {}, example))));
}

/** A problem of the dossier, with the way to its table. */
function problem({ fichier, ligne, cause, remede }) {
  const table = String(fichier ?? "").replace(/\.\w+$/, "");
  const place = [tableName(table), ligne ? `ligne ${ligne}` : ""].filter(Boolean).join(", ");
  return [TABLES[table] ? h("a", { href: `#/tables/${table}` }, place) : place, ` : ${cause} `, h("span", { class: "doux" }, remede ?? "")];
}
