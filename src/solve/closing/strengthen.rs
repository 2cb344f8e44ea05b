//! The root's bound, strengthened by cuts: what makes listing the columns of a better plan possible.
//!
//! # Formulation
//!
//! Cuts are found over a list of promising columns. Their prices and duals `(pi, mu, sigma)` then
//! give a bound of the whole model: every sector that the relaxation would use in place of its own
//! is listed, cuts charged, and `L(pi, mu, sigma)` takes the best of those, or what the listing left
//! out at most. Where listing brings a sector that the cuts' programme did not know, it takes it and
//! starts again, until the bound over the listed columns is that of the model.
//!
//! Plans are then sought from the top: all that lose little against this bound, then more, until
//! the window holds one (it is optimal) or grows too large.
//!
//! # Source
//!
//! Jepsen, Petersen, Spoorendonk and Pisinger (2008), Operations Research 56(2); Baldacci, Mingozzi
//! and Roberti (2011), Operations Research 59(5); Pessoa, Sadykov, Uchoa and Vanderbeck (2020),
//! Mathematical Programming 183, for enumeration under cuts.

use rayon::prelude::*;

use super::super::column_generation::Node;
use super::super::pricing::enumerate::Budget;
use super::super::safe_bound::NO_SECTOR;
use super::super::scope::Scope;
use super::super::search::Search;
use super::super::sector_model::{Column, SectorModel};
use super::super::statistics::Stage;
use super::cuts::has_short_sectors;
use super::dive::dive;
use super::frontier::Frontier;
use super::listed::Columns;
use super::restricted::Restricted;
use super::tally::Tally;
use super::tree::relax;
use super::{Candidates, Relaxation, keep_best, least_worth, list_columns, list_within};

/// Columns over which cuts are sought.
const POOL: usize = 40_000;
/// The same where sectors are short, with seats to choose and without: longer cuts make up for the
/// others.
const POOL_OF_SHORT_SECTORS: [usize; 2] = [20_000, 10_000];
/// Columns in one window at most.
const WINDOW: usize = 120_000;
/// Columns of a window that is a small choice.
const SMALL_WINDOW: usize = 2_500;
/// Search nodes of one block where columns are sought that a bound lacks.
const NODES_TO_VERIFY: u64 = 250_000;
/// Times the pool takes columns that the cuts made attractive.
const ROUNDS: usize = 8;
/// Part of what the pool's columns may lose that the first window is wide.
const FIRST_WINDOW: i64 = 4;
/// Part of the gap that the first listing looks at; it doubles.
const FIRST_SHARE: i64 = 64;

/// What is known of a root.
pub struct Strengthened<'m> {
    /// The strongest first.
    relaxations: Vec<Relaxation>,
    /// What windows are under.
    top: i64,
    /// Width of the next one, objective units.
    width: i64,
    /// Width under which none is worth listing.
    least: i64,
    /// Value down to which there are too many columns.
    too_low: i64,
    /// The programme with its cuts.
    known: Restricted<'m>,
    /// Dives so far.
    dives: usize,
    /// A window that is not decided.
    undecided: Option<Frontier>,
}

impl<'m> Strengthened<'m> {
    fn new(
        search: &Search<'m>,
        relaxations: Vec<Relaxation>,
        width: i64,
        known: Restricted<'m>,
    ) -> Self {
        Self {
            relaxations,
            top: search.bound,
            width,
            least: width,
            too_low: i64::MIN,
            known,
            dives: 0,
            undecided: None,
        }
    }
}

/// Strengthens the root's relaxation as far as cuts over its promising columns can, and dives
/// among these.
pub fn strengthen<'m>(search: &mut Search<'m>, scope: &Scope, root: &Node) -> Strengthened<'m> {
    let start = Relaxation::from(root);
    let mut known = Restricted::new(search);
    let Some((pool, slack)) = promising(search, scope, &start) else {
        let relaxations = vec![start];
        return Strengthened::new(search, relaxations, 1, known);
    };
    let strongest =
        search.staged(Stage::Closing, |search| cut(search, &mut known, scope, &start, pool, slack));
    let relaxations = strongest.into_iter().chain([start]).collect();
    let width = search.structure.floor(i128::from(slack / FIRST_WINDOW)).max(1);
    let mut root = Strengthened::new(search, relaxations, width, known);
    dive_again(search, scope, &mut root);
    root
}

/// Dives among the promising columns of the strengthened root.
pub fn dive_again<'m>(search: &mut Search<'m>, scope: &Scope, root: &mut Strengthened<'m>) {
    let strongest = &root.relaxations[0];
    if search.is_over() {
        return;
    }
    if let Some((pool, _)) = promising(search, scope, strongest) {
        let pool = with_known(search, pool, strongest);
        let top = search.structure.floor(strongest.bound);
        let Strengthened { known, dives, .. } = root;
        search.staged(Stage::Closing, |search| dive(search, known, pool, top, *dives));
        root.dives += 1;
    }
}

