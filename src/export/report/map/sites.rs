//! What the map shows: every unit with its place on the ground.

use geo::Coord;

use crate::domain::{Establishment, Modality};
use crate::export::view::{Served, View};

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

/// The middle of the places: latitude and longitude, degrees.
pub fn middle(view: &View) -> (f64, f64) {
    let count = located(view).count().max(1) as f64;
    let mean = |degrees: fn(&Establishment) -> f64| {
        located(view).map(|served| degrees(served.establishment)).sum::<f64>() / count
    };
    (mean(|it| it.latitude), mean(|it| it.longitude))
}

/// Every row of the plan that has a place, in order; the first part of a unit stands for all.
pub fn sites(view: &View, middle: (f64, f64)) -> Vec<Site> {
    let post_index = |id: &str| view.plan.postes.iter().position(|week| week.poste == id);
    let based = |uai: &str| {
        let posts = view.plan.postes.iter().enumerate();
        posts
            .filter(|(_, week)| week.residence.as_deref() == Some(uai))
            .map(|(index, _)| index)
            .collect()
    };
    located(view)
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

fn located<'a>(view: &'a View) -> impl Iterator<Item = Served<'a>> + use<'a> {
    view.served().filter(|served| {
        served.establishment.latitude.is_finite() && served.establishment.longitude.is_finite()
    })
}
