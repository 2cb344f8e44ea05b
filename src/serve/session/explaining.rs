//! Why establishments are served as they are: questions on one plan, answered by a thread of its
//! own, which learns once what all of them share. A question gives way to the next one: a page
//! shows one establishment.
//!
//! Answers have threads that no search uses: a search that waited for a thread, or that a thread
//! left in the middle for a part of an answer, would end long after its limit.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::Duration;

use rayon::ThreadPool;

use super::{Fault, Session};
use crate::domain::Plan;
use crate::explain::{Explanation, explain_all, learning, proven};
use crate::policy::{Problem, UnitId};
use crate::run::{Ready, Solved};
use crate::solve::outcome::Settings;
use crate::solve::plan::read_back::read_back;
use crate::solve::terminator::{Deadline, Terminator};
use crate::solve::what_if::{Care, Known};

/// Work for one question that is asked to be precise, as `--effort` counts it.
const EFFORT: u64 = 5_000_000;

/// Time to learn what all questions on a plan share; prices are looser where it does not suffice.
const LEARNING: Duration = Duration::from_secs(30);

/// Time for one precise answer; what it has by then is told.
const PRECISE: Duration = Duration::from_secs(60);

/// Who answers the questions on one plan; gone when dropped.
pub struct Explainer {
    plan: Arc<Solved>,
    questions: mpsc::Sender<Question>,
    /// Number of the question asked last.
    last: Arc<AtomicU64>,
}

/// One explanation a part.
type Answer = Result<Vec<Explanation>, Fault>;

struct Question {
    code: String,
    care: Care,
    turn: Turn,
    answer: mpsc::Sender<Answer>,
}

/// Over when another question was asked, or when its time is over.
struct Turn {
    number: u64,
    last: Arc<AtomicU64>,
    end: Deadline,
}

impl Turn {
    fn given_up(&self) -> bool {
        self.last.load(Ordering::Relaxed) != self.number
    }
}

impl Terminator for Turn {
    fn stop(&self) -> bool {
        self.given_up() || self.end.stop()
    }
}

impl Session {
    /// Explains an establishment of the plan, part by part; `precise` searches the whole problem
    /// anew for each other choice. Takes the time that it takes: nothing else waits for it.
    pub fn explain(&self, code: &str, precise: bool) -> Result<Vec<Explanation>, Fault> {
        let snapshot = self.snapshot()?;
        let (ready, plan) = (snapshot.ready()?, snapshot.plan()?);
        let care = if precise {
            Care::Thorough(Settings { effort: Some(EFFORT), ..Settings::default() })
        } else {
            Care::Quick
        };
        let given_up =
            || Fault::absent("Cette explication n'est plus demandée.", "Rouvrez l'établissement.");
        let answer = {
            let mut explainer = self.explainer.lock().expect("no holder of this lock panics");
            let explainer = match &mut *explainer {
                Some(known) if Arc::ptr_eq(&known.plan, plan) => known,
                other => other.insert(Explainer::new(ready, plan, &self.answering)),
            };
            explainer.ask(code, care).ok_or_else(given_up)?
        };
        answer.recv().map_err(|_| given_up())?
    }
}

impl Explainer {
    fn new(ready: &Arc<Ready>, plan: &Arc<Solved>, pool: &Arc<ThreadPool>) -> Self {
        let (questions, asked) = mpsc::channel();
        let (ready, solved, pool) = (Arc::clone(ready), Arc::clone(plan), Arc::clone(pool));
        thread::spawn(move || answer_all(&ready, &solved, &pool, asked));
        Self { plan: Arc::clone(plan), questions, last: Arc::default() }
    }

    /// Asks, and gives where the answer will come.
    fn ask(&self, code: &str, care: Care) -> Option<mpsc::Receiver<Answer>> {
        let number = self.last.fetch_add(1, Ordering::Relaxed) + 1;
        let end = Deadline::after(matches!(care, Care::Thorough(_)).then_some(PRECISE));
        let turn = Turn { number, last: Arc::clone(&self.last), end };
        let (answer, answered) = mpsc::channel();
        let question = Question { code: code.to_owned(), care, turn, answer };
        self.questions.send(question).ok().map(|()| answered)
    }
}

impl Drop for Explainer {
    /// Nobody waits any more for an answer on a plan that has given way.
    fn drop(&mut self) {
        self.last.fetch_add(1, Ordering::Relaxed);
    }
}

fn answer_all(
    ready: &Ready,
    solved: &Solved,
    pool: &ThreadPool,
    questions: mpsc::Receiver<Question>,
) {
    let problem = &ready.problem;
    let known = pool.install(|| learn(problem, &solved.plan));
    for question in questions {
        if question.turn.given_up() {
            continue;
        }
        let answer = pool.install(|| answer(problem, known.as_ref(), &question));
        // Whoever asked may have left.
        let _ = question.answer.send(answer);
    }
}

/// What all questions on a plan share.
fn learn<'a>(problem: &'a Problem, plan: &Plan) -> Option<Known<'a>> {
    let solution = read_back(problem, plan).ok()?;
    let lesson = Deadline::after(Some(LEARNING));
    Known::new(problem, solution, proven(problem, plan), &learning(plan), &lesson)
}

fn answer(problem: &Problem, known: Option<&Known<'_>>, question: &Question) -> Answer {
    let known = known.ok_or_else(|| {
        Fault::refused("Les prix de ce plan ne se calculent pas à temps.", "Recalculez-le d'abord.")
    })?;
    let units: Vec<UnitId> = problem
        .units
        .iter_enumerated()
        .filter(|(_, unit)| unit.code == question.code)
        .map(|(id, _)| id)
        .collect();
    if units.is_empty() {
        return Err(Fault::absent(
            format!("Le dossier n'a pas d'établissement « {} ».", question.code),
            "Choisissez-le sur la carte ou dans la liste.",
        ));
    }
    Ok(explain_all(known, &units, question.care, &question.turn))
}
