// The main screen: the plan on the ground or as a list, and beside it what is selected.

import { h, put, focusOn } from "../core/dom.js";
import { redraw } from "../core/redraw.js";
import { announce, guarded, tell } from "../core/announce.js";
import { count } from "../core/format.js";
import { putFile } from "../core/api.js";
import { now, refreshEtat } from "../core/store.js";
import { go, route } from "../core/router.js";
import { MapView } from "../map/view.js";
import { allowed, setAllowed } from "../map/tiles.js";
import { outline } from "../map/outline.js";
import { Filters } from "../parts/filters.js";
import { mapKey } from "../parts/legend.js";
import { overview } from "../parts/overview.js";
import { establishment } from "../parts/establishment.js";
import { postPanel } from "../parts/post.js";
import { unitList } from "../parts/unit-list.js";
import { nothingToDraw } from "../parts/nothing.js";

const LAYERS = [["secteurs", "Secteurs"], ["trajets", "Trajets"], ["bassins", "Bassins"], ["noms", "Noms"]];

/** What stays when one leaves the screen and comes back: filters, layers, view. */
const kept = { filters: null, shown: {}, list: false };

class MapScreen {
  constructor(root) {
    this.root = root;
    kept.filters ??= new Filters(() => {});
    this.filters = kept.filters;
    this.filters.onChange = () => this.applyFilters();
    this.map = new MapView({ onOpen: (uai) => go("carte", uai), label: "Carte des établissements" });
    this.list = h("div", { class: "liste-etablissements", hidden: true, role: "region", "aria-label": "Liste des établissements", tabindex: "0" });
    this.panel = h("aside", { class: "volet", "aria-label": "Détail", tabindex: "-1" });
    this.tools = h("div", { class: "barre" });
    this.total = h("p", { class: "total-filtre", role: "status" });
    this.parts = [h("h1", { class: "hors-ecran" }, "Carte"), this.tools,
      h("div", { class: "atelier-carte" },
        h("div", { class: "scene" }, this.map.element, h("div", { class: "coin" }, this.total, mapKey()), this.list),
        this.panel)];
  }

  /** Everything from the plan of now, under the hands of whoever works there. */
  fill() {
    const { plan } = now();
    if (!plan) return;
    if (!this.panel.isConnected) this.root.replaceChildren(...this.parts);
    redraw(this.root, () => this.draw(plan), () => this.panel.querySelector("h2"));
  }

  draw(plan) {
    this.map.setPlan(plan);
    this.map.show({ ...kept.shown, fond: allowed() });
    guarded(() => this.drawOutline());
    put(this.tools, this.filters.element(plan), this.viewTools());
    this.showList(kept.list);
    this.applyFilters();
    this.show(route().slice(1));
  }

  viewTools() {
    const layer = ([name, label]) => h("label", {}, h("input", { type: "checkbox", checked: kept.shown[name] ?? this.map.shown[name],
      onchange: (event) => { kept.shown[name] = event.target.checked; this.map.show({ [name]: event.target.checked }); } }), label);
    const view = (list, label) => h("button", { type: "button", "aria-pressed": String(kept.list === list), onclick: () => { this.showList(list); this.pressed(); } }, label);
    this.switch = h("div", { class: "bascule", role: "group", "aria-label": "Présentation" }, view(false, "Carte"), view(true, "Liste"));
    return h("div", { class: "outils-vue" },
      h("details", { class: "menu" }, h("summary", {}, "Affichage"),
        h("div", { class: "menu-corps" }, LAYERS.map(layer), this.background(), this.outlineInput())),
      this.switch);
  }

  background() {
    return [
      h("label", {}, h("input", { type: "checkbox", checked: allowed(), "aria-describedby": "fond-dit", onchange: (event) => setAllowed(event.target.checked) }), "Fond de carte IGN"),
      h("p", { class: "note", id: "fond-dit" }, "Va sur Internet : data.geopf.fr (IGN) voit quelle zone vous regardez, jamais vos données. La page se recharge."),
    ];
  }

  outlineInput() {
    return h("p", { class: "champ" }, h("label", { for: "contour" }, "Contour du département (GeoJSON, facultatif)"),
      h("input", { type: "file", id: "contour", accept: ".geojson,.json", onchange: (event) => guarded(async () => {
        await putFile("contour", event.target.files[0]);
        await refreshEtat();
        await this.drawOutline();
        tell("Le contour fait partie du dossier : enregistrez-le pour le garder.");
      }) }));
  }

  async drawOutline() {
    this.map.setOutline(await outline());
  }

  pressed() {
    for (const button of this.switch.children) button.setAttribute("aria-pressed", String((button.textContent === "Liste") === kept.list));
  }

  showList(list) {
    kept.list = list;
    this.list.hidden = !list;
    this.map.element.hidden = list;
    this.root.classList.toggle("en-liste", list);
    if (list) this.fillList();
    else this.map.draw();
  }

  fillList() {
    const { plan } = now();
    put(this.list, unitList(plan.units.filter(this.filters.passes), plan, (uai) => go("carte", uai)));
  }

  applyFilters() {
    const { plan } = now();
    this.map.filter(this.filters.passes);
    const shown = plan.units.filter(this.filters.passes).length;
    this.total.textContent = shown === plan.units.length ? count(shown, "établissement") : `${shown} sur ${count(plan.units.length, "établissement")}`;
    if (kept.list) this.fillList();
  }

  /** Goes to what the address names; the focus goes with it. */
  open(parts) {
    if (!now().plan) return;
    this.show(parts);
    this.panel.scrollTop = 0;
    if (parts.length) focusOn(this.panel.querySelector("h2"));
  }

  /** Shows beside the map what the address names: `carte/UAI`, `carte/poste/ID` or the plan. */
  show([first, second]) {
    const { plan } = now();
    const back = () => go("carte");
    const openUnit = (uai) => go("carte", uai);
    const ring = (uais) => this.map.highlight(uais);
    ring(new Set());
    this.leavePanel?.();
    this.leavePanel = null;
    if (first === "poste" && plan.byPost.has(second)) {
      this.map.selectSector(second);
      put(this.panel, postPanel(plan.byPost.get(second), plan, { back, openUnit }));
    } else if (plan.byUai.has(first)) {
      this.map.select(first);
      const { element, leave } = establishment(plan.byUai.get(first), plan, { back, openUnit, ring });
      this.leavePanel = leave;
      put(this.panel, element);
    } else {
      this.map.select(null);
      put(this.panel, overview(plan, now().etat));
    }
  }

  leave() {
    this.leavePanel?.();
  }
}

export default {
  title: "Carte",
  async render(root) {
    const screen = new MapScreen(root);
    if (now().plan) screen.fill();
    else put(root, h("div", { class: "page" }, h("h1", {}, "Carte"), nothingToDraw()));
    return {
      open: (parts) => screen.open(parts),
      update(what) {
        if (what !== "plan") return;
        screen.fill();
        announce("Le plan affiché est à jour.");
      },
      leave: () => screen.leave(),
    };
  },
};
