// What the map and the list show: modalities (also the legend), category, post, text.

import { h, debounce } from "../core/dom.js";
import { count, plain } from "../core/format.js";
import { CATEGORY, MODALITIES, MODALITY } from "../model/words.js";
import { postLabel } from "../model/plan.js";
import { dot } from "./legend.js";

/** The choices now: what a unit must satisfy. */
export class Filters {
  constructor(onChange) {
    this.onChange = onChange;
    this.hidden = new Set();
    this.category = "";
    this.post = "";
    this.text = "";
  }

  /** Whether a unit is shown. */
  passes = (unit) =>
    !this.hidden.has(unit.modality)
    && (!this.category || unit.codes.includes(this.category) || unit.type === this.category)
    && (!this.post || unit.posts.includes(this.post))
    && (!this.text || plain(`${unit.nom} ${unit.commune} ${unit.uai}`).includes(this.text));

  /** The tool bar for a plan. */
  element(model) {
    const later = debounce(150, () => this.onChange());
    return h("div", { class: "filtres", role: "search", "aria-label": "Filtrer les établissements" },
      h("input", { type: "search", "aria-label": "Chercher un établissement ou une commune", placeholder: "Chercher…", value: this.text,
        oninput: (event) => { this.text = plain(event.target.value.trim()); later(); } }),
      h("div", { class: "jetons", role: "group", "aria-label": "Modalités montrées" }, this.chips(model)),
      this.categorySelect(model),
      this.postSelect(model));
  }

  chips(model) {
    const present = MODALITIES.filter((modality) => model.units.some((unit) => unit.modality === modality));
    return present.map((modality) => {
      const many = model.plan.indicateurs.modalites[modality];
      const chip = h("button", { type: "button", class: "jeton", "aria-pressed": String(!this.hidden.has(modality)),
        title: `${MODALITY[modality].name} : ${count(many, "unité")}`,
        onclick: () => {
          if (!this.hidden.delete(modality)) this.hidden.add(modality);
          chip.setAttribute("aria-pressed", String(!this.hidden.has(modality)));
          this.onChange();
        } }, dot(modality), h("span", { class: "jeton-nom" }, MODALITY[modality].name), h("b", {}, String(many)));
      return chip;
    });
  }

  categorySelect(model) {
    const codes = Object.keys(CATEGORY).filter((code) => model.units.some((unit) => unit.codes.includes(code)));
    return h("select", { "aria-label": "Catégorie", value: this.category, onchange: (event) => { this.category = event.target.value; this.onChange(); } },
      h("option", { value: "" }, "Catégorie"),
      codes.map((code) => h("option", { value: code }, CATEGORY[code])));
  }

  postSelect(model) {
    this.select = h("select", { "aria-label": "Poste", value: this.post, onchange: (event) => { this.post = event.target.value; this.onChange(); } },
      h("option", { value: "" }, "Poste"),
      model.posts.map((post) => h("option", { value: post.id }, postLabel(post))));
    return this.select;
  }
}
