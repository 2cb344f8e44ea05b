//! Columns of the model from units and options, as far as the model still has them.

use std::collections::BTreeMap;

use smallvec::SmallVec;
use typed_index_collections::TiVec;

use super::{Meaning, Sectors};
use crate::policy::{PostId, Problem, Server, Service, Solution, UnitId};
use crate::solve::outcome::Sketch;
use crate::solve::sector_model::{Column, Item};

/// A sector asked for by its units.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// Kind of its post.
    pub kind: usize,
    /// Seat; `None` for a post placed nowhere.
    pub seat: Option<UnitId>,
    /// Units, with the option wanted where it is known.
    pub services: SmallVec<[(UnitId, Option<usize>); 6]>,
    /// Ticks reserved for a pole team.
    pub reserved: i64,
}

/// Finds blocks and choices; the classes of a block are read once.
pub struct Composer<'a> {
    problem: &'a Problem,
    sectors: &'a Sectors,
    blocks: BTreeMap<(usize, Option<UnitId>), u32>,
    /// Class of each item, by block.
    classes: BTreeMap<u32, Vec<Option<u32>>>,
}

impl<'a> Composer<'a> {
    /// For the view of a problem.
    pub fn new(problem: &'a Problem, sectors: &'a Sectors) -> Self {
        let blocks = (0..).zip(&sectors.model.blocks).zip(&sectors.seats);
        let blocks = blocks.map(|((index, block), seat)| ((block.kind as usize, *seat), index));
        Self { problem, sectors, blocks: blocks.collect(), classes: BTreeMap::new() }
    }

    /// No service for any unit.
    pub fn no_services(&self) -> TiVec<UnitId, Option<Service>> {
        self.problem.units.iter().map(|_| None).collect()
    }

    /// The column that serves the units as wanted, else the items that it would cover; `None`
    /// where no post of the kind may have the seat.
    pub fn sketch(&mut self, wanted: &Wanted) -> Option<Sketch> {
        let block = *self.blocks.get(&(wanted.kind, wanted.seat))?;
        let items = self.whole_items(wanted);
        let exact = self.exact(block, wanted, &items);
        let exact = exact.filter(|column| self.sectors.model.blocks[block as usize].admits(column));
        Some(exact.map_or(Sketch::Items { block, items }, Sketch::Column))
    }

    /// Items of which every unit is wanted.
    fn whole_items(&self, wanted: &Wanted) -> Vec<Item> {
        let of_unit = |unit: UnitId| self.problem.units[unit].item;
        let has = |unit: &UnitId| wanted.services.iter().any(|(it, _)| it == unit);
        let mut items: Vec<_> = wanted.services.iter().map(|(unit, _)| of_unit(*unit)).collect();
        items.sort_unstable();
        items.dedup();
        items.retain(|item| self.problem.items[*item].iter().all(has));
        items.into_iter().map(|item| usize::from(item) as Item).collect()
    }

    fn exact(&mut self, block: u32, wanted: &Wanted, items: &[Item]) -> Option<Column> {
        let sectors = self.sectors;
        let of_item = self.classes.entry(block).or_insert_with(|| sectors.class_of_items(block));
        let mut by_class: BTreeMap<u32, SmallVec<[Item; 4]>> = BTreeMap::new();
        for item in items {
            by_class.entry(of_item[*item as usize]?).or_default().push(*item);
        }
        let mut choices = Vec::with_capacity(by_class.len() + 1);
        for (class, items) in by_class {
            let content = &sectors.model.blocks[block as usize].classes[class as usize];
            let place = content.choices.iter().position(|choice| {
                choice.items == items && sectors.serves_as(choice.tag, &wanted.services)
            })?;
            choices.push((class, place as u32));
        }
        if wanted.reserved > 0 {
            choices.push(sectors.reserve_choice(block, wanted.reserved)?);
            choices.sort_unstable();
        }
        Some(Column { block, choices })
    }
}

impl Sectors {
    /// Sectors and direct columns of an assignment of the same problem.
    #[must_use]
    pub fn encode(&self, problem: &Problem, solution: &Solution) -> (Vec<Sketch>, Vec<u32>) {
        let mut composer = Composer::new(problem, self);
        let posts = self
            .kinds
            .iter()
            .enumerate()
            .flat_map(|(kind, posts)| posts.iter().map(move |post| (kind, *post)));
        let wanted = |(kind, post): (usize, PostId)| Wanted {
            kind,
            seat: solution.seats[post],
            services: solution
                .sector(post)
                .map(|unit| (unit, Some(solution.services[unit].option)))
                .collect(),
            reserved: solution.reserved[post],
        };
        let sketches = posts.filter_map(|it| composer.sketch(&wanted(it))).collect();
        let services: TiVec<UnitId, Option<Service>> =
            solution.services.iter().map(|service| Some(*service)).collect();
        (sketches, self.direct_of(&services))
    }

    /// Direct columns that serve their units as these services do.
    pub(in crate::solve) fn direct_of(
        &self,
        services: &TiVec<UnitId, Option<Service>>,
    ) -> Vec<u32> {
        let is_used = |tag: u32| match &self.meanings[tag as usize] {
            Meaning::Direct(ways) => ways.iter().all(|(unit, option, team)| {
                let server = team.map_or(Server::Nobody, Server::Team);
                services[*unit] == Some(Service { server, option: *option })
            }),
            _ => false,
        };
        let direct = (0..).zip(&self.model.direct);
        direct.filter(|(_, direct)| is_used(direct.tag)).map(|(index, _)| index).collect()
    }

    fn class_of_items(&self, block: u32) -> Vec<Option<u32>> {
        let mut class_of = vec![None; self.model.items as usize];
        for (index, class) in (0..).zip(&self.model.blocks[block as usize].classes) {
            for item in class.choices.iter().flat_map(|choice| &choice.items) {
                class_of[*item as usize] = Some(index);
            }
        }
        class_of
    }

    /// Whether a choice serves its units by the very options wanted.
    fn serves_as(&self, tag: u32, services: &[(UnitId, Option<usize>)]) -> bool {
        self.services(tag).all(|(unit, option)| services.contains(&(unit, Some(option))))
    }

    fn reserve_choice(&self, block: u32, ticks: i64) -> Option<(u32, u32)> {
        let classes = (0..).zip(&self.model.blocks[block as usize].classes);
        classes
            .flat_map(|(class, it)| (0..).zip(&it.choices).map(move |(at, it)| ((class, at), it)))
            .find(|(_, choice)| self.reserved(choice.tag) == ticks)
            .map(|(place, _)| place)
    }
}
