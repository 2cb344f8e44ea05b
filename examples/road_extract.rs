//! Writes a made-up region, so that anybody can measure how `maillage trajets --osm` grows: an
//! OpenStreetMap extract with so many segments of road, and a dossier of so many schools in it.
//!
//! `cargo run --release --example road_extract -- SEGMENTS FOLDER [--lieux 200] [--graine 1]`
//! writes `FOLDER/region.osm.pbf` and `FOLDER/dossier`.
//!
//! The roads make a grid, 200 m between junctions: few fast lanes, more middling ones, and local
//! roads of which two in five are missing and one in ten is one-way. As in a real extract, most of
//! the file is no road: there are four buildings a junction.

use std::collections::BTreeMap;
use std::f64::consts::FRAC_PI_2;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::Parser;
use flate2::Compression;
use flate2::write::ZlibEncoder;
use maillage::domain::{Dossier, Establishment, EstablishmentKind, Field, Post, Scenario, Uai};
use maillage::import::write_dossier;
use protobuf::CodedOutputStream;
use rand::prelude::*;
use rand_chacha::ChaCha8Rng;

/// Degrees between junctions, in units of 1e-7: some 200 m.
const STEP_E7: i64 = 20_000;
/// South-west corner, in France with all of the largest region.
const CORNER_E7: (i64, i64) = (435_000_000, 5_000_000);
/// Nodes between the two junctions of a segment: roads bend.
const BENDS: i64 = 3;
/// Buildings at a junction, of four nodes.
const BUILDINGS: i64 = 4;
/// Nodes, or ways, in one block: what other tools write.
const BLOCK: usize = 8_000;

/// Words of the tags; the first is empty, as the format wants.
const WORDS: [&str; 10] = [
    "",
    "highway",
    "trunk",
    "secondary",
    "tertiary",
    "residential",
    "oneway",
    "yes",
    "building",
    "unclassified",
];

#[derive(Debug, Parser)]
struct Arguments {
    /// Segments of road.
    segments: usize,
    /// Folder to write into, made when absent.
    folder: PathBuf,
    /// Schools of the dossier.
    #[arg(long, default_value_t = 200)]
    lieux: u32,
    /// Seed.
    #[arg(long, default_value_t = 1)]
    graine: u64,
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    std::fs::create_dir_all(&arguments.folder)?;
    let mut random = ChaCha8Rng::seed_from_u64(arguments.graine);
    let region = Region::draw(arguments.segments, &mut random);
    region.write(&arguments.folder.join("region.osm.pbf"))?;
    let dossier = dossier(&region, arguments.lieux, &mut random);
    write_dossier(&arguments.folder.join("dossier"), &dossier)?;
    println!("{} nodes, {} ways", region.nodes.len(), region.ways.len());
    Ok(())
}

/// Nodes and ways of a map; ids are positions, from 1.
struct Region {
    /// Latitude and longitude, in units of 1e-7 degree.
    nodes: Vec<(i64, i64)>,
    ways: Vec<Way>,
    /// Junctions on a side.
    side: i64,
}

struct Way {
    nodes: Vec<i64>,
    /// Indices into `WORDS`, a key and a value each.
    tags: Vec<(u32, u32)>,
}

impl Region {
    fn draw(segments: usize, random: &mut ChaCha8Rng) -> Self {
        // A junction has 1.28 segments of its own: 0.64 eastwards and 0.64 northwards.
        let side = (segments as f64 / 1.28).sqrt().ceil() as i64;
        let mut region = Self { nodes: Vec::new(), ways: Vec::new(), side };
        for row in 0..side {
            for column in 0..side {
                region.push_node(row * STEP_E7, column * STEP_E7, random);
            }
        }
        for row in 0..side {
            for column in 0..side {
                if region.ways.len() < segments {
                    region.push_roads(row, column, random);
                }
            }
        }
        for row in 0..side {
            for column in 0..side {
                region.push_buildings(row, column, random);
            }
        }
        region
    }

