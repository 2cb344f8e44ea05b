//! From names to the columns of another problem.

use std::collections::BTreeMap;

use smallvec::SmallVec;
use typed_index_collections::TiVec;

use super::{Content, KnownDuals, KnownSector, Memory};
use crate::policy::{PostId, Problem, Server, Service, Solution, UnitId};
use crate::solve::outcome::{KnownDuals as ModelDuals, WarmStart};
use crate::solve::sectors::Sectors;
use crate::solve::sectors::compose::{Composer, Wanted};

impl Memory {
    /// What `sectors`, the view of `problem` for `level`, may start from.
    pub(in crate::solve) fn recall(
        &self,
        problem: &Problem,
        sectors: &Sectors,
        level: &str,
    ) -> WarmStart {
        let Some(content) = &self.0 else { return WarmStart::default() };
        let words = Dictionary::new(content, problem);
        let mut composer = Composer::new(problem, sectors);
        let mut known = Vec::new();
        for sector in &content.sectors {
            for kind in words.kinds(content, sectors, sector.kind) {
                known.extend(words.wanted(sector, kind).and_then(|it| composer.sketch(&it)));
            }
        }
        known.sort_unstable();
        known.dedup();
        let plan = content.plan.as_ref().map(|plan| words.plan(plan, sectors, &mut composer));
        let duals = content.duals.get(level).map(|duals| words.duals(duals, problem, sectors));
        WarmStart { sectors: known, plan, duals, is_part: false }
    }
}

/// From the indexes of a memory to those of a problem.
struct Dictionary {
    units: TiVec<UnitId, Option<UnitId>>,
    /// Options by unit and place in the memory.
    options: TiVec<UnitId, Vec<Option<usize>>>,
    posts: TiVec<PostId, Option<PostId>>,
}

impl Dictionary {
    fn new(content: &Content, problem: &Problem) -> Self {
        let part = |unit: &crate::policy::unit::Unit| unit.part.map_or(1, |(part, _)| part);
        let by_name: BTreeMap<(&str, u8), UnitId> = problem
            .units
            .iter_enumerated()
            .map(|(id, unit)| ((unit.code.as_str(), part(unit)), id))
            .collect();
        let units: TiVec<UnitId, Option<UnitId>> = content
            .units
            .iter()
            .map(|known| by_name.get(&(known.code.as_str(), known.part)).copied())
            .collect();
        let options = content.units.iter().zip(&units).map(|(known, unit)| {
            let place = |name: &(_, _)| {
                let options = &problem.units[(*unit)?].options;
                options.iter().position(|option| (option.modality, option.presence) == *name)
            };
            known.options.iter().map(place).collect()
        });
        let posts = content.posts.iter().map(|name| problem.post_by_id(name)).collect();
        Self { options: options.collect(), units, posts }
    }

    /// Kinds of the new view that hold a post of an old kind.
    fn kinds(&self, content: &Content, sectors: &Sectors, kind: usize) -> SmallVec<[usize; 2]> {
        let posts = content.kinds[kind].iter().filter_map(|post| self.posts[*post]);
        let mut kinds: SmallVec<[usize; 2]> =
            posts.filter_map(|post| sectors.kind_of(post)).collect();
        kinds.sort_unstable();
        kinds.dedup();
        kinds
    }

    /// Units and options of services that still exist; an option that is gone is left open.
    fn services(
        &self,
        services: impl Iterator<Item = (UnitId, usize)>,
    ) -> SmallVec<[(UnitId, Option<usize>); 6]> {
        let known = |(unit, option): (UnitId, usize)| {
            self.units[unit].map(|now| (now, self.options[unit][option]))
        };
        services.filter_map(known).collect()
    }

    /// `None` where the seat is gone.
    fn wanted(&self, sector: &KnownSector, kind: usize) -> Option<Wanted> {
        let seat = match sector.seat {
            Some(seat) => Some(self.units[seat]?),
            None => None,
        };
        let services = self.services(sector.services.iter().copied());
        Some(Wanted { kind, seat, services, reserved: sector.reserved })
    }

    /// The sectors and direct columns of a plan that still exist.
    fn plan(
        &self,
        plan: &Solution,
        sectors: &Sectors,
        composer: &mut Composer<'_>,
    ) -> (Vec<crate::solve::outcome::Sketch>, Vec<u32>) {
        let mut sketches = Vec::new();
        for (post, now) in self.posts.iter_enumerated() {
            let kind = now.and_then(|now| sectors.kind_of(now));
            let Some(kind) = kind else { continue };
            let known = KnownSector {
                kind,
                seat: plan.seats[post],
                services: plan.sector(post).map(|it| (it, plan.services[it].option)).collect(),
                reserved: plan.reserved[post],
            };
            sketches.extend(self.wanted(&known, kind).and_then(|it| composer.sketch(&it)));
        }
        let mut services: TiVec<UnitId, Option<Service>> = composer.no_services();
        for (unit, service) in plan.services.iter_enumerated() {
            if let (Some(now), false) =
                (self.units[unit], matches!(service.server, Server::Post(_)))
                && let Some(option) = self.options[unit][service.option]
            {
                services[now] = Some(Service { option, ..*service });
            }
        }
        (sketches, sectors.direct_of(&services))
    }

    fn duals(&self, duals: &KnownDuals, problem: &Problem, sectors: &Sectors) -> ModelDuals {
        let mut items = vec![None; problem.items.len()];
        for (units, dual) in &duals.items {
            let now: Option<Vec<UnitId>> = units.iter().map(|unit| self.units[*unit]).collect();
            let item = now.as_ref().and_then(|now| now.first()).map(|&it| problem.units[it].item);
            if let Some(item) = item.filter(|item| Some(&problem.items[*item]) == now.as_ref()) {
                items[usize::from(item)] = Some(*dual);
            }
        }
        let row = |row: &crate::solve::sector_model::Row| duals.rows.get(&row.name).copied();
        ModelDuals { items, rows: sectors.model.rows.iter().map(row).collect() }
    }
}
