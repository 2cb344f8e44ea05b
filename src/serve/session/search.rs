//! Finding the plan of the open dossier.

use std::sync::Arc;
use std::thread;
use std::time::Duration;

use serde::Deserialize;

use super::job::Job;
use super::open::Open;
use super::{Event, Fault, Session};
use crate::solve::find::{Request, Start};
use crate::solve::outcome::Settings;

/// Longest search that the page may ask for.
const LONGEST: Duration = Duration::from_secs(3600);

/// What ends a search.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Wish {
    /// Seconds at most; an hour when absent.
    pub limite_s: Option<f64>,
    /// Relative gap that is good enough; 0 asks for the proof.
    pub ecart: Option<f64>,
}

impl Wish {
    /// Time that the search may take.
    pub(super) fn limit(self) -> Result<Duration, Fault> {
        let seconds = self.limite_s.unwrap_or(LONGEST.as_secs_f64());
        let limit = Duration::try_from_secs_f64(seconds).ok().filter(|limit| !limit.is_zero());
        limit.map(|limit| limit.min(LONGEST)).ok_or_else(|| {
            Fault::refused("La durée n'est pas un nombre de secondes.", "Écrivez par exemple 30.")
        })
    }

    /// What else ends it.
    pub(super) fn settings(self) -> Result<Settings, Fault> {
        let default = Settings::default();
        match self.ecart {
            None => Ok(default),
            Some(gap) if (0.0..=1.0).contains(&gap) => Ok(Settings { gap, ..default }),
            Some(_) => Err(Fault::refused("L'écart va de 0 à 1.", "0,0001 veut dire 0,01 %.")),
        }
    }
}

impl Session {
    /// Begins the search on a thread of its own; its events tell the rest.
    pub fn solve(self: &Arc<Self>, wish: Wish) -> Result<(), Fault> {
        let (limit, settings) = (wish.limit()?, wish.settings()?);
        let ready = Arc::clone(self.snapshot()?.ready()?);
        let job = Job::begin(self, "resoudre", Some(limit))?;
        let request = Request { settings, start: self.start(), ..Request::default() };
        thread::spawn(move || {
            let _ = job.run(|job| {
                let keep = |snapshot| {
                    if let Some(open) = &mut job.session().state().open {
                        open.keep(snapshot);
                    }
                };
                let solved = job.solve(&ready, &request).inspect_err(|fault| {
                    if let Some(impasse) = &fault.impasse {
                        keep(job.snapshot.without_plan(impasse.clone()));
                    }
                })?;
                let found = Event::plan(&solved.plan);
                keep(job.snapshot.with_plan(solved));
                job.session().tell(found);
                Ok(())
            });
        });
        Ok(())
    }

    /// What the last plan teaches the next search: it speaks by names, and outlives an edit.
    fn start(&self) -> Start {
        let memory = self.state().open.as_ref().and_then(Open::memory);
        Start { memory: memory.unwrap_or_default(), ..Start::default() }
    }
}
