//! Areas of sectors and bassins: convex hulls with rounded corners, and colours that differ
//! between neighbours.

use std::f64::consts::TAU;

use geo::{ConvexHull, Coord, Intersects, MultiPoint, Point, Polygon};

use super::projection::{Frame, tenth};

/// Colours of sectors, apart from one another also for most colour-blind eyes when neighbours
/// differ; the shapes and the lines tell the same without colour.
pub const COLOURS: [&str; 9] = [
    "#3b6fa0", "#c8742c", "#4b8b4a", "#8d5f9b", "#b8474c", "#2f8f8b", "#8a6a4f", "#a88a1e",
    "#5b6b7a",
];
/// Points that round each corner.
const CORNER_POINTS: u32 = 12;

/// The hull of points with `margin` around them, kilometres.
pub fn rounded_hull(points: &[Coord], margin: f64) -> Polygon {
    let corners: MultiPoint = points
        .iter()
        .flat_map(|point| {
            (0..CORNER_POINTS).map(move |step| {
                let angle = TAU * f64::from(step) / f64::from(CORNER_POINTS);
                Point(*point + Coord { x: angle.cos(), y: angle.sin() } * margin)
            })
        })
        .collect();
    corners.convex_hull()
}

/// The points of a hull for the `points` attribute of an SVG polygon.
pub fn outline(hull: &Polygon, frame: &Frame) -> String {
    let points = hull.exterior().coords().map(|point| frame.place(*point));
    points.map(|at| format!("{},{}", tenth(at.x), tenth(at.y))).collect::<Vec<_>>().join(" ")
}

/// A colour for each hull: the least used among those that no touching hull has.
pub fn colours(hulls: &[Polygon]) -> Vec<&'static str> {
    let mut chosen: Vec<usize> = Vec::new();
    for (index, hull) in hulls.iter().enumerate() {
        let neighbours: Vec<usize> = (0..index)
            .filter(|other| hulls[*other].intersects(hull))
            .map(|other| chosen[other])
            .collect();
        let cost = |colour: &usize| {
            let beside = neighbours.iter().filter(|other| *other == colour).count();
            (beside, chosen.iter().filter(|other| *other == colour).count())
        };
        chosen.push((0..COLOURS.len()).min_by_key(cost).expect("there are colours"));
    }
    chosen.into_iter().map(|colour| COLOURS[colour]).collect()
}
