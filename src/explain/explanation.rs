//! One establishment explained, or all of them.

use rayon::prelude::*;
use serde::Serialize;

use crate::domain::{EstablishmentKind, Modality};
use crate::policy::{Server, UnitId};
use crate::solve::terminator::Terminator;
use crate::solve::what_if::{Care, Known};

use super::facts::{self, Adviser, Balance, Change, Need, Points, Week};
use super::more::{More, more};
use super::prices::{Counter, ModalityPrice, PostPrice};
use super::{effects, names, unit_words};

/// Why an establishment is served as it is.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Explanation {
    /// UAI, or code of a network.
    pub uai: String,
    /// Part served, where the unit is served in parts.
    pub partie: Option<u8>,
    /// Name.
    pub nom: String,
    /// Commune, that of the first ecole for a network.
    pub commune: String,
    /// Type, the word of the files.
    #[serde(rename = "type", serialize_with = "kind_code")]
    pub kind: EstablishmentKind,
    /// Modality of the plan.
    pub modalite: Modality,
    /// Half-days a week of permanence.
    pub demi_journees: f64,
    /// Who serves.
    pub poste: Option<String>,
    /// Share of its need that counts as met, 0 to 1.
    pub part_couverte: f64,
    /// The whole in one sentence.
    pub resume: String,
    /// How the need was counted.
    pub besoin: Need,
    /// How the points were.
    pub points: Points,
    /// The week of the post.
    pub semaine: Option<Week>,
    /// Equity of the post.
    pub equite: Option<Balance>,
    /// Today's post.
    pub changement: Option<Change>,
    /// Places of reference in the bassin.
    pub conseiller: Option<Adviser>,
    /// The price of the other ways to be served.
    pub modalites: Vec<ModalityPrice>,
    /// The price of the nearest other posts.
    pub postes: Vec<PostPrice>,
    /// What would give it more; nothing where its need is met.
    pub davantage: Option<More>,
    /// The same in sentences.
    pub sections: Vec<Section>,
}

/// Sentences on one question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Section {
    /// The question.
    pub titre: String,
    /// The answer.
    pub phrases: Vec<String>,
}

fn kind_code<S: serde::Serializer>(
    kind: &EstablishmentKind,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(kind.code())
}

/// Explains one unit.
#[must_use]
pub fn explain(
    known: &Known<'_>,
    unit: UnitId,
    care: Care,
    terminator: &dyn Terminator,
) -> Explanation {
    let (problem, plan) = (known.problem(), known.solution());
    let counter = Counter { known, unit, ways: known.ways(unit), care, terminator };
    let (what, option) = (&problem.units[unit], plan.option(problem, unit));
    let server = plan.services[unit].server;
    let post = match server {
        Server::Post(post) => Some(post),
        Server::Team(_) | Server::Nobody => None,
    };
    let prices = counter.modalities();
    let full = what.points * what.need_centi as f64;
    let mut told = Explanation {
        uai: what.code.clone(),
        partie: what.part.map(|(part, _)| part),
        nom: what.name.clone(),
        commune: problem.dossier.establishments[what.rows[0]].commune.clone(),
        kind: what.kind,
        modalite: option.modality,
        demi_journees: option.presence.half_days(),
        poste: effects::server(problem, server),
        part_couverte: if full > 0.0 { option.value as f64 / full } else { 0.0 },
        resume: String::new(),
        besoin: facts::need(problem, unit),
        points: facts::points(problem, unit),
        semaine: post.and_then(|post| facts::week(problem, plan, unit, post)),
        equite: post.and_then(|post| facts::balance(problem, plan, post)),
        changement: facts::change(problem, plan, unit),
        conseiller: facts::adviser(problem, plan, unit),
        davantage: more(problem, plan, unit, &prices),
        modalites: prices,
        postes: counter.posts(),
        sections: Vec::new(),
    };
    told.sections = unit_words::sections(problem, unit, &told);
    told.resume = unit_words::summary(&names::unit(problem, unit), &told);
    told
}

/// Explains several units in parallel, in their order.
#[must_use]
pub fn explain_all(
    known: &Known<'_>,
    units: &[UnitId],
    care: Care,
    terminator: &dyn Terminator,
) -> Vec<Explanation> {
    units.par_iter().map(|unit| explain(known, *unit, care, terminator)).collect()
}
