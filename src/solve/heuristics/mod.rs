//! Heuristics that look for better plans; every plan they find is checked by evaluation.

pub mod dive;