    /// A node within 30 m of where it is told; its id.
    fn push_node(&mut self, north_e7: i64, east_e7: i64, random: &mut ChaCha8Rng) -> i64 {
        let mut near = |e7: i64| e7 + random.random_range(-3_000..3_000);
        let (south, west) = CORNER_E7;
        self.nodes.push((south + near(north_e7), west + near(east_e7)));
        self.nodes.len() as i64
    }

    fn push_roads(&mut self, row: i64, column: i64, random: &mut ChaCha8Rng) {
        for (north, east, lane) in [(0, 1, row), (1, 0, column)] {
            let exists = lane % 10 == 0 || random.random_bool(0.6);
            if !exists || row + north == self.side || column + east == self.side {
                continue;
            }
            let class = match lane {
                lane if lane % 50 == 0 => 2,
                lane if lane % 10 == 0 => 3,
                _ => [4, 5, 9][random.random_range(0..3)],
            };
            let mut tags = vec![(1, class)];
            if lane % 10 != 0 && random.random_bool(0.1) {
                tags.push((6, 7));
            }
            let junction = |row: i64, column: i64| row * self.side + column + 1;
            let (start, end) = (junction(row, column), junction(row + north, column + east));
            let along = |start: i64, axis: i64, bend: i64| {
                start * STEP_E7 + axis * STEP_E7 * bend / (BENDS + 1)
            };
            let mut nodes = vec![start];
            for bend in 1..=BENDS {
                nodes.push(self.push_node(
                    along(row, north, bend),
                    along(column, east, bend),
                    random,
                ));
            }
            nodes.push(end);
            self.ways.push(Way { nodes, tags });
        }
    }

    fn push_buildings(&mut self, row: i64, column: i64, random: &mut ChaCha8Rng) {
        for _ in 0..BUILDINGS {
            let turn = random.random_range(0.0..FRAC_PI_2);
            let aside = |share: f64| (share * STEP_E7 as f64 / 2.0) as i64;
            let (north, east) = (aside(turn.sin()), aside(turn.cos()));
            let mut nodes: Vec<i64> = (0..4)
                .map(|_| self.push_node(row * STEP_E7 + north, column * STEP_E7 + east, random))
                .collect();
            nodes.push(nodes[0]);
            self.ways.push(Way { nodes, tags: vec![(8, 7)] });
        }
    }

    /// Writes the format of the wiki, "PBF Format": a header, then blocks of nodes, then of ways.
    fn write(&self, path: &Path) -> Result<()> {
        let mut file = BufWriter::new(File::create(path)?);
        let header = message(|out| {
            out.write_string(4, "OsmSchema-V0.6")?;
            out.write_string(4, "DenseNodes")
        })?;
        write_blob(&mut file, "OSMHeader", &header)?;
        for (index, nodes) in self.nodes.chunks(BLOCK).enumerate() {
            let group = dense_nodes((index * BLOCK) as i64 + 1, nodes)?;
            write_blob(&mut file, "OSMData", &block(2, &[group])?)?;
        }
        for (index, ways) in self.ways.chunks(BLOCK).enumerate() {
            let first = (index * BLOCK) as i64 + 1;
            let ways: Vec<_> = (first..).zip(ways).map(way).collect::<Result<_>>()?;
            write_blob(&mut file, "OSMData", &block(3, &ways)?)?;
        }
        Ok(file.flush()?)
    }
}

/// The bytes of a protocol buffer.
fn message(write: impl FnOnce(&mut CodedOutputStream) -> protobuf::Result<()>) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut out = CodedOutputStream::vec(&mut bytes);
    write(&mut out)?;
    out.flush()?;
    drop(out);
    Ok(bytes)
}

/// A block with one group, of `members` in field `field`.
fn block(field: u32, members: &[Vec<u8>]) -> Result<Vec<u8>> {
    let words = message(|out| WORDS.iter().try_for_each(|word| out.write_string(1, word)))?;
    let group =
        message(|out| members.iter().try_for_each(|member| out.write_bytes(field, member)))?;
    message(|out| {
        out.write_bytes(1, &words)?;
        out.write_bytes(2, &group)
    })
}

