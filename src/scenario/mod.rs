//! What if: edits of a dossier, and what plans become under them (R8, R18).
//!
//! A scenario is a dossier and a list of [`Edit`]s; applying them is pure, so that a command, the
//! page and a search over many scenarios share one definition of what a rentree brings.

mod apply;
pub mod compare;
mod describe;
mod edit;
mod error;
mod known;
mod opening;
mod staffing;
mod variant;

pub use apply::{EDITS_DIGEST, apply};
pub use edit::{Demand, Edit, NewPost};
pub use error::EditError;
pub use opening::{Opening, provisional_uai};
pub use variant::{Variant, fallout, leaving};
