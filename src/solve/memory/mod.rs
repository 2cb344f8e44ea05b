//! What a search leaves to the next one: sectors, a plan and duals by the names that people use.
//!
//! A dossier changes by a lock, a post less, a quotite, an establishment closed; its indexes then
//! change too, but codes of units, modalities, names of posts and of rows stay. A [`Memory`] keeps
//! what was learned in those terms (with a table from its own indexes to names, so that a sector
//! is a few integers). `recall` reads it for another problem: sectors that this one admits as they
//! were are columns to begin with; of the others, what still fits is priced again; the plan is
//! repaired ([`super::repair`]); units that were unknown get an estimated dual.
//!
//! Nothing of it is trusted: every column is checked against the new model and every bound is
//! computed anew, so that a memory can only change how long a search takes, never what it proves.

mod recall;
mod record;

use std::collections::BTreeMap;
use std::sync::Arc;

use smallvec::SmallVec;
use typed_index_collections::TiVec;

use crate::domain::{Modality, Presence};
use crate::policy::{PostId, Solution, UnitId};

/// What an earlier search learned, for [`super::find::Start`]. Cheap to clone; empty by default.
#[derive(Debug, Clone, Default)]
pub struct Memory(Option<Arc<Content>>);

impl Memory {
    /// Whether nothing is remembered.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_none()
    }
}

/// Indexes are those of the problem that was solved; the tables name them.
#[derive(Debug, Clone)]
struct Content {
    units: TiVec<UnitId, KnownUnit>,
    /// Names of posts.
    posts: TiVec<PostId, String>,
    /// Posts that nothing told apart.
    kinds: Vec<Vec<PostId>>,
    sectors: Vec<KnownSector>,
    plan: Option<Solution>,
    /// Duals of each level solved (`somme` for the sum).
    duals: BTreeMap<String, KnownDuals>,
}

#[derive(Debug, Clone)]
struct KnownUnit {
    code: String,
    /// Part, from 1; 1 for a whole unit.
    part: u8,
    options: Vec<(Modality, Presence)>,
}

/// A sector of some post of a kind, based at a seat.
#[derive(Debug, Clone)]
struct KnownSector {
    kind: usize,
    seat: Option<UnitId>,
    services: SmallVec<[(UnitId, usize); 6]>,
    /// Ticks reserved for a pole team.
    reserved: i64,
}

#[derive(Debug, Clone)]
struct KnownDuals {
    /// Units of an item, and its dual.
    items: Vec<(Vec<UnitId>, f64)>,
    /// Name of a row, and its dual.
    rows: BTreeMap<String, f64>,
}
