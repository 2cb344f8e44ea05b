//! Local search: a few neighbouring sectors at a time are set free and solved exactly.
//!
//! The same loop completes a draft (around what it lacks) and improves a plan (around each sector
//! in turn). What stays unserved grows dearer each time, so that the hole moves towards sectors
//! with room: an ejection chain without a depth. Neighbourhoods of one batch are disjoint and are
//! solved in parallel; their results are taken in order, hence the same plan on any machine.
//!
//! # Source
//!
//! Gnaegi and Baumann (2021); Voudouris and Tsang (1999), Guided local search, for the prices.

use std::collections::HashSet;

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use rayon::prelude::*;

use super::super::lagrangian::FloatDuals;
use super::super::listener::Silent;
use super::super::optimise::optimise;
use super::super::outcome::{KnownDuals, Outcome, Settings, Sketch, WarmStart};
use super::super::pricing::Depth;
use super::super::safe_bound::Duals;
use super::super::scope::Scope;
use super::super::search::Search;
use super::super::sector_model::{Column, Item, SectorModel};
use super::draft::Draft;
use super::greedy::largest_profit;
use super::nearness::{ClassIndex, Nearness};
use super::neighbourhood::{Neighbourhood, Whole};

/// Neighbourhoods solved together.
const BATCH: usize = 8;
/// Counted work of one neighbourhood: at least, and for each pair of its sectors.
const EFFORT: u64 = 8_000;
const EFFORT_PER_PAIR: u64 = 2_000;
/// Sectors of a neighbourhood where a draft is completed, growing up to the second.
const REPAIR: (usize, usize) = (3, 6);
/// Absent posts that one neighbourhood places at most.
const PLACED: u32 = 6;
/// Times the largest profit that an item left to nobody costs at first.
const NOBODY: i64 = 8;
/// Batches that may try to complete a draft.
const REPAIRS: usize = 30;

/// How an improvement goes about it.
#[derive(Debug, Clone, Copy)]
pub struct Breadth {
    /// Sectors of a neighbourhood.
    pub sectors: usize,
    /// Counted work.
    pub effort: u64,
}

/// What the local search knows.
pub struct LocalSearch {
    index: ClassIndex,
    duals: Duals,
    /// Best reduced profit of each kind.
    best: Vec<i64>,
    /// Price of a tick in each kind.
    rates: Vec<i64>,
    prices: Vec<i64>,
    absence: i64,
    rng: ChaCha8Rng,
    /// Sets of sectors that are as good as they can be.
    settled: HashSet<Vec<Column>>,
}

impl LocalSearch {
    /// A local search at the best duals known.
    pub fn new(search: &mut Search<'_>, scope: &Scope, duals: Duals) -> Self {
        let model = search.model;
        let price = NOBODY.saturating_mul(largest_profit(model));
        let mut local = Self {
            index: ClassIndex::of(model),
            best: Vec::new(),
            rates: Vec::new(),
            duals: duals.clone(),
            prices: vec![price; model.items as usize],
            absence: 64 * price,
            rng: ChaCha8Rng::seed_from_u64(search.settings.seed),
            settled: HashSet::new(),
        };
        local.learn(search, scope, duals);
        local
    }

    /// Takes better duals.
    pub fn learn(&mut self, search: &mut Search<'_>, scope: &Scope, duals: Duals) {
        let round = search.price(scope, &duals, Depth::Relaxed);
        self.best = vec![0; search.model.kinds.len()];
        self.rates.clone_from(&self.best);
        for (priced, block) in round.priced.iter().zip(&search.model.blocks) {
            let kind = block.kind as usize;
            let rate = priced.bound / i64::from(block.capacity.max(1));
            self.best[kind] = self.best[kind].max(priced.bound);
            self.rates[kind] = self.rates[kind].max(rate);
        }
        self.duals = duals;
    }

