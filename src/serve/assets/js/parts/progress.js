// The strip of a computation under way: what it does, how far it is, and how to stop it.

import { h, put } from "../core/dom.js";
import { now } from "../core/store.js";
import { stop } from "../core/follow.js";
import { clock, gap, number } from "../core/format.js";
import { TASK } from "../model/words.js";

/** Computations of many plans, of which none is the best. */
const SERIES = new Set(["frontiere", "fragilite"]);

let ticking = 0;

/** Shows the strip, or hides it when nothing runs. */
export function showProgress(strip) {
  const { progress } = now();
  strip.hidden = !progress;
  if (!progress) {
    clearInterval(ticking);
    ticking = 0;
    put(strip);
    return;
  }
  if (!strip.firstChild) build(strip);
  fill(strip, progress);
  if (!ticking) ticking = setInterval(() => now().progress && fill(strip, now().progress), 1000);
}

function build(strip) {
  put(strip,
    h("span", { class: "roue", "aria-hidden": "true" }),
    h("span", { class: "calcul-titre" }),
    h("progress", { "aria-label": "Avancement" }),
    h("span", { class: "calcul-chiffres" }),
    h("button", { type: "button", onclick: (event) => { event.target.setAttribute("aria-disabled", "true"); stop(); } }));
}

function fill(strip, progress) {
  const [, title, bar, figures, halt] = strip.children;
  title.textContent = TASK[progress.kind ?? progress.sorte] ?? "Calcul en cours";
  halt.textContent = SERIES.has(progress.kind ?? progress.sorte) ? "Arrêter" : "Arrêter et garder le meilleur plan";
  const share = done(progress);
  if (share === null) bar.removeAttribute("value");
  else bar.value = share;
  figures.textContent = [
    clock((Date.now() - progress.since) / 1000),
    progress.total ? `${number(progress.fait)} sur ${number(progress.total)}` : "",
    Number.isFinite(progress.ecart) ? `écart ${gap(progress.ecart)}` : "",
    progress.colonnes ? `${number(progress.colonnes)} secteurs examinés` : "",
  ].filter(Boolean).join(" · ");
}

/** The gap falls by powers of ten: that is what the bar shows; a count of tasks is shown as it is. */
function done(progress) {
  if (progress.total) return progress.fait / progress.total;
  if (!Number.isFinite(progress.ecart)) return null;
  const decades = -Math.log10(Math.max(progress.ecart, 0.0001));
  return Math.min(1, Math.max(0.02, decades / 4));
}
