// The IGN map below the plan: the only thing of this page that goes online, and only when asked.
//
// The policy of the page forbids any foreign image. `?fond=ign` in the address asks the server for
// a page that may show those of data.geopf.fr: asking means loading the page again.

import { s } from "../core/dom.js";

const TILE = 256;
const DEEPEST = 16;
/** Address of a tile (IGN Géoplateforme, WMTS, Plan IGN v2, no key). */
const address = (zoom, x, y) =>
  "https://data.geopf.fr/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER=GEOGRAPHICALGRIDSYSTEMS.PLANIGNV2"
  + `&STYLE=normal&FORMAT=image/png&TILEMATRIXSET=PM&TILEMATRIX=${zoom}&TILEROW=${y}&TILECOL=${x}`;

/** Whether the address of the page allows the background. */
export function allowed() {
  return new URLSearchParams(location.search).get("fond") === "ign";
}

/** Loads the page again with the background, or without. */
export function setAllowed(wanted) {
  location.search = wanted ? "?fond=ign" : "";
}

/** Puts the tiles under `frame` into `layer`, and keeps those that are there already. */
export function drawTiles(layer, frame) {
  const zoom = Math.max(0, Math.min(DEEPEST, Math.round(Math.log2(frame.scale / TILE))));
  const across = 2 ** zoom;
  const corner = frame.under({ x: 0, y: 0 });
  const end = frame.under({ x: frame.width, y: frame.height });
  const known = new Map([...layer.children].map((image) => [image.dataset.tuile, image]));
  const kept = [];
  for (let x = Math.floor(corner.x * across); x <= Math.floor(end.x * across); x += 1) {
    for (let y = Math.floor(corner.y * across); y <= Math.floor(end.y * across); y += 1) {
      kept.push(tile(known, zoom, x, y, frame));
    }
  }
  layer.replaceChildren(...kept);
}

function tile(known, zoom, x, y, frame) {
  const name = `${zoom}/${x}/${y}`;
  const image = known.get(name) ?? s("image", { "data-tuile": name, href: address(zoom, x, y), preserveAspectRatio: "none" });
  const side = frame.scale / 2 ** zoom;
  const at = frame.place({ x: x / 2 ** zoom, y: y / 2 ** zoom });
  // A hair wider, against white lines between tiles.
  image.setAttribute("x", at.x);
  image.setAttribute("y", at.y);
  image.setAttribute("width", side + 0.6);
  image.setAttribute("height", side + 0.6);
  return image;
}
