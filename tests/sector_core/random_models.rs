//! Small seeded models in which every feature of the formulation occurs.

use maillage::solve::sector_model::{
    Block, Choice, Class, Direct, Equity, Kind, Row, RowIndex, SectorModel,
};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use smallvec::SmallVec;

/// Draws of small integers.
struct Draw(ChaCha8Rng);

impl Draw {
    /// An integer in `low..=high`.
    fn between(&mut self, low: i64, high: i64) -> i64 {
        low + i64::from(self.0.next_u32()) % (high - low + 1)
    }

    fn one_in(&mut self, count: i64) -> bool {
        self.between(1, count) == 1
    }
}

/// The model of a seed: at most six items, three blocks and three rows.
pub fn small_model(seed: u64) -> SectorModel {
    let mut draw = Draw(ChaCha8Rng::seed_from_u64(seed));
    let items = draw.between(2, 6) as u32;
    let rows: Vec<Row> = (0..draw.between(0, 3))
        .map(|index| Row { name: format!("row {index}"), capacity: draw.between(-1, 8) })
        .collect();
    let kinds: Vec<Kind> = (0..draw.between(1, 3))
        .map(|_| {
            let upper = draw.between(1, 2) as u32;
            Kind { lower: draw.between(0, i64::from(upper)) as u32, upper }
        })
        .collect();
    let blocks = (0..draw.between(1, 3))
        .map(|tag| block(items, &kinds, &rows, tag as u32, &mut draw))
        .collect();
    let direct = (0..draw.between(0, i64::from(items)))
        .map(|tag| direct(items, rows.len(), tag as u32, &mut draw))
        .collect();
    SectorModel { items, kinds, blocks, direct, rows }
}

/// Integers drawn between two limits, for what a test adds to the model of a seed.
pub fn draws(seed: u64) -> impl FnMut(i64, i64) -> i64 {
    let mut draw = Draw(ChaCha8Rng::seed_from_u64(seed));
    move |low, high| draw.between(low, high)
}

fn uses(rows: usize, sparse: i64, draw: &mut Draw) -> SmallVec<[(RowIndex, i64); 2]> {
    let mut uses = SmallVec::new();
    for row in 0..rows as u32 {
        if draw.one_in(sparse) {
            uses.push((row, draw.between(-2, 4)));
        }
    }
    uses
}

fn block(items: u32, kinds: &[Kind], rows: &[Row], tag: u32, draw: &mut Draw) -> Block {
    let capacity = draw.between(4, 14) as u32;
    let equity = draw.one_in(2).then(|| Equity {
        target: draw.between(0, 12) as u32,
        tolerance: draw.between(0, 3) as u32,
        weight: draw.between(0, 6),
        row: (!rows.is_empty() && draw.one_in(3))
            .then(|| draw.between(0, rows.len() as i64 - 1) as u32),
    });
    Block {
        kind: draw.between(0, kinds.len() as i64 - 1) as u32,
        capacity,
        minimum: if draw.one_in(4) { draw.between(1, 5) as u32 } else { 0 },
        count_limit: if draw.one_in(3) { draw.between(1, 4) as u8 } else { u8::MAX },
        profit: draw.between(-10, 10),
        uses: uses(rows.len(), 4, draw),
        equity,
        classes: classes(items, rows.len(), draw),
        tag,
    }
}

/// Partitions some of the items into classes of one or two items; a few classes have no item.
fn classes(items: u32, rows: usize, draw: &mut Draw) -> Vec<Class> {
    let mut classes = Vec::new();
    let mut item = 0;
    while item < items {
        let size = if draw.one_in(4) { 2 } else { 1 };
        let members: Vec<u32> = (item..(item + size).min(items)).collect();
        item += size;
        if !draw.one_in(6) {
            classes.push(class(&members, rows, draw));
        }
    }
    if draw.one_in(5) {
        classes.push(class(&[], rows, draw));
    }
    classes
}

fn class(members: &[u32], rows: usize, draw: &mut Draw) -> Class {
    let required = draw.one_in(8);
    let choices =
        (0..draw.between(1, 3)).map(|tag| choice(members, rows, tag as u32, draw)).collect();
    Class { choices, required }
}

fn choice(members: &[u32], rows: usize, tag: u32, draw: &mut Draw) -> Choice {
    let items = match members {
        [first, _] if draw.one_in(3) => SmallVec::from_slice(&[*first]),
        all => SmallVec::from_slice(all),
    };
    Choice {
        items,
        ticks: draw.between(0, 7) as u32,
        profit: draw.between(-15, 40),
        measure: draw.between(0, 6) as u32,
        count: draw.between(0, 2) as u8,
        count_limit: if draw.one_in(5) { draw.between(1, 3) as u8 } else { u8::MAX },
        required: !draw.one_in(3),
        uses: uses(rows, 5, draw),
        tag,
    }
}

fn direct(items: u32, rows: usize, tag: u32, draw: &mut Draw) -> Direct {
    let first = draw.between(0, i64::from(items) - 1) as u32;
    let mut covered = SmallVec::from_slice(&[first]);
    if draw.one_in(5) && first + 1 < items {
        covered.push(first + 1);
    }
    Direct { items: covered, profit: draw.between(-20, 15), uses: uses(rows, 4, draw), tag }
}
