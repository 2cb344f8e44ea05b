//! Solves a dossier, then the same after each of a few changes, from what the first search learned.
//!
//! `cargo run --release --example what_if -- DOSSIER [--limite SECONDS] [--ecart GAP] [--froid]`
//! prints one JSON line for the dossier and one for each change: seconds to build the problem, to
//! the first plan, to the end, with its gap. `--postes N` makes the changes to the N posts with the
//! largest sectors, each in turn, and ends with one line for each sort of change: the median, the
//! nine tenths and the longest of the seconds to a gap of 0.02 %.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use anyhow::{Result, anyhow};
use clap::Parser;
use maillage::domain::{Decision, DecisionKind, Dossier, Status};
use maillage::import::read_dossier;
use maillage::policy::{PostId, Problem, Server, Solution, profile};
use maillage::solve::find::{Found, Request, Start, find};
use maillage::solve::listener::{Listener, Progress};
use maillage::solve::memory::Memory;
use maillage::solve::outcome::Settings;
use maillage::solve::terminator::Deadline;
use maillage::travel::EstimateFactors;

/// Arguments of the program.
#[derive(Debug, Parser)]
struct Arguments {
    /// Folder of the dossier.
    dossier: PathBuf,
    /// Seconds for each search.
    #[arg(long, default_value_t = 60.0)]
    limite: f64,
    /// Relative gap that is good enough.
    #[arg(long, default_value_t = 0.0001)]
    ecart: f64,
    /// Only these changes (default: all).
    #[arg(long)]
    changement: Vec<String>,
    /// Posts to which the changes are made, one by one.
    #[arg(long, default_value_t = 1)]
    postes: usize,
    /// Do not use what the first search learned.
    #[arg(long)]
    froid: bool,
    /// Tell every step on stderr.
    #[arg(long)]
    verbose: bool,
}

/// Notes when the first plan came, and when it was within 0.02 %.
struct Watch {
    start: Instant,
    verbose: bool,
    first: Mutex<Cell<Option<f64>>>,
    close: Mutex<Cell<Option<f64>>>,
}

impl Listener for Watch {
    fn report(&self, progress: &Progress) {
        let now = Some(self.start.elapsed().as_secs_f64());
        let note = |cell: &Mutex<Cell<Option<f64>>>, reached: bool| {
            let cell = cell.lock().expect("one thread reports");
            cell.set(cell.get().or(now.filter(|_| reached)));
        };
        note(&self.first, progress.incumbent.is_some());
        note(&self.close, progress.gap.is_some_and(|gap| gap <= 0.0002));
        if self.verbose {
            eprintln!("{:8.3} {progress:?}", self.start.elapsed().as_secs_f64());
        }
    }
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let (dossier, _) = read_dossier(&arguments.dossier)
        .map_err(|errors| anyhow!("the dossier has errors: {errors:?}"))?;
    let before = solve("dossier", dossier.clone(), Memory::default(), &arguments)?;
    let memory = if arguments.froid { Memory::default() } else { before.1.memory.clone() };
    let (solution, _) = before.1.plan.as_ref().ok_or_else(|| anyhow!("no plan to change"))?;
    let mut tried: BTreeMap<&str, Tried> = BTreeMap::new();
    for (name, changed) in changes(&before.0, &dossier, solution, arguments.postes) {
        if arguments.changement.is_empty() || arguments.changement.iter().any(|it| it == name) {
            let after = solve(name, changed, memory.clone(), &arguments)?;
            let tried = tried.entry(name).or_default();
            match after.1.status {
                Status::Irrealisable => tried.impossible += 1,
                _ => tried.seconds.push(after.2.unwrap_or(f64::INFINITY)),
            }
        }
    }
    if arguments.postes > 1 {
        tried.iter_mut().for_each(|(name, tried)| println!("{}", tried.summary(name)));
    }
    Ok(())
}

/// What came of one sort of change.
#[derive(Default)]
struct Tried {
    /// Until a gap of 0.02 %.
    seconds: Vec<f64>,
    /// Changes proven to leave no plan.
    impossible: usize,
}

impl Tried {
    fn summary(&mut self, name: &str) -> serde_json::Value {
        self.seconds.sort_by(f64::total_cmp);
        let last = self.seconds.len().saturating_sub(1);
        let at = |tenths: usize| self.seconds.get(last * tenths / 10);
        serde_json::json!({
            "changement": name,
            "essais": self.seconds.len(),
            "impossibles": self.impossible,
            "mediane_s": at(5),
            "neuf_dixiemes_s": at(9),
            "plus_long_s": at(10),
        })
    }
}

