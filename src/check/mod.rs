//! The independent checker: recomputes a plan from the dossier alone, with its own rules.
//!
//! This is the one deliberate second writing of `docs/model.md`: of the policy it reads the
//! numbers of the bareme only, and it never sees a solver. It is written to be read beside that
//! page, one rule after the other, and not to be fast.
//!
//! Two kinds of findings: a hard rule broken (`H1` to `H12`), and a figure of the plan that is
//! not what the dossier and the choices of the plan give (named by its key in `plan.json`).

mod decisions;
mod facts;
mod finding;
mod header;
mod indicators;
mod mileage;
mod modalities;
mod objective;
mod places;
mod pole_teams;
mod post_figures;
mod posts;
mod reading;
mod references;
mod residence;
mod row_figures;
mod sector_limits;
mod sectors;
mod served_once;
mod totals;
mod units;
mod week;

pub use finding::{Finding, Report};

use crate::domain::{Dossier, Plan};
use crate::policy::Bareme;
use crate::travel::EstimateFactors;

use facts::Facts;
use reading::Reading;

/// Hard rules that are verified: H1 to H12 of `docs/model.md`.
pub const RULES: usize = 12;

/// All that is wrong in a plan, in the order of the rules; empty when the plan is right.
#[must_use]
pub fn check(
    dossier: &Dossier,
    bareme: &Bareme,
    factors: &EstimateFactors,
    plan: &Plan,
) -> Vec<Finding> {
    examine(dossier, bareme, factors, plan).findings
}

/// As [`check`], with the number of figures that were recomputed.
#[must_use]
pub fn examine(
    dossier: &Dossier,
    bareme: &Bareme,
    factors: &EstimateFactors,
    plan: &Plan,
) -> Report {
    let mut report = Report::default();
    let mut facts = Facts::gather(dossier, bareme, factors);
    let reading = Reading::of(&mut facts, plan, &mut report);
    let (facts, reading) = (&facts, &reading);
    served_once::check(facts, reading, &mut report);
    week::check(facts, reading, &mut report);
    residence::check(facts, reading, &mut report);
    sector_limits::check(facts, reading, &mut report);
    references::check(facts, reading, &mut report);
    decisions::check(facts, reading, &mut report);
    modalities::check(facts, reading, &mut report);
    totals::check(facts, reading, &mut report);
    pole_teams::check(facts, reading, &mut report);
    row_figures::check(facts, reading, &mut report);
    post_figures::check(facts, reading, &mut report);
    objective::check(facts, reading, &mut report);
    indicators::check(facts, reading, &mut report);
    header::check(facts, plan, &mut report);
    report
}
