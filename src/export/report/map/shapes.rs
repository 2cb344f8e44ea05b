//! Areas of sectors and bassins: convex hulls with rounded corners, and colours that differ
//! between neighbours.

use std::f64::consts::TAU;

use geo::{ConvexHull, Coord, Intersects, MultiPoint, Point, Polygon};

use super::projection::{Frame, tenth};

/// Colours of sectors, apart from one another also for most colour-blind eyes when neighbours
/// differ; the shapes and the lines tell the same without colour.
pub const COLOURS: [&str; 9] = [
    "#2b6096", "#a5540f", "#33702f", "#7b4a90", "#a83340", "#176d6a", "#75543b", "#745e08",
    "#4a596c",
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Contrast with white (WCAG 2.2): from 1 to 21.
    fn contrast(colour: &str) -> f64 {
        let linear = |part: &str| {
            let share = f64::from(u8::from_str_radix(part, 16).expect("two digits")) / 255.0;
            if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
        };
        let [red, green, blue] = [1, 3, 5].map(|at| linear(&colour[at..at + 2]));
        1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)
    }

    #[test]
    fn lines_stand_out_also_on_their_own_tint_and_the_page_shows_the_same_colours() {
        let page = include_str!("../../../serve/assets/style/map.css");
        for colour in COLOURS {
            // A sector's tint, at 13 %, takes a quarter of the contrast away; 3 must be left.
            assert!(contrast(colour) >= 5.0, "{colour}: {:.2}", contrast(colour));
            assert!(page.contains(colour), "{colour} is not on the page");
        }
    }
}
