//! Questions tried on copies of the programme, side by side.
//!
//! Each trial starts from the basis of the node's own solution, so that what it tells depends on
//! neither the order of the trials nor the number of threads.

use rayon::prelude::*;

use super::super::backend::{Basis, LinearProgramme, ProgrammeColumn, Status};
use super::super::terminator::Terminator;
use super::listed::Columns;
use super::node::Question;

/// Iterations of a trial: far fewer leave too little said, more of them seldom say anything else.
const ITERATIONS: u32 = 120;
/// Copies of the programme.
const COPIES: usize = 2;

/// A programme at its solution, apart from any solver.
pub struct Snapshot {
    /// Bounds of all rows, cuts included.
    pub rows: Vec<(f64, f64)>,
    /// Columns.
    pub columns: Vec<ProgrammeColumn>,
    /// Listed column by column; `None` for artificial and closed ones.
    pub listed: Vec<Option<u32>>,
    /// Of the solution.
    pub basis: Basis,
}

/// What a trial told.
#[derive(Debug, Clone, Copy)]
pub struct Trial {
    /// The objective where the answer is (no, yes), as far as it was followed.
    pub objectives: [f64; 2],
    /// Simplex iterations.
    pub iterations: u64,
}

impl Snapshot {
    /// Tries questions both ways; `objective` is that of the solution.
    pub fn try_all(
        &self,
        columns: &Columns<'_>,
        questions: &[Question],
        objective: f64,
        terminator: &dyn Terminator,
    ) -> Vec<Trial> {
        let share = questions.len().div_ceil(COPIES).max(1);
        let tried: Vec<Vec<Trial>> = questions
            .par_chunks(share)
            .map(|questions| {
                let mut copy = LinearProgramme::new(&self.rows);
                copy.add_columns(&self.columns);
                let tried = questions.iter().map(|question| {
                    self.try_one(&mut copy, columns, *question, objective, terminator)
                });
                tried.collect()
            })
            .collect();
        tried.into_iter().flatten().collect()
    }

    fn try_one(
        &self,
        copy: &mut LinearProgramme,
        columns: &Columns<'_>,
        question: Question,
        objective: f64,
        terminator: &dyn Terminator,
    ) -> Trial {
        let mut trial = Trial { objectives: [objective; 2], iterations: 0 };
        for (told, holds) in trial.objectives.iter_mut().zip([false, true]) {
            let closed: Vec<u32> = (0..)
                .zip(&self.listed)
                .filter(|(_, listed)| {
                    listed.is_some_and(|index| !columns.keeps(index, question, holds))
                })
                .map(|(place, _)| place)
                .collect();
            let bounds = |upper| closed.iter().map(|&it| (it, 0.0, upper)).collect::<Vec<_>>();
            copy.change_bounds(&bounds(0.0));
            copy.set_basis(&self.basis);
            let solution = copy.try_solve(ITERATIONS, terminator);
            copy.change_bounds(&bounds(f64::INFINITY));
            trial.iterations += solution.iterations;
            if matches!(solution.status, Status::Optimal | Status::Stopped) {
                *told = solution.objective;
            }
        }
        trial
    }
}
