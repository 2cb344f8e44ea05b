// The map: ground and sectors below, trips, then the establishments, then names. It draws all that
// it holds again at each movement (a few hundred elements), so that signs and strokes keep their size.

import { h, s, put } from "../core/dom.js";
import { number } from "../core/format.js";
import { located } from "../model/plan.js";
import { Frame, kilometres, project } from "./projection.js";
import { bindGestures } from "./gestures.js";
import { spread } from "./spread.js";
import { mark, nearestTowards } from "./marks.js";
import { Areas } from "./areas.js";
import { names } from "./names.js";
import { drawTiles } from "./tiles.js";

/** Pixels around the establishments: room for names, for the legend below and the tools. */
const MARGIN = { x: 60, y: 70 };
/** The same around the outline, which leaves room itself. */
const OUTLINE_MARGIN = { x: 24, y: 54 };
/** Pixels between the middles of two marks of full size. */
const GAP = 13;
/** Marks shrink where a kilometre takes few pixels: least and largest size, and pixels per step. */
const SIZES = { least: 0.74, most: 1.15, start: 0.66, step: 0.02 };
/** Kilometres around an establishment that make its town. */
const TOWN_KM = 7;
/** Kilometres across the map at most and at least. */
const WIDEST_KM = 900;
const CLOSEST_KM = 1;

export class MapView {
  /** `onOpen(uai)`: a mark was chosen. `label`: what the map is, for those who do not see it. */
  constructor({ onOpen, label }) {
    this.onOpen = onOpen;
    this.model = null;
    this.units = [];
    this.shown = { secteurs: true, trajets: true, bassins: false, noms: true, fond: false };
    this.passes = () => true;
    this.selected = null;
    this.sector = null;
    this.outline = [];
    this.moved = () => {};
    this.pending = 0;
    this.whole = true;
    this.frame = new Frame(800, 600);
    this.build(label);
  }

  build(label) {
    const layer = (name) => s("g", { class: `couche-${name}` });
    this.layers = { tuiles: layer("tuiles"), sol: layer("sol"), marques: layer("marques"), noms: layer("noms") };
    this.svg = s("svg", { class: "carte-svg", tabindex: "0", role: "group", "aria-label": `${label}. Flèches pour déplacer, plus et moins pour agrandir, zéro pour tout voir, tabulation pour les établissements.` },
      Object.values(this.layers));
    this.scale = h("div", { class: "echelle", "aria-hidden": "true" });
    const tool = (sign, name, act) => h("button", { type: "button", title: name, "aria-label": name, onclick: act }, sign);
    this.element = h("div", { class: "carte" }, this.svg,
      h("div", { class: "carte-outils", role: "group", "aria-label": "Vue de la carte" },
        tool("+", "Agrandir", () => this.zoom(1.5)),
        tool("−", "Réduire", () => this.zoom(1 / 1.5)),
        tool("⤢", "Tout voir", () => this.showAll()),
        tool("◎", "Voir la ville la plus dense", () => this.showTown())),
      this.scale);
    this.areas = new Areas(this.layers.sol);
    bindGestures(this.svg, this);
    this.svg.addEventListener("click", (event) => this.open(event.target));
    // Not on the group of marks: a group that listens to the focus would be a stop of the keyboard.
    this.element.addEventListener("keydown", (event) => this.key(event));
    this.element.addEventListener("focusin", (event) => this.reveal(event.target.closest(".marque")));
    new ResizeObserver(() => this.resize()).observe(this.element);
  }

  /** Shows a plan (see `readPlan`); the view stays where it is if there was one. */
  setPlan(model) {
    const first = !this.units.length;
    this.model = model;
    const homes = new Set(model.posts.map((post) => post.home).filter(Boolean));
    this.units = model.units.filter(located).map((unit) => ({ unit, at: project(unit.longitude, unit.latitude), mark: mark(unit, homes.has(unit.uai)) }));
    this.byUai = new Map(this.units.map((each) => [each.unit.uai, each]));
    put(this.layers.marques, this.units.map((each) => each.mark));
    this.areas.setPlan(model, this.byUai);
    this.applyFilter();
    if (first) this.showAll();
    this.draw();
  }

  /** Shows or hides layers. */
  show(changes) {
    Object.assign(this.shown, changes);
    this.draw();
  }

  /** Leaves the establishments that do not pass as pale dots. */
  filter(passes) {
    this.passes = passes;
    this.applyFilter();
    this.draw();
  }

  /** The outline of the departement: rings of `[longitude, latitude]`. */
  setOutline(rings) {
    const first = !this.outline.length;
    this.outline = rings.map((ring) => ring.map(([longitude, latitude]) => project(longitude, latitude)));
    if (first && rings.length) this.showAll();
    this.draw();
  }

  /** Marks an establishment and its sector, or nothing. */
  select(uai) {
    this.selected = uai;
    this.sector = this.byUai?.get(uai)?.unit.post ?? null;
    this.applyFilter();
    this.draw();
  }

