//! What if: edits, variants, comparison, staffing, absences.

mod command;
mod comparison;
mod edits;
mod impasse;
mod keep;
