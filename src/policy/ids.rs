//! Typed indexes of the problem.

use derive_more::{From, Into};

macro_rules! index {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, From, Into)]
        pub struct $name(pub usize);
    };
}

index! {
    /// A unit to serve.
    UnitId
}
index! {
    /// Units served together.
    ItemId
}
index! {
    /// Units that share their trips.
    PlaceId
}
index! {
    /// A post, in the order of the dossier.
    PostId
}
index! {
    /// A team that holds a pole.
    TeamId
}
