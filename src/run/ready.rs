//! A dossier ready to be solved.

use crate::domain::Dossier;
use crate::policy::{Bareme, BaremeError, Problem, profile};
use crate::travel::EstimateFactors;

/// A problem with what it was built from.
#[derive(Debug, Clone)]
pub struct Ready {
    /// The problem, with the dossier inside.
    pub problem: Problem,
    /// Factors of the estimate of trips.
    pub factors: EstimateFactors,
}

impl Ready {
    /// Applies the bareme of a dossier.
    ///
    /// # Errors
    /// A bareme that cannot be used.
    pub fn new(dossier: Dossier) -> Result<Self, BaremeError> {
        let bareme = Self::bareme(&dossier)?;
        let factors = EstimateFactors::default();
        Ok(Self { problem: Problem::new(dossier, bareme, &factors), factors })
    }

    /// The bareme of a dossier.
    ///
    /// # Errors
    /// A bareme that cannot be used.
    pub fn bareme(dossier: &Dossier) -> Result<Bareme, BaremeError> {
        profile::load(&dossier.scenario.profile, &dossier.scenario.overrides)
    }
}
