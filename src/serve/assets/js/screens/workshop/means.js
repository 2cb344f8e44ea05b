// What more means would buy: one plan a level, as a chart and its table.

import { h, put } from "../../core/dom.js";
import { get } from "../../core/api.js";
import { run } from "../../core/follow.js";
import { complain, guarded } from "../../core/announce.js";
import { count, gap, number, percent } from "../../core/format.js";
import { redraw } from "../../core/redraw.js";
import { now } from "../../core/store.js";
import { STATUS } from "../../model/words.js";
import { decimalInput, written } from "../../parts/decimal.js";

/** What may vary: its name, the unit of a level, and the range offered for `etp` posts in service. */
const AXES = {
  etp: { name: "Équivalents temps plein", range: (etp) => [round(Math.max(etp % 0.5, etp - 2)), round(etp + 2), 0.5] },
  changements: { name: "Changements d'assistant permis", range: () => [0, 20, 5] },
  cout_trajet: { name: "Prix d'une minute de route", range: () => [0, 4, 1] },
};
/** The program refuses more; see `studies.rs`. */
const MOST_LEVELS = 60;
/** The gap that is good enough for each plan: a range is many searches. */
const GAP = 0.001;

/** What was asked for last; it holds while the page lives. */
const asked = { axe: "etp", range: null, done: 0 };

export async function meansBench(place) {
  const studies = await get("etudes");
  asked.range ??= AXES[asked.axe].range(studies.etp);
  put(place,
    h("div", { class: "etabli-deux" },
      h("section", {}, h("h2", {}, "Ce que les moyens permettent"),
        h("p", { class: "chapeau" }, "Le programme calcule un plan par niveau, et dit ce que chaque pas rapporte : ce qu'un demi-poste de plus ou de moins changerait, ce que vaut la liberté de changer des assistants, ce que coûte la route."),
        studies.frontiere ? curve(studies.frontiere, studies.etp) : h("p", { class: "encart" }, "Rien n'est encore tracé.")),
      h("div", { class: "colonne collante" }, form(studies.etp, place))));
}

/** Shows the points found so far each time one comes. */
export function meansProgress(place) {
  const { progress } = now();
  const done = progress?.kind === "frontiere" ? progress.fait ?? 0 : 0;
  if (done !== asked.done && done) redraw(place, () => guarded(() => meansBench(place)));
  asked.done = done;
}

function form(etp, place) {
  const field = (index, label, id) => h("p", { class: "champ" }, h("label", { for: id }, label),
    decimalInput({ id, min: index === 2 ? 0.05 : 0, max: 10000, hint: index === 2 ? "Un nombre de 0,05 au moins." : "Un nombre de 0 à 10 000.", required: true, class: "court", value: asked.range[index],
      act: (value) => { asked.range[index] = value ?? NaN; } }));
  const axis = h("select", { id: "moyens-axe", value: asked.axe, onchange: (event) => {
    asked.axe = event.target.value;
    asked.range = AXES[asked.axe].range(etp);
    place.querySelectorAll("form .court").forEach((input, index) => { input.value = written(asked.range[index]); });
  } }, Object.entries(AXES).map(([code, { name }]) => h("option", { value: code }, name)));
  return h("form", { class: "bloc", onsubmit: (event) => { event.preventDefault(); guarded(trace); } },
    h("h2", {}, "Tracer"),
    h("p", { class: "champ" }, h("label", { for: "moyens-axe" }, "Ce qui varie"), axis),
    h("div", { class: "champs" }, field(0, "De", "moyens-de"), field(1, "À", "moyens-a"), field(2, "Par pas de", "moyens-pas")),
    h("p", { class: "note" }, `${number(etp, 2)} ETP sont en service. En dessous, les postes vacants partent d'abord, puis les postes à placer, puis ceux dont la perte coûte le moins ; au-dessus, s'ajoutent des postes à placer. Pour un grand département, comptez quelques minutes.`),
    h("button", { class: "principal", "data-cle": "tracer" }, "Tracer"));
}

async function trace() {
  const levels = steps(asked.range);
  if (!levels.length) {
    complain({ message: `Il faut de 1 à ${MOST_LEVELS} niveaux.`, remedy: "Changez le début, la fin ou le pas." });
    return;
  }
  await run("frontiere", "etudes/frontiere", { axe: asked.axe, niveaux: levels, ecart: GAP });
}

