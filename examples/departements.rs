//! Solves made-up departements of France's sizes, or dossiers, and prints one JSON line for each,
//! with the seconds at which the gap to the final bound was within 1 %, 0.1 % and 0.01 %.
//!
//! `cargo run --release --example departements -- [--limite SECONDS] [--ecart GAP] [NAME|FOLDER...]`
//!
//! With `--france`, a hundred departements in one run, side by side: the folders given, the four of
//! Poitiers where their table is at hand, and made-up ones of France's sizes; one more line says how
//! long it took, the widest gap, and how many are proven to have no plan; the name of a line of
//! those, `france-12`, solves that one again. `--sieges` gives posts
//! without residence an arbitrary one: an establishment may then be too far from every post.

use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Result, anyhow};
use clap::Parser;
use maillage::demo::{GeneratorSettings, generate};
use maillage::domain::Dossier;
use maillage::import::read_dossier;
use maillage::policy::{Problem, profile};
use maillage::solve::listener::{Listener, Progress};
use maillage::solve::optimise::optimise;
use maillage::solve::outcome::{Settings, StoppedBy, WarmStart, relative_gap};
use maillage::solve::sectors::{Objective, Sectors};
use maillage::solve::terminator::Deadline;
use maillage::travel::EstimateFactors;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

#[path = "../tests/common/mod.rs"]
#[allow(dead_code, reason = "tests use what this program does not")]
mod common;
#[path = "../tests/common/departements.rs"]
mod departements;

use common::poitiers;
use departements::{Shape, departement};

/// Arguments of the program.
#[derive(Debug, Parser)]
struct Arguments {
    /// Names of the instances (default: all), or folders of dossiers.
    names: Vec<String>,
    /// Seconds for each instance.
    #[arg(long, default_value_t = 60.0)]
    limite: f64,
    /// Relative gap that is good enough.
    #[arg(long, default_value_t = 0.0001)]
    ecart: f64,
    /// Seed of the instances.
    #[arg(long, default_value_t = 1)]
    graine: u64,
    /// A hundred departements in one run.
    #[arg(long)]
    france: bool,
    /// Give posts without residence an arbitrary one.
    #[arg(long)]
    sieges: bool,
    /// Tell every step on stderr.
    #[arg(long)]
    verbose: bool,
}

/// Gaps whose time is told.
const GAPS: [f64; 3] = [1e-2, 1e-3, 1e-4];

/// Seconds since the start, value and bound.
type Point = (f64, Option<i64>, Option<i64>);

/// Notes when values and bounds come.
struct Trace {
    start: Instant,
    verbose: bool,
    points: Mutex<Vec<Point>>,
}

impl Listener for Trace {
    fn report(&self, progress: &Progress) {
        let seconds = self.start.elapsed().as_secs_f64();
        if self.verbose {
            eprintln!("{seconds:8.3} {progress:?}");
        }
        let point = (seconds, progress.incumbent, progress.bound);
        self.points.lock().expect("nobody panics with the lock").push(point);
    }
}

impl Trace {
    /// Seconds until the first plan, and until its value was within each gap of `bound`.
    fn value_times(&self, bound: i64) -> (Option<f64>, [Option<f64>; 3]) {
        let points = self.points.lock().expect("nobody panics with the lock");
        let first = |within: &dyn Fn(i64) -> bool| {
            points.iter().find(|point| point.1.is_some_and(within)).map(|point| point.0)
        };
        let times = GAPS.map(|gap| first(&|value| relative_gap(bound, value) <= gap));
        (first(&|_| true), times)
    }

    /// Seconds until the gap between value and bound was proven.
    fn proven_times(&self) -> [Option<f64>; 3] {
        let points = self.points.lock().expect("nobody panics with the lock");
        GAPS.map(|gap| {
            let reached = points.iter().find(|(_, value, bound)| {
                value.zip(*bound).is_some_and(|(value, bound)| relative_gap(bound, value) <= gap)
            });
            reached.map(|point| point.0)
        })
    }
}

