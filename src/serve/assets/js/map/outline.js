// The outline of the departement of the open dossier, asked for once.

import { get } from "../core/api.js";
import { now } from "../core/store.js";

/** The outline asked for last, and what tells it from another. */
const known = { mark: null, rings: [] };

/** Rings of `[longitude, latitude]`; none when the dossier has no outline. */
export async function outline() {
  const mark = now().etat?.contour ?? null;
  if (mark !== known.mark) Object.assign(known, { mark, rings: mark ? await get("contour") : [] });
  return known.rings;
}