/// The pool with every column met so far that a better plan may use: a dive finds a plan among these
/// where the pool alone holds none.
fn with_known(search: &Search<'_>, mut pool: Candidates, relaxation: &Relaxation) -> Candidates {
    let slack = gap(search, relaxation.bound);
    let least = least_worth(search, relaxation, slack);
    let known = search.pool.columns().iter().filter(|valued| {
        let reduced = relaxation.duals.reduce(valued.profit, &valued.items, &valued.uses);
        reduced >= least[valued.column.block as usize]
    });
    pool.sectors.extend(known.cloned());
    pool
}

/// Columns over which cuts are sought in a model.
fn pool_size(model: &SectorModel) -> usize {
    if has_short_sectors(model) {
        POOL_OF_SHORT_SECTORS[usize::from(!has_choice_of_seats(model))]
    } else {
        POOL
    }
}

/// Whether there are more blocks than columns of a plan.
pub fn has_choice_of_seats(model: &SectorModel) -> bool {
    let posts: u64 = model.kinds.iter().map(|kind| u64::from(kind.upper)).sum();
    model.blocks.len() as u64 > posts
}

/// What a plan worth more than the incumbent may lose against a bound, fixed point.
fn gap(search: &Search<'_>, bound: i128) -> i64 {
    let unit = i128::from(search.structure.unit());
    let top = search.structure.floor(bound);
    let low = search.objective().unwrap_or(top - top.abs() / 50 - 1);
    i64::try_from(bound - (i128::from(low) + 1) * unit).unwrap_or(i64::MAX).max(0)
}

/// As many columns that lose little as the pool takes, and how little (fixed point; 0 where some that
/// lose less are left out).
fn promising(search: &mut Search<'_>, scope: &Scope, at: &Relaxation) -> Option<(Candidates, i64)> {
    let (gap, pool) = (gap(search, at.bound), pool_size(search.model));
    let mut slack = gap / FIRST_SHARE;
    let mut known = None;
    loop {
        let Some(found) = list_within(search, scope, at, slack, pool) else {
            return known.or_else(|| Some((some_promising(search, scope, at, slack)?, 0)));
        };
        let enough = found.sectors.len() > pool / 4 || slack >= gap || search.is_over();
        known = Some((found, slack));
        if enough {
            return known;
        }
        slack = (2 * slack).clamp(1, gap);
    }
}

/// The same where blocks have too many such columns: those of the others, and all met so far.
fn some_promising(
    search: &mut Search<'_>,
    scope: &Scope,
    at: &Relaxation,
    slack: i64,
) -> Option<Candidates> {
    let (_, columns) = search
        .staged(Stage::Enumeration, |search| useful(search, scope, at, slack, SMALL_WINDOW))?;
    let sectors = keep_best(search, columns.into_iter(), pool_size(search.model))?;
    let direct = (0..).zip(&scope.direct).filter(|it| *it.1).map(|it| it.0).collect();
    Some(with_known(search, Candidates { sectors, direct }, at))
}

/// Cuts over a pool that grows until its bound is the model's; returns the best relaxation proven,
/// if better than the first, and the pool. Every column outside the first pool loses more than
/// `slack`, which may already say enough.
fn cut<'m>(
    search: &mut Search<'m>,
    known: &mut Restricted<'m>,
    scope: &Scope,
    start: &Relaxation,
    mut pool: Candidates,
    slack: i64,
) -> Option<Relaxation> {
    let mut strongest: Option<Relaxation> = None;
    for round in 0..ROUNDS {
        let value = search.objective().unwrap_or(i64::MIN / 2);
        let top = search.structure.floor(start.bound);
        let Some(over_pool) = relax(search, known, pool.clone(), value, top) else { break };
        if round == 0 && scope.is_whole {
            let bound = over_pool.bound.max(start.bound - i128::from(slack));
            search.lower_bound(search.structure.floor(bound));
        }
        if search.is_over() {
            break;
        }
        let Some((whole, fresh)) = verify(search, scope, &over_pool, slack / 2) else {
            break;
        };
        let exact = whole.bound - over_pool.bound < i128::from(search.structure.unit());
        if strongest.as_ref().map_or(start.bound, |known| known.bound) > whole.bound {
            if scope.is_whole {
                search.lower_bound(search.structure.floor(whole.bound));
            }
            strongest = Some(whole);
        }
        if exact || search.is_over() {
            break;
        }
        let known = pool.sectors.into_iter().map(|it| it.column);
        let all = known.chain(fresh.sectors.into_iter().map(|it| it.column));
        pool.sectors = keep_best(search, all, usize::MAX).unwrap_or_default();
    }
    strongest
}

