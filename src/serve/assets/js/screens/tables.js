// The tables of the dossier, with each problem beside its cell; corrected in place, then saved.

import { h, put } from "../core/dom.js";
import { get, post, put as send, remove } from "../core/api.js";
import { announce, guarded } from "../core/announce.js";
import { now, refresh } from "../core/store.js";
import { go } from "../core/router.js";
import { redraw } from "../core/redraw.js";
import { count } from "../core/format.js";
import { saveAs } from "../parts/frame.js";
import { Grid } from "../parts/grid.js";
import { TABLES, columnName, tableName } from "../model/tables.js";

class TablesScreen {
  constructor(root) {
    this.tabs = h("nav", { "aria-label": "Tables", class: "onglets" });
    this.body = h("div", { class: "table-ouverte" });
    put(root, h("div", { class: "page page-large" },
      h("div", { class: "tete" }, h("h1", {}, "Tables du dossier"),
        h("button", { type: "button", class: "principal", onclick: saveAs }, "Enregistrer le dossier")),
      this.tabs, this.body));
  }

  async open([name]) {
    this.list = await get("tables");
    this.name = this.list.some(({ table }) => table === name) ? name : this.list[0]?.table;
    this.drawTabs();
    if (!this.name) return;
    this.draw(await get(`tables/${this.name}`));
  }

  drawTabs() {
    put(this.tabs, h("ul", {}, this.list.map(({ table, lignes, erreurs }) => h("li", {},
      h("a", { href: `#/tables/${table}`, "aria-current": table === this.name ? "true" : null },
        tableName(table), h("small", {}, ` ${lignes}`),
        erreurs ? h("span", { class: "etiquette etiquette-alerte" }, count(erreurs, "erreur")) : null)))));
  }

  draw(table) {
    this.grid = new Grid(table, {
      label: tableName(this.name),
      onChange: (row, column, value) => this.change(() => send(`tables/${this.name}`, { ligne: row, colonne: column, valeur: value })),
      onAdd: (after) => this.change(() => post(`tables/${this.name}/lignes`, { apres: after, cellules: [] })),
      onRemove: (row) => this.change(() => remove(`tables/${this.name}/lignes/${row}`)),
    });
    put(this.body, h("p", { class: "chapeau" }, TABLES[this.name]?.about ?? ""), this.problems(table), this.grid.element);
  }

  /** Every problem in a list, each a link to its cell. */
  problems({ problemes }) {
    if (!problemes.length) return h("p", { class: "conforme" }, "Aucun problème dans cette table.");
    const errors = problemes.filter(({ gravite }) => gravite === "erreur").length;
    return h("details", { class: "problemes", open: errors > 0 },
      h("summary", {}, `${count(errors, "erreur")}, ${count(problemes.length - errors, "avertissement")}`),
      h("ul", {}, problemes.map((problem) => h("li", { class: problem.gravite },
        h("button", { type: "button", class: "lien", onclick: () => this.grid.focusCell(problem.ligne, problem.colonne) }, place(problem)),
        ` ${problem.cause} `, h("span", { class: "doux" }, problem.remede ?? "")))));
  }

  /** Sends a change, then shows the table that comes back with the focus where it was. */
  async change(send_) {
    const at = this.grid.position();
    this.changing = true;
    const table = await guarded(send_);
    if (!table) {
      this.changing = false;
      return;
    }
    this.draw(table.lignes ? table : await get(`tables/${this.name}`));
    this.grid.focusAt(at);
    announce(`${count(table.problemes?.length ?? 0, "problème")} dans cette table.`);
    await guarded(async () => {
      await refresh();
      this.list = await get("tables");
      this.drawTabs();
    });
    this.changing = false;
  }

  /** The dossier may have changed elsewhere: undone, or in another window. */
  async follow() {
    if (this.changing) return;
    const table = await guarded(() => get(`tables/${this.name}`));
    // What someone is writing here is theirs until it is sent.
    if (!table || this.changing || this.grid.editing() || same(table, this.grid.table)) return;
    const at = this.grid.position();
    redraw(this.body, () => this.draw(table));
    if (at.inside) this.grid.focusAt(at);
    await guarded(async () => {
      this.list = await get("tables");
      this.drawTabs();
    });
  }
}

function same(a, b) {
  return JSON.stringify(a) === JSON.stringify(b);
}

function place({ ligne, colonne }) {
  if (ligne === null || ligne === undefined) return colonne ? `Colonne ${columnName(colonne)} :` : "Table :";
  return `Ligne ${ligne + 1}${colonne ? `, ${columnName(colonne)}` : ""} :`;
}

export default {
  title: "Tables",
  async render(root, parts) {
    if (!now().etat?.dossier) {
      go("accueil");
      return {};
    }
    const screen = new TablesScreen(root);
    await screen.open(parts);
    return { open: (next) => guarded(() => screen.open(next)), update: (what) => what === "plan" && screen.follow() };
  },
};
