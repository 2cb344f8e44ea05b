//! Series of plans of the open dossier: what more means would buy, what each absence would cost.

use std::sync::Arc;
use std::thread;

use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};

use super::job::Job;
use super::search::Wish;
use super::{Fault, Session, Snapshot};
use crate::export;
use crate::scenario::{Absence, Axis, Frontier, Means, Point, TrialError, fragility, trace_aloud};

/// Levels of one frontier.
const MOST_LEVELS: usize = 60;
/// Largest level.
const HIGHEST: f64 = 10_000.0;

/// The last study of each sort; those of another dossier or plan are kept, and say so.
#[derive(Debug, Default)]
pub struct Studies {
    frontier: Option<Study<Frontier>>,
    fragility: Option<Study<Vec<Absence>>>,
}

#[derive(Debug)]
struct Study<T> {
    /// What it is a study of.
    of: Arc<Snapshot>,
    found: T,
    /// When it was found, or begun.
    date: DateTime,
    /// Whether more is to come.
    partial: bool,
}

/// Which plans a frontier goes through.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FrontierWish {
    axe: Axis,
    niveaux: Vec<f64>,
    /// Relative gap that is good enough for each plan.
    #[serde(default)]
    ecart: Option<f64>,
}

/// The studies as the page shows them.
#[derive(Debug, Serialize)]
pub struct StudiesView {
    /// Full-time equivalents in service now.
    etp: f64,
    frontiere: Option<FrontierView>,
    fragilite: Option<FragilityView>,
}

#[derive(Debug, Serialize)]
struct FrontierView {
    /// Whether it is one of the dossier as it stands.
    a_jour: bool,
    /// Whether points are still to come.
    en_cours: bool,
    /// What the reader must know of the figures.
    notes: Vec<&'static str>,
    #[serde(flatten)]
    frontiere: Frontier,
}

#[derive(Debug, Serialize)]
struct FragilityView {
    /// Whether it is one of the plan as it stands.
    a_jour: bool,
    postes: Vec<Absence>,
}

impl FrontierWish {
    fn checked(&self) -> Result<(), Fault> {
        let grows = self.niveaux.windows(2).all(|two| two[0] < two[1]);
        let known = self.niveaux.iter().all(|level| (0.0..=HIGHEST).contains(level));
        let whole = self.axe == Axis::Etp || self.niveaux.iter().all(|level| level.fract() == 0.0);
        if grows && known && whole && (1..=MOST_LEVELS).contains(&self.niveaux.len()) {
            return Ok(());
        }
        Err(Fault::refused(
            format!("Il faut de 1 à {MOST_LEVELS} niveaux, croissants, entiers sauf pour les ETP."),
            "Changez le début, la fin ou le pas.",
        ))
    }
}

impl Session {
    /// Begins to trace a frontier; its events tell the rest.
    pub fn trace_frontier(self: &Arc<Self>, wish: FrontierWish) -> Result<(), Fault> {
        wish.checked()?;
        let end = Wish { ecart: wish.ecart, ..Wish::default() };
        let session = Arc::clone(self);
        self.study("frontiere", end, move |snapshot, means| {
            let dossier = &snapshot.ready()?.problem.dossier;
            let tell = |point| session.show_point(snapshot, wish.axe, point);
            let found = trace_aloud(dossier, wish.axe, &wish.niveaux, &[], means, &tell);
            let found = found.map_err(|error| in_words(&error))?;
            if found.points.iter().all(|point| point.borne.is_none() && point.objectif.is_none()) {
                return Err(stopped_too_early());
            }
            let study =
                Some(Study { of: Arc::clone(snapshot), found, date: now(), partial: false });
            Ok(move |studies: &mut Studies| studies.frontier = study)
        })
    }

    /// Adds a point to the frontier that the page sees while the rest is searched; one of another
    /// dossier or axis gives way.
    fn show_point(&self, of: &Arc<Snapshot>, axe: Axis, point: Point) {
        let mut state = self.state();
        let Some(open) = &mut state.open else { return };
        let known = open.studies.frontier.take();
        let same = known.filter(|it| it.partial && it.found.axe == axe && Arc::ptr_eq(&it.of, of));
        let study = open.studies.frontier.insert(same.unwrap_or_else(|| Study {
            of: Arc::clone(of),
            found: Frontier { axe, monotone: true, points: Vec::new() },
            date: now(),
            partial: true,
        }));
        let points = &mut study.found.points;
        let at = points.partition_point(|other| other.niveau < point.niveau);
        points.insert(at, point);
    }

