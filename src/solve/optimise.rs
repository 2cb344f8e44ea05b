//! The entry of the core: stages in order, each ending as soon as the gap is good enough.

use super::branching::branch;
use super::closing::{
    Candidates, Relaxation, Strengthened, choose, close, dive_again, from_the_top,
    has_choice_of_seats, list_columns, strengthen,
};
use super::column_generation::{Attempt, Node, solve_node};
use super::first_columns::promising;
use super::fractions::{Fractions, INTEGRAL};
use super::heuristics::dive::{Style, dive, integral_plan};
use super::heuristics::greedy;
use super::heuristics::local_search::{Breadth, LocalSearch, posts};
use super::lagrangian::{FloatDuals, descend, price_of_time};
use super::listener::Listener;
use super::long_sectors::{self, has_long_sectors};
use super::master::{Master, Phase};
use super::outcome::{Outcome, Settings, StoppedBy, WarmStart, relative_gap};
use super::scope::Scope;
use super::search::Search;
use super::sector_model::SectorModel;
use super::statistics::Stage;
use super::terminator::Terminator;
use super::warm_start;

/// Columns up to which listing is worth an exact choice.
const LISTED: usize = 4_000;
/// Nodes of that choice.
const CLOSING_NODES: u64 = 2_000;
/// Nodes of a choice where a better incumbent may make it smaller: with fixed seats, and with seats to
/// choose, where a node takes longer and dives find more.
const FEW_NODES: [u64; 2] = [60, 20];
/// Nodes while the plan is not good: another one makes every window smaller.
const FEWER_NODES: u64 = 6;
/// Nodes of the choice among columns of the pool.
const POOL_NODES: u64 = 40;
/// Sectors that the local search sets free between two attempts to close the gap.
const BREADTHS: [usize; 8] = [3, 5, 8, 10, 12, 12, 12, 12];
/// Columns of the pool among which the restricted master chooses.
const POOL: usize = 2_500;
/// Subgradient steps without known duals.
const COLD_STEPS: usize = 30;
/// Posts up to which the root and its closing come sooner than a local search pays.
const SMALL: u64 = 24;
/// The same in items: sectors of many items leave the linear programme degenerate, and slow.
const FEW_ITEMS: u32 = 64;
/// Blocks up to which all of them are priced for a first plan.
const CORE: usize = 200;
/// Counted work of the local search before the root's linear programme, for each post.
const BEFORE_ROOT: u64 = 4_000;
/// The same before each window that is closed.
const BEFORE_WINDOW: u64 = 20_000;
/// Gap under which a plan is fair, and under which it is good.
const FAIR: f64 = 1e-2;
const GOOD: f64 = 5e-4;
/// Subgradient steps from known duals.
const WARM_STEPS: usize = 4;

/// Solves `model`; parallel on the caller's rayon pool, the same outcome whatever its size.
pub fn optimise(
    model: &SectorModel,
    settings: &Settings,
    start: &WarmStart,
    listener: &dyn Listener,
    terminator: &dyn Terminator,
) -> Outcome {
    let mut search = Search::new(model, *settings, listener, terminator);
    search.is_part = start.is_part;
    let known = search.staged(Stage::Heuristics, |search| warm_start::take(search, start));
    let attempt = run(&mut search, known);
    if let Some(value) = search.objective().filter(|_| attempt == Attempt::Infeasible) {
        // Nothing is left of what a better plan may take.
        search.lower_bound(value);
    }
    conclude(search, attempt)
}

