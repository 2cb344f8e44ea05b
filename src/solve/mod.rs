//! Solvers: column generation over sectors.

pub mod backend;
pub mod branching;
pub mod closing;
pub mod column_generation;
pub mod column_pool;
mod compact;
pub mod find;
pub mod fractions;
pub mod heuristics;
pub mod integer_master;
pub mod lagrangian;
pub mod listener;
pub mod literature;
pub mod master;
pub mod optimise;
pub mod outcome;
pub mod plan;
pub mod pricing;
pub mod safe_bound;
pub mod scope;
pub mod search;
pub mod sector_model;
pub mod sector_values;
pub mod sectors;
pub mod statistics;
pub mod terminator;