    /// Tries to make a plan of `draft`; says whether the search now has one.
    pub fn complete(&mut self, search: &mut Search<'_>, mut draft: Draft) -> bool {
        for attempt in 0..REPAIRS {
            if draft.is_plan(search.model) {
                let (columns, direct) = draft.columns();
                return search.offer(columns, direct);
            }
            if search.must_stop() {
                return false;
            }
            let size = (REPAIR.0 + attempt / 8).min(REPAIR.1);
            let batch = self.around_holes(search, &draft, size);
            self.solve(search, &mut draft, batch);
            for &item in &draft.uncovered {
                let price = &mut self.prices[item as usize];
                *price = (*price + *price / 2).min(self.absence);
            }
        }
        false
    }

    /// Improves the incumbent until no neighbourhood of this breadth can, or the effort is spent.
    pub fn improve(&mut self, search: &mut Search<'_>, breadth: Breadth) {
        let end = search.statistics.work() + breadth.effort;
        let Some(plan) = &search.incumbent else { return };
        let mut draft = Draft::of_plan(search.model, plan);
        while !search.is_over() && search.statistics.work() < end {
            let batch = self.around_sectors(search, &draft, breadth.sectors);
            if batch.is_empty() {
                return;
            }
            if self.solve(search, &mut draft, batch) {
                let (columns, direct) = draft.columns();
                let _ = search.offer(columns, direct);
            }
        }
    }

    /// Disjoint neighbourhoods around the items that nobody serves and the posts that are absent.
    fn around_holes(
        &mut self,
        search: &Search<'_>,
        draft: &Draft,
        size: usize,
    ) -> Vec<Neighbourhood> {
        let nearness = self.nearness(search, draft);
        let mut free = vec![true; draft.sectors.len()];
        let mut claimed = Claimed::none(search.model);
        let mut absent = draft.lacking(search.model);
        let share = absent.iter().sum::<u32>().div_ceil(BATCH as u32).min(PLACED);
        let mut batch = Vec::new();
        let mut holes: Vec<Item> = draft.uncovered.clone();
        self.shuffle(&mut holes);
        for item in holes {
            let near = nearness.nearest(item);
            let near = near.into_iter().filter(|&at| free[at]).take(2 * size).collect();
            let chosen = self.pick(near, size);
            if batch.len() < BATCH && !chosen.is_empty() && !claimed.items[item as usize] {
                chosen.iter().for_each(|&at| free[at] = false);
                claimed.lacking = take_some(&mut absent, share);
                batch.push(self.cut(search, draft, &nearness, chosen, &[item], &mut claimed));
            }
        }
        if batch.is_empty() {
            let all = (0..draft.sectors.len()).collect();
            let chosen = self.pick(all, size);
            claimed.lacking = take_some(&mut absent, PLACED);
            batch.push(self.cut(search, draft, &nearness, chosen, &draft.uncovered, &mut claimed));
        }
        batch
    }

    /// Disjoint neighbourhoods of `size` sectors that are not settled.
    fn around_sectors(
        &mut self,
        search: &Search<'_>,
        draft: &Draft,
        size: usize,
    ) -> Vec<Neighbourhood> {
        let nearness = self.nearness(search, draft);
        let mut free = vec![true; draft.sectors.len()];
        let mut centres: Vec<usize> = (0..draft.sectors.len()).collect();
        self.shuffle(&mut centres);
        let mut claimed = Claimed::none(search.model);
        let mut batch = Vec::new();
        for centre in centres {
            if batch.len() == BATCH {
                break;
            }
            if !free[centre] {
                continue;
            }
            let mut near: Vec<usize> =
                (0..free.len()).filter(|&at| free[at] && at != centre).collect();
            near.sort_by_key(|&at| (nearness.between(draft, centre, at), at));
            near.truncate(2 * size);
            let mut chosen = self.pick(near, size - 1);
            chosen.push(centre);
            chosen.sort_unstable();
            if self.settled.contains(&key(draft, &chosen)) {
                continue;
            }
            chosen.iter().for_each(|&at| free[at] = false);
            batch.push(self.cut(search, draft, &nearness, chosen, &[], &mut claimed));
        }
        batch
    }