/// Name, establishments, circonscriptions, posts.
const SIZES: [(&str, u32, u32, u32); 3] =
    [("petit", 51, 0, 12), ("moyen", 148, 24, 45), ("grand", 303, 0, 130)];

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let mut dossiers = folders(&arguments)?;
    if arguments.france {
        dossiers.extend(POITIERS.iter().filter_map(|&(departement, posts)| {
            Some((departement.to_owned(), poitiers::dossier(departement, posts)?))
        }));
        let missing = FRANCE.saturating_sub(dossiers.len()) as u64;
        dossiers.extend((0..missing).map(|index| of_france(index, &arguments)));
        return solve_side_by_side(dossiers, &arguments);
    }
    for (name, maker) in made_up(arguments.graine) {
        if arguments.names.is_empty() || arguments.names.contains(&name) {
            dossiers.push((name, maker()));
        }
    }
    let of_france_alone = |name: &String| {
        let index = name.strip_prefix("france-")?.parse().ok()?;
        Some(of_france(index, &arguments))
    };
    dossiers.extend(arguments.names.iter().filter_map(of_france_alone));
    for (name, dossier) in dossiers {
        let (line, _) = solve(&name, dossier, &arguments)?;
        println!("{line}");
    }
    Ok(())
}

fn folders(arguments: &Arguments) -> Result<Vec<(String, Dossier)>> {
    let folders = arguments.names.iter().filter(|name| Path::new(name).is_dir());
    folders
        .map(|name| {
            let (dossier, _) =
                read_dossier(Path::new(name)).map_err(|errors| anyhow!("{errors:?}"))?;
            Ok((name.clone(), dossier))
        })
        .collect()
}

/// Departements of the Poitiers academie, and posts for each.
const POITIERS: [(&str, usize); 4] = [("16", 14), ("17", 20), ("79", 12), ("86", 16)];

/// Departements of a run over France.
const FRANCE: usize = 100;

/// The `index`th made-up departement of France: public establishments of the second degree from 15
/// (the smallest) to 303 (Nord) with a median of 62, a circonscription for six of them, 0.26 to 0.43
/// posts an establishment.
fn of_france(index: u64, arguments: &Arguments) -> (String, Dossier) {
    let seed = arguments.graine * 1_000 + index;
    let mut draw = ChaCha8Rng::seed_from_u64(seed);
    let mut unit = || f64::from(draw.next_u32()) / 4_294_967_296.0;
    // Twelve uniform draws: nearly normal.
    let normal = (0..12).map(|_| unit()).sum::<f64>() - 6.0;
    let establishments = (62.0 * (0.6 * normal).exp()).clamp(15.0, 303.0) as u32;
    let posts = (f64::from(establishments) * (0.26 + 0.17 * unit())) as u32;
    let circonscriptions = establishments / 6;
    let to_place = !arguments.sieges;
    let shape = Shape { establishments, circonscriptions, posts, to_place, seed };
    (format!("france-{index}"), departement(shape))
}

/// Gives every post without residence an arbitrary establishment of the second degree, another for
/// each as long as there are any.
fn seat(dossier: &mut Dossier, seed: u64) {
    let mut draw = ChaCha8Rng::seed_from_u64(seed);
    let taken: Vec<&String> = dossier.posts.iter().filter_map(|it| it.residence.as_ref()).collect();
    let mut seats: Vec<(u32, String)> = dossier
        .establishments
        .iter()
        .filter(|it| !it.kind.is_first_degree() && !taken.contains(&&it.uai))
        .map(|it| (draw.next_u32(), it.uai.clone()))
        .collect();
    seats.sort_unstable();
    let mut seats = seats.into_iter().cycle();
    for post in &mut dossier.posts {
        if post.residence.is_none() {
            post.residence = seats.next().map(|it| it.1);
        }
    }
}