fn run(search: &mut Search<'_>, known: Option<FloatDuals>) -> Attempt<()> {
    let mut scope = Scope::whole(search.model);
    let long = has_long_sectors(search);
    let (mut duals, mut steps) = known
        .map_or_else(|| (price_of_time(search.model), COLD_STEPS), |duals| (duals, WARM_STEPS));
    if let Some(core) = core(search.model, &scope).filter(|_| search.incumbent.is_none()) {
        let begun =
            search.staged(Stage::Lagrangian, |search| descend(search, &core, duals.clone(), steps));
        if let Attempt::Done(centre) = begun {
            let _ =
                search.staged(Stage::Heuristics, |search| construct(search, &core, &centre, long));
            (duals, steps) = (centre, WARM_STEPS);
        }
    }
    let begun = if long {
        long_sectors::begin(search, &mut scope, duals)
    } else {
        search.staged(Stage::Lagrangian, |search| descend(search, &scope, duals, steps))
    };
    let centre = match begun {
        Attempt::Done(centre) => centre,
        Attempt::Infeasible => return Attempt::Infeasible,
        Attempt::Stopped => return Attempt::Stopped,
    };
    let mut local =
        search.staged(Stage::Heuristics, |search| construct(search, &scope, &centre, long));
    if search.is_over() {
        return Attempt::Done(());
    }
    let mut master = Master::new(search.model, Phase::Second(2.0 * search.model.largest_profit()));
    let root = search.staged(Stage::Root, |search| {
        let known = promising(search, &scope, &centre);
        let _ = master.add(search.model, &search.pool, &known);
        first_plan(search, &mut master, &scope);
        solve_node(search, &mut master, &scope, Some(centre), None)
    });
    let root = match root {
        Attempt::Done(root) => root,
        Attempt::Infeasible => return Attempt::Infeasible,
        Attempt::Stopped => return Attempt::Stopped,
    };
    search.staged(Stage::Heuristics, |search| offer_root(search, &root));
    if long {
        long_sectors::close(search, &mut scope, &root.duals);
    }
    // Under fixed seats, or from a fair plan, the strengthened root gives a better one sooner.
    let dives_first = local.is_none() || has_choice_of_seats(search.model) && search.gap() > FAIR;
    if dives_first && !search.is_over() {
        search.staged(Stage::Heuristics, |search| {
            let _ = dive(search, &mut master, &scope, Style::default());
        });
    }
    if let Some(local) = &mut local {
        local.learn(search, &scope, root.duals.clone());
    }
    if search.is_over() || list_at_once(search, &scope, &root) {
        return Attempt::Done(());
    }
    let mut strengthened = strengthen(search, &scope, &root);
    if let Some(local) = local.as_mut().filter(|_| search.gap() > GOOD) {
        improve(search, local, BREADTHS[0]);
    }
    let nodes = if local.is_some() { few_nodes(search) } else { CLOSING_NODES };
    if search.is_over() || from_the_top(search, &scope, &mut strengthened, nodes) {
        return Attempt::Done(());
    }
    if !dives_first {
        search.staged(Stage::Heuristics, |search| {
            let _ = dive(search, &mut master, &scope, Style::default());
        });
    }
    if search.is_over() || close_by_turns(search, &scope, &mut strengthened, local.as_mut()) {
        return Attempt::Done(());
    }
    search.staged(Stage::Heuristics, |search| {
        let sure = Style { sure: 0.99, ..Style::default() };
        let _ = dive(search, &mut master, &scope, sure);
    });
    if search.is_over() {
        return Attempt::Done(());
    }
    let known = search.objective();
    search.staged(Stage::Heuristics, |search| restricted_master(search, &root));
    let better = search.objective() != known;
    if search.is_over()
        || better && close_by_turns(search, &scope, &mut strengthened, local.as_mut())
    {
        return Attempt::Done(());
    }
    let emptied = search.staged(Stage::Branching, |search| branch(search, &mut master, &scope));
    if emptied && search.incumbent.is_none() { Attempt::Infeasible } else { Attempt::Done(()) }
}

/// A plan without any linear programme, improved for a moment; nothing for models so small that
/// the local search would set all of it free, which its own neighbourhoods are, or whose sectors are
/// long, so that a few of them are nearly all.
fn construct(
    search: &mut Search<'_>,
    scope: &Scope,
    centre: &FloatDuals,
    long: bool,
) -> Option<LocalSearch> {
    let small = posts(search.model) <= SMALL && search.model.items <= FEW_ITEMS;
    if search.is_part || small || long {
        return None;
    }
    let duals = search.structure.fix(&centre.items, &centre.rows, search.structure.unit());
    let mut local = LocalSearch::new(search, scope, duals.clone());
    if search.incumbent.is_none() {
        let draft = greedy::draft(search, scope, &duals);
        let _ = local.complete(search, draft);
    }
    // From a fair plan (that of before a change), the root's columns say sooner what is better.
    if search.gap() > FAIR {
        local.improve(search, Breadth { sectors: 3, effort: posts(search.model) * BEFORE_ROOT });
    }
    Some(local)
}

/// A few seats for each kind of posts, another few for the next: enough for a first plan where
/// pricing every post at every seat takes seconds.
fn core(model: &SectorModel, whole: &Scope) -> Option<Scope> {
    if model.blocks.len() <= CORE {
        return None;
    }
    let mut core = whole.clone();
    core.is_whole = false;
    let mut seats = vec![0; model.kinds.len()];
    model.blocks.iter().for_each(|block| seats[block.kind as usize] += 1);
    let mut met = vec![0; model.kinds.len()];
    for (priced, block) in core.blocks.iter_mut().zip(&model.blocks) {
        let kind = block.kind as usize;
        let stride = seats[kind] * model.kinds.len() / CORE + 1;
        met[kind] += 1;
        priced.closed = !(met[kind] + kind).is_multiple_of(stride) && !block.classes.is_empty();
    }
    Some(core)
}

