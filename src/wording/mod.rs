//! The French that people read in documents: names, numbers, dates and sentences, kept together
//! so that somebody who does not program can proofread them.

pub mod article;
pub mod bareme;
pub mod label;
pub mod number;
pub mod sentence;
pub mod system;
pub mod timetable;
pub mod typography;
