//! What is allowed and what it costs: the one definition that models, search, explanations and
//! documents read. The rules are written in words in `docs/model.md`.

pub mod bareme;
mod bareme_kinds;
mod bareme_ranges;
pub mod bareme_sources;
pub mod eligibility;
mod ids;
mod items;
pub mod mileage_expense;
pub mod modality_options;
pub mod need;
pub mod places;
pub mod post_week;
pub mod problem;
pub mod profile;
pub mod scorecard;
pub mod solution;
mod travel_times;
pub mod unit;

pub use bareme::{Bareme, ObjectiveLevel};
pub use ids::{ItemId, PlaceId, PostId, TeamId, UnitId};
pub use modality_options::UnitOption;
pub use problem::{Problem, Supervision, Team};
pub use profile::BaremeError;
pub use scorecard::Score;
pub use solution::{Server, Service, Solution};
pub use unit::Unit;
