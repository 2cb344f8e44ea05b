// Bringing files: dropped anywhere on the zone, or chosen in the dialog of the system.

import { h } from "../core/dom.js";

const KINDS = ".csv,.gz,.tsv,.txt,.xlsx,.ods,.zip,.toml,.geojson,.json";

/** The zone; `onFiles(files)` gets what was brought. */
export function dropZone(onFiles, label = "Choisir des fichiers") {
  const input = h("input", { type: "file", multiple: true, accept: KINDS, class: "hors-ecran", id: "fichiers-apportes", onchange: () => bring(input.files) });
  const bring = (files) => {
    if (files.length) onFiles([...files]);
  };
  const zone = h("div", { class: "depot" },
    h("p", { class: "depot-signe", "aria-hidden": "true" }, "⇩"),
    h("p", {}, h("strong", {}, "Déposez ici vos fichiers"), " ou"),
    h("p", {}, input, h("label", { for: "fichiers-apportes", class: "bouton principal" }, label)),
    h("p", { class: "note" }, "Annuaire de l'éducation, IPS, typologie rurale, postes, secteurs actuels, contour du département : CSV, Excel, LibreOffice ou GeoJSON, tels qu'ils ont été téléchargés. Chacun est reconnu à ses colonnes."));
  const over = (event) => {
    event.preventDefault();
    zone.classList.add("survol");
  };
  zone.addEventListener("dragenter", over);
  zone.addEventListener("dragover", over);
  zone.addEventListener("dragleave", (event) => { if (!zone.contains(event.relatedTarget)) zone.classList.remove("survol"); });
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    zone.classList.remove("survol");
    bring(event.dataTransfer.files);
  });
  return zone;
}
