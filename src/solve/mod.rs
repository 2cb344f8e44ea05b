//! Finding plans: the compact model and column generation behind one entry.

pub mod plan;
pub mod sector_model;
pub mod sectors;
