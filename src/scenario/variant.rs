//! A variant: a parent dossier and what changes in it, kept as `variante.toml` (R18).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::domain::{Dossier, Post};
use crate::wording::sentence::enumeration;

use super::edit::Edit;
use super::known::{self, named};

/// What stands above the values in the file.
const HEAD: &str = "\
# Cette variante est un dossier complet : toutes les commandes la lisent.
# Ce fichier garde ce qui la distingue du dossier dont elle vient.
";

/// The contents of `variante.toml`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Variant {
    /// Path of the parent dossier, as the user gave it.
    pub parent: String,
    /// Why, in free text.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub motif: String,
    /// SHA-256 of every file of the parent when the variant was made.
    pub empreintes: BTreeMap<String, String>,
    /// What changes, in order.
    pub modifications: Vec<Edit>,
}

impl Variant {
    /// The text of the file.
    ///
    /// # Panics
    /// Never: a variant is plain data.
    #[must_use]
    pub fn to_toml(&self) -> String {
        format!("{HEAD}{}", toml::to_string(self).expect("a variant is plain data"))
    }

    /// Reads the file.
    ///
    /// # Errors
    /// What TOML or serde say of it.
    pub fn from_toml(text: &str) -> Result<Self, toml::de::Error> {
        toml::from_str(text)
    }

    /// Files of the parent that are no longer those of the variant: changed, new or gone.
    #[must_use]
    pub fn outdated(&self, parent: &Dossier) -> Vec<String> {
        let files = self.empreintes.keys().chain(parent.digests.keys());
        let mut changed: Vec<String> = files
            .filter(|file| self.empreintes.get(*file) != parent.digests.get(*file))
            .cloned()
            .collect();
        changed.sort();
        changed.dedup();
        changed
    }
}

/// The posts that an edit of the means took or made smaller, in French; empty when none.
#[must_use]
pub fn leaving(before: &Dossier, after: &Dossier) -> String {
    let words = before.posts.iter().filter_map(|old| {
        match after.posts.iter().find(|post| post.id == old.id) {
            None => Some(format!("{} part", old.id)),
            Some(post) if post.quotite_percent < old.quotite_percent => {
                Some(format!("{} passe à {} %", old.id, post.quotite_percent))
            }
            Some(_) => None,
        }
    });
    enumeration(&words.collect::<Vec<_>>())
}

/// What the edits took with them without being asked to, in French; empty when nothing.
#[must_use]
pub fn fallout(before: &Dossier, after: &Dossier) -> Vec<String> {
    let mut sentences = Vec::new();
    for post in &after.posts {
        let old = before.posts.iter().find(|old| old.id == post.id);
        if let Some(closed) = old.and_then(|old| lost_residence(old, post, after)) {
            sentences.push(format!(
                "Le poste {} perd sa résidence, {} : le calcul le place.",
                post.id,
                named(before, closed)
            ));
        }
    }
    let gone = |row: Option<&str>, post: Option<&str>| {
        let closed = |uai| {
            let holds = |dossier: &Dossier| known::row(dossier, uai).is_ok();
            holds(before) && !holds(after)
        };
        let removed = |id: &str| after.posts.iter().all(|post| post.id != id);
        row.is_some_and(closed) || post.is_some_and(removed)
    };
    let decisions = before.decisions.iter();
    let decisions = decisions.filter(|row| gone(Some(&row.uai), row.post.as_deref())).count();
    let affinities = before.affinities.iter();
    let affinities = affinities.filter(|row| gone(Some(&row.uai), Some(&row.post))).count();
    sentences.extend(dropped("decisions.csv", decisions));
    sentences.extend(dropped("affinites.csv", affinities));
    sentences
}

fn dropped(file: &str, rows: usize) -> Option<String> {
    let words = match rows {
        0 => return None,
        1 => "1 ligne ne vaut plus, et disparaît".to_owned(),
        many => format!("{many} lignes ne valent plus, et disparaissent"),
    };
    Some(format!("{file} : {words}."))
}

/// The old residence, when it is no longer in the dossier.
fn lost_residence<'a>(old: &'a Post, new: &Post, after: &Dossier) -> Option<&'a str> {
    let residence = old.residence.as_deref().filter(|_| new.residence.is_none())?;
    let closed = after.establishments.iter().all(|row| row.uai != residence);
    closed.then_some(residence)
}
