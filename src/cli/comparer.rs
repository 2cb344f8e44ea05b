//! `maillage comparer`: what changes between plans.

use std::path::{Path, PathBuf};

use clap::Args;

use super::diagnostics;
use super::exit::{Failure, USAGE};
use super::manners::Manners;
use super::planned;
use crate::export::{Origin, figure_text, read_run, words, write_comparison};
use crate::import::{Table, parse_number};
use crate::scenario::compare::{Changes, Comparison, Facts, FactsByUai, Side, compare};
use crate::wording::label;
use crate::wording::number::count;

/// Establishments that a terminal lists; the others are counted.
const LISTED: usize = 20;

/// Compare des plans : qui change de mains, comment chacun est servi, les indicateurs
#[derive(Debug, Args)]
#[command(after_help = "Exemple :\n  maillage comparer plan-2025 plan-2026 -o comparaison\n\n\
                  Un dossier de rentrée vaut aussi comme plan : ce sont alors ses secteurs actuels \
                  (secteurs_actuels.csv). Les plans sont tous comparés au premier.")]
pub struct Arguments {
    /// Dossiers de plans, ou dossiers de rentrée pour leurs secteurs actuels
    #[arg(value_name = "PLAN", num_args = 2.., required = true)]
    plans: Vec<PathBuf>,
    /// Dossier à écrire : comparaison.html et les tableaux
    #[arg(long, short = 'o', value_name = "SORTIE")]
    sortie: Option<PathBuf>,
}

/// Runs the command.
///
/// # Errors
/// Exit code 3 when a plan cannot be read.
pub fn run(arguments: &Arguments, manners: &Manners) -> Result<(), Failure> {
    let names = names(&arguments.plans);
    let sides = arguments.plans.iter().zip(&names);
    let sides = sides.map(|(folder, name)| side(folder, name, manners));
    let (sides, origins): (Vec<Side>, Vec<Origin>) =
        sides.collect::<Result<Vec<_>, Failure>>()?.into_iter().unzip();
    let comparison = compare(&sides);
    let mut text = text(&comparison);
    if let Some(folder) = &arguments.sortie {
        write_comparison(folder, &comparison, &origins).map_err(anyhow::Error::from)?;
        text += &format!("Documents : {}\n", folder.join("comparaison.html").display());
    }
    manners.result(&text, &comparison)
}

/// The last part of each path, or the whole path where two would be alike.
fn names(folders: &[PathBuf]) -> Vec<String> {
    let last = |folder: &Path| {
        let folder = if folder.is_file() { folder.parent().unwrap_or(folder) } else { folder };
        folder.file_name().unwrap_or(folder.as_os_str()).to_string_lossy().into_owned()
    };
    let short: Vec<String> = folders.iter().map(|folder| last(folder)).collect();
    let alike = |name: &String| short.iter().filter(|other| *other == name).count() > 1;
    let long = folders.iter().map(|folder| folder.display().to_string());
    short
        .iter()
        .zip(long)
        .map(|(name, path)| if alike(name) { path } else { name.clone() })
        .collect()
}

/// A plan folder, or a dossier for today's sectors; with where it comes from.
fn side(folder: &Path, name: &str, manners: &Manners) -> Result<(Side, Origin), Failure> {
    if folder.is_dir() && folder.join("postes.csv").exists() {
        let dossier = diagnostics::read(folder, manners)?;
        if dossier.current.is_empty() {
            let message = format!("{} n'a pas de secteurs actuels.", folder.display());
            return Err(Failure::new(USAGE, message));
        }
        let side = Side::of_today(&format!("secteurs actuels ({name})"), &dossier);
        return Ok((side, Origin::of_today(&dossier)));
    }
    let plan = planned::read_alone(folder)?;
    let date = read_run(folder).ok().map(|run| run.date);
    let origin = Origin::of_plan(&plan, date).map_err(anyhow::Error::from)?;
    Ok((Side::of_plan(name, &plan, &facts(folder)), origin))
}

/// What the table of establishments beside the plan tells; nothing where it is not there.
fn facts(folder: &Path) -> FactsByUai {
    let folder = if folder.is_file() { folder.parent().unwrap_or(folder) } else { folder };
    let Ok(table) = Table::read(&folder.join("etablissements.csv")) else {
        return FactsByUai::new();
    };
    let columns = ["uai", "commune", "bassin", "ips", "effectif"].map(|name| table.column(&[name]));
    let rows = table.rows.iter();
    rows.map(|row| {
        let [uai, commune, bassin, ips, pupils] =
            columns.map(|column| column.map_or("", |column| row.get(column)));
        let facts = Facts {
            commune: commune.to_owned(),
            bassin: bassin.to_owned(),
            ips: parse_number(ips),
            pupils: parse_number(pupils).map_or(0, |pupils| pupils as u32),
        };
        (uai.to_owned(), facts)
    })
    .collect()
}

fn text(comparison: &Comparison) -> String {
    let mut text = String::new();
    for changes in &comparison.changements {
        text += &sentences(changes);
    }
    if comparison.is_identity() {
        text += "Les plans sont les mêmes.\n";
    }
    text += &table(comparison);
    let different = comparison.etablissements.iter().filter(|line| line.differe);
    let many = different.clone().count();
    if many > 0 {
        text += &format!("\nÉtablissements servis autrement : {many}\n");
    }
    for line in different.take(LISTED) {
        let services: Vec<String> =
            line.services.iter().map(|service| words(service.as_ref())).collect();
        let name = label::with_commune(&line.nom, &line.commune);
        text += &format!("  {name} : {}\n", services.join(" → "));
    }
    text + &others(many)
}

fn sentences(changes: &Changes) -> String {
    let mut text = changes.sentences() + "\n";
    for change in changes.changent.iter().chain(&changes.perdent).take(LISTED) {
        let (before, after) = (post(&change.avant), post(&change.apres));
        text += &format!("  {} : {before} → {after}\n", change.full_name());
    }
    text + &others(changes.count())
}

/// How many are not listed.
fn others(many: usize) -> String {
    match many.saturating_sub(LISTED) {
        0 => String::new(),
        left => {
            format!("  … et {} (-o SORTIE pour tout voir)\n", count(left as u64, "autre", "autres"))
        }
    }
}

fn post(post: &Option<String>) -> &str {
    post.as_deref().unwrap_or("sans poste")
}

/// The indicators, a column a plan, as wide as what stands in it.
fn table(comparison: &Comparison) -> String {
    let names: Vec<String> = comparison
        .indicateurs
        .iter()
        .map(|figure| {
            let percent = if figure.unite == "%" { " (%)" } else { "" };
            format!("  {}{percent}", figure.nom)
        })
        .collect();
    let width = |text: &str| text.chars().count();
    let first = names.iter().map(|name| width(name)).max().unwrap_or(0);
    let columns: Vec<usize> = comparison.plans.iter().map(|plan| width(plan).max(12) + 2).collect();
    let cells = |values: &[String]| -> String {
        values.iter().zip(&columns).map(|(value, &width)| format!("{value:>width$}")).collect()
    };
    let mut text = format!("\n{:<first$}{}\n", "", cells(&comparison.plans));
    let mut group = "";
    for (figure, name) in comparison.indicateurs.iter().zip(&names) {
        if figure.groupe != group {
            group = figure.groupe;
            text += &format!("{group}\n");
        }
        let written = |value: &Option<f64>| figure_text(*value, figure.unite);
        let values: Vec<String> = figure.valeurs.iter().map(written).collect();
        text += &format!("{name:<first$}{}\n", cells(&values));
    }
    text
}
