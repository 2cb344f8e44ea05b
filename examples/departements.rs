//! Solves made-up departements of France's sizes, or dossiers, and prints one JSON line for each,
//! with the seconds at which the gap to the final bound was within 1 %, 0.1 % and 0.01 %.
//!
//! `cargo run --release --example departements -- [--limite SECONDS] [--ecart GAP] [NAME|FOLDER...]`

use std::path::Path;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use anyhow::{Result, anyhow};
use clap::Parser;
use maillage::demo::{GeneratorSettings, generate};
use maillage::domain::Dossier;
use maillage::import::read_dossier;
use maillage::policy::{Problem, profile};
use maillage::solve::listener::{Listener, Progress};
use maillage::solve::optimise::optimise;
use maillage::solve::outcome::{Settings, WarmStart, relative_gap};
use maillage::solve::sectors::{Objective, Sectors};
use maillage::solve::terminator::Terminator;
use maillage::travel::EstimateFactors;

#[path = "../tests/common/departements.rs"]
mod departements;

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
    /// Tell every step on stderr.
    #[arg(long)]
    verbose: bool,
}

struct Clock(Instant);

impl Terminator for Clock {
    fn stop(&self) -> bool {
        Instant::now() >= self.0
    }
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
    for name in arguments.names.iter().filter(|name| Path::new(name).is_dir()) {
        let (dossier, _) = read_dossier(Path::new(name)).map_err(|errors| anyhow!("{errors:?}"))?;
        solve(name, dossier, &arguments)?;
    }
    for (name, dossier) in made_up(arguments.graine) {
        if arguments.names.is_empty() || arguments.names.contains(&name) {
            solve(&name, dossier(), &arguments)?;
        }
    }
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

fn solve(name: &str, dossier: Dossier, arguments: &Arguments) -> Result<()> {
    let bareme = profile::load(&dossier.scenario.profile, &dossier.scenario.overrides)?;
    let problem = Problem::new(dossier, bareme, &EstimateFactors::default());
    let start = Instant::now();
    let sectors = Sectors::new(&problem, &Objective::sum());
    let built = start.elapsed().as_secs_f64();
    let clock = Clock(start + Duration::from_secs_f64(arguments.limite));
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
    println!("{line}");
    Ok(())
}
