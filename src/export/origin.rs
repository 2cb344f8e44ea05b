//! What each plan of a comparison is known by on paper: its dossier, its date, its bareme, how
//! good it is, and a digest.

use jiff::civil::DateTime;
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::domain::{Dossier, Plan};
use crate::wording::{number, sentence};

use super::error::ExportError;
use super::plan_folder::plan_digest;

/// Where one side of a comparison comes from.
#[derive(Debug, Clone, Serialize)]
pub struct Origin {
    /// Name and year of the dossier.
    pub(super) dossier: String,
    /// When it was computed; not known where only its `plan.json` is, none for today's sectors.
    pub(super) date: Option<String>,
    /// Its bareme; none for today's sectors, which no bareme chose.
    pub(super) bareme: Option<String>,
    /// Proven relative gap; none for today's sectors.
    pub(super) ecart: Option<f64>,
    /// Start of the digest of the plan, or of the files that tell today's sectors.
    pub(super) empreinte: String,
}

impl Origin {
    /// Of a plan; `date` is not known where only its `plan.json` is.
    ///
    /// # Errors
    /// [`ExportError::Compose`].
    pub fn of_plan(plan: &Plan, date: Option<DateTime>) -> Result<Self, ExportError> {
        Ok(Self {
            dossier: sentence::title(&plan.dossier, plan.rentree),
            date: date.map(number::date_time),
            bareme: Some(plan.profil.clone()),
            ecart: Some(plan.ecart),
            empreinte: plan_digest(plan)?,
        })
    }

    /// Of today's sectors.
    #[must_use]
    pub fn of_today(dossier: &Dossier) -> Self {
        Self {
            dossier: sentence::title(&dossier.scenario.name, dossier.scenario.year),
            date: None,
            bareme: None,
            ecart: None,
            empreinte: dossier_digest(dossier),
        }
    }
}

/// Start of the SHA-256 of the digests of the files of a dossier.
pub(super) fn dossier_digest(dossier: &Dossier) -> String {
    let files: String = dossier.digests.values().map(String::as_str).collect();
    Sha256::digest(files).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}
