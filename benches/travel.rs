//! How a matrix of 200 places grows with the road network: time and peak memory on generated
//! networks, up to a million segments (about what a region of France has between its junctions).
//!
//! `cargo bench --bench travel`. A plain table rather than a harness: one run takes seconds, and
//! peak memory is of the whole process.

use std::time::Instant;

use maillage::travel::Place;
use maillage::travel::roads::map::{RoadMap, Segment};
use maillage::travel::roads::{Coordinate, Router, Snapper};
use rand::prelude::*;
use rand_chacha::ChaCha8Rng;

const PLACES: usize = 200;
/// Junctions are this far apart: 0.002 degree, some 200 m.
const STEP_E7: i32 = 20_000;

fn main() {
    println!("segments  prepare_s  snap_s  trips_s    cpu_s  reached  peak_mib");
    for side in [90_u32, 283, 516, 890] {
        let map = network(side);
        let cpu = cpu_seconds();
        let places = places(side);
        let start = Instant::now();
        let router = Router::prepare(&map);
        let prepared = start.elapsed();
        let start = Instant::now();
        let snapper = Snapper::new(&map);
        let snaps: Vec<_> = places.iter().map(|place| snapper.nearest(place, 5_000.0)).collect();
        let snapped = start.elapsed();
        let start = Instant::now();
        let trips = router.trips(&map, &snaps);
        let reached = trips.iter().flatten().flatten().count();
        println!(
            "{:>8}  {:>9.2}  {:>6.2}  {:>7.2}  {:>7.2}  {reached:>7}  {:>8}",
            map.segments.len(),
            prepared.as_secs_f64(),
            snapped.as_secs_f64(),
            start.elapsed().as_secs_f64(),
            cpu_seconds() - cpu,
            peak_mib().map_or_else(|| "?".to_owned(), |mib| mib.to_string()),
        );
    }
}

/// Two-way roads on a square grid, made like real ones: few fast lanes, more middling ones, and
/// local roads of which two in five are missing, so that a junction has under three roads.
fn network(side: u32) -> RoadMap {
    let mut random = ChaCha8Rng::seed_from_u64(u64::from(side));
    let mut map = RoadMap { node_count: side * side, ..RoadMap::default() };
    for row in 0..side {
        for column in 0..side {
            let here = (row, column);
            for (next, lane) in [((row, column + 1), row), ((row + 1, column), column)] {
                let km_h = match lane {
                    lane if lane % 50 == 0 => 110.0,
                    lane if lane % 10 == 0 => 70.0,
                    _ => random.random_range(20.0..50.0),
                };
                let exists = lane % 10 == 0 || random.random_bool(0.6);
                if exists && next.0 < side && next.1 < side {
                    push_road(&mut map, side, here, next, km_h);
                }
            }
        }
    }
    map.main_part()
}

fn push_road(map: &mut RoadMap, side: u32, from: (u32, u32), to: (u32, u32), km_h: f64) {
    let metres = 200.0;
    let time = Some((metres * 3600.0 / km_h) as u32);
    let shape = map.shapes.len() as u32;
    map.shapes.extend([coordinate(from), coordinate(to)]);
    map.segments.push(Segment {
        start: from.0 * side + from.1,
        end: to.0 * side + to.1,
        way: 0,
        metres,
        forward_ms: time,
        backward_ms: time,
        stops: true,
        shape: shape..shape + 2,
    });
}

/// Around 46 degrees north, 0 east.
fn coordinate((row, column): (u32, u32)) -> Coordinate {
    Coordinate {
        latitude_e7: 460_000_000 + row as i32 * STEP_E7,
        longitude_e7: column as i32 * STEP_E7,
    }
}

fn places(side: u32) -> Vec<Place> {
    let mut random = ChaCha8Rng::seed_from_u64(1);
    let extent = f64::from(side) * f64::from(STEP_E7) / 1e7;
    (0..PLACES)
        .map(|index| Place {
            id: index.to_string(),
            latitude: 46.0 + random.random_range(0.0..extent),
            longitude: random.random_range(0.0..extent),
            rural_class: None,
        })
        .collect()
}

/// Processor time of the process so far, which a busy machine does not lengthen; 0 where the system
/// does not tell (Linux, in ticks of 10 ms).
fn cpu_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    let ticks = after_name.split_whitespace().skip(11).take(2);
    ticks.filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / 100.0
}

/// Peak memory of the process so far, where the system tells (Linux).
fn peak_mib() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.split_whitespace().next()?.parse::<u64>().ok()? / 1024)
}
