//! Section 3: the sectorisation itself, by sector and by commune (R19).

use serde::Serialize;

use crate::domain::{Modality, PostPlan};
use crate::export::view::{Served, View};
use crate::wording::{label, number};

/// The annex of the letter to heads of establishments.
#[derive(Debug, Serialize)]
pub struct Annex {
    secteurs: Vec<Sector>,
    sans_poste: Vec<Entry>,
    communes: Vec<Entry>,
}

/// A post, or a pole team, and what it serves.
#[derive(Debug, Serialize)]
struct Sector {
    poste: String,
    agent: String,
    detail: String,
    residence: String,
    bassin: String,
    lignes: Vec<Entry>,
}

/// A unit as the annex lists it.
#[derive(Debug, Serialize)]
pub struct Entry {
    commune: String,
    nom: String,
    nom_court: String,
    genre: &'static str,
    categories: String,
    bassin: String,
    modalite: Modality,
    modalite_nom: &'static str,
    presence: String,
    presence_courte: String,
    poste: String,
    agent: String,
    residence: bool,
    partie: String,
}

/// Both lists.
pub fn annex(view: &View) -> Annex {
    let posts = view.plan.postes.iter().map(|week| sector(view, week));
    let teams = view.dossier.pole_teams.iter().map(|team| team_sector(view, &team.id));
    let mut communes: Vec<Entry> = view.units().map(|served| entry(view, &served)).collect();
    communes.sort_by(|a, b| (sort_key(&a.commune), &a.nom).cmp(&(sort_key(&b.commune), &b.nom)));
    Annex {
        secteurs: posts.chain(teams).filter(|sector| !sector.lignes.is_empty()).collect(),
        sans_poste: view
            .units()
            .filter(|served| served.assignment.poste.is_none())
            .map(|served| entry(view, &served))
            .collect(),
        communes,
    }
}

fn sector(view: &View, week: &PostPlan) -> Sector {
    let home = view.residence(&week.poste);
    let vacant = if week.vacant { " · vacant" } else { "" };
    let placed = if week.residence_placee { " · résidence proposée par le calcul" } else { "" };
    Sector {
        poste: week.poste.clone(),
        agent: view.agent(&week.poste).to_owned(),
        detail: format!("quotité {}{vacant}{placed}", number::percent(week.quotite, 0)),
        residence: home.map_or_else(String::new, |home| format!("{}, {}", home.name, home.commune)),
        bassin: home.map_or_else(String::new, |home| home.bassin.clone()),
        lignes: lines(view, &week.poste),
    }
}

fn team_sector(view: &View, team: &str) -> Sector {
    let members = view.dossier.pole_teams.iter().filter(|other| other.id == team);
    let posts: Vec<&str> = members.flat_map(|team| team.posts.iter().map(String::as_str)).collect();
    Sector {
        poste: format!("Pôle {team}"),
        agent: String::new(),
        detail: format!("équipe : {}", posts.join(", ")),
        residence: String::new(),
        bassin: String::new(),
        lignes: lines(view, &format!("POLE-{team}")),
    }
}

/// The residence first, then the order of the dossier.
fn lines(view: &View, post: &str) -> Vec<Entry> {
    let mut lines: Vec<Entry> = view.sector(post).map(|served| entry(view, &served)).collect();
    lines.sort_by_key(|line| !line.residence);
    lines
}

/// A unit as every list of the report names it.
pub fn entry(view: &View, served: &Served) -> Entry {
    let (assignment, establishment) = (served.assignment, served.establishment);
    let post = assignment.poste.as_deref().unwrap_or_default();
    let home = view.week(post).and_then(|week| week.residence.as_deref());
    let members = assignment.reseau.as_deref().map(|network| view.members(network).count());
    let name = match members {
        Some(count) => {
            format!("{} ({})", served.name(), number::count(count as u64, "école", "écoles"))
        }
        None => served.name(),
    };
    Entry {
        commune: establishment.commune.clone(),
        nom_court: label::short_name(&name),
        nom: name,
        genre: label::short_kind(establishment.kind),
        categories: known_categories(served),
        bassin: establishment.bassin.clone(),
        modalite: served.modality(),
        modalite_nom: label::modality(served.modality()),
        presence: label::presence(served.presence()),
        presence_courte: label::short_presence(served.presence()),
        poste: post.to_owned(),
        agent: view.agent(post).to_owned(),
        residence: home == Some(establishment.uai.as_str()),
        partie: assignment.partie.map_or_else(String::new, |part| format!("partie {part}")),
    }
}

/// Categories that hold; the type says it for a vocational lycee.
fn known_categories(served: &Served) -> String {
    let present = served.establishment.categories.present.iter();
    let told = present.filter(|category| category.code() != served.establishment.kind.code());
    told.map(|category| category.code()).collect::<Vec<_>>().join(", ")
}

/// Communes in the order of a French index: without case or accents.
fn sort_key(commune: &str) -> String {
    crate::import::fold(commune)
}