fn dense_nodes(first: i64, nodes: &[(i64, i64)]) -> Result<Vec<u8>> {
    let ids: Vec<i64> = (first..).take(nodes.len()).collect();
    let latitudes: Vec<i64> = nodes.iter().map(|node| node.0).collect();
    let longitudes: Vec<i64> = nodes.iter().map(|node| node.1).collect();
    message(|out| {
        out.write_repeated_packed_sint64(1, &steps(&ids))?;
        out.write_repeated_packed_sint64(8, &steps(&latitudes))?;
        out.write_repeated_packed_sint64(9, &steps(&longitudes))
    })
}

fn way((id, way): (i64, &Way)) -> Result<Vec<u8>> {
    let (keys, values): (Vec<u32>, Vec<u32>) = way.tags.iter().copied().unzip();
    message(|out| {
        out.write_int64(1, id)?;
        out.write_repeated_packed_uint32(2, &keys)?;
        out.write_repeated_packed_uint32(3, &values)?;
        out.write_repeated_packed_sint64(8, &steps(&way.nodes))
    })
}

/// Each value less the one before: the first is whole.
fn steps(values: &[i64]) -> Vec<i64> {
    let before = std::iter::once(0).chain(values.iter().copied());
    values.iter().zip(before).map(|(value, before)| value - before).collect()
}

fn write_blob(file: &mut impl Write, kind: &str, data: &[u8]) -> Result<()> {
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::default());
    packed.write_all(data)?;
    let packed = packed.finish()?;
    let blob = message(|out| {
        out.write_int32(2, i32::try_from(data.len()).expect("a block is small"))?;
        out.write_bytes(3, &packed)
    })?;
    let header = message(|out| {
        out.write_string(1, kind)?;
        out.write_int32(3, i32::try_from(blob.len()).expect("a block is small"))
    })?;
    file.write_all(&u32::try_from(header.len())?.to_be_bytes())?;
    file.write_all(&header)?;
    Ok(file.write_all(&blob)?)
}

/// Colleges anywhere in the region, and one post at the first.
fn dossier(region: &Region, places: u32, random: &mut ChaCha8Rng) -> Dossier {
    let mut somewhere =
        |corner: i64| (corner + random.random_range(0..region.side * STEP_E7)) as f64 / 1e7;
    let establishments: Vec<Establishment> = (1..=places)
        .map(|rank| Establishment {
            uai: Uai::from_number(310_000 + rank).to_string(),
            name: format!("Collège {rank}"),
            kind: EstablishmentKind::College,
            commune: "Ville".into(),
            commune_code: "31001".into(),
            latitude: somewhere(CORNER_E7.0),
            longitude: somewhere(CORNER_E7.1),
            pupils: Some(500),
            post_bac_pupils: 0,
            categories: std::iter::empty().collect(),
            ips: Some(100.0),
            pupils_year: Some(2025),
            forecast: None,
            bassin: String::new(),
            network: None,
            group: None,
            on_priority_list: false,
            assistants_max: 1,
            rural_class: None,
        })
        .collect();
    let post = Post {
        residence: establishments.first().map(|row| row.uai.clone()),
        field: Field::SecondDegree,
        ..Post::full_time("AS-01")
    };
    Dossier {
        scenario: Scenario {
            name: "Région inventée".into(),
            year: 2026,
            departement: "31".into(),
            profile: "circulaire-2017".into(),
            overrides: toml::Table::new(),
        },
        establishments,
        posts: vec![post],
        advisers: Vec::new(),
        trips: Vec::new(),
        current: Vec::new(),
        pole_teams: Vec::new(),
        decisions: Vec::new(),
        affinities: Vec::new(),
        outline: None,
        edits: Vec::new(),
        digests: BTreeMap::new(),
    }
}
