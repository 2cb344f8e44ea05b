//! Maillage: the sectors of the school social service of a French departement.

pub mod solve;
