//! What the page shows first: what is open, what is computed.

use serde::Serialize;

use super::job::Running;
use super::open::Open;
use super::variants::{Variant, VariantStatus};
use super::{Session, Snapshot};
use crate::domain::{self, Indicators};
use crate::run::Solved;
use crate::scenario::Impasse;

/// The whole, in the words of the page.
#[derive(Debug, Serialize)]
pub struct Status {
    programme: &'static str,
    version: &'static str,
    espace: String,
    dossier: Option<DossierStatus>,
    /// What tells the outline of the departement from another, if there is one.
    contour: Option<String>,
    plan: Option<PlanStatus>,
    /// Why the plan saved with the dossier is not shown.
    plan_perime: Option<String>,
    impasse: Option<Impasse>,
    calcul: Option<RunningStatus>,
    annulable: Option<String>,
    retablissable: Option<String>,
    variantes: Vec<VariantStatus>,
}

#[derive(Debug, Serialize)]
struct DossierStatus {
    nom: String,
    chemin: Option<String>,
    /// None while the dossier has errors.
    rentree: Option<u16>,
    departement: String,
    profil: String,
    enregistre: bool,
    erreurs: usize,
    avertissements: usize,
}

/// The plan in a few figures.
#[derive(Debug, Clone, Serialize)]
pub struct PlanStatus {
    statut: domain::Status,
    objectif: i64,
    borne: i64,
    ecart: f64,
    ecart_demi_journees: f64,
    date: jiff::civil::DateTime,
    duree_s: f64,
    indicateurs: Indicators,
}

#[derive(Debug, Serialize)]
struct RunningStatus {
    sorte: &'static str,
    depuis_s: f64,
}

impl Session {
    /// Where things stand.
    pub fn status(&self) -> Status {
        let state = self.state();
        let now = state.open.as_ref().map(Open::now);
        let solved = now.as_ref().and_then(|now| now.plan().ok());
        Status {
            programme: env!("CARGO_PKG_NAME"),
            version: env!("CARGO_PKG_VERSION"),
            espace: self.workspace.path().display().to_string(),
            dossier: state.open.as_ref().map(DossierStatus::of),
            plan: solved.map(|solved| PlanStatus::of(solved)),
            contour: now.as_ref().and_then(|now| now.outline_mark()),
            plan_perime: now.as_ref().and_then(|now| now.outdated.clone()),
            impasse: now.as_ref().and_then(|now| now.impasse.clone()),
            calcul: state.running.as_deref().map(RunningStatus::of),
            annulable: state.open.as_ref().and_then(Open::undoable),
            retablissable: state.open.as_ref().and_then(Open::redoable),
            variantes: state
                .open
                .iter()
                .flat_map(|open| &open.variants)
                .map(Variant::status)
                .collect(),
        }
    }
}

impl DossierStatus {
    fn of(open: &Open) -> Self {
        let now: &Snapshot = &open.now();
        let scenario = now.ready().ok().map(|ready| &ready.problem.dossier.scenario);
        let folder = open.folder.as_ref().and_then(|folder| folder.file_name());
        let chemin = folder.map(|name| name.to_string_lossy().into_owned());
        let errors = now.errors();
        Self {
            nom: now.title().unwrap_or_else(|| open.title.clone()),
            chemin,
            rentree: scenario.map(|scenario| scenario.year),
            departement: scenario.map(|scenario| scenario.departement.clone()).unwrap_or_default(),
            profil: scenario.map(|scenario| scenario.profile.clone()).unwrap_or_default(),
            enregistre: open.is_saved(),
            erreurs: errors,
            avertissements: now.diagnostics.len() - errors,
        }
    }
}

impl PlanStatus {
    /// The figures of a plan.
    #[must_use]
    pub fn of(solved: &Solved) -> Self {
        let plan = &solved.plan;
        Self {
            statut: plan.statut,
            objectif: plan.objectif,
            borne: plan.borne,
            ecart: plan.ecart,
            ecart_demi_journees: plan.ecart_demi_journees,
            date: solved.run.date,
            duree_s: solved.run.duree_s,
            indicateurs: plan.indicateurs.clone(),
        }
    }
}

impl RunningStatus {
    fn of(running: &Running) -> Self {
        Self { sorte: running.kind, depuis_s: running.begun.elapsed().as_secs_f64() }
    }
}
