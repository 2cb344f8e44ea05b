//! What the pages hear while a computation runs.

use serde::Serialize;

use crate::domain::{Plan, Status};
use crate::solve::listener::Progress;
use crate::solve::outcome::relative_gap;

/// One event of the stream; its fields are those of the message.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Event {
    /// Where the search is.
    Progress {
        /// Value of the best plan, objective units.
        objectif: Option<i64>,
        /// Proven bound.
        borne: Option<i64>,
        /// Relative gap.
        ecart: Option<f64>,
        /// Columns known.
        colonnes: usize,
        /// Seconds since the beginning.
        secondes: f64,
    },
    /// A plan is kept.
    Plan {
        /// Value.
        objectif: i64,
        /// Proven bound.
        borne: i64,
        /// Relative gap.
        ecart: f64,
        /// How the search ended.
        statut: Status,
    },
    /// A computation ended.
    End {
        /// Which one.
        sorte: &'static str,
        /// Why it failed, in French.
        erreur: Option<String>,
        /// What to do about it.
        remede: Option<String>,
        /// Seconds that it took.
        secondes: f64,
    },
    /// A series of computations goes on.
    Task {
        /// Computations done.
        fait: usize,
        /// Computations in all.
        total: usize,
        /// Seconds since the beginning.
        secondes: f64,
    },
    /// The program stops: nothing comes after.
    Farewell {},
}

impl Event {
    /// The name under which the stream sends it.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Progress { .. } => "progres",
            Self::Plan { .. } => "plan",
            Self::End { .. } => "fin",
            Self::Task { .. } => "tache",
            Self::Farewell {} => "adieu",
        }
    }

    /// Where a search is after some seconds.
    #[must_use]
    pub fn progress(progress: &Progress, secondes: f64) -> Self {
        let both = progress.bound.zip(progress.incumbent);
        Self::Progress {
            objectif: progress.incumbent,
            borne: progress.bound,
            ecart: both.map(|(bound, incumbent)| relative_gap(bound, incumbent)),
            colonnes: progress.columns,
            secondes,
        }
    }

    /// A plan that was found.
    #[must_use]
    pub fn plan(plan: &Plan) -> Self {
        Self::Plan {
            objectif: plan.objectif,
            borne: plan.borne,
            ecart: plan.ecart,
            statut: plan.statut,
        }
    }
}
