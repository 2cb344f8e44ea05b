//! The set-partitioning view of the problem: what column generation works on.
//!
//! # Formulation
//!
//! A *column* is one post with its whole sector: a choice of at most one [`Choice`] in every
//! [`Class`] of one [`Block`]. With `i` over items, `k` over kinds of posts, `r` over rows, `s` over
//! the columns of all blocks and `d` over direct columns:
//!
//! ```text
//! max   sum_s profit(s) x_s + sum_d profit(d) y_d
//! (1)   sum_{s covers i} x_s + sum_{d covers i} y_d  = 1                 for every item i
//! (2)   lower(k) <= sum_{s of kind k} x_s <= upper(k)                    for every kind k
//! (3)   sum_s use(s, r) x_s + sum_d use(d, r) y_d <= capacity(r)         for every row r
//!       x, y in {0, 1}   (x integer where a kind has several identical posts)
//! ```
//!
//! A sector is feasible for its block when
//!
//! ```text
//! (4)   sum of ticks <= capacity, sum of ticks >= minimum
//! (5)   every class marked `required` is used by a choice that is itself marked `required`
//! (6)   for every choice taken: sum of counts over the sector <= that choice's `count_limit`
//!       and <= the block's `count_limit`
//! ```
//!
//! and its profit is the block's `profit`, plus the profits of its choices, less
//! `equity.weight * max(0, |measure - equity.target| - equity.tolerance)`.
//!
//! Everything is an integer, so that a bound computed with any fixed-point duals is exact
//! (a Lagrangian bound), and a gap below one unit is a proof of optimality.
//!
//! Generalised assignment and the capacitated p-median are special cases (one choice a class,
//! one item a choice), which is how the literature instances reach the same core.

use smallvec::SmallVec;

/// An item: what must be covered exactly once (units that stay together are one item).
pub type Item = u32;
/// A linking row, index into [`SectorModel::rows`].
pub type RowIndex = u32;

/// One way to use a class: the items it covers, at which levels, and what that takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Items covered, sorted, without repetition; may be empty (time reserved for a team).
    pub items: SmallVec<[Item; 4]>,
    /// Load on the time grid, travel included. Never negative.
    pub ticks: u32,
    /// Objective units; higher is better; may be negative.
    pub profit: i64,
    /// What equity counts (weighted need carried); never negative.
    pub measure: u32,
    /// What "largest number of establishments" counts.
    pub count: u8,
    /// Largest total count of a sector that holds this choice (`u8::MAX`: no limit).
    pub count_limit: u8,
    /// Satisfies the `required` mark of its class.
    pub required: bool,
    /// Uses of linking rows, sorted by row; coefficients may be negative.
    pub uses: SmallVec<[(RowIndex, i64); 2]>,
    /// Opaque to the core: tells the caller which units, modalities and levels this is.
    pub tag: u32,
}

/// At most one of these choices is taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Class {
    /// The choices, in a fixed order (ties are broken by it).
    pub choices: Vec<Choice>,
    /// The sector must take a choice of this class marked `required`.
    pub required: bool,
}

/// Convex penalty on the measure of a sector.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Equity {
    /// The measure that costs nothing.
    pub target: u32,
    /// Half-width of the band that costs nothing.
    pub tolerance: u32,
    /// Objective units per unit of measure outside the band; 0 switches equity off.
    pub weight: i64,
    /// Row that the penalty (at weight 1) also uses with coefficient 1: a level already fixed in
    /// a lexicographic order.
    pub row: Option<RowIndex>,
}

/// One pricing problem: a post, or a seat that posts of one kind may take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Index into [`SectorModel::kinds`].
    pub kind: u32,
    /// Time available a week, in ticks.
    pub capacity: u32,
    /// Smallest load, in ticks; 0 for none.
    pub minimum: u32,
    /// Largest total count of a sector (`u8::MAX`: no limit).
    pub count_limit: u8,
    /// Added to the profit of every column of this block.
    pub profit: i64,
    /// Uses of linking rows by every column of this block.
    pub uses: SmallVec<[(RowIndex, i64); 2]>,
    /// Equity, or none.
    pub equity: Option<Equity>,
    /// Multiple-choice classes.
    pub classes: Vec<Class>,
    /// Opaque to the core: which post and seat.
    pub tag: u32,
}

/// Posts that nothing tells apart share a kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kind {
    /// Fewest columns of this kind.
    pub lower: u32,
    /// Most columns of this kind.
    pub upper: u32,
}

/// A column given at the outset: items served without a post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Direct {
    /// Items covered, sorted.
    pub items: SmallVec<[Item; 4]>,
    /// Objective units.
    pub profit: i64,
    /// Uses of linking rows, sorted by row.
    pub uses: SmallVec<[(RowIndex, i64); 2]>,
    /// Opaque to the core.
    pub tag: u32,
}

/// A linking row `sum of uses <= capacity`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// For statistics and exported models.
    pub name: String,
    /// Right-hand side.
    pub capacity: i64,
}

/// The whole model. Invariants: item, kind and row indexes are in range; an item occurs in at
/// most one class of a block (but in several of its choices).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SectorModel {
    /// Number of items.
    pub items: u32,
    /// Kinds of posts.
    pub kinds: Vec<Kind>,
    /// Pricing problems.
    pub blocks: Vec<Block>,
    /// Direct columns.
    pub direct: Vec<Direct>,
    /// Linking rows.
    pub rows: Vec<Row>,
}

/// A column: one block with the choice taken in each used class, sorted by class.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Column {
    /// Index into [`SectorModel::blocks`].
    pub block: u32,
    /// `(class, choice)` pairs, sorted by class.
    pub choices: Vec<(u32, u32)>,
}
