// What a screen shows when errors in the tables leave nothing to draw.

import { h } from "../core/dom.js";
import { now } from "../core/store.js";

/** Why there is no plan to show, and what to do. */
export function nothingToDraw() {
  const { fault } = now();
  if (!fault) return h("p", { class: "encart" }, "Ouvrez d'abord un dossier : ", h("a", { href: "#/accueil" }, "accueil"), ".");
  return h("div", { class: "encart encart-alerte" }, h("p", {}, h("strong", {}, fault.message)), h("p", {}, fault.remedy),
    h("p", {}, h("a", { href: "#/tables" }, "Corriger dans les tables")));
}