  /** Marks a sector alone. */
  selectSector(post) {
    this.selected = null;
    this.sector = post;
    this.applyFilter();
    const members = this.units.filter(({ unit }) => unit.posts.includes(post));
    this.whole = false;
    if (members.length) this.frame.fit(members.map((each) => each.at), { x: 110, y: 90 });
    this.draw();
  }

  /** Rings establishments that differ from another plan. */
  highlight(uais) {
    for (const { unit, mark: element } of this.units) element.classList.toggle("differe", uais.has(unit.uai));
  }

  pan(dx, dy) {
    this.frame.pan(dx, dy);
    this.whole = false;
    this.touched();
  }

  zoom(factor, pixel = { x: this.frame.width / 2, y: this.frame.height / 2 }) {
    const across = (km) => (this.frame.width / km) * kilometres(this.frame.y);
    this.frame.zoom(factor, pixel, across(WIDEST_KM), across(CLOSEST_KM));
    this.whole = false;
    this.touched();
  }

  showAll() {
    this.frame.fit([...this.units.map((each) => each.at), ...this.outline.flat()], this.outline.length ? OUTLINE_MARGIN : MARGIN);
    this.whole = true;
    this.touched();
  }

  /** Shows the place with the most establishments around it. */
  showTown() {
    const reach = (at) => TOWN_KM / kilometres(at.y);
    const around = ({ at }) => this.units.filter((other) => Math.hypot(other.at.x - at.x, other.at.y - at.y) < reach(at));
    const towns = this.units.map(around);
    const densest = towns.reduce((best, town) => (town.length > best.length ? town : best), []);
    this.frame.fit(densest.map((each) => each.at), MARGIN);
    this.whole = false;
    this.touched();
  }

  /** Takes the view of another map, so that two stay side by side. */
  follow(frame) {
    const { width, height } = this.frame;
    Object.assign(this.frame, { x: frame.x, y: frame.y, scale: frame.scale, width, height });
    this.draw();
  }

  touched() {
    this.moved(this.frame);
    this.draw();
  }

  resize() {
    const { width, height } = this.element.getBoundingClientRect();
    if (!width || !height) return;
    this.sized = true;
    Object.assign(this.frame, { width, height });
    // Whoever sees the whole map goes on seeing it.
    if (this.whole) this.showAll();
    this.draw();
  }

  /** Asks for a drawing at the next frame of the screen. */
  draw() {
    if (this.pending) return;
    this.pending = requestAnimationFrame(() => {
      this.pending = 0;
      this.drawNow();
    });
  }

  drawNow() {
    if (!this.model || !this.sized) return;
    const { frame } = this;
    const perKm = frame.scale / kilometres(frame.y);
    const size = Math.max(SIZES.least, Math.min(SIZES.most, SIZES.start + SIZES.step * perKm));
    const places = spread(this.units.map((each) => frame.place(each.at)), GAP * size);
    this.units.forEach((each, index) => {
      Object.assign(each, places[index]);
      each.mark.setAttribute("transform", `translate(${each.x.toFixed(1)} ${each.y.toFixed(1)}) scale(${size.toFixed(2)})`);
    });
    this.areas.draw(this);
    put(this.layers.noms, this.shown.noms ? names(this) : []);
    if (this.shown.fond) drawTiles(this.layers.tuiles, frame);
    else put(this.layers.tuiles);
    this.drawScale();
  }

  drawScale() {
    const { km, pixels } = this.frame.scaleBar(140);
    put(this.scale, s("svg", { width: pixels + 2, height: 7 }, s("path", { d: `M1 1V6H${(pixels + 1).toFixed(1)}V1` })),
      `${number(km, 1)} km`);
  }

  applyFilter() {
    for (const { unit, mark: element } of this.units) {
      const near = !this.sector || unit.posts.includes(this.sector) || unit.uai === this.selected;
      element.classList.toggle("estompe", !near);
      element.classList.toggle("hors-filtre", !this.passes(unit));
      element.classList.toggle("choisi", unit.uai === this.selected);
      element.setAttribute("tabindex", "-1");
    }
    const stop = this.byUai?.get(this.selected) ?? this.units.find(({ unit }) => this.passes(unit));
    stop?.mark.setAttribute("tabindex", "0");
  }

  open(target) {
    const chosen = target.closest?.(".marque");
    if (chosen) this.onOpen(chosen.dataset.uai);
  }

  key(event) {
    const here = this.byUai?.get(event.target.closest(".marque")?.dataset.uai);
    if (!here) return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      this.onOpen(here.unit.uai);
    } else if (event.key.startsWith("Arrow")) {
      event.preventDefault();
      const next = nearestTowards(this.units.filter(({ unit }) => this.passes(unit)), here, event.key);
      if (next) this.moveFocus(here, next);
    }
  }

  moveFocus(from, to) {
    from.mark.setAttribute("tabindex", "-1");
    to.mark.setAttribute("tabindex", "0");
    to.mark.focus();
  }

  /** Brings a mark that has the focus into view. */
  reveal(element) {
    const each = this.byUai?.get(element?.dataset.uai);
    const { width, height } = this.frame;
    if (!each || (each.x > 20 && each.x < width - 20 && each.y > 20 && each.y < height - 20)) return;
    this.pan(width / 2 - each.x, height / 2 - each.y);
  }
}
