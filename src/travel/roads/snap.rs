//! Snapping: the point of the road map from which a place is reached.

use geo::{Coord, Distance, Euclidean, LineLocatePoint, LineString, Point};
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree, RTreeObject};

use super::map::RoadMap;
use crate::travel::Place;

/// Where a place meets the road.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Snap {
    /// Index of the segment in the map.
    pub segment: u32,
    /// How far along it, from 0 (start) to 1 (end).
    pub along: f64,
    /// Distance from the place to that point, in metres.
    pub distance_m: f64,
}

/// An index of the segments where a trip may start or end.
pub struct Snapper<'a> {
    map: &'a RoadMap,
    plane: Plane,
    boxes: RTree<GeomWithData<Rectangle<[f64; 2]>, u32>>,
}

/// An equirectangular plane in metres, true at the middle latitude of the map: distances are
/// within 2 % over a region of 300 km, enough to choose the nearest road and to warn of a far one.
struct Plane {
    metres_per_degree: [f64; 2],
}

impl Plane {
    fn of(map: &RoadMap) -> Self {
        const LATITUDE_DEGREE_M: f64 = 111_195.0;
        let latitudes = || map.shapes.iter().map(|at| at.point().y());
        let south = latitudes().fold(f64::INFINITY, f64::min);
        let north = latitudes().fold(f64::NEG_INFINITY, f64::max);
        let middle = if south <= north { (south + north) / 2.0 } else { 0.0 };
        let longitude_degree_m = LATITUDE_DEGREE_M * middle.to_radians().cos();
        Self { metres_per_degree: [longitude_degree_m, LATITUDE_DEGREE_M] }
    }

    fn project(&self, degrees: Point<f64>) -> Coord<f64> {
        let [x, y] = self.metres_per_degree;
        Coord { x: degrees.x() * x, y: degrees.y() * y }
    }
}

impl<'a> Snapper<'a> {
    /// Indexes the segments of a map.
    pub fn new(map: &'a RoadMap) -> Self {
        let plane = Plane::of(map);
        let boxes = map
            .segments
            .iter()
            .enumerate()
            .filter(|(_, segment)| segment.stops)
            .map(|(index, segment)| {
                let corners = map.shape(segment).iter().map(|at| plane.project(at.point()));
                let corners: Vec<[f64; 2]> = corners.map(|at| [at.x, at.y]).collect();
                let envelope = AABB::from_points(&corners);
                let rectangle = Rectangle::from_corners(envelope.lower(), envelope.upper());
                GeomWithData::new(rectangle, index as u32)
            })
            .collect();
        Self { map, plane, boxes: RTree::bulk_load(boxes) }
    }

    /// The nearest point of the map within `limit_m` metres of a place.
    pub fn nearest(&self, place: &Place, limit_m: f64) -> Option<Snap> {
        let at = self.plane.project(Point::new(place.longitude, place.latitude));
        let mut best: Option<Snap> = None;
        // Boxes come by increasing distance, which bounds that of their segment from below.
        for candidate in self.boxes.nearest_neighbor_iter(&[at.x, at.y]) {
            let reach = best.map_or(limit_m, |snap| snap.distance_m);
            if distance_to_box(&candidate.envelope(), at) > reach {
                break;
            }
            let snap = self.snap_to(candidate.data, at.into());
            if snap.distance_m <= limit_m && best.is_none_or(|best| is_nearer(&snap, &best)) {
                best = Some(snap);
            }
        }
        best
    }

    fn snap_to(&self, segment: u32, at: Point<f64>) -> Snap {
        let shape = self.map.shape(&self.map.segments[segment as usize]);
        let line: LineString<f64> = shape.iter().map(|at| self.plane.project(at.point())).collect();
        Snap {
            segment,
            // A segment without length is all start.
            along: line.line_locate_point(&at).unwrap_or(0.0),
            distance_m: Euclidean.distance(&at, &line),
        }
    }
}

/// Nearer, ties by segment: the answer does not depend on the shape of the tree.
fn is_nearer(snap: &Snap, best: &Snap) -> bool {
    (snap.distance_m, snap.segment) < (best.distance_m, best.segment)
}

fn distance_to_box(envelope: &AABB<[f64; 2]>, at: Coord<f64>) -> f64 {
    envelope.distance_2(&[at.x, at.y]).sqrt()
}
