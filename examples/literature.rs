//! Solves public benchmark files and prints one JSON line for each.
//!
//! `cargo run --release --example literature -- [--limite SECONDS] [--ecart GAP] FILE|FOLDER...`
//! reads generalised assignment (`gap` in its path) and capacitated p-median files.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use clap::Parser;
use maillage::solve::listener::{Listener, Progress, Silent};
use maillage::solve::literature::{capacitated_p_median, generalised_assignment};
use maillage::solve::optimise::optimise;
use maillage::solve::outcome::{Settings, WarmStart};
use maillage::solve::sector_model::SectorModel;
use maillage::solve::terminator::Deadline;

/// Arguments of the program.
#[derive(Debug, Parser)]
struct Arguments {
    /// Files, or folders of files.
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// Seconds for each file.
    #[arg(long, default_value_t = 600.0)]
    limite: f64,
    /// Relative gap that is good enough.
    #[arg(long, default_value_t = 0.0)]
    ecart: f64,
    /// Tell every step on stderr.
    #[arg(long)]
    verbose: bool,
}

struct Talkative(Instant);

impl Listener for Talkative {
    fn report(&self, progress: &Progress) {
        eprintln!("{:8.3} {progress:?}", self.0.elapsed().as_secs_f64());
    }
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let mut files = Vec::new();
    for path in &arguments.paths {
        collect(path, &mut files)?;
    }
    for file in files {
        solve(&file, &arguments)?;
    }
    Ok(())
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    if path.is_file() {
        files.push(path.to_owned());
        return Ok(());
    }
    let entries =
        std::fs::read_dir(path).with_context(|| format!("could not read '{}'", path.display()))?;
    let mut entries = entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    entries.sort();
    entries
        .iter()
        .filter(|entry| !entry.ends_with("S1-readme.txt") && !entry.ends_with("S3-readme.txt"))
        .try_for_each(|entry| collect(entry, files))
}

fn read(file: &Path) -> Result<SectorModel> {
    let text = std::fs::read_to_string(file)
        .with_context(|| format!("could not read '{}'", file.display()))?;
    let name = file.to_string_lossy();
    let model = if name.contains("gap/") {
        generalised_assignment(&text)
    } else if name.contains("cpmp/") {
        capacitated_p_median(&text)
    } else {
        bail!("'{name}': neither gap/ nor cpmp/ in the path")
    };
    model.with_context(|| format!("could not read '{name}'"))
}

fn solve(file: &Path, arguments: &Arguments) -> Result<()> {
    let model = read(file)?;
    let start = Instant::now();
    let clock = Deadline::after(Some(Duration::from_secs_f64(arguments.limite)));
    let settings = Settings { gap: arguments.ecart, ..Settings::default() };
    let talkative = Talkative(start);
    let listener: &dyn Listener = if arguments.verbose { &talkative } else { &Silent };
    let outcome = optimise(&model, &settings, &WarmStart::default(), listener, &clock);
    let line = serde_json::json!({
        "instance": file.file_name().map(|name| name.to_string_lossy()),
        "objectif": outcome.has_plan().then_some(-outcome.objective),
        "borne": -outcome.bound,
        "ecart": outcome.gap(),
        "duree_s": start.elapsed().as_secs_f64(),
        "arret": outcome.stopped_by,
        "statistiques": outcome.statistics,
    });
    println!("{line}");
    Ok(())
}
