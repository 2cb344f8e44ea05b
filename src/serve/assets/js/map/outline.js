// The outline of a departement from a GeoJSON file: its rings, whatever holds them.

/** Rings of `[longitude, latitude]`; throws when the file holds none. */
export function rings(geojson) {
  const found = [...ringsOf(geojson)];
  if (!found.length) {
    throw Object.assign(new Error("Ce fichier ne contient pas de contour."), { remedy: "Choisissez un fichier GeoJSON de polygones, en degrés (WGS 84)." });
  }
  return found;
}

function* ringsOf(part) {
  if (part?.type === "FeatureCollection") for (const feature of part.features) yield* ringsOf(feature);
  else if (part?.type === "Feature") yield* ringsOf(part.geometry);
  else if (part?.type === "GeometryCollection") for (const geometry of part.geometries) yield* ringsOf(geometry);
  else if (part?.type === "Polygon") yield* part.coordinates;
  else if (part?.type === "MultiPolygon") for (const polygon of part.coordinates) yield* polygon;
}
