//! Reads what a car needs of an OpenStreetMap extract (`.osm.pbf`): road ways, the place of their
//! nodes, barriers and turn restrictions.
//!
//! Two passes, so that memory follows the roads and not the file: the first keeps the road ways,
//! the second the coordinates of their nodes alone. Blobs are decoded in parallel, in batches,
//! and gathered in file order: the result does not depend on the number of threads.

use std::fs::File;
use std::io::BufReader;
use std::ops::Range;
use std::path::Path;

use osmpbf::{Blob, BlobDecode, BlobReader, PrimitiveBlock};
use rayon::prelude::*;
use thiserror::Error;

use super::profile::{RoadProfile, Tags, WaySpeeds};
use super::turn_restriction::{TurnRestriction, TurnRule};
use crate::wording::system;

/// Blobs decoded at once: enough for every core, few enough to stay small in memory.
const BATCH: usize = 32;

/// The roads of an extract.
#[derive(Debug, Default)]
pub struct RoadExtract {
    /// Ways that a car may use.
    pub ways: Vec<RoadWay>,
    /// Nodes of all ways, one way after the other, as indices into `nodes`.
    pub way_nodes: Vec<u32>,
    /// Nodes of the ways, by increasing OpenStreetMap id.
    pub nodes: Vec<RoadNode>,
    /// OpenStreetMap ids of `nodes`, increasing.
    pub node_ids: Vec<i64>,
    /// Turn restrictions through one node.
    pub restrictions: Vec<TurnRestriction>,
    /// Turn restrictions that could not be kept (through a way, incomplete).
    pub ignored_restrictions: usize,
}

/// A way that a car may use.
#[derive(Debug, Clone, PartialEq)]
pub struct RoadWay {
    /// OpenStreetMap id.
    pub id: i64,
    /// Speed in each direction.
    pub speeds: WaySpeeds,
    /// Its stretch of `way_nodes`.
    pub nodes: Range<usize>,
}

/// A node of a road.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RoadNode {
    /// Where it is; `None` when the extract cuts the way and leaves the node out.
    pub position: Option<Coordinate>,
    /// Whether a barrier stops cars here.
    pub blocked: bool,
}

/// Degrees in units of 1e-7, as OpenStreetMap stores them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Coordinate {
    /// Degrees north × 1e7.
    pub latitude_e7: i32,
    /// Degrees east × 1e7.
    pub longitude_e7: i32,
}

/// Why an extract could not be used. The message is for the user.
#[derive(Debug, Error)]
pub enum ExtractError {
    /// Missing, truncated or not a `.osm.pbf` file.
    #[error(
        "l'extrait OpenStreetMap est illisible ({}) : vérifiez que le fichier .osm.pbf existe et \
         que son téléchargement est complet",
        reason(.0)
    )]
    Unreadable(#[from] osmpbf::Error),
    /// A proper file without a single usable road.
    #[error("l'extrait OpenStreetMap ne contient aucune route ouverte aux voitures")]
    NoRoad,
}

/// Why, in French where the system refuses the file.
fn reason(error: &osmpbf::Error) -> String {
    match error.kind() {
        osmpbf::ErrorKind::Io(error) => system::reason(error),
        _ => error.to_string(),
    }
}

/// What one block of the file adds to the first pass.
#[derive(Default)]
struct BlockRoads {
    ways: Vec<(i64, WaySpeeds, usize)>,
    node_ids: Vec<i64>,
    restrictions: Vec<TurnRestriction>,
    ignored_restrictions: usize,
}

impl RoadExtract {
    /// Reads the file at `path`.
    ///
    /// # Errors
    /// When the file cannot be read as `.osm.pbf`, or has no road.
    pub fn read(path: &Path, profile: &RoadProfile) -> Result<Self, ExtractError> {
        let mut extract = Self::default();
        let mut way_node_ids = Vec::new();
        for_each_block(
            path,
            |block| read_roads(block, profile),
            |roads| {
                extract.append(roads, &mut way_node_ids);
            },
        )?;
        if extract.ways.is_empty() {
            return Err(ExtractError::NoRoad);
        }
        extract.number_nodes(way_node_ids);
        let mut nodes = vec![RoadNode::default(); extract.node_ids.len()];
        for_each_block(
            path,
            |block| read_nodes(block, &extract.node_ids),
            |located| {
                for (index, node) in located {
                    nodes[index] = node;
                }
            },
        )?;
        extract.nodes = nodes;
        Ok(extract)
    }

    /// The index in `nodes` of an OpenStreetMap node.
    pub fn node_index(&self, id: i64) -> Option<u32> {
        self.node_ids.binary_search(&id).ok().map(|index| index as u32)
    }

    fn append(&mut self, roads: BlockRoads, way_node_ids: &mut Vec<i64>) {
        let mut start = way_node_ids.len();
        for (id, speeds, length) in roads.ways {
            self.ways.push(RoadWay { id, speeds, nodes: start..start + length });
            start += length;
        }
        way_node_ids.extend(roads.node_ids);
        self.restrictions.extend(roads.restrictions);
        self.ignored_restrictions += roads.ignored_restrictions;
    }

    fn number_nodes(&mut self, way_node_ids: Vec<i64>) {
        let mut node_ids = way_node_ids.clone();
        node_ids.par_sort_unstable();
        node_ids.dedup();
        node_ids.shrink_to_fit();
        self.way_nodes = way_node_ids
            .par_iter()
            .map(|id| node_ids.binary_search(id).expect("every way node is numbered") as u32)
            .collect();
        self.node_ids = node_ids;
    }
}

