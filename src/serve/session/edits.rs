//! Changing the open dossier by the edits of a variant: tried first, kept if they please.

use std::sync::Arc;

use serde::Serialize;

use super::effect::{Change, changes, kept_by_hand, rules_broken, today_under};
use super::job::Job;
use super::search::Wish;
use super::status::PlanStatus;
use super::{Event, Fault, Session, Snapshot};
use crate::domain::Dossier;
use crate::run::Solved;
use crate::scenario::compare::facts_of;
use crate::scenario::{Edit, EditError, apply, fallout};
use crate::solve::find::{Request, Start};

/// Edits in one demand.
const MOST_EDITS: usize = 500;

/// What edits do.
#[derive(Debug, Clone, Serialize)]
pub struct Effect {
    /// Each edit in words.
    pub description: Vec<String>,
    /// What the edits take with them.
    pub consequences: Vec<String>,
    /// The plan before, in figures.
    pub avant: Option<PlanStatus>,
    /// The plan after; none when there was none before.
    pub apres: Option<PlanStatus>,
    /// What today's plan breaks once edited by hand, before anything else moves.
    pub regles_enfreintes: Vec<String>,
    /// Units served otherwise.
    pub changements: Vec<Change>,
}

/// What was tried last: who keeps it gets the very plan that was shown.
pub struct Tried {
    before: Arc<Snapshot>,
    edits: Vec<Edit>,
    effect: Effect,
    next: Snapshot,
}

impl Session {
    /// Applies edits, solves again when there was a plan, and tells the effect; keeps the whole
    /// as a step that can be undone if `keep`. Takes the time of the search.
    pub fn edit(self: &Arc<Self>, edits: &[Edit], wish: Wish, keep: bool) -> Result<Effect, Fault> {
        if edits.is_empty() || edits.len() > MOST_EDITS {
            return Err(Fault::refused(
                format!("Il faut de 1 à {MOST_EDITS} modifications."),
                "Choisissez ce qui change.",
            ));
        }
        let kind = if keep { "modifier" } else { "essayer" };
        let job = Job::begin(self, kind, Some(wish.limit()?))?;
        job.run(|job| {
            let tried = self.state().tried.take();
            let same = |tried: &Tried| {
                keep && Arc::ptr_eq(&tried.before, &job.snapshot) && tried.edits == edits
            };
            let (effect, next) = match tried.filter(same) {
                Some(tried) => (tried.effect, tried.next),
                None => work(job, edits, wish)?,
            };
            if !keep {
                let (before, edits) = (Arc::clone(&job.snapshot), edits.to_vec());
                let tried = Tried { before, edits, effect: effect.clone(), next };
                self.state().tried = Some(tried);
            } else {
                let found = next.plan().ok().map(|solved| Event::plan(&solved.plan));
                if let Some(open) = &mut self.state().open {
                    open.change(effect.description.join(" ; "), next);
                }
                if let Some(found) = found {
                    self.tell(found);
                }
            }
            Ok(effect)
        })
    }
}

fn work(job: &Job, edits: &[Edit], wish: Wish) -> Result<(Effect, Snapshot), Fault> {
    let before = &job.snapshot;
    let old = before.ready()?;
    let (edited, description) = applied(&old.problem.dossier, edits)?;
    let next = before.followed(&edited)?;
    let ready = next.ready()?;
    let mut effect = Effect {
        description,
        consequences: fallout(&old.problem.dossier, &ready.problem.dossier),
        avant: before.plan().ok().map(|solved| PlanStatus::of(solved)),
        apres: None,
        regles_enfreintes: Vec::new(),
        changements: Vec::new(),
    };
    let Ok(today) = before.plan() else { return Ok((effect, next)) };
    let by_hand = today_under(&ready.problem, &today.plan, edits);
    effect.regles_enfreintes = rules_broken(ready, &today.plan, &by_hand);
    let start = Start { memory: today.memory.clone(), ..Start::default() };
    let request = Request { settings: wish.settings()?, start, ..Request::default() };
    let solved = job.solve(ready, &request)?;
    let kept = by_hand.ok().and_then(|by_hand| kept_by_hand(ready, &by_hand, &solved.plan));
    let solved = match kept {
        Some(plan) => Solved { plan, ..solved },
        None => solved,
    };
    effect.apres = Some(PlanStatus::of(&solved));
    effect.changements = changes(&facts_of(&ready.problem.dossier), &today.plan, &solved.plan);
    let next = next.with_plan(solved);
    Ok((effect, next))
}

/// The edited dossier, and each edit in words.
fn applied(dossier: &Dossier, edits: &[Edit]) -> Result<(Dossier, Vec<String>), Fault> {
    let mut edited = dossier.clone();
    let mut words = Vec::new();
    for edit in edits {
        words.push(edit.describe(&edited));
        edited = apply(&edited, std::slice::from_ref(edit)).map_err(|error| in_words(&error))?;
    }
    Ok((edited, words))
}

fn in_words(error: &EditError) -> Fault {
    Fault::refused(error.to_string(), "Corrigez cette modification.")
}
