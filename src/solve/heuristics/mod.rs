//! Heuristics that look for better plans; every plan they find is checked by evaluation.

pub mod dive;
mod draft;
pub mod greedy;
pub mod local_search;
mod nearness;
mod neighbourhood;
