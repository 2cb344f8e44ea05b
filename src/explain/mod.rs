//! Why an establishment is served as it is, what another choice would cost the others, and what
//! would give it more; and, where a dossier has no plan, the cheapest ways to one.
//!
//! An [`Explanation`] is plain data with its French sentences: the command line, the page and the
//! documents show the same one.

mod effects;
mod exclusions;
mod explanation;
mod facts;
mod more;
mod names;
mod prices;
mod unit_words;
mod words;

pub use effects::Effect;
pub use explanation::{Explanation, Section, explain, explain_all};
pub use facts::{Adviser, Balance, Change, Item, Need, Points, Week};
pub use more::More;
pub use prices::{ModalityPrice, PostPrice, Price};
