// Which names the map shows: bassins when asked, the posts at their residence, then establishments
// and communes as far as there is room.

import { s } from "../core/dom.js";
import { shortName } from "../model/words.js";
import { placeLabels } from "./labels.js";
import { kilometres } from "./projection.js";

/** Pixels to a kilometre from which establishments bear their own names. */
const CLOSE = 18;
const LONGEST = 26;

/** The labels of the map, as text elements. */
export function names(map) {
  const visible = map.units.filter(({ x, y, unit }) =>
    x > -20 && y > -20 && x < map.frame.width + 20 && y < map.frame.height + 20 && map.passes(unit));
  const wishes = [...bassins(map), ...chosen(map), ...posts(map), ...places(map, visible)];
  return placeLabels(wishes, visible, map.frame).map((label) => {
    const faded = map.sector && label.sector !== undefined && label.sector !== map.sector;
    return s("text", { x: label.left.toFixed(1), y: label.base.toFixed(1), class: `nom nom-${label.kind}${faded ? " estompe" : ""}` }, label.text);
  });
}

function bassins({ areas, shown }) {
  if (!shown.bassins) return [];
  return areas.bassins.map(({ name, members }) => {
    const mean = (field) => members.reduce((total, each) => total + each[field], 0) / members.length;
    return { text: name, kind: "bassin", x: mean("x"), y: mean("y"), gap: 12 };
  });
}

/** The name of what is selected comes first. */
function chosen(map) {
  const each = map.byUai.get(map.selected);
  return each ? [{ text: cut(shortName(each.unit.nom)), kind: "lieu", x: each.x, y: each.y, gap: 13, sector: map.sector }] : [];
}

function posts({ model, byUai }) {
  const homes = model.posts.filter((post) => post.members.length && byUai.has(post.home));
  return homes.map((post) => {
    const { x, y } = byUai.get(post.home);
    return { text: post.id, kind: "poste", x, y, gap: 12, sector: post.id };
  });
}

function places(map, visible) {
  const close = map.frame.scale / kilometres(map.frame.y) >= CLOSE;
  const seen = new Set();
  const wishes = [];
  const heavy = [...visible].sort((a, b) => (b.unit.points ?? 0) - (a.unit.points ?? 0));
  for (const { unit, x, y } of heavy) {
    const text = close ? cut(shortName(unit.nom)) : unit.commune;
    if (!text || seen.has(text) || unit.uai === map.selected) continue;
    seen.add(text);
    wishes.push({ text, kind: "lieu", x, y, sector: close ? unit.post ?? undefined : undefined });
  }
  return wishes;
}

function cut(text) {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1).trimEnd()}…`;
}