fn solve(
    name: &str,
    dossier: Dossier,
    memory: Memory,
    arguments: &Arguments,
) -> Result<(Problem, Found, Option<f64>)> {
    let start = Instant::now();
    let bareme = profile::load(&dossier.scenario.profile, &dossier.scenario.overrides)?;
    let problem = Problem::new(dossier, bareme, &EstimateFactors::default());
    let built = start.elapsed().as_secs_f64();
    let watch = Watch {
        start,
        verbose: arguments.verbose,
        first: Mutex::default(),
        close: Mutex::default(),
    };
    let clock = Deadline::after(Some(Duration::from_secs_f64(arguments.limite)));
    let settings = Settings { gap: arguments.ecart, ..Settings::default() };
    let start_from = Start { memory, ..Start::default() };
    let request = Request { settings, start: start_from, ..Request::default() };
    let found = find(&problem, &request, &watch, &clock);
    let value = found
        .plan
        .as_ref()
        .map(|(solution, _)| maillage::policy::scorecard::score(&problem, solution).total());
    let bound = found.plan.as_ref().map(|(_, proof)| proof.bound);
    let line = serde_json::json!({
        "changement": name,
        "objectif": value,
        "borne": bound,
        "ecart": value.zip(bound).map(|(value, bound)| (bound - value) as f64 / value.abs().max(1) as f64),
        "statut": found.status,
        "probleme_s": built,
        "premier_plan_s": watch.first.lock().expect("one thread").get(),
        "ecart_0_02_s": watch.close.lock().expect("one thread").get(),
        "duree_s": start.elapsed().as_secs_f64(),
        "statistiques": found.statistics,
    });
    println!("{line}");
    let close = watch.close.lock().expect("one thread").get();
    Ok((problem, found, close))
}

/// One change of each sort, on each of so many posts with the largest sectors.
fn changes(
    problem: &Problem,
    dossier: &Dossier,
    solution: &Solution,
    posts: usize,
) -> Vec<(&'static str, Dossier)> {
    let mut ranked: Vec<PostId> = problem.posts.keys().collect();
    ranked.retain(|post| solution.sector(*post).count() > 0);
    ranked.sort_by_key(|post| (std::cmp::Reverse(solution.sector(*post).count()), *post));
    let free: Vec<&str> = solution
        .services
        .iter_enumerated()
        .filter(|(unit, _)| !problem.residents.contains_key(unit))
        .filter(|(unit, service)| {
            service.server != Server::Nobody && solution.seats.iter().all(|it| *it != Some(*unit))
        })
        .map(|(unit, _)| problem.units[unit].code.as_str())
        .collect();
    let nothing = ("rien", dossier.clone());
    let chosen = ranked.iter().take(posts).enumerate();
    let of_posts = chosen.flat_map(|(at, post)| {
        let closed = free.get(at % free.len().max(1)).copied();
        changes_of(problem, dossier, solution, *post, closed)
    });
    std::iter::once(nothing).chain(of_posts).collect()
}

/// A lock against a post and one for another, the post left out, the post at 80 %, and an
/// establishment closed.
fn changes_of(
    problem: &Problem,
    dossier: &Dossier,
    solution: &Solution,
    post: PostId,
    closed: Option<&str>,
) -> Vec<(&'static str, Dossier)> {
    let unit = solution.sector(post).last().expect("the post serves a unit");
    let other = problem.posts.keys().find(|it| *it != post && solution.sector(*it).count() > 0);
    let other = other.expect("a second post serves something");
    let changed = |change: &dyn Fn(&mut Dossier)| {
        let mut dossier = dossier.clone();
        change(&mut dossier);
        dossier
    };
    let lock = |name: &str, kind: DecisionKind| Decision {
        uai: problem.units[unit].code.clone(),
        kind,
        post: Some(name.to_owned()),
        modality: None,
        presence: None,
        reason: String::new(),
    };
    let index = usize::from(post);
    vec![
        (
            "interdire",
            changed(&|it| it.decisions.push(lock(&problem.posts[post].id, DecisionKind::Forbid))),
        ),
        (
            "exiger",
            changed(&|it| it.decisions.push(lock(&problem.posts[other].id, DecisionKind::Require))),
        ),
        ("poste_en_moins", changed(&|it| drop(it.posts.remove(index)))),
        ("quotite", changed(&|it| it.posts[index].quotite_percent = 80)),
        (
            "fermeture",
            changed(&|it| it.establishments.retain(|row| Some(row.uai.as_str()) != closed)),
        ),
    ]
}
