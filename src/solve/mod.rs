//! Finding plans: the compact model and column generation behind one entry.

pub mod sector_model;
pub mod sectors;
