//! The road map: junctions, and the segments of road between them.
//!
//! Ways are cut at the nodes that they share, so that a segment is a road without a choice; its
//! shape is kept for snapping. What is not strongly connected to the rest of the map is dropped:
//! a school must not snap to a car park that no public road reaches.

use std::collections::HashMap;
use std::ops::Range;

use geo::{Distance, Haversine, Point};
use petgraph::algo::kosaraju_scc;
use petgraph::graph::DiGraph;

use super::extract::{Coordinate, RoadExtract, RoadWay};
use super::turn_restriction::TurnKind;

/// Junctions and segments; node numbers are dense.
#[derive(Debug, Clone, Default)]
pub struct RoadMap {
    /// Number of junctions.
    pub node_count: u32,
    /// Roads between junctions.
    pub segments: Vec<Segment>,
    /// Shapes of all segments, one after the other.
    pub shapes: Vec<Coordinate>,
    /// Rules on turns.
    pub turn_rules: Vec<TurnRule>,
}

/// A road between two junctions, driven in one direction or both.
#[derive(Debug, Clone, PartialEq)]
pub struct Segment {
    /// Junction where its shape starts.
    pub start: u32,
    /// Junction where its shape ends.
    pub end: u32,
    /// OpenStreetMap way that it is a part of.
    pub way: i64,
    /// Length, in metres.
    pub metres: f64,
    /// Milliseconds from start to end, `None` where closed.
    pub forward_ms: Option<u32>,
    /// Milliseconds from end to start, `None` where closed.
    pub backward_ms: Option<u32>,
    /// Whether a trip may start or end along it (not on a motorway).
    pub stops: bool,
    /// Its stretch of `RoadMap::shapes`, at least two coordinates.
    pub shape: Range<u32>,
}

/// A rule on turning at a junction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TurnRule {
    /// The junction.
    pub node: u32,
    /// Way on which the car arrives.
    pub from_way: i64,
    /// Way that the rule is about.
    pub to_way: i64,
    /// Forbidden, or the only one allowed.
    pub kind: TurnKind,
}

impl Coordinate {
    /// Degrees (longitude, latitude).
    pub fn point(self) -> Point<f64> {
        Point::new(f64::from(self.longitude_e7) / 1e7, f64::from(self.latitude_e7) / 1e7)
    }
}

impl RoadMap {
    /// Cuts the ways of an extract into segments and keeps the main connected part.
    pub fn from_extract(extract: &RoadExtract) -> Self {
        let mut cutter = Cutter::new(extract);
        for way in &extract.ways {
            cutter.cut(way);
        }
        cutter.finish().main_part()
    }

    /// The shape of a segment.
    pub fn shape(&self, segment: &Segment) -> &[Coordinate] {
        &self.shapes[segment.shape.start as usize..segment.shape.end as usize]
    }

    /// Keeps the largest strongly connected component, and numbers its junctions afresh.
    #[must_use]
    pub fn main_part(self) -> Self {
        let arcs = self.segments.iter().flat_map(|segment| {
            let forward = segment.forward_ms.map(|_| (segment.start, segment.end));
            let backward = segment.backward_ms.map(|_| (segment.end, segment.start));
            forward.into_iter().chain(backward)
        });
        let graph: DiGraph<(), ()> = DiGraph::from_edges(arcs);
        let components = kosaraju_scc(&graph);
        let Some(largest) = components.into_iter().max_by_key(Vec::len) else { return self };
        let mut numbers = vec![None; self.node_count as usize];
        let mut members: Vec<usize> = largest.into_iter().map(|node| node.index()).collect();
        members.sort_unstable();
        for (number, &node) in members.iter().enumerate() {
            numbers[node] = Some(number as u32);
        }
        self.renumbered(&numbers, members.len() as u32)
    }

    fn renumbered(self, numbers: &[Option<u32>], node_count: u32) -> Self {
        let number = |node: u32| numbers[node as usize];
        let segments = self.segments.into_iter().filter_map(|segment| {
            Some(Segment { start: number(segment.start)?, end: number(segment.end)?, ..segment })
        });
        let turn_rules = self
            .turn_rules
            .into_iter()
            .filter_map(|rule| Some(TurnRule { node: number(rule.node)?, ..rule }));
        Self {
            node_count,
            segments: segments.collect(),
            turn_rules: turn_rules.collect(),
            shapes: self.shapes,
        }
    }
}

