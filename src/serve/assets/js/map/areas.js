// What lies under the establishments: outline, bassins, areas of sectors, trips to the residence.

import { s, put } from "../core/dom.js";
import { roundedHull } from "./hull.js";

const SECTOR_MARGIN = 15;
const BASSIN_MARGIN = 30;
/** Pole and first degree: the assistant comes on request, the line is dashed. */
const ON_REQUEST = new Set(["POLE", "PREMIER_DEGRE"]);

export class Areas {
  constructor(layer) {
    const group = (name) => s("g", { class: name });
    this.parts = { outline: group("contour"), bassins: group("bassins"), sectors: group("secteurs"), trips: group("trajets") };
    layer.append(...Object.values(this.parts));
    this.sectors = [];
    this.bassins = [];
  }

  /** Elements for the sectors and trips of a plan; `byUai` holds the units that the map shows. */
  setPlan(model, byUai) {
    this.sectors = model.posts.filter((post) => post.members.length).map((post) => ({
      id: post.id,
      members: post.members.map((unit) => byUai.get(unit.uai)).filter(Boolean),
      home: byUai.get(post.home),
      area: s("path", { class: `secteur secteur-${post.sector}` }, s("title", {}, `Secteur ${post.id}`)),
      trips: [],
    }));
    for (const sector of this.sectors) {
      const number = model.byPost.get(sector.id).sector;
      sector.trips = sector.members.filter((member) => member !== sector.home && sector.home).map((member) => ({
        member,
        line: s("line", { class: `trajet secteur-${number}${ON_REQUEST.has(member.unit.modality) ? " a-la-demande" : ""}` }),
      }));
    }
    this.bassins = groups([...byUai.values()]).map(({ name, members }) => ({ name, members, area: s("path", { class: "bassin" }) }));
    put(this.parts.sectors, this.sectors.map((sector) => sector.area));
    put(this.parts.trips, this.sectors.flatMap((sector) => sector.trips.map((trip) => trip.line)));
    put(this.parts.bassins, this.bassins.map((bassin) => bassin.area));
  }

  /** Places everything for the frame of the map. */
  draw(map) {
    this.drawOutline(map);
    this.drawSectors(map);
    this.drawBassins(map);
  }

  drawOutline({ outline, frame }) {
    put(this.parts.outline, outline.map((ring) => {
      const points = ring.map((point) => frame.place(point)).map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`);
      return s("polygon", { points: points.join(" ") });
    }));
  }

  drawSectors({ shown, sector: chosen }) {
    this.parts.sectors.toggleAttribute("hidden", !shown.secteurs);
    this.parts.trips.toggleAttribute("hidden", !shown.trajets);
    for (const { id, members, home, area, trips } of this.sectors) {
      const faded = Boolean(chosen) && chosen !== id;
      area.classList.toggle("estompe", faded);
      area.classList.toggle("choisi", chosen === id);
      if (shown.secteurs) area.setAttribute("d", roundedHull(home && !members.includes(home) ? [...members, home] : members, SECTOR_MARGIN));
      for (const { member, line } of trips) {
        line.classList.toggle("estompe", faded);
        if (shown.trajets) stretch(line, member, home);
      }
    }
  }

  drawBassins({ shown }) {
    this.parts.bassins.toggleAttribute("hidden", !shown.bassins);
    if (!shown.bassins) return;
    for (const { members, area } of this.bassins) area.setAttribute("d", roundedHull(members, BASSIN_MARGIN));
  }
}

function stretch(line, from, to) {
  const ends = { x1: from.x, y1: from.y, x2: to.x, y2: to.y };
  for (const [name, value] of Object.entries(ends)) line.setAttribute(name, value.toFixed(1));
}

function groups(units) {
  const named = new Map();
  for (const each of units) {
    const { bassin } = each.unit;
    if (!bassin) continue;
    if (!named.has(bassin)) named.set(bassin, []);
    named.get(bassin).push(each);
  }
  return [...named].map(([name, members]) => ({ name, members }));
}