/// One thread for each departement, as many at a time as the machine has cores, the largest first.
fn solve_side_by_side(mut dossiers: Vec<(String, Dossier)>, arguments: &Arguments) -> Result<()> {
    dossiers.sort_by_key(|it| std::cmp::Reverse(it.1.establishments.len() * it.1.posts.len()));
    let (start, next) = (Instant::now(), AtomicUsize::new(0));
    let worker = || -> Result<Vec<Option<f64>>> {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build()?;
        let mut gaps = Vec::new();
        while let Some((name, dossier)) = dossiers.get(next.fetch_add(1, Ordering::Relaxed)) {
            let (line, gap) = pool.install(|| solve(name, dossier.clone(), arguments))?;
            println!("{line}");
            gaps.push(gap);
        }
        Ok(gaps)
    };
    let gaps = std::thread::scope(|scope| {
        let workers: Vec<_> =
            (0..rayon::current_num_threads()).map(|_| scope.spawn(worker)).collect();
        let gaps = workers.into_iter().map(|worker| worker.join().expect("no worker panics"));
        gaps.collect::<Result<Vec<_>>>()
    })?;
    let gaps = gaps.concat();
    let departements = gaps.len();
    let mut gaps: Vec<f64> = gaps.into_iter().flatten().collect();
    gaps.sort_by(f64::total_cmp);
    let line = serde_json::json!({
        "departements": departements,
        "duree_s": start.elapsed().as_secs_f64(),
        "impossibles": departements - gaps.len(),
        "ecart_max": gaps.last(),
        "au_dela_de_002": gaps.iter().filter(|gap| **gap > 2e-4).count(),
    });
    println!("{line}");
    Ok(())
}

type Maker = Box<dyn Fn() -> Dossier>;

/// Every made-up departement of a seed.
fn made_up(seed: u64) -> Vec<(String, Maker)> {
    let mut all: Vec<(String, Maker)> = Vec::new();
    for to_place in [false, true] {
        let suffix = if to_place { "a-placer" } else { "fixe" };
        for (size, establishments, circonscriptions, posts) in SIZES {
            let shape = Shape { establishments, circonscriptions, posts, to_place, seed };
            all.push((format!("{size}-{suffix}"), Box::new(move || departement(shape))));
        }
        let generated = [
            ("55", GeneratorSettings { seed, ..GeneratorSettings::demonstration() }),
            ("175", GeneratorSettings::with_175_units(seed)),
            ("300", GeneratorSettings::with_300_units(seed)),
        ];
        for (size, settings) in generated {
            let settings = if to_place { settings.all_to_place() } else { settings };
            all.push((format!("{size}-{suffix}"), Box::new(move || generate(&settings))));
        }
    }
    all
}

/// The line that tells how it went, and the gap: infinite without a plan, none where it is proven that
/// there is no plan.
fn solve(
    name: &str,
    mut dossier: Dossier,
    arguments: &Arguments,
) -> Result<(serde_json::Value, Option<f64>)> {
    if arguments.sieges {
        seat(&mut dossier, arguments.graine);
    }
    let bareme = profile::load(&dossier.scenario.profile, &dossier.scenario.overrides)?;
    let problem = Problem::new(dossier, bareme, &EstimateFactors::default());
    let start = Instant::now();
    let sectors = Sectors::new(&problem, &Objective::sum());
    let built = start.elapsed().as_secs_f64();
    let clock = Deadline::after(Some(Duration::from_secs_f64(arguments.limite)));
    let trace = Trace { start, verbose: arguments.verbose, points: Mutex::default() };
    let settings = Settings { gap: arguments.ecart, ..Settings::default() };
    let outcome = optimise(&sectors.model, &settings, &WarmStart::default(), &trace, &clock);
    let (first, value_times) = trace.value_times(outcome.bound);
    let line = serde_json::json!({
        "instance": name,
        "articles": sectors.model.items,
        "blocs": sectors.model.blocks.len(),
        "objectif": outcome.has_plan().then_some(outcome.objective),
        "borne": outcome.bound,
        "ecart": outcome.gap(),
        "modele_s": built,
        "premier_plan_s": first,
        "valeur_1_01_001_s": value_times,
        "prouve_1_01_001_s": trace.proven_times(),
        "duree_s": start.elapsed().as_secs_f64(),
        "arret": outcome.stopped_by,
        "statistiques": outcome.statistics,
    });
    let gap = outcome.gap().or(Some(f64::INFINITY));
    Ok((line, gap.filter(|_| outcome.stopped_by != StoppedBy::Infeasible)))
}
