//! Hand-made road maps, where the quickest trip can be told by looking.

use maillage::travel::roads::map::{RoadMap, Segment, TurnRule};
use maillage::travel::roads::turn_restriction::TurnKind;
use maillage::travel::roads::{Coordinate, trip_table};
use maillage::travel::{Place, RoadTrip, SnapDistance};

use super::place;

/// Junctions of a map on a plane: 0.01 degree is 1,112 m.
const JUNCTIONS: [(f64, f64); 4] = [(0.0, 0.0), (0.0, 0.01), (0.01, 0.01), (0.01, 0.0)];

fn coordinate((latitude, longitude): (f64, f64)) -> Coordinate {
    let e7 = |degrees: f64| (degrees * 1e7).round() as i32;
    Coordinate { latitude_e7: e7(latitude), longitude_e7: e7(longitude) }
}

/// A map of straight segments of one minute each way unless told otherwise.
fn map(ends: &[(u32, u32)]) -> RoadMap {
    let mut map = RoadMap { node_count: 4, ..RoadMap::default() };
    for (index, &(start, end)) in ends.iter().enumerate() {
        let shape = map.shapes.len() as u32;
        map.shapes.push(coordinate(JUNCTIONS[start as usize]));
        map.shapes.push(coordinate(JUNCTIONS[end as usize]));
        map.segments.push(Segment {
            start,
            end,
            way: index as i64,
            metres: 1112.0,
            forward_ms: Some(60_000),
            backward_ms: Some(60_000),
            stops: true,
            shape: shape..shape + 2,
        });
    }
    map
}

/// A square of roads 0-1-2-3-0.
fn square() -> RoadMap {
    map(&[(0, 1), (1, 2), (2, 3), (3, 0)])
}

/// A point on a segment from 0 to 1, at a share of its length.
fn on_bottom(share: f64) -> Place {
    place("bottom", 0.0, 0.01 * share)
}

fn trip(map: &RoadMap, from: Place, to: Place) -> Option<RoadTrip> {
    trip_table(map, &[from, to]).trips[0][1]
}

fn assert_minutes(trip: Option<RoadTrip>, minutes: f64) {
    let seconds = trip.expect("a road leads").seconds;
    assert!((seconds / 60.0 - minutes).abs() < 0.01, "{} min instead of {minutes}", seconds / 60.0);
}

#[test]
fn takes_the_shorter_side_of_a_square() {
    let top = place("top", 0.01, 0.0075);
    let found = trip(&square(), on_bottom(0.75), top);
    assert_minutes(found, 0.25 + 1.0 + 0.25);
    let metres = found.expect("a road leads").metres;
    assert!((metres - 1.5 * 1112.0).abs() < 2.0, "{metres} m");
}

#[test]
fn drives_along_one_segment_without_reaching_its_ends() {
    assert_minutes(trip(&square(), on_bottom(0.2), on_bottom(0.7)), 0.5);
}

#[test]
fn goes_round_where_a_street_is_one_way() {
    let mut map = square();
    map.segments[0].backward_ms = None;
    assert_minutes(trip(&map, on_bottom(0.2), on_bottom(0.7)), 0.5);
    assert_minutes(trip(&map, on_bottom(0.7), on_bottom(0.2)), 0.3 + 3.0 + 0.2);
}

#[test]
fn obeys_a_forbidden_turn() {
    let mut map = square();
    let right = place("right", 0.005, 0.01);
    assert_minutes(trip(&map, on_bottom(0.5), right.clone()), 1.0);
    // From the bottom, no turn into the right side at junction 1; and no U-turn beyond it.
    map.turn_rules.push(TurnRule { node: 1, from_way: 0, to_way: 1, kind: TurnKind::Forbidden });
    map.turn_rules.push(TurnRule { node: 1, from_way: 0, to_way: 0, kind: TurnKind::Forbidden });
    assert_minutes(trip(&map, on_bottom(0.5), right), 0.5 + 2.0 + 0.5);
}

#[test]
fn obeys_a_mandatory_turn() {
    let mut map = map(&[(0, 1), (1, 2), (2, 3), (3, 0), (1, 3)]);
    let right = place("right", 0.005, 0.01);
    map.turn_rules.push(TurnRule { node: 1, from_way: 0, to_way: 4, kind: TurnKind::Mandatory });
    // By the diagonal to 3, the top to 2, and half of the right side down.
    assert_minutes(trip(&map, on_bottom(0.9), right), 0.1 + 1.0 + 1.0 + 0.5);
}

#[test]
fn starts_no_trip_on_a_motorway() {
    let mut map = square();
    map.segments[0].stops = false;
    let table = trip_table(&map, &[on_bottom(0.5)]);
    let SnapDistance::Metres(metres) = table.snaps[0] else { panic!("a road is near") };
    assert!((metres - 556.0).abs() < 2.0, "{metres} m to the left or right side");
}

#[test]
fn leaves_out_a_place_off_the_map() {
    let table = trip_table(&square(), &[on_bottom(0.5), place("far", 1.0, 1.0)]);
    assert_eq!(table.snaps[1], SnapDistance::OffMap);
    assert_eq!(table.trips[0][1], None);
}
