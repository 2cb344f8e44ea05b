// The start of the page: what stands around every screen, and the way from one to another.

import { start } from "./core/router.js";
import { now, refresh, setProgress, subscribe } from "./core/store.js";
import { follow } from "./core/follow.js";
import "./core/menus.js";
import "./core/print.js";
import { guarded } from "./core/announce.js";
import { focusOn } from "./core/dom.js";
import { steps, dossierLine, undoButtons } from "./parts/frame.js";
import { showProgress } from "./parts/progress.js";
import home from "./screens/home.js";
import files from "./screens/files.js";
import tables from "./screens/tables.js";
import map from "./screens/map.js";
import workshop from "./screens/workshop.js";
import documents from "./screens/documents.js";

const SCREENS = { accueil: home, fichiers: files, tables, carte: map, atelier: workshop, documents };

async function main() {
  const root = document.getElementById("principal");
  document.querySelector(".evitement").addEventListener("click", (event) => {
    event.preventDefault();
    focusOn(root);
  });
  await guarded(refresh);
  follow();
  resumeProgress();
  let screen = "accueil";
  const frame = () => {
    steps(document.getElementById("etapes"), SCREENS, screen);
    dossierLine(document.getElementById("dossier-ouvert"));
    undoButtons(document.getElementById("annulation"));
  };
  subscribe((what) => {
    if (what === "etat" || what === "plan") frame();
    if (what === "progress") {
      showProgress(document.getElementById("calcul"));
      undoButtons(document.getElementById("annulation"));
    }
  });
  await start(root, SCREENS, () => (now().etat?.dossier ? "carte" : "accueil"), (name) => {
    screen = name;
    frame();
  });
}

/** A page that is loaded again takes up the computation under way. */
function resumeProgress() {
  const running = now().etat?.calcul;
  if (!running) return;
  setProgress({ kind: running.sorte, since: Date.now() - 1000 * running.depuis_s });
  showProgress(document.getElementById("calcul"));
}

main();
