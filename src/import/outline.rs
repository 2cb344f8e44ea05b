//! `contour.geojson`: the outline of the departement. Maps draw it; nothing is computed from it.

use std::path::Path;

use geo::{Coord, CoordsIter, LineString, MultiPolygon, Polygon, Simplify};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::error::{Code, Diagnostic};
use super::table::{Limits, read_bytes};

/// Name of the file in a dossier.
pub const OUTLINE_FILE: &str = "contour.geojson";

/// Bytes that are read: every departement of France in full detail takes 5 MB.
pub const MAX_OUTLINE: usize = 20 << 20;
/// Degrees, some 20 m: no map of a departement shows less.
const DETAIL: f64 = 0.0002;
/// Corners of a ring, the first again as the last.
const FEWEST_CORNERS: usize = 4;

/// Longitude, latitude and perhaps altitude.
type Position = Vec<f64>;
type Rings = Vec<Vec<Position>>;

/// What of GeoJSON (RFC 7946) can hold an outline.
#[derive(Deserialize, Serialize)]
#[serde(tag = "type")]
enum Part {
    FeatureCollection {
        features: Vec<Part>,
    },
    Feature {
        geometry: Option<Box<Part>>,
        #[serde(default)]
        properties: Option<Map<String, Value>>,
    },
    GeometryCollection {
        geometries: Vec<Part>,
    },
    Polygon {
        coordinates: Rings,
    },
    MultiPolygon {
        coordinates: Vec<Rings>,
    },
    #[serde(other)]
    Other,
}

/// The outline in the bytes of a file called `file`, in degrees (WGS 84). In a file of many
/// departements, that of the feature which has the code `departement` among its properties.
///
/// # Errors
/// `A1011`: the outline is left out.
pub fn read_outline(
    file: &str,
    bytes: &[u8],
    departement: &str,
) -> Result<MultiPolygon, Diagnostic> {
    let refused = |cause: &str| {
        let action = "Donnez un fichier GeoJSON de polygones, en degrés (WGS 84) ; sans lui, les cartes n'ont pas de contour.";
        Diagnostic::new(Code::Outline, file, cause, action)
    };
    if bytes.len() > MAX_OUTLINE {
        return Err(refused("Ce fichier est trop grand pour un contour."));
    }
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let whole: Part =
        serde_json::from_slice(text).map_err(|_| refused("Ce n'est pas un fichier GeoJSON."))?;
    let mut polygons = Vec::new();
    collect(of_departement(&whole, departement).unwrap_or(&whole), &mut polygons);
    if polygons.is_empty() {
        return Err(refused("Ce fichier ne contient aucun polygone."));
    }
    let outline = MultiPolygon(polygons);
    let in_degrees = |at: Coord| at.x.abs() <= 180.0 && at.y.abs() <= 90.0;
    if !outline.coords_iter().all(in_degrees) {
        return Err(refused("Ses coordonnées ne sont pas en degrés."));
    }
    Ok(outline.simplify(DETAIL))
}

/// The bytes of a file that came under the name `file`, if they are an outline.
///
/// # Errors
/// `E1001`, `E1005` and `A1011`.
pub fn outline_bytes(file: &str, path: &Path) -> Result<Vec<u8>, Diagnostic> {
    let limits = Limits { file_bytes: MAX_OUTLINE as u64, ..Limits::default() };
    let bytes = read_bytes(path, &limits)?;
    read_outline(file, &bytes, "").map(|_| bytes)
}

/// The file of an outline.
pub(super) fn outline_file(outline: &MultiPolygon) -> Vec<u8> {
    let ring = |ring: &LineString| ring.coords().map(|at| vec![at.x, at.y]).collect();
    let rings = |polygon: &Polygon| {
        std::iter::once(polygon.exterior()).chain(polygon.interiors()).map(ring).collect()
    };
    let part = Part::MultiPolygon { coordinates: outline.iter().map(rings).collect() };
    serde_json::to_vec(&part).expect("numbers become text")
}

/// The feature of a departement among several.
fn of_departement<'a>(part: &'a Part, departement: &str) -> Option<&'a Part> {
    let Part::FeatureCollection { features } = part else { return None };
    let coded = |feature: &&Part| match feature {
        Part::Feature { properties: Some(properties), .. } => {
            properties.values().any(|value| value.as_str() == Some(departement))
        }
        _ => false,
    };
    features.iter().find(coded)
}

fn collect(part: &Part, polygons: &mut Vec<Polygon>) {
    match part {
        Part::FeatureCollection { features: parts }
        | Part::GeometryCollection { geometries: parts } => {
            parts.iter().for_each(|part| collect(part, polygons));
        }
        Part::Feature { geometry, .. } => {
            geometry.iter().for_each(|part| collect(part, polygons));
        }
        Part::Polygon { coordinates } => polygons.extend(polygon(coordinates)),
        Part::MultiPolygon { coordinates } => {
            polygons.extend(coordinates.iter().filter_map(|rings| polygon(rings)));
        }
        Part::Other => {}
    }
}

/// `None` without a ring that encloses something.
fn polygon(rings: &[Vec<Position>]) -> Option<Polygon> {
    let ring = |positions: &Vec<Position>| {
        let corners = positions.iter().filter(|position| position.len() >= 2);
        let corners: Vec<Coord> =
            corners.map(|position| Coord { x: position[0], y: position[1] }).collect();
        (corners.len() >= FEWEST_CORNERS).then_some(LineString(corners))
    };
    let mut rings = rings.iter().filter_map(ring);
    Some(Polygon::new(rings.next()?, rings.collect()))
}