/// Cuts ways at junctions.
struct Cutter<'a> {
    extract: &'a RoadExtract,
    /// How many ways meet at a node of the extract; ends of ways count double.
    uses: Vec<u8>,
    /// Number given to each junction so far.
    junctions: HashMap<u32, u32>,
    map: RoadMap,
}

impl<'a> Cutter<'a> {
    fn new(extract: &'a RoadExtract) -> Self {
        let mut uses = vec![0_u8; extract.nodes.len()];
        let mut count = |node: u32| {
            let uses = &mut uses[node as usize];
            *uses = uses.saturating_add(1);
        };
        for way in &extract.ways {
            let nodes = &extract.way_nodes[way.nodes.clone()];
            nodes.iter().chain(nodes.first()).chain(nodes.last()).for_each(|&node| count(node));
        }
        Self { extract, uses, junctions: HashMap::new(), map: RoadMap::default() }
    }

    fn cut(&mut self, way: &RoadWay) {
        let extract = self.extract;
        let nodes = &extract.way_nodes[way.nodes.clone()];
        // A node that the extract leaves out breaks the way, as does a barrier.
        let located = |node: &u32| extract.nodes[*node as usize].position.is_some();
        for run in nodes.split(|node| !located(node)).filter(|run| run.len() > 1) {
            let mut start = 0;
            for index in 1..run.len() {
                if index == run.len() - 1 || self.is_cut(run[index]) {
                    self.push_segment(way, &run[start..=index]);
                    start = index;
                }
            }
        }
    }

    fn is_cut(&self, node: u32) -> bool {
        self.uses[node as usize] > 1 || self.extract.nodes[node as usize].blocked
    }

    fn push_segment(&mut self, way: &RoadWay, nodes: &[u32]) {
        let [first, .., last] = nodes else { return };
        let (start, end) = (self.junction(*first), self.junction(*last));
        let shape_start = self.map.shapes.len();
        let positions = nodes.iter().filter_map(|&node| self.extract.nodes[node as usize].position);
        self.map.shapes.extend(positions);
        let metres = length_m(&self.map.shapes[shape_start..]);
        let time = |speed: Option<f64>| speed.map(|km_h| milliseconds(metres, km_h));
        self.map.segments.push(Segment {
            start,
            end,
            way: way.id,
            metres,
            forward_ms: time(way.speeds.forward_km_h),
            backward_ms: time(way.speeds.backward_km_h),
            stops: way.speeds.stops,
            shape: shape_start as u32..self.map.shapes.len() as u32,
        });
    }

    /// The number of a junction. A blocked node is a new dead end each time: nobody passes.
    fn junction(&mut self, node: u32) -> u32 {
        let next = self.map.node_count;
        let number = if self.extract.nodes[node as usize].blocked {
            next
        } else {
            *self.junctions.entry(node).or_insert(next)
        };
        self.map.node_count = self.map.node_count.max(number + 1);
        number
    }

    fn finish(mut self) -> RoadMap {
        let junctions = &self.junctions;
        let rules = self.extract.restrictions.iter().filter_map(|restriction| {
            let node = self.extract.node_index(restriction.via_node)?;
            Some(TurnRule {
                node: *junctions.get(&node)?,
                from_way: restriction.from_way,
                to_way: restriction.to_way,
                kind: restriction.kind,
            })
        });
        self.map.turn_rules = rules.collect();
        self.map
    }
}

fn length_m(shape: &[Coordinate]) -> f64 {
    shape.windows(2).map(|leg| Haversine.distance(leg[0].point(), leg[1].point())).sum()
}

/// Time along a stretch, at least one millisecond: the router wants positive weights.
fn milliseconds(metres: f64, km_h: f64) -> u32 {
    ((metres * 3600.0 / km_h).round() as u32).max(1)
}
