//! Cuts as pricing sees them: a sector pays a cut's price at each second of its rows that it meets.
//!
//! A charge only ever takes away, so that the dynamic programme without it still bounds the
//! search, which adds up what each partial sector already owes.
//!
//! # Source
//!
//! Jepsen, Petersen, Spoorendonk and Pisinger (2008), Operations Research 56(2), Section 4: the
//! dual of a subset-row inequality is paid at each second row met.

use std::cmp::Reverse;

use smallvec::SmallVec;

use super::super::sector_model::{Item, SectorModel};
use super::PricedBlock;
use super::reduce::Reduced;

/// Rows of the packing that a cut counts: the items, then the kinds.
pub type Rows = [u32];

/// Cuts with a price, by the rows that they count.
#[derive(Debug, Clone, Default)]
pub struct Charges {
    /// Fixed point, positive.
    prices: Vec<i64>,
    /// Cuts that count each item.
    items: Vec<SmallVec<[u32; 4]>>,
    /// Cuts that count each kind.
    kinds: Vec<SmallVec<[u32; 4]>>,
}

impl Charges {
    /// Reads cuts with their prices; those without a price are left out.
    pub fn new<'a>(
        model: &SectorModel,
        cuts: impl IntoIterator<Item = (&'a Rows, &'a i64)>,
    ) -> Self {
        let mut charges = Self {
            prices: Vec::new(),
            items: vec![SmallVec::new(); model.items as usize],
            kinds: vec![SmallVec::new(); model.kinds.len()],
        };
        for (rows, &price) in cuts.into_iter().filter(|(_, price)| **price > 0) {
            let index = charges.prices.len() as u32;
            charges.prices.push(price);
            for &row in rows {
                match row.checked_sub(model.items) {
                    None => charges.items[row as usize].push(index),
                    Some(kind) => charges.kinds[kind as usize].push(index),
                }
            }
        }
        charges
    }
}

/// The charges as one block meets them.
#[derive(Debug, Clone, Copy)]
pub struct Tolls<'a> {
    charges: &'a Charges,
    block: &'a PricedBlock,
}

impl<'a> Tolls<'a> {
    /// The charges on the sectors of a block; `None` where there are none at all.
    pub fn new(charges: &'a Charges, block: &'a PricedBlock) -> Option<Self> {
        (!charges.prices.is_empty()).then_some(Self { charges, block })
    }

    /// Rows of each cut that every sector of the block meets.
    pub fn at_start(&self) -> Vec<u8> {
        let mut met = vec![0; self.charges.prices.len()];
        let kind = self.charges.kinds.get(self.block.kind as usize);
        kind.into_iter().flatten().for_each(|&cut| met[cut as usize] += 1);
        met
    }

    /// Cuts of which a choice meets a row, as often as it does.
    pub fn met_by(&self, (class, choice): (u32, u32)) -> SmallVec<[u32; 8]> {
        let choices = &self.block.classes[class as usize].choices;
        let place = choices.binary_search_by_key(&choice, |it| it.choice);
        let items: &[Item] = place.map_or(&[], |place| &choices[place].items);
        items.iter().flat_map(|item| self.charges.items[*item as usize].iter().copied()).collect()
    }

    /// Puts the classes that may owe most first: a search then knows early what a sector owes, and the
    /// tables bound what is left nearly as well as without charges.
    pub fn sort(&self, reduced: &mut Reduced) {
        let prices = |place| {
            let cuts = self.met_by(place).into_iter();
            cuts.map(|cut| self.charges.prices[cut as usize]).sum::<i64>()
        };
        let Reduced { groups, entries, .. } = reduced;
        groups.sort_by_cached_key(|group| {
            let entries = entries[group.start..group.end].iter();
            Reverse(entries.map(|entry| prices(entry.place)).max())
        });
    }

    /// Counts rows met; returns what is now owed beside what was.
    pub fn enter(&self, met: &mut [u8], cuts: &[u32]) -> i64 {
        let mut owed = 0;
        for &cut in cuts {
            met[cut as usize] += 1;
            if met[cut as usize].is_multiple_of(2) {
                owed += self.charges.prices[cut as usize];
            }
        }
        owed
    }

    /// Takes rows met back.
    pub fn leave(met: &mut [u8], cuts: &[u32]) {
        cuts.iter().for_each(|&cut| met[cut as usize] -= 1);
    }

    /// What a whole sector pays.
    pub fn charge(&self, choices: &[(u32, u32)]) -> i64 {
        let mut met = self.at_start();
        choices.iter().map(|&place| self.enter(&mut met, &self.met_by(place))).sum()
    }
}
