//! `maillage controler`: recomputes a plan from the files alone.

use std::path::PathBuf;

use clap::Args;
use serde_json::{Value, json};

use super::edits::DecisionOptions;
use super::exit::{CHECK_FAILED, Failure};
use super::manners::Manners;
use super::{planned, solving};
use crate::check::{RULES, Report, examine};
use crate::domain::Plan;
use crate::export::outdated;
use crate::run::Ready;

/// Recalcule un plan à partir du dossier : les règles, et chaque chiffre
#[derive(Debug, Args)]
#[command(after_help = "Exemple :\n  maillage controler mon-dossier mon-plan\n\n\
                        Codes de sortie : 0, le plan est conforme ; 6, il ne l'est pas, ou il est plus ancien \
                        que le dossier.")]
pub struct Arguments {
    /// Dossier de rentrée
    #[arg(value_name = "DOSSIER")]
    dossier: PathBuf,
    /// Dossier du plan, ou son plan.json
    #[arg(value_name = "PLAN")]
    plan: PathBuf,
    #[command(flatten)]
    decisions: DecisionOptions,
}

/// Runs the command.
///
/// # Errors
/// Exit code 3 when a file cannot be read, 6 when the plan is not what the dossier gives.
pub fn run(arguments: &Arguments, manners: &Manners) -> Result<(), Failure> {
    let (ready, plan) = if arguments.decisions.are_none() {
        let (dossier, plan) = planned::read_both(&arguments.dossier, &arguments.plan, manners)?;
        (solving::ready(dossier)?, plan)
    } else {
        decided(arguments, manners)?
    };
    let (dossier, bareme) = (&ready.problem.dossier, &ready.problem.bareme);
    let report = examine(dossier, bareme, &ready.factors, &plan);
    let outdated = outdated(dossier, &plan);
    let document = json!({
        "conforme": report.findings.is_empty(),
        "perime": outdated,
        "regles": RULES,
        "chiffres": report.figures,
        "constats": report.findings,
    });
    manners.result(&text(&report, outdated.as_deref()), &document)?;
    if report.findings.is_empty() { Ok(()) } else { Err(Failure::said(CHECK_FAILED)) }
}

/// The plan, and the dossier with the decisions of the command line.
fn decided(arguments: &Arguments, manners: &Manners) -> Result<(Ready, Plan), Failure> {
    let ready = solving::read_decided(&arguments.dossier, &arguments.decisions, manners)?;
    let plan = planned::read_alone(&arguments.plan)?;
    // The fewest changes are what the search found: the plan says how many.
    let most = plan.bareme.pointer("/limites/changements_max").and_then(Value::as_u64);
    let most = most.and_then(|most| u32::try_from(most).ok());
    match most.filter(|_| arguments.decisions.reference.wants_fewest()) {
        Some(most) => Ok((solving::held(&ready, most)?, plan)),
        None => Ok((ready, plan)),
    }
}

fn text(report: &Report, outdated: Option<&str>) -> String {
    if report.findings.is_empty() {
        let figures = report.figures;
        return format!(
            "Plan conforme : {RULES} règles vérifiées et {figures} chiffres recalculés à partir du dossier.\n"
        );
    }
    let mut text = String::new();
    for finding in &report.findings {
        text += &format!(
            "{} : {}\n    attendu : {} ; trouvé : {}\n",
            finding.rule, finding.message, finding.expected, finding.found
        );
    }
    let count = report.findings.len();
    let plural = if count > 1 { "s" } else { "" };
    text += &format!("Plan non conforme : {count} constat{plural}.\n");
    outdated.map_or_else(|| text.clone(), |sentence| format!("{text}{sentence}\n"))
}