    fn nearness(&self, search: &Search<'_>, draft: &Draft) -> Nearness {
        Nearness::of(search.model, &self.index, &self.duals, &self.rates, draft)
    }

    /// Cuts out sectors with `items`, the posts that are absent and claimed for it, and what is served
    /// without a post nearby, unless another neighbourhood of the batch has claimed it.
    fn cut(
        &self,
        search: &Search<'_>,
        draft: &Draft,
        nearness: &Nearness,
        mut sectors: Vec<usize>,
        items: &[Item],
        claimed: &mut Claimed,
    ) -> Neighbourhood {
        sectors.sort_unstable();
        let near = |item: Item, claimed: &Claimed| {
            let nearest = nearness.nearest(item);
            !claimed.items[item as usize]
                && nearest.iter().take(2).any(|at| sectors.binary_search(at).is_ok())
        };
        let mut free = items.to_vec();
        free.extend(draft.uncovered.iter().copied().filter(|&item| near(item, claimed)));
        for &index in &draft.direct {
            let served = &search.model.direct[index as usize].items;
            if served.iter().any(|&item| near(item, claimed)) {
                free.extend_from_slice(served);
            }
        }
        free.sort_unstable();
        free.dedup();
        free.iter().for_each(|&item| claimed.items[item as usize] = true);
        let whole = Whole {
            model: search.model,
            index: &self.index,
            draft,
            prices: &self.prices,
            absence: self.absence,
            lacking: &claimed.lacking,
        };
        whole.cut(sectors, &free)
    }

    /// Solves a batch and takes what is better, in order; says whether anything was.
    fn solve(
        &mut self,
        search: &mut Search<'_>,
        draft: &mut Draft,
        batch: Vec<Neighbourhood>,
    ) -> bool {
        let sectors = batch.iter().map(|near| near.sectors.len() as u64).max().unwrap_or(0);
        let effort = EFFORT.max(EFFORT_PER_PAIR * sectors * sectors / 2);
        let settings = Settings { gap: 0.0, effort: Some(effort), seed: search.settings.seed };
        let (duals, terminator) = (&self.duals, search.terminator);
        let outcomes: Vec<Outcome> = batch
            .par_iter()
            .map(|near| {
                let start = start(duals, near);
                optimise(&near.model, &settings, &start, &Silent, terminator)
            })
            .collect();
        let slack = self.slack(search);
        let mut better = Vec::new();
        for (near, outcome) in batch.into_iter().zip(outcomes) {
            search.statistics.add(&outcome.statistics);
            self.keep_promising(search, &near, &outcome, slack);
            let (columns, direct) = &near.incumbent;
            let known = near.model.evaluate(columns, direct);
            if outcome.has_plan() && known.is_none_or(|known| outcome.objective > known) {
                better.push((near, outcome));
            } else if !search.terminator.stop() {
                let _ = self.settled.insert(key(draft, &near.sectors));
            }
        }
        self.take(search, draft, better)
    }

    /// What a plan better than the incumbent may lose against the bound, fixed point; `None` while
    /// there is no plan.
    fn slack(&self, search: &Search<'_>) -> Option<i64> {
        let value = search.objective().filter(|_| search.bound < i64::MAX)?;
        (search.bound - value).checked_mul(search.structure.unit())
    }

    /// Learns the columns met that a better plan may use, as far as the duals tell.
    fn keep_promising(
        &self,
        search: &mut Search<'_>,
        near: &Neighbourhood,
        outcome: &Outcome,
        slack: Option<i64>,
    ) {
        let Some(slack) = slack else { return };
        let known = outcome.warm_start.sectors.iter().filter_map(|sketch| match sketch {
            Sketch::Column(column) => near.column(column),
            Sketch::Items { .. } => None,
        });
        for column in known {
            let valued = search.model.value(column);
            let kind = search.model.blocks[valued.column.block as usize].kind as usize;
            let reduced = self.duals.reduce(valued.profit, &valued.items, &valued.uses);
            if reduced >= self.best[kind] - slack {
                let _ = search.learn(valued.column);
            }
        }
    }