    /// Begins to measure what each absence would cost; its events tell the rest.
    pub fn measure_fragility(self: &Arc<Self>, wish: Wish) -> Result<(), Fault> {
        self.snapshot()?.plan()?;
        self.study("fragilite", wish, |snapshot, means| {
            let dossier = &snapshot.ready()?.problem.dossier;
            let found = fragility(dossier, &snapshot.plan()?.plan, means);
            let found = found.map_err(|error| in_words(&error))?;
            if found.iter().all(|absence| absence.perte.is_none()) {
                return Err(stopped_too_early());
            }
            let study =
                Some(Study { of: Arc::clone(snapshot), found, date: now(), partial: false });
            Ok(move |studies: &mut Studies| studies.fragility = study)
        })
    }

    /// Runs a series on a thread of its own, and keeps what it found beside the open dossier.
    fn study<K: FnOnce(&mut Studies) + Send>(
        self: &Arc<Self>,
        kind: &'static str,
        wish: Wish,
        series: impl FnOnce(&Arc<Snapshot>, &Means) -> Result<K, Fault> + Send + 'static,
    ) -> Result<(), Fault> {
        self.snapshot()?.ready()?;
        let (limit, settings) = (wish.limit()?, wish.settings()?);
        let job = Job::begin(self, kind, Some(limit))?;
        thread::spawn(move || {
            let _ = job.run(|job| {
                let keep = job.series(settings, |means| series(&job.snapshot, means))?;
                if let Some(open) = &mut job.session().state().open {
                    keep(&mut open.studies);
                }
                Ok(())
            });
        });
        Ok(())
    }

    /// The studies made so far.
    pub fn studies(&self) -> Result<StudiesView, Fault> {
        let snapshot = self.snapshot()?;
        let dossier = &snapshot.ready()?.problem.dossier;
        let centi = crate::scenario::full_time_centi(dossier)
            .map_err(|error| Fault::refused(error.to_string(), "Corrigez le barème."))?;
        let state = self.state();
        let studies = &state.open.as_ref().ok_or_else(Fault::nothing_open)?.studies;
        Ok(StudiesView {
            etp: f64::from(centi) / 100.0,
            frontiere: studies.frontier.as_ref().map(|study| FrontierView {
                a_jour: study.of.files == snapshot.files,
                en_cours: study.partial && state.running.is_some(),
                notes: export::frontier_notes(&study.found),
                frontiere: study.found.clone(),
            }),
            fragilite: studies.fragility.as_ref().map(|study| FragilityView {
                a_jour: study.of.is_same_plan(&snapshot),
                postes: study.found.clone(),
            }),
        })
    }

    /// A document of the absences: a page or a table.
    pub fn fragility_document(
        &self,
        document: export::FragilityDocument,
    ) -> Result<Vec<u8>, Fault> {
        let (of, found) = {
            let state = self.state();
            let studies = &state.open.as_ref().ok_or_else(Fault::nothing_open)?.studies;
            let study = studies.fragility.as_ref().ok_or_else(|| {
                Fault::absent("Les absences ne sont pas encore mesurées.", "Mesurez-les d'abord.")
            })?;
            (Arc::clone(&study.of), study.found.clone())
        };
        let solved = of.plan()?;
        export::Heading::new(&solved.plan, Some(solved.run.date), true)
            .and_then(|heading| export::fragility_document(document, heading, &found))
            .map_err(|error| Fault::broken(&error))
    }

    /// A document of the frontier: its chart, its page or its table.
    pub fn frontier_document(&self, document: export::FrontierDocument) -> Result<Vec<u8>, Fault> {
        let (of, found, date) = {
            let state = self.state();
            let studies = &state.open.as_ref().ok_or_else(Fault::nothing_open)?.studies;
            let study = studies.frontier.as_ref().ok_or_else(|| {
                Fault::absent("Il n'y a pas encore de courbe des moyens.", "Tracez-la d'abord.")
            })?;
            (Arc::clone(&study.of), study.found.clone(), study.date)
        };
        let source = export::FrontierSource { dossier: &of.ready()?.problem.dossier, date };
        export::frontier_document(document, source, &found).map_err(|error| Fault::broken(&error))
    }
}

fn now() -> DateTime {
    jiff::Zoned::now().datetime()
}

fn in_words(error: &TrialError) -> Fault {
    match error {
        TrialError::Edit(error) => Fault::refused(error.to_string(), "Changez les niveaux."),
        TrialError::Refused(_) => Fault::broken(error),
    }
}

fn stopped_too_early() -> Fault {
    Fault::refused("Arrêté avant le premier plan.", "Laissez-lui plus de temps.")
}
