// The plan as the screens read it: units joined with what the plan gives them, and sectors.

import { categoryCodes, shortName } from "./words.js";

/**
 * Joins the answer of `plan`. Each unit gets `rows` (several when it is served in parts), `row`
 * (the first), `modality`, `post`, `halfDays`, `codes`; each post its `members` and its `sector`
 * number, from which its colour comes: the one that the post has in `like`, another plan.
 */
export function readPlan(answer, like = null) {
  const plan = answer?.plan ?? null;
  const rows = groupBy(plan?.affectations ?? [], (row) => row.uai);
  const before = new Map((answer?.actuel ?? []).map((row) => [row.uai, row]));
  const units = (answer?.unites ?? []).map((unit) => {
    // A network has a row in the plan for each of its ecoles, under their own UAI.
    const codes = [unit.uai, ...(unit.membres ?? [])];
    return readUnit(unit, codes.flatMap((code) => rows.get(code) ?? []), codes.map((code) => before.get(code)).find(Boolean));
  });
  const byUai = new Map(units.map((unit) => [unit.uai, unit]));
  const weeks = new Map((plan?.postes ?? []).map((week) => [week.poste, week]));
  const posts = (answer?.postes ?? []).map((post) => readPost(post, weeks.get(post.poste), units));
  const byPost = new Map(posts.map((post) => [post.id, post]));
  colour(posts, byUai, like);
  return { plan, units, byUai, posts, byPost, hasCurrent: before.size > 0 };
}

/** Whether a point of the ground is known. */
export function located(unit) {
  return Number.isFinite(unit.latitude) && Number.isFinite(unit.longitude);
}

/** The name of a post with that of its agent where there is one. */
export function postLabel(post) {
  return post.agent ? `${post.id} · ${post.agent}` : post.id;
}

/** The same with the residence, after which a sector is named. */
export function sectorLabel(post) {
  return [postLabel(post), post.secteur_nom && shortName(post.secteur_nom)].filter(Boolean).join(" · ");
}

function readUnit(unit, rows, before) {
  const row = rows[0] ?? null;
  const sum = (field) => rows.reduce((total, each) => total + (each[field] ?? 0), 0);
  return {
    ...unit,
    rows,
    row,
    codes: categoryCodes(unit.categories),
    modality: row?.modalite ?? null,
    post: row?.poste ?? null,
    halfDays: sum("demi_journees"),
    before: before ?? null,
    changed: rows.some((each) => each.change),
    posts: [...new Set(rows.map((each) => each.poste).filter(Boolean))],
  };
}

function readPost(post, week, units) {
  const id = post.poste;
  return {
    ...post,
    id,
    week: week ?? null,
    home: week?.residence ?? post.residence ?? post.residence_plan ?? null,
    members: units.filter((unit) => unit.posts.includes(id)),
    sector: 0,
  };
}

/** How many colours sectors share; the classes `.secteur-0` to `.secteur-8` of the style hold them. */
export const SECTOR_COLOURS = 9;
/** Sectors whose middles are nearer than this many of their neighbours take other colours. */
const NEIGHBOURS = 7;

/** Gives near sectors different colours, each the least used among those that its neighbours leave. */
function colour(posts, byUai, like) {
  const middles = posts.map((post) => middle(post, byUai));
  const used = new Array(SECTOR_COLOURS).fill(0);
  posts.forEach((post, index) => {
    const near = posts
      .slice(0, index)
      .map((other, at) => [distance(middles[index], middles[at]), other.sector])
      .sort((a, b) => a[0] - b[0])
      .slice(0, NEIGHBOURS)
      .map(([, sector]) => sector);
    const free = used.map((uses, sector) => [near.includes(sector) ? 1 : 0, uses, sector]);
    free.sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]);
    post.sector = like?.byPost.get(post.id)?.sector ?? free[0][2];
    used[post.sector] += 1;
  });
}

function middle(post, byUai) {
  const points = [...post.members, byUai.get(post.home)].filter((unit) => unit && located(unit));
  const mean = (field) => points.reduce((total, unit) => total + unit[field], 0) / points.length;
  return points.length ? [mean("longitude"), mean("latitude")] : null;
}

function distance(a, b) {
  return a && b ? Math.hypot((a[0] - b[0]) * 0.7, a[1] - b[1]) : Infinity;
}

function groupBy(list, key) {
  const groups = new Map();
  for (const item of list) {
    if (!groups.has(key(item))) groups.set(key(item), []);
    groups.get(key(item)).push(item);
  }
  return groups;
}
