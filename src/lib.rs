//! Maillage: the sectors of the school social service of a French departement.
//!
//! Data flows one way: a dossier (`domain`, read by `import`) becomes a problem (`policy`, with
//! trip times from `travel`), `solve` finds a plan with its proven gap, `check` recomputes it
//! from the dossier alone, and `export` writes the documents.

#![warn(missing_docs)]
#![deny(unsafe_code)]

pub mod check;
pub mod cli;
pub mod demo;
pub mod domain;
pub mod explain;
pub mod export;
pub mod import;
pub mod model;
pub mod planning;
pub mod policy;
pub mod run;
pub mod scenario;
pub mod scratch;
pub mod serve;
pub mod solve;
pub mod travel;
pub mod wording;
