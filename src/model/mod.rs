//! The compact mixed-integer model: every rule of `docs/model.md` as rows over one (post, unit,
//! option) at a time. It is the second opinion on column generation, closes small dossiers by
//! itself, is what `exporter --format mps` writes, and explains infeasibility.
//!
//! # Formulation
//!
//! Sets: blocks `b` (a post at its seat; for posts to place, each candidate seat), units `u`,
//! options `o`, places `p`, pole teams `g`. Variables: `x[u,b,o]`, `r[u,o]` (no post) and
//! `h[u,g]` (team) binary; `y[b]` binary for posts to place; `T[b,p]` trips per four weeks and
//! `t[b,p]` travel ticks, integers, where several units share a place (elsewhere travel is a
//! constant of the option and joins its load); `e[b]` the measure outside the band of equity;
//! `s[b]` steps of time that a member reserves for its team.
//!
//! ```text
//! max   value of x, r, h - weight e - price of travel (t, x, h) - changes + preferences
//! H1    sum of x, r, h over a unit = 1; members of an item have the same block, or none
//! H2    minimum y <= ticks x + t + 21 s <= capacity y
//!       20 t >= minutes T;  T >= visits x;  T >= 4 c, 8 c >= weekly quarters x;  2 T >= quarters x
//! H3    the seat is served by its own post;  H4, H7, H9, H10 by the absence of columns
//! H5    count x <= most y;  H6  count x + (most - most in REP+) x[u] <= most y, u in REP+
//! H8    references of a bassin;  H11  kilometres, changes;  H12  time reserved for teams
//! ```
//!
//! The column and row lists ([`CompactModel`]) are the one definition that the solver, the MPS
//! file and the search for conflicts read.

mod backend;
mod block_rows;
mod blocks;
mod compact_model;
mod conflict;
mod conflict_words;
mod constraints;
mod counting;
mod demand;
mod extract;
mod least_load;
mod lift;
mod mps;
mod names;
mod objective;
mod placement;
mod solve;
mod trip_rows;
mod variables;

pub use compact_model::{Column, ColumnId, CompactModel, Row};
pub use conflict::{Conflict, Relaxation, explain_conflict, time_at_stake};
pub use constraints::Built;
pub use counting::lacking_time;
pub use demand::Demand;
pub use lift::demands;
pub use mps::write_mps;
pub use placement::point as point_of;
pub use solve::{
    CompactOutcome, CompactSettings, CompactStatus, LevelOutcome, level_floor, solve_compact,
};