/// Decodes the blocks of a file in parallel and hands what `map` makes of them to `gather`, in
/// file order.
fn for_each_block<T: Send>(
    path: &Path,
    map: impl Fn(&PrimitiveBlock) -> T + Sync,
    mut gather: impl FnMut(T),
) -> Result<(), osmpbf::Error> {
    let mut blobs: BlobReader<BufReader<File>> = BlobReader::from_path(path)?;
    loop {
        let batch: Vec<Blob> = blobs.by_ref().take(BATCH).collect::<Result<_, _>>()?;
        if batch.is_empty() {
            return Ok(());
        }
        let mapped: Vec<Option<T>> = batch
            .par_iter()
            .map(|blob| match blob.decode()? {
                BlobDecode::OsmData(block) => Ok(Some(map(&block))),
                _ => Ok(None),
            })
            .collect::<Result<_, osmpbf::Error>>()?;
        mapped.into_iter().flatten().for_each(&mut gather);
    }
}

fn read_roads(block: &PrimitiveBlock, profile: &RoadProfile) -> BlockRoads {
    let mut roads = BlockRoads::default();
    for way in block.groups().flat_map(|group| group.ways()) {
        if let Some(speeds) = profile.way_speeds(&way.tags().collect()) {
            let before = roads.node_ids.len();
            roads.node_ids.extend(way.refs());
            roads.ways.push((way.id(), speeds, roads.node_ids.len() - before));
        }
    }
    for relation in block.groups().flat_map(|group| group.relations()) {
        match TurnRule::from_relation(&relation) {
            TurnRule::None => {}
            TurnRule::Applied(rules) => roads.restrictions.extend(rules),
            TurnRule::Ignored => roads.ignored_restrictions += 1,
        }
    }
    roads
}

/// The wanted nodes of a block, with their index in `wanted` (increasing ids).
fn read_nodes(block: &PrimitiveBlock, wanted: &[i64]) -> Vec<(usize, RoadNode)> {
    let mut cursor = Cursor::new(wanted);
    let mut found = Vec::new();
    for group in block.groups() {
        for node in group.dense_nodes() {
            if let Some(index) = cursor.find(node.id()) {
                let tags = node.tags().collect();
                found.push((index, road_node(node.decimicro_lat(), node.decimicro_lon(), &tags)));
            }
        }
        for node in group.nodes() {
            if let Some(index) = cursor.find(node.id()) {
                let tags = node.tags().collect();
                found.push((index, road_node(node.decimicro_lat(), node.decimicro_lon(), &tags)));
            }
        }
    }
    found
}

/// Looks up ids that mostly come in increasing order, as they do in a file: a short walk for each
/// instead of a binary search.
struct Cursor<'a> {
    wanted: &'a [i64],
    next: usize,
    last_id: i64,
}

impl<'a> Cursor<'a> {
    /// A cursor that finds its place at the first id.
    fn new(wanted: &'a [i64]) -> Self {
        Self { wanted, next: 0, last_id: i64::MAX }
    }

    fn find(&mut self, id: i64) -> Option<usize> {
        if id < self.last_id {
            self.next = self.wanted.partition_point(|&wanted| wanted < id);
        }
        self.last_id = id;
        while self.wanted.get(self.next).is_some_and(|&wanted| wanted < id) {
            self.next += 1;
        }
        (self.wanted.get(self.next) == Some(&id)).then_some(self.next)
    }
}

fn road_node(latitude_e7: i32, longitude_e7: i32, tags: &Tags) -> RoadNode {
    let position = Some(Coordinate { latitude_e7, longitude_e7 });
    RoadNode { position, blocked: is_blocked(tags) }
}

/// Whether a node stops cars (wiki, Key:barrier): what no car passes, or a gate that is closed to
/// the public; an explicit permission for cars prevails.
fn is_blocked(tags: &Tags) -> bool {
    const NEVER_PASSED: [&str; 8] =
        ["bollard", "block", "chain", "jersey_barrier", "log", "debris", "planter", "stile"];
    let Some(barrier) = tags.get("barrier") else { return false };
    let access =
        ["motorcar", "motor_vehicle", "vehicle", "access"].iter().find_map(|key| tags.get(key));
    match access {
        Some("no" | "private" | "agricultural" | "forestry" | "emergency") => true,
        Some(_) => false,
        None => NEVER_PASSED.contains(&barrier),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_ids_in_any_order() {
        let wanted = [3, 5, 8, 13];
        let mut cursor = Cursor::new(&wanted);
        let found: Vec<_> = [1, 3, 4, 8, 5, 13, 20, 3].map(|id| cursor.find(id)).into();
        assert_eq!(found, [None, Some(0), None, Some(2), Some(1), Some(3), None, Some(0)]);
    }

    #[test]
    fn a_bollard_stops_cars_and_an_open_gate_does_not() {
        let blocked = |tags: &[(&str, &str)]| is_blocked(&tags.iter().copied().collect());
        assert!(blocked(&[("barrier", "bollard")]));
        assert!(!blocked(&[("barrier", "bollard"), ("motor_vehicle", "yes")]));
        assert!(!blocked(&[("barrier", "gate")]));
        assert!(blocked(&[("barrier", "gate"), ("access", "private")]));
        assert!(!blocked(&[("highway", "crossing")]));
    }

    #[test]
    fn says_what_to_do_about_an_unreadable_file() {
        let error = RoadExtract::read(Path::new("absent.osm.pbf"), &RoadProfile::default())
            .expect_err("no such file");
        assert!(error.to_string().contains("téléchargement"), "{error}");
    }
}
