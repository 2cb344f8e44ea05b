//! Three opinions on the same small dossiers: enumeration of all plans, the compact model and
//! column generation. They must agree on feasibility and on the best value; and conflicts
//! are explained where there is no plan.

mod agreement;
mod conflicts;
mod enumeration;
mod levels;
mod mps;
