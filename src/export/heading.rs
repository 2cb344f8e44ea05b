//! What every document of a plan says of it: which plan, how good, computed when.

use jiff::civil::DateTime;
use serde::Serialize;

use crate::domain::Plan;
use crate::wording::{label, number, sentence};

use super::error::ExportError;
use super::plan_folder::plan_digest;

/// Shown by `cartouche.html`.
#[derive(Serialize)]
pub struct Heading<'a> {
    plan: &'a Plan,
    titre: String,
    /// Whether names of agents were taken out.
    anonyme: bool,
    statut: &'static str,
    /// Whether levels were searched one after the other.
    par_niveaux: bool,
    date: Option<String>,
    /// Start of the digest of the plan.
    empreinte: String,
}

impl<'a> Heading<'a> {
    /// Of a plan; `date` is not known where only its `plan.json` is.
    ///
    /// # Errors
    /// [`ExportError::Compose`].
    pub fn new(
        plan: &'a Plan,
        date: Option<DateTime>,
        anonymous: bool,
    ) -> Result<Self, ExportError> {
        Ok(Self {
            plan,
            titre: sentence::title(&plan.dossier, plan.rentree),
            anonyme: anonymous,
            statut: label::status(plan.statut),
            par_niveaux: plan.is_by_levels(),
            date: date.map(number::date_time),
            empreinte: plan_digest(plan)?,
        })
    }

    /// The plan.
    pub(super) const fn plan(&self) -> &'a Plan {
        self.plan
    }
}
