//! What may end a trip: an establishment, a network, which stands at its ecoles, or a post, which
//! stands at its residence.

use std::collections::BTreeMap;

use crate::domain::{Establishment, EstablishmentKind, Post};
use crate::travel::Place;

use super::table::fold;

/// The identifiers that a trip may name, and the rows of establishments where each stands.
pub struct TripEnds<'a> {
    establishments: &'a [Establishment],
    rows: BTreeMap<String, Vec<usize>>,
    /// The same as one types them: without case, accents, blanks or hyphens.
    typed: BTreeMap<String, String>,
}

impl<'a> TripEnds<'a> {
    /// Those of a dossier. An establishment prevails over a post of the same name.
    pub fn of(establishments: &'a [Establishment], posts: &[Post]) -> Self {
        let mut rows: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (row, establishment) in establishments.iter().enumerate() {
            rows.entry(establishment.uai.clone()).or_insert_with(|| vec![row]);
            if let (EstablishmentKind::Ecole, Some(head)) =
                (establishment.kind, &establishment.network)
            {
                rows.entry(format!("RESEAU-{head}")).or_default().push(row);
            }
        }
        for post in posts {
            let stands = post.residence.as_ref().and_then(|uai| rows.get(uai)).cloned();
            rows.entry(post.id.clone()).or_insert(stands.unwrap_or_default());
        }
        let typed = rows.keys().map(|id| (fold(id), id.clone())).collect();
        Self { establishments, rows, typed }
    }

    /// The rows where an end stands, none for a post without residence; `None` when unknown.
    pub fn rows(&self, id: &str) -> Option<&[usize]> {
        self.rows.get(id).map(Vec::as_slice)
    }

    /// The same of an identifier as another tool writes it.
    pub fn rows_as_typed(&self, id: &str) -> Option<&[usize]> {
        self.rows(id).or_else(|| self.rows(self.typed.get(&fold(id))?))
    }

    /// Great-circle metres between two ends, at their nearest; `None` where they share a row or one
    /// stands nowhere.
    pub fn distance_m(&self, from: &[usize], to: &[usize]) -> Option<f64> {
        if from.iter().any(|row| to.contains(row)) {
            return None;
        }
        let pairs = from.iter().flat_map(|one| to.iter().map(move |other| (*one, *other)));
        pairs
            .map(|(one, other)| self.place(one).distance_m(&self.place(other)))
            .min_by(f64::total_cmp)
    }

    /// An end with the name of the establishment where it stands, for messages.
    pub fn named(&self, id: &str) -> String {
        match self.rows(id).and_then(<[usize]>::first) {
            Some(row) => format!("{id} ({})", self.establishments[*row].name),
            None => id.to_owned(),
        }
    }

    fn place(&self, row: usize) -> Place {
        let row = &self.establishments[row];
        Place {
            id: row.uai.clone(),
            latitude: row.latitude,
            longitude: row.longitude,
            rural_class: row.rural_class,
        }
    }
}
