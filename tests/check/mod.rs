//! Plans that are right and plans that are wrong: the checker must tell them apart.

mod broken_rules;
mod changed_figures;
mod command;
mod real_solves;
mod small;
