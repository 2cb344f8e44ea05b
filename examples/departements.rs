//! Solves made-up departements of France's sizes and prints one JSON line for each.
//!
//! `cargo run --release --example departements -- [--limite SECONDS] [--ecart GAP] [NAME...]`

use std::time::{Duration, Instant};

use anyhow::Result;
use clap::Parser;
use maillage::policy::{Problem, profile};
use maillage::solve::listener::{Listener, Progress, Silent};
use maillage::solve::optimise::optimise;
use maillage::solve::outcome::{Settings, WarmStart};
use maillage::solve::sectors::{Objective, Sectors};
use maillage::solve::terminator::Terminator;
use maillage::travel::EstimateFactors;

#[path = "../tests/common/departements.rs"]
mod departements;

use departements::{Shape, departement};

/// Arguments of the program.
#[derive(Debug, Parser)]
struct Arguments {
    /// Names of the instances (default: all).
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

struct Talkative(Instant);

impl Listener for Talkative {
    fn report(&self, progress: &Progress) {
        eprintln!("{:8.3} {progress:?}", self.0.elapsed().as_secs_f64());
    }
}

/// Name, establishments, circonscriptions, posts.
const SIZES: [(&str, u32, u32, u32); 3] =
    [("petit", 51, 0, 12), ("moyen", 148, 24, 45), ("grand", 303, 0, 130)];

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    for (size, establishments, circonscriptions, posts) in SIZES {
        for to_place in [false, true] {
            let name = format!("{size}-{}", if to_place { "a-placer" } else { "fixe" });
            if arguments.names.is_empty() || arguments.names.contains(&name) {
                let shape = Shape {
                    establishments,
                    circonscriptions,
                    posts,
                    to_place,
                    seed: arguments.graine,
                };
                solve(&name, shape, &arguments)?;
            }
        }
    }
    Ok(())
}

fn solve(name: &str, shape: Shape, arguments: &Arguments) -> Result<()> {
    let dossier = departement(shape);
    let bareme = profile::load(&dossier.scenario.profile, &dossier.scenario.overrides)?;
    let problem = Problem::new(dossier, bareme, &EstimateFactors::default());
    let sectors = Sectors::new(&problem, &Objective::sum());
    let start = Instant::now();
    let clock = Clock(start + Duration::from_secs_f64(arguments.limite));
    let talkative = Talkative(start);
    let listener: &dyn Listener = if arguments.verbose { &talkative } else { &Silent };
    let settings = Settings { gap: arguments.ecart, ..Settings::default() };
    let outcome = optimise(&sectors.model, &settings, &WarmStart::default(), listener, &clock);
    let line = serde_json::json!({
        "instance": name,
        "articles": sectors.model.items,
        "blocs": sectors.model.blocks.len(),
        "objectif": outcome.has_plan().then_some(outcome.objective),
        "borne": outcome.bound,
        "ecart": outcome.gap(),
        "duree_s": start.elapsed().as_secs_f64(),
        "arret": outcome.stopped_by,
        "statistiques": outcome.statistics,
    });
    println!("{line}");
    Ok(())
}