/// A quick plan from the columns at hand, so that a stop has something to deliver.
fn first_plan(search: &mut Search<'_>, master: &mut Master, scope: &Scope) {
    if search.incumbent.is_none() {
        let hasty = Style { sure: 0.5, rounds: 2, discrepancies: 8 };
        let _ = dive(search, master, scope, hasty);
        let pool = &search.pool;
        master.restrict(|meaning| scope.allows(pool, meaning));
    }
}

/// The root's own solution, where it is a plan.
fn offer_root(search: &mut Search<'_>, root: &Node) {
    let fractions = Fractions::of(search.model, &search.pool, &root.solution.support);
    if fractions.integral && root.solution.artificial < INTEGRAL {
        let (columns, direct) = integral_plan(search, &root.solution);
        let _ = search.offer(columns, direct);
    }
}

/// The choice among the most promising columns of the pool.
fn restricted_master(search: &mut Search<'_>, root: &Node) {
    let marginals = search.structure.marginals(search.model, &root.best);
    let mut ranked: Vec<(i64, u32)> = (0..)
        .zip(search.pool.columns())
        .map(|(index, valued)| {
            let reduced = root.duals.reduce(valued.profit, &valued.items, &valued.uses);
            (marginals[valued.column.block as usize] - reduced, index)
        })
        .collect();
    ranked.sort_unstable();
    ranked.truncate(POOL);
    let sectors = ranked.into_iter().map(|it| search.pool.get(it.1).clone()).collect();
    let candidates =
        Candidates { sectors, direct: (0..search.model.direct.len() as u32).collect() };
    let value = search.objective().unwrap_or(i64::MIN / 2);
    let top = search.structure.floor(root.bound);
    let _ = choose(search, candidates, (value, top), POOL_NODES);
}

/// Decides at once where few columns fit in the gap; returns whether the search is over.
fn list_at_once(search: &mut Search<'_>, scope: &Scope, root: &Node) -> bool {
    let Some(value) = search.objective() else { return false };
    let relaxation = Relaxation::from(root);
    if let Some(candidates) = list_columns(search, scope, &relaxation, value, LISTED) {
        let proven = close(search, candidates, &relaxation, value, CLOSING_NODES);
        search.lower_bound(proven);
    }
    search.is_over()
}

/// Looks for a better incumbent and closes what gap it leaves, in turn; returns whether the search
/// is over.
fn close_by_turns<'m>(
    search: &mut Search<'m>,
    scope: &Scope,
    strengthened: &mut Strengthened<'m>,
    local: Option<&mut LocalSearch>,
) -> bool {
    let Some(local) = local else { return search.is_over() };
    for sectors in BREADTHS {
        improve(search, local, sectors);
        dive_again(search, scope, strengthened);
        let nodes = few_nodes(search);
        if search.is_over() || from_the_top(search, scope, strengthened, nodes) {
            return true;
        }
    }
    from_the_top(search, scope, strengthened, CLOSING_NODES)
}

fn few_nodes(search: &Search<'_>) -> u64 {
    let few = FEW_NODES[usize::from(has_choice_of_seats(search.model))];
    if search.gap() > GOOD { FEWER_NODES } else { few }
}

fn improve(search: &mut Search<'_>, local: &mut LocalSearch, sectors: usize) {
    let breadth = Breadth { sectors, effort: posts(search.model) * BEFORE_WINDOW };
    search.staged(Stage::Heuristics, |search| local.improve(search, breadth));
}

fn conclude(search: Search<'_>, attempt: Attempt<()>) -> Outcome {
    let warm_start = warm_start::leave(&search);
    let Search { model, incumbent, bound, settings, terminator, statistics, .. } = search;
    // Even a search stopped before its first pricing round has a bound to show.
    let bound = bound.min(model.naive_bound());
    let stopped_by = match &incumbent {
        None if attempt == Attempt::Infeasible => StoppedBy::Infeasible,
        None => StoppedBy::NoSolution,
        Some(plan) if bound <= plan.objective => StoppedBy::Optimal,
        Some(plan) if relative_gap(bound, plan.objective) <= settings.gap => StoppedBy::Gap,
        Some(_) if terminator.stop() => StoppedBy::Terminated,
        Some(_) => StoppedBy::Effort,
    };
    let objective = incumbent.as_ref().map_or(0, |plan| plan.objective);
    let (columns, direct) =
        incumbent.map_or_else(Default::default, |plan| (plan.columns, plan.direct));
    Outcome { columns, direct, objective, bound, stopped_by, statistics, warm_start }
}
