//! The nouns of the trade: establishments, posts, advisers, modalities, the dossier and the plan.
//!
//! Plain values without input or output; this layer knows no weight and no rule.

mod adviser;
mod category;
mod commune;
mod decision;
mod dossier;
mod establishment;
mod half_day;
mod modality;
mod plan;
mod post;
mod quantity;
mod uai;

pub use adviser::Adviser;
pub use category::{Categories, Category};
pub use commune::whole_commune;
pub use decision::{Decision, DecisionKind};
pub use dossier::{Affinity, CurrentService, Dossier, PoleTeam, Scenario, Trip};
pub use establishment::{Establishment, EstablishmentKind};
pub use half_day::{HalfDay, working_half_days};
pub use modality::Modality;
pub use plan::{
    Assignment, CategoryCoverage, EstimateError, Indicators, Level, Method, NETWORK_PREFIX, Plan,
    PostPlan, Status, TravelSources,
};
pub use post::{Field, Post};
pub use quantity::{HALF_DAY_MINUTES, Presence, TICK_MINUTES, WEEKS_PER_CYCLE, ticks_from_minutes};
pub use uai::{Uai, UaiError};
