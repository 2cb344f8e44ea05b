//! What if: edits, variants, comparison, staffing, absences.

mod command;
mod comparison;
mod edits;
mod frontier;
mod impasse;
mod keep;
