//! The independent checker: recomputes a plan from the dossier alone, with its own rules.
