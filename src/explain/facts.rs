//! The figures behind a service: need, points, the week of the post, equity, changes, advisers.

use serde::Serialize;

use crate::domain::{EstablishmentKind, HALF_DAY_MINUTES, Modality, TICK_MINUTES};
use crate::policy::bareme::EquityMeasure;
use crate::policy::need::ips_factor;
use crate::policy::scorecard::post_score;
use crate::policy::{PostId, Problem, Server, Solution, UnitId};
use crate::wording::label;

/// One term of a sum.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Item {
    /// What it is for, in French.
    pub motif: String,
    /// Half-days a week, or points.
    pub valeur: f64,
}

/// What every establishment has.
pub const BASE: &str = "base";

/// How the need was counted, half-days a week.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Need {
    /// Pupils that count.
    pub effectif: u32,
    /// Pupils for one half-day.
    pub eleves_par_demi_journee: f64,
    /// Weight of the type of establishment.
    pub poids: f64,
    /// Social position index, where published.
    pub ips: Option<f64>,
    /// What the index multiplies by.
    pub facteur_ips: f64,
    /// What categories add.
    pub ajouts: Vec<Item>,
    /// Number of parts that share the need.
    pub parties: u8,
    /// The need.
    pub total: f64,
}

/// How much a half-day of need met counts.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Points {
    /// Base and categories.
    pub termes: Vec<Item>,
    /// Their sum.
    pub total: f64,
}

/// The week of the post that serves.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Week {
    /// Post.
    pub poste: String,
    /// Agent, where named.
    pub agent: Option<String>,
    /// Name of the establishment where the post is based, with its article.
    pub residence: String,
    /// The establishment explained is the residence.
    pub sur_place: bool,
    /// One-way minutes.
    pub minutes_aller: f64,
    /// Time for the sector, half-days a week.
    pub capacite: f64,
    /// Time taken, half-days a week, travel included.
    pub charge: f64,
    /// Of which on the road, half-days a week.
    pub trajet: f64,
    /// Minutes left a week.
    pub reste_minutes: i64,
    /// Establishments of the sector.
    pub etablissements: u32,
    /// The most that the post may have.
    pub etablissements_max: u8,
}

/// Equity of the post that serves.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Balance {
    /// Half-days of need, or pupils.
    pub en_eleves: bool,
    /// What an even share would be.
    pub cible: f64,
    /// What the sector carries.
    pub porte: f64,
    /// Price paid for the distance, half-days of need at 1 point.
    pub penalite: f64,
}

/// Who served before.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Change {
    /// Today's post, if any.
    pub poste_actuel: Option<String>,
    /// The unit changes hands.
    pub change: bool,
}

/// Places of reference of the bassin.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Adviser {
    /// Bassin.
    pub bassin: String,
    /// Establishments that its advisers may supervise.
    pub places: i64,
    /// Establishments that they supervise in the plan.
    pub prises: i64,
}

/// The need of a unit.
#[must_use]
pub fn need(problem: &Problem, unit: UnitId) -> Need {
    let what = &problem.units[unit];
    let row = &problem.dossier.establishments[what.rows[0]];
    let rules = &problem.bareme.besoin;
    let first_degree = what.is_first_degree();
    let parts = what.part.map_or(1, |(_, parts)| parts);
    let added = what.categories.iter().map(|category| Item {
        motif: label::category(*category).to_owned(),
        valeur: rules.ajouts.of(*category),
    });
    Need {
        effectif: what.pupils * u32::from(parts),
        eleves_par_demi_journee: match what.kind {
            EstablishmentKind::Circonscription => rules.circonscription_eleves_par_demi_journee,
            EstablishmentKind::Ecole => rules.reseau_eleves_par_demi_journee,
            _ => rules.eleves_par_demi_journee,
        },
        poids: if first_degree { 1.0 } else { rules.poids.of(what.kind) },
        ips: row.ips.filter(|_| !first_degree),
        facteur_ips: if first_degree { 1.0 } else { ips_factor(row, &problem.bareme) },
        ajouts: added.filter(|item| !first_degree && item.valeur != 0.0).collect(),
        parties: parts,
        total: what.need_centi as f64 / 100.0,
    }
}

/// The points of a unit.
#[must_use]
pub fn points(problem: &Problem, unit: UnitId) -> Points {
    let what = &problem.units[unit];
    let rules = &problem.bareme.points;
    let base = Item { motif: BASE.to_owned(), valeur: rules.base };
    let earned = what.categories.iter().map(|category| Item {
        motif: label::category(*category).to_owned(),
        valeur: rules.categories.of(*category),
    });
    let list = Item { motif: "liste du recteur".to_owned(), valeur: rules.dote };
    let list = Some(list).filter(|_| what.on_priority_list);
    let terms = [base].into_iter().chain(earned).chain(list);
    Points { termes: terms.filter(|item| item.valeur != 0.0).collect(), total: what.points }
}

/// The week of a post.
#[must_use]
pub fn week(problem: &Problem, solution: &Solution, unit: UnitId, post: PostId) -> Option<Week> {
    let seat = solution.seats[post]?;
    let (who, score) = (&problem.posts[post], post_score(problem, solution, post));
    let half_days = |ticks: i64| (ticks * TICK_MINUTES) as f64 / HALF_DAY_MINUTES as f64;
    Some(Week {
        poste: who.id.clone(),
        agent: problem.dossier.posts[usize::from(post)].agent.clone(),
        residence: super::names::seat(problem, solution, post)?,
        sur_place: problem.units[seat].code == problem.units[unit].code,
        minutes_aller: problem.one_way_minutes(seat, problem.units[unit].place),
        capacite: half_days(who.capacity),
        charge: half_days(score.load),
        trajet: half_days(score.travel),
        reste_minutes: (who.capacity - score.load) * TICK_MINUTES,
        etablissements: score.count,
        etablissements_max: who.max_establishments,
    })
}

/// Equity of a post; nothing where the bareme does not price it.
#[must_use]
pub fn balance(problem: &Problem, solution: &Solution, post: PostId) -> Option<Balance> {
    let by_pupils = problem.bareme.equite.mesure == EquityMeasure::Eleves;
    let unit = if by_pupils { 10.0 } else { 0.1 };
    let score = post_score(problem, solution, post);
    (problem.bareme.equite.poids > 0).then(|| Balance {
        en_eleves: by_pupils,
        cible: f64::from(problem.posts[post].target) * unit,
        porte: f64::from(score.measure) * unit,
        penalite: score.penalty as f64 / 100.0,
    })
}

/// Whether a unit changes hands; nothing where today's sectors do not tell.
#[must_use]
pub fn change(problem: &Problem, solution: &Solution, unit: UnitId) -> Option<Change> {
    let today = problem.units[unit].current.as_ref()?;
    let now = match solution.services[unit].server {
        Server::Post(post) => Some(&problem.posts[post].id),
        Server::Team(_) | Server::Nobody => None,
    };
    Some(Change { poste_actuel: today.clone(), change: today.is_some() && today.as_ref() != now })
}

/// Places of reference of the unit's bassin.
#[must_use]
pub fn adviser(problem: &Problem, solution: &Solution, unit: UnitId) -> Option<Adviser> {
    let bassin = &problem.units[unit].bassin;
    let supervision = &problem.supervisions[problem.supervision_of(bassin)?];
    let taken = problem.units.iter_enumerated().filter(|(other, what)| {
        what.bassin == *bassin && solution.option(problem, *other).modality == Modality::Reference
    });
    let (prises, places) = (taken.count() as i64, supervision.capacity);
    Some(Adviser { bassin: bassin.clone(), places, prises })
}