    /// Takes results whose uses of rows and numbers of posts still fit together.
    fn take(
        &mut self,
        search: &mut Search<'_>,
        draft: &mut Draft,
        mut better: Vec<(Neighbourhood, Outcome)>,
    ) -> bool {
        let model = search.model;
        let mut taken = false;
        // Places in the draft move when sectors are replaced: all are named first.
        let mut names: Vec<Vec<Column>> =
            better.iter().map(|(near, _)| key(draft, &near.sectors)).collect();
        for (near, outcome) in &mut better {
            let named = names.remove(0);
            near.sectors = named
                .iter()
                .map(|column| {
                    draft
                        .sectors
                        .iter()
                        .position(|it| it.column == *column)
                        .expect("disjoint neighbourhoods leave each other's sectors")
                })
                .collect();
            near.sectors.sort_unstable();
            let before = draft.room(model);
            let mut next = draft.clone();
            near.apply(model, &mut next, (&outcome.columns, &outcome.direct));
            let room = next.room(model);
            let fits = room.iter().zip(&before).all(|(&now, &then)| now >= then.min(0));
            // Two neighbourhoods of a batch may have used the same room.
            if fits && next.holds_kinds(model) {
                *draft = next;
                taken = true;
            }
        }
        taken
    }

    /// `count` of `near`, the first ones more often.
    fn pick(&mut self, mut near: Vec<usize>, count: usize) -> Vec<usize> {
        let mut chosen = Vec::with_capacity(count);
        while chosen.len() < count && !near.is_empty() {
            let draws = [self.below(near.len()), self.below(near.len())];
            chosen.push(near.remove(draws[0].min(draws[1])));
        }
        chosen
    }

    fn below(&mut self, count: usize) -> usize {
        self.rng.next_u32() as usize % count
    }

    fn shuffle<T>(&mut self, list: &mut [T]) {
        for at in (1..list.len()).rev() {
            let other = self.below(at + 1);
            list.swap(at, other);
        }
    }
}

/// What the neighbourhoods of a batch have taken for themselves.
struct Claimed {
    /// Items that no sector serves.
    items: Vec<bool>,
    /// Absent posts, by kind, that the next one places.
    lacking: Vec<u32>,
}

impl Claimed {
    fn none(model: &SectorModel) -> Self {
        let items = vec![false; model.items as usize];
        Self { items, lacking: vec![0; model.kinds.len()] }
    }
}

/// The first `count` of what is left of each kind.
fn take_some(left: &mut [u32], mut count: u32) -> Vec<u32> {
    let mut take = |left: &mut u32| {
        let taken = count.min(*left);
        count -= taken;
        *left -= taken;
        taken
    };
    left.iter_mut().map(&mut take).collect()
}

/// Most sectors of a plan.
pub fn posts(model: &SectorModel) -> u64 {
    model.kinds.iter().map(|kind| u64::from(kind.upper.min(model.items))).sum()
}

/// The sectors themselves, sorted.
fn key(draft: &Draft, sectors: &[usize]) -> Vec<Column> {
    let mut key: Vec<Column> = sectors.iter().map(|&at| draft.sectors[at].column.clone()).collect();
    key.sort_unstable();
    key
}

/// What a neighbourhood starts from: the draft and the duals of the whole.
fn start(duals: &Duals, near: &Neighbourhood) -> WarmStart {
    let duals = FloatDuals::from_fixed(duals);
    let (columns, direct) = near.incumbent.clone();
    WarmStart {
        sectors: Vec::new(),
        plan: Some((columns.into_iter().map(Sketch::Column).collect(), direct)),
        duals: Some(KnownDuals {
            items: near.items.iter().map(|&item| Some(duals.items[item as usize])).collect(),
            rows: near.rows.iter().map(|&row| Some(duals.rows[row as usize])).collect(),
        }),
        is_part: true,
    }
}
