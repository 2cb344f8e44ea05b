//! `maillage frontiere`: one plan per level of means, of changes or of the price of the road.

use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use super::clock::Clock;
use super::diagnostics;
use super::exit::{Failure, UNEXPECTED, USAGE};
use super::manners::Manners;
use super::solving::SolveOptions;
use crate::export::{FrontierSource, axis_name, frontier_notes, write_frontier};
use crate::import::parse_number;
use crate::scenario::{Axis, Frontier, Means, Point, TrialError, trace};
use crate::wording::label;
use crate::wording::number::{gap, number, percent, short};

/// Levels that one call traces at most.
const MOST_LEVELS: usize = 200;
/// Half-days of need at 1 point under which one more level is said to bring little.
const LITTLE: f64 = 1.0;

/// Calcule un plan par niveau de moyens : ce qu'un demi-poste de plus permettrait
#[derive(Debug, Args)]
#[command(
    after_help = "Exemple :\n  maillage frontiere mon-dossier --etp 8..16:0,5 -o frontiere\n\n\
                  En dessous des moyens du dossier, les postes vacants ou nommés (--partants) partent d'abord, puis \
                  les postes à placer, puis ceux dont la perte coûte le moins ; au-dessus, s'ajoutent des postes à placer."
)]
pub struct Arguments {
    /// Dossier de rentrée
    #[arg(value_name = "DOSSIER")]
    dossier: PathBuf,
    #[command(flatten)]
    axis: AxisOption,
    /// Postes qui partent d'abord
    #[arg(long, value_name = "POSTE", requires = "etp", value_delimiter = ',')]
    partants: Vec<String>,
    /// Dossier à écrire : frontiere.html (avec un graphique) et frontiere.csv
    #[arg(long, short = 'o', value_name = "SORTIE")]
    sortie: Option<PathBuf>,
    #[command(flatten)]
    options: SolveOptions,
}

#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
struct AxisOption {
    /// Moyens, en équivalents temps plein : de, à et pas
    #[arg(long, value_name = "DE..À:PAS", value_parser = levels)]
    etp: Option<Levels>,
    /// Établissements qui peuvent changer d'assistant·e, par exemple 0..20:5
    #[arg(long, value_name = "DE..À:PAS", value_parser = levels)]
    changements: Option<Levels>,
    /// Prix d'une minute de route, en centièmes de demi-journée, par pas de 0,2 ou d'un multiple :
    /// par exemple 0..2:0,2
    #[arg(long, value_name = "DE..À:PAS", value_parser = levels)]
    cout_trajet: Option<Levels>,
}

/// Increasing levels.
#[derive(Debug, Clone)]
struct Levels(Vec<f64>);

/// Runs the command.
///
/// # Errors
/// Exit code 2 when a level cannot be reached, 3 when the dossier is invalid.
pub fn run(arguments: &Arguments, manners: &Manners) -> Result<(), Failure> {
    let (axis, levels) = axis(&arguments.axis)?;
    let dossier = diagnostics::read(&arguments.dossier, manners)?;
    let frontier = with_means(&arguments.options, manners, |means| {
        trace(&dossier, axis, &levels, &arguments.partants, means)
    })?;
    let mut text = text(&frontier);
    if let Some(folder) = &arguments.sortie {
        let date = jiff::Zoned::now().datetime();
        let source = FrontierSource { dossier: &dossier, date };
        write_frontier(folder, source, &frontier).map_err(anyhow::Error::from)?;
        text += &format!("Documents : {}\n", folder.join("frontiere.html").display());
    }
    let document = json!({
        "axe": frontier.axe,
        "monotone": frontier.monotone,
        "points": frontier.points,
    });
    manners.result(&text, &document)
}

/// Runs a series of searches on the threads and within the limits of the options.
///
/// # Errors
/// Exit code 2 for edits that cannot be applied, 1 for a plan that the checker refuses.
pub fn with_means<T: Send>(
    options: &SolveOptions,
    manners: &Manners,
    series: impl FnOnce(&Means) -> Result<T, TrialError> + Send,
) -> Result<T, Failure> {
    let pool = options.pool()?;
    let clock = Clock::start(options.limite);
    let shows = manners.shows_progress();
    let progress = |done: usize, all: usize| {
        if shows {
            eprint!("\r{done}/{all}{}", if done == all { "\n" } else { "" });
        }
    };
    let settings = options.settings();
    let found =
        pool.install(|| series(&Means { settings, terminator: &clock, progress: &progress }));
    found.map_err(|error| {
        let code = if matches!(error, TrialError::Edit(_)) { USAGE } else { UNEXPECTED };
        Failure::new(code, error.to_string())
    })
}