/** The levels of a range; none when there are too many, or when it goes backwards. */
function steps([from, to, step]) {
  const many = Math.floor((to - from) / step + 1e-9) + 1;
  if (!(step > 0) || !(many >= 1) || many > MOST_LEVELS) return [];
  return Array.from({ length: many }, (_, index) => round(from + index * step));
}

/** To the hundredth, as the program counts full-time equivalents. */
function round(value) {
  return Math.round(value * 100) / 100;
}

function curve({ axe, points, notes, a_jour: current, en_cours: partial }, etp) {
  const today = (point) => axe === "etp" && point.niveau === etp;
  const plans = points.filter(({ objectif }) => objectif !== null);
  return h("div", {},
    partial ? h("p", { class: "encart", role: "status" }, `Calcul en cours : ${count(points.length, "niveau trouvé", "niveaux trouvés")} ; leurs valeurs peuvent encore monter.`) : null,
    current ? null : h("p", { class: "encart encart-avis" }, "Le dossier a changé depuis : cette courbe est celle d'avant."),
    plans.length > 1 ? h("img", { class: "graphique", src: `etudes/documents/frontiere.svg?${Date.now()}`, width: 820, height: 420, alt: `Courbe : ${summary(axe, plans)}` }) : null,
    plans.length > 1 ? h("p", { class: "note" }, "Points et trait plein : la valeur des plans trouvés. Tirets : ce qu'aucun plan ne peut dépasser.") : null,
    h("div", { class: "defile", tabindex: "0", role: "region", "aria-label": "Plans par niveau" },
      h("table", { class: "compact" },
        h("caption", { class: "hors-ecran" }, AXES[axe].name),
        h("thead", {}, h("tr", {}, [AXES[axe].name, ...columns(axe).map(([name]) => name)].map((name) => h("th", { scope: "col", class: "n" }, name)))),
        h("tbody", {}, points.map((point) => row(axe, point, today(point)))))),
    notes.map((note) => h("p", { class: "note" }, note)),
    h("div", { class: "rangee" },
      h("a", { class: "bouton petit", href: "etudes/documents/frontiere.html", download: "frontiere.html" }, "Page à imprimer"),
      h("a", { class: "bouton petit", href: "etudes/documents/frontiere.csv", download: "frontiere.csv" }, "Table (CSV)")));
}

/** What the table shows of a point after its level: names and cells. */
function columns(axe) {
  const gain = [
    ["Apport du pas", ({ apport }) => apport === null ? "" : number(apport, 1)],
    ["Apport prouvé", ({ apport_prouve: proven }) => proven === null ? "" : between(...proven.map((value) => number(value, 1)))],
  ];
  const ofAxis = {
    etp: gain,
    changements: [...gain, ["Changent", ({ changements }) => number(changements)]],
    cout_trajet: [["Km par semaine", ({ km_semaine: km }) => number(km)]],
  };
  return [
    ["Valeur", ({ objectif }) => number(objectif / 100, 1)],
    ...ofAxis[axe],
    ["Besoin couvert", ({ part_couverte: share }) => percent(share, 1)],
    ["Écart", ({ ecart }) => gap(ecart)],
  ];
}

function row(axe, point, today) {
  const level = h("th", { scope: "row", class: "n" }, today ? h("span", { class: "etiquette" }, "aujourd'hui") : null, ` ${number(point.niveau, 2)}`);
  if (point.objectif === null) {
    return h("tr", {}, level, h("td", { colspan: String(columns(axe).length) }, point.statut === "irrealisable" ? "aucun plan ne respecte toutes les demandes" : `pas de plan (${STATUS[point.statut] ?? point.statut})`));
  }
  return h("tr", {}, level, columns(axe).map(([, cell]) => h("td", { class: "n" }, cell(point))));
}

function between(least, most) {
  return least === most ? least : `de ${least} à ${most}`;
}

/** The curve in words, for those who do not see it. */
function summary(axe, plans) {
  const [first, last] = [plans[0], plans[plans.length - 1]];
  return `${count(plans.length, "plan")}, de ${number(first.objectif / 100, 1)} demi-journées pour ${number(first.niveau, 2)} à ${number(last.objectif / 100, 1)} pour ${number(last.niveau, 2)} (${AXES[axe].name.toLowerCase()}). La table qui suit en donne les chiffres.`;
}
