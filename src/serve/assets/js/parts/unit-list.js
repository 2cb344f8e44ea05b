// The establishments as a table that sorts: the same as the map, for eyes and ears that prefer words.

import { h, put } from "../core/dom.js";
import { number, percent, plain, shortPresence } from "../core/format.js";
import { SHORT_KIND } from "../model/words.js";
import { modalityTag } from "./legend.js";

const COLUMNS = [
  { name: "Établissement", key: (unit) => plain(unit.nom), cell: (unit, open) => h("button", { type: "button", class: "lien", onclick: () => open(unit.uai) }, unit.nom), head: true },
  { name: "Commune", key: (unit) => plain(unit.commune), cell: (unit) => unit.commune },
  { name: "Type", key: (unit) => unit.type, cell: (unit) => SHORT_KIND[unit.type] ?? unit.type },
  { name: "Catégories", key: (unit) => unit.codes.join(" "), cell: (unit) => unit.codes.join(", ") },
  { name: "Élèves", key: (unit) => unit.effectif ?? 0, cell: (unit) => number(unit.effectif), number: true },
  { name: "Besoin", key: (unit) => unit.besoin ?? 0, cell: (unit) => number(unit.besoin, 1), number: true },
  { name: "Modalité", key: (unit) => `${unit.modality ?? ""}${String(100 - unit.halfDays * 4).padStart(3, "0")}`, cell: (unit) => [modalityTag(unit.modality), unit.halfDays ? h("small", { class: "sous" }, shortPresence(unit.halfDays)) : null] },
  { name: "Couvert", key: share, cell: (unit) => percent(share(unit)), number: true },
  { name: "Poste", key: (unit) => unit.post ?? "", cell: (unit) => (unit.post ? h("a", { href: `#/carte/poste/${encodeURIComponent(unit.post)}` }, unit.post) : "–") },
];

/** The order chosen last; it holds while the page lives. */
const order = { column: 0, down: false };

/** The table; `open(uai)` opens an establishment. */
export function unitList(units, model, open) {
  const body = h("tbody");
  const heads = COLUMNS.map((column, index) => h("th", { scope: "col", class: column.number ? "n" : "" },
    h("button", { type: "button", class: "tri", onclick: () => sortBy(index) }, column.name)));
  const fill = () => {
    heads.forEach((head, index) => {
      if (index === order.column) head.setAttribute("aria-sort", order.down ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    });
    put(body, sorted(units).map((unit) => row(unit, open)));
  };
  const sortBy = (index) => {
    order.down = order.column === index && !order.down;
    order.column = index;
    fill();
  };
  fill();
  return h("table", { class: "liste" }, h("caption", { class: "hors-ecran" }, "Établissements et modalités"), h("thead", {}, h("tr", {}, heads)), body);
}

function sorted(units) {
  const { key } = COLUMNS[order.column];
  const compare = (a, b) => (typeof a === "number" ? a - b : String(a).localeCompare(String(b), "fr"));
  const list = [...units].sort((a, b) => compare(key(a), key(b)));
  return order.down ? list.reverse() : list;
}

function row(unit, open) {
  return h("tr", {}, COLUMNS.map((column) => {
    const attributes = { class: column.number ? "n" : "" };
    return column.head ? h("th", { scope: "row" }, column.cell(unit, open)) : h("td", attributes, column.cell(unit, open));
  }));
}

/** The part of the need that the plan meets: value over points times need, 0 to 1. */
export function share(unit) {
  const whole = unit.rows.reduce((total, row) => total + (row.points ?? 0) * (row.besoin ?? 0) * 100, 0);
  const met = unit.rows.reduce((total, row) => total + (row.valeur ?? 0), 0);
  return whole ? met / whole : null;
}
