// The changes that a person may make, in the words of the server (the actions of `variante.toml`),
// each with the sentence that the page shows for it.

import { MODALITY } from "./words.js";
import { number, presence } from "../core/format.js";

/** An establishment goes to another post. */
export function move(unit, post) {
  return { edit: { action: "deplacer", uai: unit.uai, poste: post }, label: `${unit.nom} confié à ${post}` };
}

/** The modality, and the presence where it is a permanence, may no longer change. */
export function lock(unit, modality, halfDays) {
  const exact = modality === "PERMANENCE" && halfDays ? { demi_journees: halfDays } : {};
  const detail = exact.demi_journees ? `, ${presence(halfDays)}` : "";
  return decision("EXIGER", unit, { modalite: modality, ...exact }, `${unit.nom} : ${MODALITY[modality].name}${detail}, exigé`);
}

/** At least this presence. */
export function atLeast(unit, halfDays) {
  return decision("MINIMUM", unit, { modalite: "PERMANENCE", demi_journees: halfDays }, `${unit.nom} : au moins ${presence(halfDays)}`);
}

/** Never this modality. */
export function forbid(unit, modality) {
  return decision("INTERDIRE", unit, { modalite: modality }, `${unit.nom} : pas de ${MODALITY[modality].name.toLowerCase()}`);
}

/** The decisions on an establishment no longer hold. */
export function release(unit) {
  return { edit: { action: "lever", uai: unit.uai }, label: `${unit.nom} : décisions levées` };
}

/** An establishment closes. */
export function close(unit) {
  return { edit: { action: "fermer", uai: unit.uai }, label: `${unit.nom} ferme` };
}

/** An expected number of pupils. */
export function pupils(unit, effectif) {
  return { edit: { action: "effectif", uai: unit.uai, effectif }, label: `${unit.nom} : ${number(effectif)} élèves attendus` };
}

/** Another share of a full-time post. */
export function share(post, quotite) {
  return { edit: { action: "quotite", poste: post.id, quotite }, label: `${post.id} à ${number(quotite * 100)}\u202F%` };
}

/** A post that is no more. */
export function withoutPost(post) {
  return { edit: { action: "sans", poste: post.id }, label: `Sans le poste ${post.id}` };
}

/** A new post; without a residence the program places it. */
export function newPost({ id, quotite, residence, bassin }) {
  const edit = { action: "poste", poste: id, quotite };
  if (residence) edit.residence = residence;
  if (bassin) edit.bassin = bassin;
  return { edit, label: `Nouveau poste ${id} à ${number(quotite * 100)}\u202F%` };
}

/** Another residence, or none: the program places the post. */
export function residence(post, unit) {
  const edit = { action: "residence", poste: post.id };
  if (unit) edit.uai = unit.uai;
  return { edit, label: unit ? `${post.id} résidant à ${unit.nom}` : `${post.id} sans résidence fixe` };
}

function decision(kind, unit, what, label) {
  return { edit: { action: "decision", decision: kind, uai: unit.uai, ...what }, label };
}
