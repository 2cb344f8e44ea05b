// The values of the bareme that are disputed: visible, sourced, tried before they are kept.

import { h, put, freshId } from "../../core/dom.js";
import { get } from "../../core/api.js";
import { tell } from "../../core/announce.js";
import { number } from "../../core/format.js";
import { now } from "../../core/store.js";
import { PROFILE } from "../../model/words.js";
import { tryEdits } from "../../parts/trial.js";
import { decimalInput, written } from "../../parts/decimal.js";

export async function settingsBench(place) {
  const settings = await get("reglages");
  const trial = h("div", { class: "place-essai", hidden: true });
  const changed = new Map();
  const button = h("button", { type: "button", class: "principal", disabled: true, onclick: () => tryEdits(trial, [...changed.values()]) }, "Essayer ces valeurs");
  const list = h("ul", { class: "modifications", "aria-live": "polite" });
  const note = (setting, value) => {
    if (same(value, setting.valeur)) changed.delete(setting.cle);
    else changed.set(setting.cle, wish(setting, value));
    button.disabled = !changed.size;
    put(list, [...changed.values()].map(({ label }) => h("li", {}, label)));
  };
  put(place, h("h2", {}, "Le barème"),
    h("p", { class: "chapeau" }, `Profil ${PROFILE[now().etat.dossier.profil] ?? now().etat.dossier.profil}. Chaque valeur se discute : changez-la et voyez ce qu'elle fait. Videz une case pour revenir à la valeur du profil. R1 à R19 : les textes, cités dans l'annexe du guide.`),
    h("div", { class: "etabli-deux" },
      h("section", {},
        h("table", { class: "reglages" },
          h("thead", {}, h("tr", {}, ["Réglage", "Valeur", "Profil", "D'où elle vient"].map((name) => h("th", { scope: "col" }, name)))),
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

/** An emptied field takes the profil's value back, and one that holds no number asks for nothing. */
function field(setting, id, note) {
  const hint = `Un nombre, par exemple ${shown(setting.defaut ?? 100)}, ou rien : la valeur du profil.`;
  return decimalInput({ id, class: "court", value: setting.valeur, hint,
    act: (value) => note(setting, value ?? setting.valeur),
    cleared: (input) => {
      input.value = written(setting.defaut);
      note(setting, setting.defaut);
      tell(`${setting.libelle} : valeur du profil, ${shown(setting.defaut)}.`);
    } });
}

/** The edit that gives `value`; the profil's own is left to the profil. */
function wish(setting, value) {
  const own = same(value, setting.defaut);
  return {
    edit: { action: "regler", cle: setting.cle, ...(own ? {} : { valeur: value }) },
    label: `${setting.libelle} : ${shown(value)}${own ? " (valeur du profil)" : ""}`,
  };
}

function same(a, b) {
  return JSON.stringify(a) === JSON.stringify(b);
}

function shown(value) {
  return value === null ? "sans limite" : number(value, 4);
}