/// The bound of the whole model at the duals of a relaxation over some columns, with the columns
/// that it uses.
fn verify(
    search: &mut Search<'_>,
    scope: &Scope,
    over_pool: &Relaxation,
    slack: i64,
) -> Option<(Relaxation, Candidates)> {
    let (outside, columns) = search.staged(Stage::Enumeration, |search| {
        let pool = pool_size(search.model);
        let wide = useful(search, scope, over_pool, slack, pool / 8);
        let few = wide.filter(|wide| wide.1.len() <= pool);
        few.or_else(|| useful(search, scope, over_pool, 0, SMALL_WINDOW))
    })?;
    let sectors = keep_best(search, columns.into_iter(), usize::MAX)?;
    let direct = (0..).zip(&scope.direct).filter(|it| *it.1).map(|it| it.0).collect();
    let found = Candidates { sectors, direct };
    let mut columns = Columns::new(search);
    let all = columns.learn(found.clone());
    columns.add_cuts(over_pool.cuts.clone());
    let bound = columns.bound(&all, &[], &outside, &over_pool.duals, &over_pool.prices);
    let whole = Relaxation { bound: bound.value?, best: bound.best, ..over_pool.clone() };
    Some((whole, found))
}

/// For each block, what no column left out is worth more than, and the columns that lose no more than
/// `slack`, or than nothing; where either are more than `most`, only the best one. `None` where the
/// search was stopped on the way, or took too many nodes.
fn useful(
    search: &Search<'_>,
    scope: &Scope,
    at: &Relaxation,
    slack: i64,
    most: usize,
) -> Option<(Vec<i64>, Vec<Column>)> {
    let charges = at.charges(search.model);
    let worth = least_worth(search, at, 0);
    let terminator = search.terminator;
    let tally = Tally::new(scope.blocks.len(), most);
    let of_blocks: Option<Vec<(i64, Vec<Column>)>> = scope
        .blocks
        .par_iter()
        .zip(&worth)
        .map(|(block, &worth)| {
            if block.closed {
                return Some((NO_SECTOR, Vec::new()));
            }
            for slack in [slack, 0] {
                if terminator.stop() || tally.is_spent() {
                    return None;
                }
                let least = worth.saturating_sub(slack);
                let budget = &mut Budget::new(NODES_TO_VERIFY);
                let found = block.list(&at.duals, &charges, least, most, budget);
                tally.add(budget);
                if let Some(found) = found {
                    return Some((least, found));
                }
            }
            let budget = &mut Budget::new(NODES_TO_VERIFY);
            let (bound, found) = block.best_charged(&at.duals, &charges, worth, budget);
            tally.add(budget);
            Some((bound, found.into_iter().collect()))
        })
        .collect();
    let of_blocks = of_blocks.filter(|_| !tally.is_spent())?;
    let (outside, columns): (Vec<i64>, Vec<Vec<Column>>) = of_blocks.into_iter().unzip();
    Some((outside, columns.concat()))
}

/// Windows under the bound, from narrow to wide, each decided exactly; goes on with the one that was
/// left undecided, over `nodes` of each at most. Returns whether the search is over.
pub fn from_the_top<'m>(
    search: &mut Search<'m>,
    scope: &Scope,
    root: &mut Strengthened<'m>,
    nodes: u64,
) -> bool {
    debug_assert!(scope.is_whole, "what is proven holds for the model");
    while let Some(mut frontier) = root.undecided.take().or_else(|| window(search, scope, root)) {
        search.staged(Stage::Closing, |search| frontier.explore(search, &mut root.known, nodes));
        if search.is_over() {
            break;
        }
        if !frontier.is_decided() {
            root.undecided = Some(frontier);
            break;
        }
    }
    search.is_over()
}

/// The next window under the bound: twice as wide as the last, then as wide as still makes a small
/// choice. `None` where it has too many columns, or where all is decided.
fn window<'m>(
    search: &mut Search<'m>,
    scope: &Scope,
    root: &mut Strengthened<'m>,
) -> Option<Frontier> {
    let top = root.top;
    let low = search.objective().unwrap_or_else(|| top - top.abs() / 50 - 1);
    let mut found = None;
    let (mut width, mut most) = (root.width, WINDOW);
    loop {
        let value = (top - width).max(low);
        if value < search.bound {
            let relaxations = root.relaxations.iter().filter(|_| value > root.too_low);
            let listed = relaxations.into_iter().find_map(|relaxation| {
                let listed = list_columns(search, scope, relaxation, value, most)?;
                Some((listed, (value, search.structure.floor(relaxation.bound))))
            });
            let Some((listed, range)) = listed else {
                if most == WINDOW && !search.is_over() {
                    root.too_low = root.too_low.max(value);
                }
                // Too wide: half as far beyond what is decided, unless that is next to nothing.
                let decided = top - search.bound;
                width = decided + (width.min(top - low) - decided) / 2;
                if found.is_some() || width - decided < root.least || search.is_over() {
                    break;
                }
                continue;
            };
            let is_small = listed.sectors.len() < SMALL_WINDOW / 3;
            found = Some((listed, range));
            root.width = 2 * width;
            if !is_small {
                break;
            }
            most = SMALL_WINDOW;
        }
        if value == low {
            break;
        }
        width *= 2;
    }
    let (candidates, range) = found?;
    // Where seats are to choose, windows have more columns in common: they are worth keeping.
    if !has_choice_of_seats(search.model) {
        root.known.renew(search, &root.relaxations[0]);
    }
    Some(Frontier::new(&mut root.known, candidates, range).of_the_model())
}
