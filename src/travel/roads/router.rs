//! Quickest trips over a road map, by contraction hierarchies (crate `fast_paths`; Geisberger,
//! Sanders, Schultes, Delling, "Contraction Hierarchies", WEA 2008).
//!
//! The router knows nodes only, so a turn rule becomes a node: the arc that arrives under a rule
//! ends in a copy of the junction, from which leave only the arcs that the rule allows.
//! Turning round at a junction is allowed, and turns themselves take no time.

use std::collections::{BTreeMap, BTreeSet};

use fast_paths::{FastGraph, InputGraph, PathCalculator, ShortestPath};
use rayon::prelude::*;

use super::map::{RoadMap, TurnRule};
use super::snap::Snap;
use super::turn_restriction::TurnKind;
use crate::travel::RoadTrip;

/// A road map made ready for many questions.
pub struct Router {
    /// By tail, then head, then time: the first of equal ends is the one the router takes.
    arcs: Vec<Arc>,
    /// First arc of each tail in `arcs`, and one more.
    first_arc: Vec<u32>,
    graph: FastGraph,
}

/// A segment in one direction.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Arc {
    tail: u32,
    head: u32,
    milliseconds: u32,
    metres: f32,
    segment: u32,
    forward: bool,
}

/// A way to leave, or to reach, the router's nodes from a place along a segment.
#[derive(Debug, Clone, Copy)]
struct Access {
    node: usize,
    milliseconds: usize,
    metres: f64,
}

/// A snapped place as the router sees it.
struct Door {
    snap: Snap,
    departures: Vec<Access>,
    arrivals: Vec<Access>,
}

impl Router {
    /// Prepares a map for questions.
    pub fn prepare(map: &RoadMap) -> Self {
        let (mut arcs, node_count) = apply_turn_rules(arcs_of(map), map);
        arcs.par_sort_unstable_by_key(|arc| {
            (arc.tail, arc.head, arc.milliseconds, arc.segment, arc.forward)
        });
        let mut input = InputGraph::new();
        for arc in arcs.iter().filter(|arc| arc.tail != arc.head) {
            input.add_edge(arc.tail as usize, arc.head as usize, arc.milliseconds as usize);
        }
        input.freeze();
        let first_arc = (0..=node_count)
            .map(|node| arcs.partition_point(|arc| arc.tail < node) as u32)
            .collect();
        Self { arcs, first_arc, graph: fast_paths::prepare(&input) }
    }

    /// The quickest trip between all ordered pairs of snapped places, row by row; `None` where
    /// a place is not snapped or no road leads.
    pub fn trips(&self, map: &RoadMap, snaps: &[Option<Snap>]) -> Vec<Vec<Option<RoadTrip>>> {
        let doors = self.doors(snaps);
        doors
            .par_iter()
            .map_init(
                || fast_paths::create_calculator(&self.graph),
                |calculator, origin| {
                    let trip = |destination: &Option<Door>| {
                        self.trip(calculator, map, origin.as_ref()?, destination.as_ref()?)
                    };
                    doors.iter().map(trip).collect()
                },
            )
            .collect()
    }

    fn trip(
        &self,
        calculator: &mut PathCalculator,
        map: &RoadMap,
        origin: &Door,
        destination: &Door,
    ) -> Option<RoadTrip> {
        let direct = along_segment(map, &origin.snap, &destination.snap);
        let path = calculator.calc_path_multiple_sources_and_targets(
            &self.graph,
            weights(&origin.departures),
            weights(&destination.arrivals),
        );
        let by_junctions = path.map(|path| self.measure(&path, origin, destination));
        [direct, by_junctions].into_iter().flatten().min_by(|a, b| a.seconds.total_cmp(&b.seconds))
    }

    fn measure(&self, path: &ShortestPath, origin: &Door, destination: &Door) -> RoadTrip {
        let nodes = path.get_nodes();
        let between: f64 = nodes.windows(2).map(|step| self.arc_metres(step[0], step[1])).sum();
        let (first, last) = (nodes[0], nodes[nodes.len() - 1]);
        let ends =
            access_metres(&origin.departures, first) + access_metres(&destination.arrivals, last);
        RoadTrip { seconds: path.get_weight() as f64 / 1000.0, metres: between + ends }
    }

    fn arc_metres(&self, tail: usize, head: usize) -> f64 {
        let leaving = self.first_arc[tail] as usize..self.first_arc[tail + 1] as usize;
        let arcs = &self.arcs[leaving];
        let quickest = arcs.partition_point(|arc| (arc.head as usize) < head);
        f64::from(arcs[quickest].metres)
    }

    fn doors(&self, snaps: &[Option<Snap>]) -> Vec<Option<Door>> {
        let mut arcs: BTreeMap<u32, Vec<&Arc>> =
            snaps.iter().flatten().map(|snap| (snap.segment, Vec::new())).collect();
        for arc in &self.arcs {
            if let Some(arcs) = arcs.get_mut(&arc.segment) {
                arcs.push(arc);
            }
        }
        let known = |access: &Access| access.node < self.graph.get_num_nodes();
        snaps
            .iter()
            .map(|snap| {
                let snap = (*snap)?;
                let arcs = &arcs[&snap.segment];
                let departures = arcs.iter().map(|arc| arc.departure(snap.along));
                let arrivals = arcs.iter().map(|arc| arc.arrival(snap.along));
                Some(Door {
                    snap,
                    departures: departures.filter(known).collect(),
                    arrivals: arrivals.filter(known).collect(),
                })
            })
            .collect()
    }
}

