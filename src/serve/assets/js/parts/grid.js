// A table whose cells are corrected in place (grid pattern of the ARIA Authoring Practices): arrows
// move, Enter or typing edits, Enter keeps, Escape gives up. Problems stand in their cell.

import { h, put, freshId } from "../core/dom.js";
import { columnName } from "../model/tables.js";

export class Grid {
  /**
   * `table`: the answer of `tables/NAME`. `onChange(row, column name, value)`, `onAdd(after)` and
   * `onRemove(row)` send a change.
   */
  constructor(table, { label, onChange, onAdd, onRemove }) {
    Object.assign(this, { table, onChange, onAdd, onRemove });
    this.row = 0;
    this.column = 0;
    this.problems = byCell(table.problemes);
    this.cells = table.lignes.map((row, at) => row.map((value, column) => this.cell(value, at, column)));
    const help = freshId("aide-grille");
    const grid = h("table", { role: "grid", class: "grille", "aria-label": label, "aria-rowcount": table.lignes.length + 1, "aria-describedby": help },
      h("thead", {}, h("tr", {}, h("th", { scope: "col", class: "rang" }, "Ligne"), table.colonnes.map((column) => h("th", { scope: "col", title: [column.libelle, column.unite, column.exemple && `Exemple : ${column.exemple}`].filter(Boolean).join(". ") }, heading(column))), h("th", { scope: "col" }, h("span", { class: "hors-ecran" }, "Retirer")))),
      h("tbody", {}, this.cells.map((cells, at) => h("tr", { "aria-rowindex": at + 2 },
        h("th", { scope: "row", class: "rang" }, String(at + 1)), cells,
        h("td", {}, h("button", { type: "button", class: "discret petit", tabindex: "-1", "aria-label": `Retirer la ligne ${at + 1}`, title: "Retirer la ligne", onclick: () => onRemove(at) }, "✕"))))));
    grid.addEventListener("keydown", (event) => this.key(event));
    grid.addEventListener("dblclick", (event) => this.editFrom(event));
    grid.addEventListener("mousedown", (event) => this.pick(event));
    this.element = h("div", {},
      h("p", { class: "note", id: help }, "Flèches pour se déplacer, Entrée ou double clic pour corriger, Échap pour renoncer, Maj + Suppr. pour retirer la ligne."),
      h("div", { class: "defile grille-cadre" }, grid),
      h("div", { class: "rangee" }, h("button", { type: "button", onclick: () => onAdd(this.cells.length ? this.row : null) }, "Ajouter une ligne"),
        h("button", { type: "button", disabled: !this.cells.length, onclick: () => onRemove(this.row) }, "Retirer la ligne choisie")));
    this.mark();
  }

  /** Where the focus is, to come back to it. */
  position() {
    return { row: this.row, column: this.column, inside: this.element.contains(document.activeElement) };
  }

  /** Whether a cell is being written. */
  editing() {
    return this.element.querySelector("td input") !== null;
  }

  /** Puts the focus back. */
  focusAt({ row, column, inside }) {
    this.go(row, column, inside);
  }

  /** Goes to the cell of a problem. */
  focusCell(row, columnName) {
    const column = Math.max(0, this.table.colonnes.findIndex(({ nom }) => nom === columnName));
    this.go(row ?? 0, column);
  }

  cell(value, row, column) {
    const { nom } = this.table.colonnes[column];
    const problem = this.problems.get(`${row}/${nom}`);
    const id = problem ? freshId("probleme") : null;
    return h("td", {
      tabindex: "-1",
      class: problem ? `a-${problem.gravite}` : "",
      "aria-invalid": problem?.gravite === "erreur" ? "true" : null,
      "aria-describedby": id,
      "data-row": row,
      "data-column": column,
    },
    h("span", { class: "valeur" }, value ?? ""),
    problem ? h("span", { class: "probleme", id, title: problem.remede ?? null }, problem.cause) : null);
  }

  go(row, column, focus = true) {
    this.row = Math.max(0, Math.min(this.cells.length - 1, row));
    this.column = Math.max(0, Math.min(this.table.colonnes.length - 1, column));
    this.mark();
    const cell = this.cells[this.row]?.[this.column];
    if (focus && cell) {
      cell.focus();
      cell.scrollIntoView({ block: "nearest", inline: "nearest" });
    }
  }

  mark() {
    this.stop?.setAttribute("tabindex", "-1");
    this.stop = this.cells[this.row]?.[this.column];
    this.stop?.setAttribute("tabindex", "0");
  }

  pick(event) {
    const cell = event.target.closest("td[data-row]");
    if (!cell || event.target.matches("input")) return;
    event.preventDefault();
    this.go(Number(cell.dataset.row), Number(cell.dataset.column));
  }

  editFrom(event) {
    const cell = event.target.closest("td[data-row]");
    if (cell && !event.target.matches("input")) this.edit();
  }

  key(event) {
    if (event.target.matches("input, button") || event.ctrlKey || event.metaKey || event.altKey) return;
    const moves = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1], PageUp: [-15, 0], PageDown: [15, 0], Home: [0, -Infinity], End: [0, Infinity] };
    const move = moves[event.key];
    if (move) this.go(this.row + move[0], this.column + move[1]);
    else if (event.key === "Enter" || event.key === "F2") this.edit();
    else if (event.key === "Delete" && event.shiftKey) this.onRemove(this.row);
    else if (event.key === "Delete") this.keep("");
    else if (event.key.length === 1) this.edit(event.key);
    else return;
    event.preventDefault();
  }

  /** Turns the cell into a field; `typed` replaces its value. */
  edit(typed = null) {
    const cell = this.cells[this.row]?.[this.column];
    if (!cell) return;
    const before = this.table.lignes[this.row][this.column] ?? "";
    const shown = [...cell.childNodes];
    const input = h("input", { type: "text", value: typed ?? before, "aria-label": `${heading(this.table.colonnes[this.column])}, ligne ${this.row + 1}` });
    let over = false;
    const finish = (kept, move) => {
      if (over) return;
      over = true;
      put(cell, shown);
      if (kept && input.value !== before) this.keep(input.value, move);
      else if (move) this.go(this.row + move[0], this.column + move[1]);
    };
    input.addEventListener("keydown", (event) => {
      const ends = { Enter: [true, [1, 0]], Tab: [true, [0, event.shiftKey ? -1 : 1]], Escape: [false, [0, 0]] }[event.key];
      if (!ends) return;
      event.preventDefault();
      event.stopPropagation();
      finish(...ends);
    });
    input.addEventListener("blur", () => finish(true, null));
    put(cell, input);
    input.focus();
    if (typed === null) input.select();
  }

  keep(value, move = [0, 0]) {
    const { row, column } = this;
    this.go(row + (move?.[0] ?? 0), column + (move?.[1] ?? 0), Boolean(move));
    this.onChange(row, this.table.colonnes[column].nom, value);
  }
}

/** A column as people read it. */
function heading({ nom, obligatoire }) {
  return `${columnName(nom)}${obligatoire ? " *" : ""}`;
}

function byCell(problems) {
  const cells = new Map();
  for (const problem of problems) {
    const key = `${problem.ligne}/${problem.colonne}`;
    if (cells.get(key)?.gravite !== "erreur") cells.set(key, problem);
  }
  return cells;
}
