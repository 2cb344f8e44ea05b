//! Why an establishment is served as it is, what another choice would cost the others, and what
//! would give it more; and, where a dossier has no plan, the cheapest ways to one.
//!
//! An [`Explanation`] is plain data with its French sentences: the command line, the page and the
//! documents show the same one.

mod effects;
mod exclusions;
mod explanation;
mod facts;
mod more;
mod names;
mod prices;
mod unit_words;
mod words;

use crate::domain::Plan;
use crate::policy::Problem;
use crate::policy::bareme::Order;
use crate::solve::outcome::Settings;

pub use effects::Effect;
pub use explanation::{Explanation, Section, explain, explain_all};
pub use facts::{Adviser, Balance, Change, Item, Need, Points, Week};
pub use more::More;
pub use prices::{ModalityPrice, PostPrice, Price};

/// How much looser than the plan's own gap the bound of the questions may be: it takes a fraction
/// of the search, and only widens the intervals.
const LOOSER: f64 = 1.5;

/// How far to solve a problem to price the other choices of a plan of it: a bound finer than what
/// the plan itself reached took longer than the plan.
#[must_use]
pub fn learning(plan: &Plan) -> Settings {
    let usual = Settings::default();
    Settings { gap: usual.gap.max(LOOSER * plan.ecart), ..usual }
}

/// The gap at which the questions on a few establishments begin: each has a search of its own.
const BEGINNING: f64 = 0.0005;

/// The same where each question has a search of its own: duals are enough to begin with.
#[must_use]
pub fn beginning(plan: &Plan) -> Settings {
    let known = learning(plan);
    Settings { gap: known.gap.max(BEGINNING), ..known }
}

/// The bound that comes with a plan of these very files: nothing of it need be proven again.
#[must_use]
pub fn proven(problem: &Problem, plan: &Plan) -> Option<i64> {
    let same = problem.dossier.digests == plan.empreintes;
    (same && problem.bareme.ordre == Order::Somme).then_some(plan.borne)
}
