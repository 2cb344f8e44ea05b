//! Establishments that change hands from one plan to another, as assistants count them.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::wording::label;
use crate::wording::number::count;

use super::matching::Pairing;
use super::side::{Served, Side};

/// What changes from a plan to another. In the other order, `perdent` and `gagnent`, `ouvrent`
/// and `ferment` exchange; `changent` stays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Changes {
    /// Name of the first plan.
    pub de: String,
    /// Name of the other.
    pub a: String,
    /// Served by another assistant.
    pub changent: Vec<Change>,
    /// No longer served by any post.
    pub perdent: Vec<Change>,
    /// Served by a post, and was by none.
    pub gagnent: Vec<Change>,
    /// In the other plan alone.
    pub ouvrent: Vec<Change>,
    /// In the first plan alone.
    pub ferment: Vec<Change>,
    /// Both are computed plans, which hold every establishment: today's sectors may leave some out.
    pub complets: bool,
}

/// An establishment and its posts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// UAI, or code of a network.
    pub uai: String,
    /// Name.
    pub nom: String,
    /// Commune; empty when unknown.
    pub commune: String,
    /// Post in the first plan.
    pub avant: Option<String>,
    /// Sector in the other.
    pub apres: Option<String>,
}

fn counted(many: usize, one: &str, several: &str) -> String {
    count(many as u64, one, several)
}

impl Change {
    /// Name and commune, which tells namesakes apart.
    #[must_use]
    pub fn full_name(&self) -> String {
        label::with_commune(&self.nom, &self.commune)
    }
}

impl Changes {
    /// Establishments that change hands: another assistant, or none any more.
    #[must_use]
    pub fn count(&self) -> usize {
        self.changent.len() + self.perdent.len()
    }

    /// The numbers of changes as sentences.
    #[must_use]
    pub fn sentences(&self) -> String {
        let hands = counted(
            self.count(),
            "établissement change de mains",
            "établissements changent de mains",
        );
        let mut text = format!("De {} à {} : {hands}", self.de, self.a);
        if !self.perdent.is_empty() {
            text += &format!(
                ", dont {}",
                counted(self.perdent.len(), "qui n'a plus de poste", "qui n'ont plus de poste")
            );
        }
        let (opening, closing) = if self.complets {
            (["ouvre", "ouvrent"].map(String::from), ["ferme", "ferment"].map(String::from))
        } else {
            let missing =
                |name: &str| ["n'est pas", "ne sont pas"].map(|verb| format!("{verb} dans {name}"));
            (missing(&self.de), missing(&self.a))
        };
        let parts = [
            (&self.gagnent, "reçoit un poste", "reçoivent un poste"),
            (&self.ouvrent, &opening[0], &opening[1]),
            (&self.ferment, &closing[0], &closing[1]),
        ];
        for (list, one, several) in parts.iter().filter(|(list, ..)| !list.is_empty()) {
            text += &format!(" ; {}", counted(list.len(), one, several));
        }
        text + "."
    }

    /// The same with the posts of the other plan under the names of their sectors.
    pub(super) fn named(mut self, names: &BTreeMap<String, String>) -> Self {
        for change in self.changent.iter_mut().chain(&mut self.gagnent).chain(&mut self.ouvrent) {
            if let Some(name) = change.apres.as_ref().and_then(|post| names.get(post)) {
                change.apres = Some(name.clone());
            }
        }
        self
    }

    /// Whether nothing changes.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let lists = [&self.changent, &self.perdent, &self.gagnent, &self.ouvrent, &self.ferment];
        lists.iter().all(|list| list.is_empty())
    }
}

/// What changes from `one` to `other`.
pub fn changes(one: &Side, other: &Side, pairs: &Pairing) -> Changes {
    let mut found = Changes {
        de: one.name.clone(),
        a: other.name.clone(),
        changent: Vec::new(),
        perdent: Vec::new(),
        gagnent: Vec::new(),
        ouvrent: Vec::new(),
        ferment: Vec::new(),
        complets: one.figures.is_some() && other.figures.is_some(),
    };
    for before in &one.units {
        let Some(after) = other.unit(&before.key) else {
            found.ferment.push(change(before, Some(before), None));
            continue;
        };
        let list = match (&before.post, &after.post) {
            (Some(old), Some(new)) if !is_same(old, new, pairs) => &mut found.changent,
            (Some(_), None) => &mut found.perdent,
            (None, Some(_)) => &mut found.gagnent,
            _ => continue,
        };
        list.push(change(before, Some(before), Some(after)));
    }
    let new = other.units.iter().filter(|after| one.unit(&after.key).is_none());
    found.ouvrent = new.map(|after| change(after, None, Some(after))).collect();
    found
}

fn is_same(old: &str, new: &str, pairs: &Pairing) -> bool {
    pairs.get(new).is_some_and(|paired| paired == old)
}

fn change(unit: &Served, before: Option<&Served>, after: Option<&Served>) -> Change {
    let post = |served: Option<&Served>| served.and_then(|served| served.post.clone());
    Change {
        uai: unit.key.0.clone(),
        nom: unit.name.clone(),
        commune: unit.facts.commune.clone(),
        avant: post(before),
        apres: post(after),
    }
}
