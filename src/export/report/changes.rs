//! Section 6: what changes from today's sectors.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::domain::CurrentService;
use crate::export::view::{Served, View};
use crate::wording::{label, sentence};

use super::annex::{Entry, entry};

/// Changes by establishment and by post.
#[derive(Debug, Serialize)]
pub struct Changes {
    phrase: String,
    connus: bool,
    lignes: Vec<Line>,
    postes: Vec<Balance>,
}

#[derive(Debug, Serialize)]
struct Line {
    avant: String,
    apres: Entry,
    /// "assistant·e", "modalité" or both.
    nature: String,
}

/// What a post keeps, takes and leaves.
#[derive(Debug, Default, Serialize)]
struct Balance {
    poste: String,
    garde: u32,
    prend: u32,
    quitte: u32,
}

/// The section; empty where the dossier does not hold today's sectors.
pub fn changes(view: &View) -> Changes {
    let known = !view.dossier.current.is_empty();
    Changes {
        phrase: if known {
            sentence::changes(view.plan.indicateurs.changements, view.dossier.current.len())
        } else {
            sentence::NO_CURRENT_SECTORS.to_owned()
        },
        connus: known,
        lignes: view.units().filter_map(|served| line(view, &served)).collect(),
        postes: if known { balances(view) } else { Vec::new() },
    }
}

fn line(view: &View, served: &Served) -> Option<Line> {
    let today = view.today(&served.establishment.uai)?;
    let modality = today.modality.is_some_and(|modality| modality != served.modality());
    let nature = match (served.assignment.change, modality) {
        (false, false) => return None,
        (true, false) => "assistant·e",
        (false, true) => "modalité",
        (true, true) => "assistant·e et modalité",
    };
    Some(Line { avant: before(today), apres: entry(view, served), nature: nature.to_owned() })
}

fn before(today: &CurrentService) -> String {
    let post = today.post.as_deref().unwrap_or("sans poste");
    let modality = today.modality.map(label::modality);
    let presence =
        today.presence.map(label::short_presence).filter(|presence| !presence.is_empty());
    let parts = [Some(post.to_owned()), modality.map(str::to_owned), presence];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// Of the posts that take or leave an establishment.
fn balances(view: &View) -> Vec<Balance> {
    let mut posts: BTreeMap<&str, Balance> = BTreeMap::new();
    for served in view.units() {
        let today = view.today(&served.establishment.uai).and_then(|today| today.post.as_deref());
        let planned = served.assignment.poste.as_deref();
        if served.assignment.change {
            let old = today.map(|post| &mut posts.entry(post).or_default().quitte);
            old.into_iter().for_each(|count| *count += 1);
            let new = planned.map(|post| &mut posts.entry(post).or_default().prend);
            new.into_iter().for_each(|count| *count += 1);
        } else if let Some(post) = planned {
            let balance = posts.entry(post).or_default();
            if today == Some(post) { balance.garde += 1 } else { balance.prend += 1 }
        }
    }
    let moved = posts.into_iter().filter(|(_, balance)| balance.prend + balance.quitte > 0);
    moved.map(|(post, balance)| Balance { poste: post.to_owned(), ..balance }).collect()
}
