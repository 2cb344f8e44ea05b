//! What the map shows: every unit with its place on the ground.

use geo::Coord;

use crate::domain::Modality;
use crate::export::view::View;

use super::projection::kilometres;

/// A unit, or an ecole of a network.
pub struct Site {
    /// Kilometres east and south of the middle.
    pub at: Coord,
    /// Modality.
    pub modality: Modality,
    /// Sector: index of the post in the plan; `None` without post or with a team.
    pub sector: Option<usize>,
    /// Indices of the posts based here.
    pub based: Vec<usize>,
    /// Small: an ecole of a network.
    pub minor: bool,
    /// Name of the establishment.
    pub name: String,
    /// Commune.
    pub commune: String,
    /// Bassin.
    pub bassin: String,
}

/// Every row of the plan that has a place, in order; the first part of a unit stands for all.
pub fn sites(view: &View) -> Vec<Site> {
    let located = || view.served().filter(|served| is_located(served.establishment));
    let count = located().count().max(1) as f64;
    let middle = (
        located().map(|served| served.establishment.latitude).sum::<f64>() / count,
        located().map(|served| served.establishment.longitude).sum::<f64>() / count,
    );
    let post_index = |id: &str| view.plan.postes.iter().position(|week| week.poste == id);
    let based = |uai: &str| {
        let posts = view.plan.postes.iter().enumerate();
        posts
            .filter(|(_, week)| week.residence.as_deref() == Some(uai))
            .map(|(index, _)| index)
            .collect()
    };
    located()
        .filter(|served| served.assignment.partie.is_none_or(|part| part == 1))
        .map(|served| Site {
            at: kilometres(served.establishment.latitude, served.establishment.longitude, middle),
            modality: served.modality(),
            sector: served.assignment.poste.as_deref().and_then(post_index),
            based: based(&served.establishment.uai),
            minor: served.is_network_member(),
            name: served.establishment.name.clone(),
            commune: served.establishment.commune.clone(),
            bassin: served.establishment.bassin.clone(),
        })
        .collect()
}

fn is_located(establishment: &crate::domain::Establishment) -> bool {
    establishment.latitude.is_finite() && establishment.longitude.is_finite()
}
