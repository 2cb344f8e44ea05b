//! Public benchmark files read as sector models: generalised assignment (OR-Library layout) and
//! capacitated p-median (Ceselli and Righini's set S1; Lorena and Senne's SJC).
//!
//! An agent is a post with one seat; a median is a seat that a post of the only kind may take,
//! once. Both minimise, so that profits are costs with their sign changed.

use smallvec::smallvec;
use thiserror::Error;

use super::sector_model::{Block, Choice, Class, Kind, Row, SectorModel};

/// Why a file could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum LiteratureError {
    /// A word is not a number.
    #[error("'{0}' is not a number")]
    NotANumber(String),
    /// The file ends early.
    #[error("the file ends before its last number")]
    TooShort,
}

/// Numbers of a file, in order.
struct Numbers(std::vec::IntoIter<f64>);

impl Numbers {
    fn read(text: &str) -> Result<Self, LiteratureError> {
        let number =
            |word: &str| word.parse().map_err(|_| LiteratureError::NotANumber(word.to_owned()));
        let numbers: Result<Vec<f64>, _> = text.split_whitespace().map(number).collect();
        Ok(Self(numbers?.into_iter()))
    }

    fn next(&mut self) -> Result<f64, LiteratureError> {
        self.0.next().ok_or(LiteratureError::TooShort)
    }

    fn integers(&mut self, count: usize) -> Result<Vec<u32>, LiteratureError> {
        (0..count).map(|_| Ok(self.next()? as u32)).collect()
    }

    fn left(&self) -> usize {
        self.0.len()
    }
}

/// Generalised assignment: agents, items, costs and loads by agent, capacities.
pub fn generalised_assignment(text: &str) -> Result<SectorModel, LiteratureError> {
    let mut numbers = Numbers::read(text)?;
    let (agents, items) = (numbers.next()? as usize, numbers.next()? as usize);
    let costs = rows(&mut numbers, agents, items)?;
    let loads = rows(&mut numbers, agents, items)?;
    let capacities = numbers.integers(agents)?;
    let mut model = empty(items);
    for (agent, capacity) in (0..).zip(capacities) {
        model.kinds.push(Kind { lower: 0, upper: 1 });
        model.blocks.push(block(
            agent,
            agent,
            capacity,
            &costs[agent as usize],
            &loads[agent as usize],
        ));
    }
    Ok(model)
}

/// Capacitated p-median: either a distance matrix with demands and capacities, or points with
/// capacity and demand whose Euclidean distances are rounded down.
pub fn capacitated_p_median(text: &str) -> Result<SectorModel, LiteratureError> {
    let mut numbers = Numbers::read(text)?;
    let (nodes, medians) = (numbers.next()? as usize, numbers.next()? as u32);
    let (distances, demands, capacities) = if numbers.left() >= nodes * (nodes + 2) {
        let distances = rows(&mut numbers, nodes, nodes)?;
        (distances, numbers.integers(nodes)?, numbers.integers(nodes)?)
    } else {
        points(&mut numbers, nodes)?
    };
    let mut model = empty(nodes);
    model.kinds.push(Kind { lower: 0, upper: medians });
    for node in 0..nodes {
        let mut block = block(node as u32, 0, capacities[node], &distances[node], &demands);
        block.uses = smallvec![(node as u32, 1)];
        model.blocks.push(block);
        model.rows.push(Row { name: format!("median {node}"), capacity: 1 });
    }
    Ok(model)
}

/// Matrix of distances, demands, capacities.
type Network = (Vec<Vec<u32>>, Vec<u32>, Vec<u32>);

fn points(numbers: &mut Numbers, nodes: usize) -> Result<Network, LiteratureError> {
    let read = |numbers: &mut Numbers| -> Result<[f64; 4], LiteratureError> {
        Ok([numbers.next()?, numbers.next()?, numbers.next()?, numbers.next()?])
    };
    let points: Vec<[f64; 4]> = (0..nodes).map(|_| read(numbers)).collect::<Result<_, _>>()?;
    let distance = |a: &[f64; 4], b: &[f64; 4]| (a[0] - b[0]).hypot(a[1] - b[1]).floor() as u32;
    let distances =
        points.iter().map(|a| points.iter().map(|b| distance(a, b)).collect()).collect();
    let demands = points.iter().map(|point| point[3] as u32).collect();
    let capacities = points.iter().map(|point| point[2] as u32).collect();
    Ok((distances, demands, capacities))
}

fn rows(
    numbers: &mut Numbers,
    rows: usize,
    columns: usize,
) -> Result<Vec<Vec<u32>>, LiteratureError> {
    (0..rows).map(|_| numbers.integers(columns)).collect()
}

fn empty(items: usize) -> SectorModel {
    SectorModel { items: items as u32, ..SectorModel::default() }
}

fn block(tag: u32, kind: u32, capacity: u32, costs: &[u32], loads: &[u32]) -> Block {
    let class = |(item, (&cost, &ticks)): (u32, (&u32, &u32))| Class {
        choices: vec![Choice {
            items: smallvec![item],
            ticks,
            profit: -i64::from(cost),
            measure: 0,
            count: 0,
            count_limit: u8::MAX,
            required: false,
            uses: smallvec![],
            tag: item,
        }],
        required: false,
    };
    Block {
        kind,
        capacity,
        minimum: 0,
        count_limit: u8::MAX,
        profit: 0,
        uses: smallvec![],
        equity: None,
        classes: (0..).zip(costs.iter().zip(loads)).map(class).collect(),
        tag,
    }
}