impl Arc {
    /// From a point this far along the segment to the arc's head.
    fn departure(&self, along: f64) -> Access {
        let left = if self.forward { 1.0 - along } else { along };
        self.access(self.head, left)
    }

    /// From the arc's tail to that point.
    fn arrival(&self, along: f64) -> Access {
        let done = if self.forward { along } else { 1.0 - along };
        self.access(self.tail, done)
    }

    fn access(&self, node: u32, share: f64) -> Access {
        Access {
            node: node as usize,
            milliseconds: (f64::from(self.milliseconds) * share).round() as usize,
            metres: f64::from(self.metres) * share,
        }
    }
}

fn weights(accesses: &[Access]) -> Vec<(usize, usize)> {
    accesses.iter().map(|access| (access.node, access.milliseconds)).collect()
}

fn access_metres(accesses: &[Access], node: usize) -> f64 {
    accesses
        .iter()
        .filter(|access| access.node == node)
        .min_by_key(|access| access.milliseconds)
        .map_or(0.0, |access| access.metres)
}

/// The trip between two points of one segment without leaving it.
fn along_segment(map: &RoadMap, origin: &Snap, destination: &Snap) -> Option<RoadTrip> {
    if origin.segment != destination.segment {
        return None;
    }
    let segment = &map.segments[origin.segment as usize];
    let share = destination.along - origin.along;
    let milliseconds = if share >= 0.0 { segment.forward_ms? } else { segment.backward_ms? };
    Some(RoadTrip {
        seconds: f64::from(milliseconds) * share.abs() / 1000.0,
        metres: segment.metres * share.abs(),
    })
}

fn arcs_of(map: &RoadMap) -> Vec<Arc> {
    let mut arcs = Vec::with_capacity(map.segments.len() * 2);
    for (index, segment) in map.segments.iter().enumerate() {
        let mut push = |tail, head, milliseconds: Option<u32>, forward| {
            arcs.extend(milliseconds.map(|milliseconds| Arc {
                tail,
                head,
                milliseconds,
                metres: segment.metres as f32,
                segment: index as u32,
                forward,
            }));
        };
        push(segment.start, segment.end, segment.forward_ms, true);
        push(segment.end, segment.start, segment.backward_ms, false);
    }
    arcs
}

/// Gives every arc that arrives under a turn rule its own copy of the junction. Returns the arcs
/// and the number of nodes.
fn apply_turn_rules(mut arcs: Vec<Arc>, map: &RoadMap) -> (Vec<Arc>, u32) {
    let leaving = arcs_by(&arcs, &map.turn_rules, |arc| arc.tail);
    let banned = banned_arcs(&arcs, map, &leaving);
    let mut node_count = map.node_count;
    let mut copies = Vec::new();
    for (&arriving, banned) in &banned {
        let node = std::mem::replace(&mut arcs[arriving].head, node_count);
        let allowed = leaving[&node].iter().filter(|arc| !banned.contains(arc));
        copies.extend(allowed.map(|&arc| (node_count, arc)));
        node_count += 1;
    }
    // Only now: the head of an allowed arc may itself have become a copy.
    let copied = copies.into_iter().map(|(tail, arc)| Arc { tail, ..arcs[arc] });
    let copied: Vec<Arc> = copied.collect();
    arcs.extend(copied);
    (arcs, node_count)
}

/// For each arc that arrives under a rule, the arcs that may not follow.
fn banned_arcs(
    arcs: &[Arc],
    map: &RoadMap,
    leaving: &BTreeMap<u32, Vec<usize>>,
) -> BTreeMap<usize, BTreeSet<usize>> {
    let arriving = arcs_by(arcs, &map.turn_rules, |arc| arc.head);
    let way = |arc: usize| map.segments[arcs[arc].segment as usize].way;
    let none = Vec::new();
    let mut banned: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for rule in &map.turn_rules {
        let leaving = leaving.get(&rule.node).unwrap_or(&none);
        let exists = leaving.iter().any(|&arc| way(arc) == rule.to_way);
        let arrivals = arriving.get(&rule.node).unwrap_or(&none);
        for &from in arrivals.iter().filter(|&&arc| way(arc) == rule.from_way && exists) {
            let follows_rule = |&to: &usize| match rule.kind {
                // Back on the same way: the way may also go on, which is not a U-turn.
                TurnKind::Forbidden if rule.from_way == rule.to_way => {
                    arcs[to].segment != arcs[from].segment
                }
                TurnKind::Forbidden => way(to) != rule.to_way,
                TurnKind::Mandatory => way(to) == rule.to_way,
            };
            let against = leaving.iter().copied().filter(|to| !follows_rule(to));
            banned.entry(from).or_default().extend(against);
        }
    }
    banned
}

/// The arcs at the junctions that have a rule, by the junction at the given end.
fn arcs_by(
    arcs: &[Arc],
    rules: &[TurnRule],
    end: impl Fn(&Arc) -> u32,
) -> BTreeMap<u32, Vec<usize>> {
    let mut by_node: BTreeMap<u32, Vec<usize>> =
        rules.iter().map(|rule| (rule.node, Vec::new())).collect();
    for (index, arc) in arcs.iter().enumerate() {
        if let Some(found) = by_node.get_mut(&end(arc)) {
            found.push(index);
        }
    }
    by_node
}