fn axis(option: &AxisOption) -> Result<(Axis, Vec<f64>), Failure> {
    let (axis, levels, whole) = match option {
        AxisOption { etp: Some(levels), .. } => (Axis::Etp, levels, false),
        AxisOption { changements: Some(levels), .. } => (Axis::Changements, levels, true),
        AxisOption { cout_trajet: Some(levels), .. } => (Axis::CoutTrajet, levels, false),
        _ => return Err(Failure::new(USAGE, "il manque --etp, --changements ou --cout-trajet.")),
    };
    if whole && levels.0.iter().any(|level| level.fract() != 0.0) {
        return Err(Failure::new(USAGE, "les niveaux de cet axe sont des nombres entiers."));
    }
    Ok((axis, levels.0.clone()))
}

fn levels(text: &str) -> Result<Levels, String> {
    let example = || "écrire par exemple 8..16:0,5".to_owned();
    let (range, step) = text.split_once(':').unwrap_or((text, "1"));
    let (from, to) = range.split_once("..").ok_or_else(example)?;
    let read = |text: &str| parse_number(text).ok_or_else(example);
    let (from, to, step) = (read(from)?, read(to)?, read(step)?);
    if !(from >= 0.0 && to >= from && step > 0.0) {
        return Err(example());
    }
    let count = ((to - from) / step + 1e-9).floor() as usize + 1;
    if count > MOST_LEVELS {
        return Err(format!("au plus {MOST_LEVELS} niveaux"));
    }
    Ok(Levels((0..count).map(|index| from + step * index as f64).collect()))
}

fn text(frontier: &Frontier) -> String {
    let columns = columns(frontier.axe);
    let mut text = format!("{:>26}", axis_name(frontier.axe));
    for (name, width, _) in &columns {
        text += &format!("  {name:>width$}");
    }
    for point in &frontier.points {
        text += &format!("\n{:>26}", short(point.niveau, 2));
        if point.objectif.is_none() {
            text += &format!("  aucun plan ({})", label::status(point.statut));
            continue;
        }
        for (_, width, cell) in &columns {
            text += &format!("  {:>width$}", cell(point).unwrap_or_default());
        }
    }
    text + "\n" + &notes(frontier)
}

/// Name, width and cell of a column.
type Column = (&'static str, usize, fn(&Point) -> Option<String>);

/// The columns after the level.
fn columns(axis: Axis) -> Vec<Column> {
    let gain: [Column; 2] = [
        ("apport", 10, |point| Some(number(point.apport?, 1))),
        ("apport prouvé", 20, |point| {
            let (least, most) = point.apport_prouve?;
            Some(format!("de {} à {}", number(least, 1), number(most, 1)))
        }),
    ];
    let changes: Column = ("changent", 9, |point| Some(number(point.changements?.into(), 0)));
    let kilometres: Column = ("km par semaine", 15, |point| Some(number(point.km_semaine?, 0)));
    let mut columns: Vec<Column> =
        vec![("valeur", 12, |point| Some(number(point.objectif? as f64 / 100.0, 1)))];
    match axis {
        Axis::Etp => columns.extend(gain),
        Axis::Changements => columns.extend(gain.into_iter().chain([changes])),
        Axis::CoutTrajet => columns.push(kilometres),
    }
    columns.push(("couvert", 9, |point| Some(percent(point.part_couverte?, 1))));
    columns.push(("écart", 9, |point| Some(gap(point.ecart?))));
    columns
}

/// What the reader must know beside the figures.
fn notes(frontier: &Frontier) -> String {
    let mut notes: Vec<String> = frontier_notes(frontier).into_iter().map(String::from).collect();
    let mut after_first = frontier.points.iter().skip(1);
    let flat = after_first.find(|point| point.apport_prouve.is_some_and(|(_, most)| most < LITTLE));
    if let (Axis::Etp, Some(point)) = (frontier.axe, flat) {
        notes.push(format!(
            "À partir de {} ETP, un pas de plus rapporte moins d'une demi-journée : c'est prouvé.",
            short(point.niveau, 2)
        ));
    }
    notes.join("\n") + "\n"
}
