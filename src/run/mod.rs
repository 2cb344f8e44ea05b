//! One computation, from a dossier to a checked plan with its circumstances: what the command
//! line and the page share. No plan leaves this module before the independent checker agrees.

mod ready;
mod solved;

pub use ready::Ready;
pub use solved::{Solved, Unsolved, solve};
