//! What if: edits, variants, comparison, staffing, absences.

mod edits;
