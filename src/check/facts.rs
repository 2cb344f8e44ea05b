//! All that the dossier settles before any choice.

use crate::domain::{Decision, DecisionKind, Dossier};
use crate::policy::Bareme;
use crate::policy::bareme::EquityMeasure;
use crate::travel::EstimateFactors;

use super::places::Places;
use super::posts::{PostFacts, posts};
use super::units::{Unit, units};

/// The dossier, seen by the rules.
pub(super) struct Facts<'a> {
    pub dossier: &'a Dossier,
    pub bareme: &'a Bareme,
    pub units: Vec<Unit>,
    pub places: Places<'a>,
    pub posts: Vec<PostFacts>,
}

impl<'a> Facts<'a> {
    pub(super) fn gather(
        dossier: &'a Dossier,
        bareme: &'a Bareme,
        factors: &'a EstimateFactors,
    ) -> Self {
        let units = units(dossier, bareme);
        let places = Places::of(&units, bareme.meme_lieu_metres, dossier, factors);
        let posts = posts(dossier, bareme, &units);
        Self { dossier, bareme, units, places, posts }
    }

    /// The first unit (part 1) that bears this UAI or code.
    pub(super) fn unit_of(&self, code: &str) -> Option<usize> {
        self.units.iter().position(|unit| unit.bears(self.dossier, code))
    }

    /// Decisions that bind a unit: all for a whole unit or a first part, INTERDIRE for others.
    pub(super) fn decisions(&self, unit: usize) -> impl Iterator<Item = &'a Decision> + '_ {
        let unit = &self.units[unit];
        self.dossier.decisions.iter().filter(move |decision| {
            unit.code == decision.uai && (unit.part == 1 || decision.kind == DecisionKind::Forbid)
        })
    }

    /// Decisions EXIGER that bind a unit.
    pub(super) fn required(&self, unit: usize) -> impl Iterator<Item = &'a Decision> + '_ {
        self.decisions(unit).filter(|decision| decision.kind == DecisionKind::Require)
    }

    /// Whether a decision requires this post for this unit.
    pub(super) fn requires_post(&self, unit: usize, post: usize) -> bool {
        let id = &self.dossier.posts[post].id;
        self.required(unit).any(|decision| decision.post.as_ref() == Some(id))
    }

    /// Members in service of a pole team.
    pub(super) fn members(&self, team: usize) -> Vec<&'a str> {
        let named = &self.dossier.pole_teams[team].posts;
        let known = self.dossier.posts.iter().zip(&self.posts);
        known
            .filter(|(post, facts)| facts.in_service && named.contains(&post.id))
            .map(|(post, _)| post.id.as_str())
            .collect()
    }

    /// Place of a unit.
    pub(super) fn place(&self, unit: usize) -> usize {
        self.places.of_unit[unit]
    }

    /// What equity counts for a unit: tenths of a half-day, or tens of pupils.
    pub(super) fn measure(&self, unit: usize) -> i64 {
        let unit = &self.units[unit];
        match self.bareme.equite.mesure {
            EquityMeasure::Besoin => (unit.need + 5) / 10,
            EquityMeasure::Eleves => (i64::from(unit.pupils) + 5) / 10,
        }
    }

    /// Posts in service that are based in a unit for good and must serve it (H3).
    pub(super) fn based_in(&self, code: &str) -> Vec<usize> {
        (0..self.posts.len())
            .filter(|&post| {
                let facts = &self.posts[post];
                facts.in_service
                    && !facts.exempt_from_seat
                    && facts.fixed_seat.is_some_and(|seat| self.units[seat].code == code)
            })
            .collect()
    }
}
