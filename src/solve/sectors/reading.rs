//! What blocks and choices stand for, one question at a time.

use crate::policy::{PostId, UnitId};

use super::{Meaning, Sectors};

impl Sectors {
    /// The block of a post at a seat.
    #[must_use]
    pub fn block_at(&self, post: PostId, seat: Option<UnitId>) -> Option<u32> {
        let blocks = (0..).zip(&self.model.blocks);
        let mut holds = blocks.filter(|(_, block)| self.kinds[block.kind as usize].contains(&post));
        holds.find(|(index, _)| self.seat(*index) == seat).map(|(index, _)| index)
    }

    /// Whether every way to serve a unit has its choices, even those that others beat.
    #[must_use]
    pub fn has_every_choice(&self, unit: UnitId) -> bool {
        self.complete.contains(&unit)
    }

    /// The option by which a choice or a direct column serves a unit, if it does.
    #[must_use]
    pub fn option_of(&self, tag: u32, unit: UnitId) -> Option<usize> {
        match &self.meanings[tag as usize] {
            Meaning::Serve(profile) => {
                profile.services.iter().find(|(id, _)| *id == unit).map(|(_, option)| *option)
            }
            Meaning::Reserve(_) => None,
            Meaning::Direct(ways) => {
                ways.iter().find(|(id, _, _)| *id == unit).map(|(_, option, _)| *option)
            }
        }
    }
}
