//! `maillage expliquer`: why each choice of a plan, and what another would cost the others.

use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Args;
use serde_json::json;

use super::clock::Clock;
use super::exit::{Failure, NO_PLAN, USAGE};
use super::manners::Manners;
use super::{planned, solving};
use crate::explain::{Explanation, beginning, explain_all, learning, proven};
use crate::export::{Heading, explanations_csv, explanations_html, replace_file, to_json};
use crate::policy::{Problem, Solution, UnitId};
use crate::solve::outcome::Settings;
use crate::solve::what_if::{Care, Known};

/// Work for one question on one establishment, as `--effort` counts it.
const EFFORT: u64 = 2_000_000;
/// Establishments up to which each question gets a search of its own.
const FEW: usize = 2;

/// Dit pourquoi un établissement est servi ainsi, et ce qu'un autre choix coûterait aux autres
#[derive(Debug, Args)]
#[command(after_help = "Exemples :\n  maillage expliquer mon-dossier mon-plan 0310001H\n  \
                        maillage expliquer mon-dossier mon-plan --tout -o explications.html\n\n\
                        Une perte se compte en demi-journées de besoin couvert par semaine, pondérées par les \
                        points. Chaque intervalle est prouvé : aucun plan ne perd moins que sa première borne, \
                        un plan connu perd la seconde. Pour un seul établissement, le calcul va plus loin et \
                        les intervalles sont plus serrés.")]
pub struct Arguments {
    /// Dossier de rentrée dont vient le plan
    #[arg(value_name = "DOSSIER")]
    dossier: PathBuf,
    /// Dossier du plan, ou son plan.json
    #[arg(value_name = "PLAN")]
    plan: PathBuf,
    /// Établissement (UAI), réseau ou circonscription à expliquer
    #[arg(value_name = "UAI")]
    uai: Option<String>,
    /// Tous les établissements de ce poste
    #[arg(long, value_name = "POSTE", conflicts_with = "uai")]
    poste: Option<String>,
    /// Tous les établissements du dossier
    #[arg(long, conflicts_with_all = ["uai", "poste"])]
    tout: bool,
    /// Fichier à écrire : .html (à lire), .csv (tableur) ou .json
    #[arg(long, short = 'o', value_name = "FICHIER")]
    sortie: Option<PathBuf>,
    /// Retire les noms des agents et les motifs des décisions
    #[arg(long)]
    sans_noms: bool,
    /// Durée au plus, par exemple 30s (sans limite par défaut) ; au-delà, les intervalles sont plus larges
    #[arg(long, value_name = "DURÉE", value_parser = solving::duration)]
    limite: Option<Duration>,
    /// Fils d'exécution (tous les cœurs par défaut) ; le résultat n'en dépend pas
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    fils: Option<u16>,
}

/// Runs the command.
///
/// # Errors
/// Exit code 2 without anything to explain, 3 when the dossier and the plan cannot be read or do
/// not go together, 5 when the limit left no time for any bound, 6 when the plan breaks a rule.
pub fn run(arguments: &Arguments, manners: &Manners) -> Result<(), Failure> {
    let (dossier, plan) = (&arguments.dossier, &arguments.plan);
    let (ready, plan, solution) = planned::read(dossier, plan, arguments.sans_noms, manners)?;
    let units = asked(arguments, &ready.problem, &solution)?;
    let threads = arguments.fils.map_or(0, usize::from);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
    let pool = pool.map_err(anyhow::Error::from)?;
    let clock = Clock::start(arguments.limite);
    let settings = Settings::default();
    let (care, learning) = if units.len() <= FEW {
        (Care::Thorough(Settings { effort: Some(EFFORT), ..settings }), beginning(&plan))
    } else {
        (Care::Quick, learning(&plan))
    };
    let told = pool.install(|| {
        let proven = proven(&ready.problem, &plan);
        let known = Known::new(&ready.problem, solution, proven, &learning, &clock)?;
        Some(explain_all(&known, &units, care, &clock))
    });
    let told = told.ok_or_else(|| {
        Failure::new(
            NO_PLAN,
            "pas assez de temps pour calculer les prix ; donnez-en plus avec --limite.",
        )
    })?;
    if let Some(target) = &arguments.sortie {
        let heading = planned::heading(&plan, &arguments.plan, arguments.sans_noms)?;
        write(target, heading, &told)?;
    }
    let text = match &arguments.sortie {
        Some(target) => format!("{}\n", target.display()),
        None => text(&told),
    };
    manners.result(&text, &json!({ "explications": told }))
}

/// The units asked for, in the order of the dossier.
fn asked(
    arguments: &Arguments,
    problem: &Problem,
    solution: &Solution,
) -> Result<Vec<UnitId>, Failure> {
    let units: Vec<UnitId> = if arguments.tout {
        problem.units.keys().collect()
    } else if let Some(name) = &arguments.poste {
        let post = problem.post_by_id(name);
        let post = post.ok_or_else(|| unknown("poste", name))?;
        solution.sector(post).collect()
    } else if let Some(uai) = &arguments.uai {
        named(problem, &uai.trim().to_uppercase())
    } else {
        return Err(Failure::new(USAGE, "donnez un UAI, --poste ou --tout."));
    };
    match &arguments.uai {
        Some(uai) if units.is_empty() => Err(unknown("établissement", uai)),
        _ => Ok(units),
    }
}

fn unknown(what: &str, name: &str) -> Failure {
    Failure::new(USAGE, format!("le dossier ne connaît pas de {what} « {name} »."))
}

/// The units of a code, or of a row of the dossier (an ecole answers with its network).
fn named(problem: &Problem, code: &str) -> Vec<UnitId> {
    let by_code = problem.units.iter_enumerated().filter(|(_, unit)| unit.code == *code);
    let by_code: Vec<UnitId> = by_code.map(|(id, _)| id).collect();
    let row = problem.dossier.establishments.iter().position(|row| row.uai == *code);
    match row.filter(|_| by_code.is_empty()) {
        Some(row) => problem.units_of_row(row).collect(),
        None => by_code,
    }
}

fn write(target: &Path, heading: Heading<'_>, told: &[Explanation]) -> Result<(), Failure> {
    let extension = target.extension().and_then(|it| it.to_str()).unwrap_or_default();
    let bytes = match extension.to_lowercase().as_str() {
        "csv" => explanations_csv(told).map_err(anyhow::Error::from)?,
        "html" => explanations_html(heading, told).map_err(anyhow::Error::from)?.into_bytes(),
        "json" => to_json("explications", &json!({ "explications": told }))
            .map_err(anyhow::Error::from)?,
        _ => return Err(Failure::new(USAGE, "-o attend un fichier .html, .csv ou .json.")),
    };
    Ok(replace_file(target, &bytes).map_err(anyhow::Error::from)?)
}

/// Whole explanations for a few establishments, a line each for many.
fn text(told: &[Explanation]) -> String {
    if told.len() > FEW {
        return told.iter().map(|one| format!("{} {}\n", one.uai, one.resume)).collect();
    }
    told.iter().map(whole).collect::<Vec<_>>().join("\n")
}

fn whole(told: &Explanation) -> String {
    let mut text = format!("{} ({})\n", told.nom, told.uai);
    for section in &told.sections {
        text += &format!("\n{}\n", section.titre);
        for phrase in &section.phrases {
            text += &format!("  - {phrase}\n");
        }
    }
    text
}
