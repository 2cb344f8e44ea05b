//! From the outcome of a search to names.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Content, KnownDuals, KnownSector, KnownUnit, Memory};
use crate::policy::{Problem, Solution};
use crate::solve::outcome::{KnownDuals as ModelDuals, Sketch, WarmStart};
use crate::solve::sectors::Sectors;

impl Memory {
    /// Remembers a plan alone.
    #[must_use]
    pub fn of_plan(problem: &Problem, plan: Solution) -> Self {
        Self(Some(Arc::new(Content { plan: Some(plan), ..tables(problem) })))
    }

    /// Remembers what the search of a level learned, with the duals that earlier levels of the same
    /// problem left in `self`; `plan` is the best plan now known.
    pub(in crate::solve) fn learn(
        &self,
        problem: &Problem,
        sectors: &Sectors,
        level: &str,
        learned: &WarmStart,
        plan: Option<Solution>,
    ) -> Self {
        let known = |sketch: &Sketch| match sketch {
            Sketch::Column(column) => Some(sectors.known_sector(column)),
            Sketch::Items { .. } => None,
        };
        let mut duals = self.0.as_ref().map_or_else(BTreeMap::new, |known| known.duals.clone());
        if let Some(found) = &learned.duals {
            let _ = duals.insert(level.to_owned(), known_duals(problem, sectors, found));
        }
        Self(Some(Arc::new(Content {
            kinds: sectors.kinds().to_vec(),
            sectors: learned.sectors.iter().filter_map(known).collect(),
            plan,
            duals,
            ..tables(problem)
        })))
    }
}

/// The tables of names, without anything learned.
fn tables(problem: &Problem) -> Content {
    let unit = |unit: &crate::policy::unit::Unit| KnownUnit {
        code: unit.code.clone(),
        part: unit.part.map_or(1, |(part, _)| part),
        options: unit.options.iter().map(|option| (option.modality, option.presence)).collect(),
    };
    Content {
        units: problem.units.iter().map(unit).collect(),
        posts: problem.posts.iter().map(|post| post.id.clone()).collect(),
        kinds: Vec::new(),
        sectors: Vec::new(),
        plan: None,
        duals: BTreeMap::new(),
    }
}

fn known_duals(problem: &Problem, sectors: &Sectors, duals: &ModelDuals) -> KnownDuals {
    let items = problem.items.iter().zip(&duals.items);
    let rows = sectors.model.rows.iter().zip(&duals.rows);
    KnownDuals {
        items: items.filter_map(|(units, dual)| Some((units.clone(), (*dual)?))).collect(),
        rows: rows.filter_map(|(row, dual)| Some((row.name.clone(), (*dual)?))).collect(),
    }
}

impl Sectors {
    /// A column in terms of units and options.
    fn known_sector(&self, column: &crate::solve::sector_model::Column) -> KnownSector {
        let block = &self.model.blocks[column.block as usize];
        let mut sector = KnownSector {
            kind: block.kind as usize,
            seat: self.seat(column.block),
            services: block.chosen(column).flat_map(|choice| self.services(choice.tag)).collect(),
            reserved: block.chosen(column).map(|choice| self.reserved(choice.tag)).sum(),
        };
        sector.services.sort_unstable();
        sector
    }
}
