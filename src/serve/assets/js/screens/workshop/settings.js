// The values of the bareme that are disputed: visible, sourced, tried before they are kept.

import { h, put, freshId } from "../../core/dom.js";
import { get } from "../../core/api.js";
import { number } from "../../core/format.js";
import { now } from "../../core/store.js";
import { PROFILE } from "../../model/words.js";
import { tryEdits } from "../../parts/trial.js";
import { decimalInput } from "../../parts/decimal.js";

export async function settingsBench(place) {
  const settings = await get("reglages");
  const trial = h("div", { class: "place-essai", hidden: true });
  const changed = new Map();
  const button = h("button", { type: "button", class: "principal", disabled: true, onclick: () => tryEdits(trial, [...changed.values()]) }, "Essayer ces valeurs");
  const list = h("ul", { class: "modifications", "aria-live": "polite" });
  const note = (setting, value) => {
    if (value === setting.valeur) changed.delete(setting.cle);
    else changed.set(setting.cle, { edit: { action: "regler", cle: setting.cle, valeur: value }, label: `${setting.libelle} : ${shown(value)}` });
    button.disabled = !changed.size;
    put(list, [...changed.values()].map(({ label }) => h("li", {}, label)));
  };
  put(place, h("h2", {}, "Le barème"),
    h("p", { class: "chapeau" }, `Profil ${PROFILE[now().etat.dossier.profil] ?? now().etat.dossier.profil}. Chaque valeur se discute : changez-la et voyez ce qu'elle fait.`),
    h("div", { class: "etabli-deux" },
      h("section", {},
        h("table", { class: "reglages" },
          h("thead", {}, h("tr", {}, ["Réglage", "Valeur", "Par défaut", "D'où elle vient"].map((name) => h("th", { scope: "col" }, name)))),
          h("tbody", {}, settings.map((setting) => row(setting, note))))),
      h("div", { class: "colonne collante" }, h("section", { class: "bloc" }, h("h2", {}, "Valeurs à essayer"), list, button), trial)));
}

function row(setting, note) {
  const id = freshId("reglage");
  return h("tr", { class: same(setting.valeur, setting.defaut) ? "" : "modifie" },
    h("th", { scope: "row" }, h("label", { for: id }, setting.libelle), h("small", {}, setting.unite ?? "")),
    h("td", {}, field(setting, id, note)),
    h("td", { class: "doux" }, shown(setting.defaut), same(setting.valeur, setting.defaut) ? null : h("span", { class: "etiquette" }, "changé")),
    h("td", {}, h("small", {}, setting.source ?? "")));
}

function field(setting, id, note) {
  const { valeur } = setting;
  if (typeof valeur === "boolean") {
    const box = h("input", { id, type: "checkbox", checked: valeur, onchange: () => note(setting, box.checked) });
    return box;
  }
  if (setting.choix) {
    const select = h("select", { id, value: valeur, onchange: () => note(setting, select.value) }, setting.choix.map((choice) => h("option", { value: choice }, choice)));
    return select;
  }
  if (typeof valeur === "number" || valeur === null) {
    return decimalInput({ id, class: "court", value: valeur, hint: "Un nombre, par exemple 0,5.", act: (value) => value !== null && note(setting, value) });
  }
  return h("span", { id }, shown(valeur));
}

function same(a, b) {
  return JSON.stringify(a) === JSON.stringify(b);
}

function shown(value) {
  if (value === null || value === undefined) return "–";
  if (typeof value === "number") return number(value, 4);
  if (typeof value === "boolean") return value ? "oui" : "non";
  return Array.isArray(value) ? value.join(", ") : String(value);
}
