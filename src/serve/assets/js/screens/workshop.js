// The workshop: posts, variants, settings, and what means and absences would change.

import { h, put } from "../core/dom.js";
import { redraw } from "../core/redraw.js";
import { guarded } from "../core/announce.js";
import { now } from "../core/store.js";
import { nothingToDraw } from "../parts/nothing.js";
import { go } from "../core/router.js";
import { postsBench } from "./workshop/posts.js";
import { variantsBench } from "./workshop/variants.js";
import { settingsBench } from "./workshop/settings.js";
import { meansBench, meansProgress } from "./workshop/means.js";
import { fragilityBench } from "./workshop/fragility.js";

/** One bench a topic: `draw(place, rest of the address)`, and what follows a computation there. */
const BENCHES = {
  postes: ["Postes", postsBench],
  variantes: ["Variantes", variantsBench],
  reglages: ["Barème", settingsBench],
  moyens: ["Moyens", meansBench, meansProgress],
  fragilite: ["Absences", fragilityBench],
};

export default {
  title: "Atelier",
  async render(root, parts) {
    if (!now().etat?.dossier) {
      go("accueil");
      return {};
    }
    const tabs = h("nav", { class: "onglets", "aria-label": "Atelier" });
    const place = h("div", { class: "etabli" });
    let rest = [];
    let bench = null;
    const draw = () => redraw(place, () => (now().plan ? guarded(() => BENCHES[bench][1](place, rest)) : put(place, nothingToDraw())));
    const open = ([name, ...others]) => {
      bench = BENCHES[name] ? name : "postes";
      rest = others;
      put(tabs, h("ul", {}, Object.entries(BENCHES).map(([code, [label]]) =>
        h("li", {}, h("a", { href: `#/atelier/${code}`, "aria-current": code === bench ? "true" : null }, label)))));
      put(place);
      return draw();
    };
    put(root, h("div", { class: "page page-large" }, h("h1", {}, "Atelier"), tabs, place));
    await open(parts);
    const update = (what) => {
      if (what === "plan") draw();
      if (what === "progress") BENCHES[bench][2]?.(place);
    };
    return { open, update };
  },
};
