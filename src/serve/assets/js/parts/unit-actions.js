// What one may do with an establishment; every action is tried before it is kept.

import { h, freshId } from "../core/dom.js";
import { presence } from "../core/format.js";
import { MODALITIES, MODALITY } from "../model/words.js";
import { located, postLabel } from "../model/plan.js";
import { atLeast, close, forbid, lock, move, pupils, release } from "../model/edits.js";

/** Half-days a week offered as a presence. */
const PRESENCES = [0.5, 1, 2, 3, 4, 5, 6, 8, 10];

/** The forms; `attempt(edits)` shows the effect. */
export function actions(unit, model, attempt) {
  const first = unit.type === "CIRCONSCRIPTION" || unit.type === "ECOLE";
  return h("div", { class: "actions" },
    choice("Confier à un autre poste", nearPosts(unit, model), "Choisir un poste…", (id) => attempt([move(unit, id)])),
    first ? null : choice("Exiger une modalité", modalities(["PERMANENCE", "POLE", "REFERENCE", "CONSEIL"]), "Choisir…", (code) => attempt([lock(unit, code)])),
    first ? null : choice("Présence d'au moins", PRESENCES.map((halfDays) => [String(halfDays), presence(halfDays)]), "Choisir…", (halfDays) => attempt([atLeast(unit, Number(halfDays))])),
    choice("Interdire une modalité", modalities(first ? ["CONSEIL"] : MODALITIES.filter((code) => code !== "PREMIER_DEGRE")), "Choisir…", (code) => attempt([forbid(unit, code)])),
    expected(unit, attempt),
    h("div", { class: "rangee" },
      unit.modality ? h("button", { type: "button", onclick: () => attempt([lock(unit, unit.modality, unit.halfDays)]) }, "Verrouiller tel quel") : null,
      h("button", { type: "button", onclick: () => attempt([release(unit)]) }, "Lever les décisions"),
      h("button", { type: "button", onclick: () => attempt([close(unit)]) }, "Fermer l'établissement")));
}

function modalities(codes) {
  return codes.map((code) => [code, MODALITY[code].name]);
}

/** Posts, the nearest residence first. */
function nearPosts(unit, model) {
  const far = (post) => {
    const home = model.byUai.get(post.home);
    if (!home || !located(home) || !located(unit)) return Infinity;
    return Math.hypot((home.longitude - unit.longitude) * 0.7, home.latitude - unit.latitude);
  };
  const others = model.posts.filter((post) => !unit.posts.includes(post.id));
  return others.sort((a, b) => far(a) - far(b)).map((post) => {
    const home = model.byUai.get(post.home);
    return [post.id, home ? `${postLabel(post)} (${home.commune})` : postLabel(post)];
  });
}

function choice(label, options, empty, act) {
  const id = freshId("action");
  const select = h("select", { id, required: true }, h("option", { value: "" }, empty), options.map(([value, text]) => h("option", { value }, text)));
  return h("form", { class: "action garde", onsubmit: (event) => { event.preventDefault(); act(select.value); } },
    h("label", { for: id }, label), select, h("button", {}, "Essayer"));
}

function expected(unit, attempt) {
  const id = freshId("effectif");
  const input = h("input", { id, type: "number", min: "0", max: "9999", step: "1", required: true, value: String(unit.effectif ?? "") });
  return h("form", { class: "action garde", onsubmit: (event) => { event.preventDefault(); attempt([pupils(unit, Number(input.value))]); } },
    h("label", { for: id }, "Élèves attendus"), input, h("button", {}, "Essayer"));
}
