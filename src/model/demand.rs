//! What a dossier demands: the pieces between which an infeasible dossier conflicts.

use crate::policy::{ItemId, PostId, TeamId, UnitId};

/// One demand, which can be lifted apart from the others. Identical posts to place answer for
/// one another: the first of them stands for all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Demand {
    /// Every unit of the item is served, by a modality that mandates and floors admit (H1, H10).
    Service(ItemId),
    /// Units of the item are served together (H1).
    Together(ItemId),
    /// A row of `decisions.csv`, by index (H9).
    Decision(usize),
    /// Time of a post (H2).
    Capacity(PostId),
    /// Smallest load of a post (H2).
    MinimumLoad(PostId),
    /// A seat is served by its own post (H3).
    Residence(UnitId),
    /// Longest trip of a post (H4).
    LongestTrip(PostId),
    /// Largest number of establishments of a post (H5).
    Establishments(PostId),
    /// Largest number of establishments of a post in REP+ (H6).
    RepPlus(PostId),
    /// Bassin of a post (H7).
    Bassin(PostId),
    /// Places of reference of a bassin (H8).
    References(usize),
    /// Kilometres of all posts (H11).
    Kilometres,
    /// Changes of hands (H11).
    Changes,
    /// Time that members reserve for a pole team (H12).
    TeamTime(TeamId),
}
