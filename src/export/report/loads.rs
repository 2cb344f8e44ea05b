//! Section 4: the week of every post, balance, and long roads explained.

use serde::Serialize;

use crate::domain::PostPlan;
use crate::export::view::{View, load_share};
use crate::policy::Bareme;
use crate::wording::label;
use crate::wording::sentence::{self, LONG_ROAD_SHARE};

/// All posts with sector time.
#[derive(Debug, Serialize)]
pub struct Loads {
    lignes: Vec<Line>,
    /// The longest bar, half-days a full-time post.
    porte_max: f64,
    porte_moyen: f64,
    frais: f64,
    frais_note: String,
    trajets_note: String,
    routes: Vec<String>,
    hors_service: Vec<String>,
}

/// A post.
#[derive(Debug, Serialize)]
struct Line {
    poste: String,
    agent: String,
    residence: String,
    quotite: f64,
    etablissements: u32,
    capacite: i64,
    service: i64,
    trajet: i64,
    part_charge: f64,
    part_route: f64,
    route_longue: bool,
    km: f64,
    frais: f64,
    /// Need carried by a full-time post, half-days.
    porte: f64,
    eleves: u32,
}

/// The section.
pub fn loads(view: &View, bareme: &Bareme) -> Loads {
    let at_work = || view.plan.postes.iter().filter(|week| week.capacite_minutes > 0);
    let lines: Vec<Line> = at_work().map(|week| line(view, week)).collect();
    let full_time: f64 = at_work().map(|week| week.quotite).sum();
    let carried: f64 = at_work().map(|week| week.besoin_porte).sum();
    Loads {
        porte_max: lines.iter().map(|line| line.porte).fold(1.0, f64::max),
        porte_moyen: if full_time > 0.0 { carried / full_time } else { 0.0 },
        frais: view.plan.indicateurs.frais_km_euros_an,
        frais_note: mileage_note(view, bareme),
        trajets_note: sentence::trips_note(&view.plan.indicateurs.trajets),
        routes: at_work()
            .filter(|week| week.part_trajet > LONG_ROAD_SHARE)
            .map(|week| long_road(view, week))
            .collect(),
        hors_service: view
            .plan
            .postes
            .iter()
            .filter(|week| week.capacite_minutes == 0)
            .map(|week| week.poste.clone())
            .collect(),
        lignes: lines,
    }
}

fn line(view: &View, week: &PostPlan) -> Line {
    let home = view.residence(&week.poste);
    Line {
        poste: week.poste.clone(),
        agent: view.agent(&week.poste).to_owned(),
        residence: home.map_or_else(String::new, |home| {
            format!("{}, {}", label::short_name(&home.name), home.commune)
        }),
        quotite: week.quotite,
        etablissements: week.nombre_etablissements,
        capacite: week.capacite_minutes,
        service: week.charge_minutes - week.trajet_minutes,
        trajet: week.trajet_minutes,
        part_charge: load_share(week),
        part_route: week.part_trajet,
        route_longue: week.part_trajet > LONG_ROAD_SHARE,
        km: week.km_semaine,
        frais: week.frais_km_euros_an,
        porte: if week.quotite > 0.0 { week.besoin_porte / week.quotite } else { 0.0 },
        eleves: week.eleves_portes,
    }
}

/// What takes a post far: its longest weekly trips.
fn long_road(view: &View, week: &PostPlan) -> String {
    const NAMED: usize = 3;
    let mut trips: Vec<(f64, f64, String)> = view
        .sector(&week.poste)
        .filter(|served| served.assignment.minutes_trajet > 0.0)
        .map(|served| {
            let one_way = served.assignment.minutes_aller.unwrap_or(0.0);
            let place = format!("{} ({})", served.name(), served.establishment.commune);
            (served.assignment.minutes_trajet, one_way, place)
        })
        .collect();
    trips.sort_by(|a, b| b.0.total_cmp(&a.0));
    let named: Vec<String> = trips
        .iter()
        .take(NAMED)
        .map(|(weekly, one_way, place)| sentence::trip(place, *one_way, *weekly))
        .collect();
    sentence::long_road(&week.poste, week.part_trajet, week.trajet_minutes as f64, &named)
}

fn mileage_note(view: &View, bareme: &Bareme) -> String {
    let scale = &bareme.frais_kilometriques;
    let travels = |week: &&PostPlan| week.km_semaine > 0.0;
    let unknown = view
        .plan
        .postes
        .iter()
        .filter(travels)
        .filter(|week| view.post(&week.poste).is_some_and(|post| post.home_commune.is_none()));
    sentence::mileage(scale.weeks_per_year, &scale.text, &scale.in_force, unknown.count())
}
