//! What if: edits of a dossier, and what plans become under them (R8, R18).
//!
//! A scenario is a dossier and a list of [`Edit`]s; applying them is pure, so that a command, the
//! page and a search over many scenarios share one definition of what a rentree brings.

mod absence;
mod apply;
pub mod compare;
mod describe;
mod edit;
mod error;
mod fewest_changes;
mod frontier;
mod impasse;
mod keep;
mod known;
mod opening;
mod shares;
mod staffing;
mod trial;
mod variant;

pub use absence::{Absence, Care, Relief, fragility, replace};
pub use apply::{EDITS_DIGEST, apply, asked_for};
pub use edit::{Demand, Edit, KeptService, NewPost};
pub use error::EditError;
pub use fewest_changes::{Fewest, fewest_changes};
pub use frontier::{Axis, Frontier, Point, trace, trace_aloud};
pub use impasse::{Impasse, Remedy, impasse};
pub use keep::kept;
pub use opening::{Opening, provisional_uai};
pub use staffing::full_time_centi;
pub use trial::{Means, TrialError};
pub use variant::{Variant, fallout, leaving};
