//! `plan`: everything that the map and the tables of the page draw.

use std::sync::Arc;

use axum::extract::State;
use axum::routing::get;
use axum::{Json, Router};
use serde::Serialize;
use serde_json::Value;

use super::{Shared, aside};
use crate::domain::{CurrentService, Dossier, Establishment, Plan, Post};
use crate::policy::Unit;
use crate::run::Ready;
use crate::serve::http::refusal::Refusal;
use crate::serve::session::{Fault, Session, Snapshot};

/// Routes of this group.
pub fn routes() -> Router<Arc<Session>> {
    Router::new().route("/plan", get(plan))
}

/// The units and posts of the open dossier, with its plan if one was found.
#[derive(Serialize)]
struct View<'a> {
    plan: Option<&'a Plan>,
    unites: Vec<UnitView<'a>>,
    postes: Vec<PostView<'a>>,
    actuel: Vec<CurrentView<'a>>,
}

#[derive(Serialize)]
struct UnitView<'a> {
    /// UAI, or the code of a network.
    uai: &'a str,
    nom: &'a str,
    #[serde(rename = "type")]
    kind: &'static str,
    commune: &'a str,
    latitude: f64,
    longitude: f64,
    effectif: u32,
    effectif_connu: bool,
    categories: Vec<&'static str>,
    ips: Option<f64>,
    bassin: &'a str,
    groupe: Option<&'a str>,
    dote: bool,
    /// Half-days a week, all parts together.
    besoin: f64,
    points: f64,
    /// UAI of the ecoles of a network.
    membres: Vec<&'a str>,
    parties: u8,
}

#[derive(Serialize)]
struct PostView<'a> {
    poste: &'a str,
    agent: Option<&'a str>,
    quotite: f64,
    residence: Option<&'a str>,
    /// Residence by the plan, for a post that it places.
    residence_plan: Option<&'a str>,
    bassin: Option<&'a str>,
    champ: String,
    vacant: bool,
    en_service: bool,
    decharge_demi_journees: f64,
    /// Name of the establishment of the residence.
    secteur_nom: Option<&'a str>,
}

#[derive(Serialize)]
struct CurrentView<'a> {
    uai: &'a str,
    poste: Option<&'a str>,
    modalite: Option<&'static str>,
    demi_journees: Option<f64>,
}

async fn plan(State(session): Shared) -> Result<Json<Value>, Refusal> {
    let view = aside(move || {
        let snapshot = session.snapshot()?;
        view(&snapshot)
    });
    Ok(Json(view.await?))
}

fn view(snapshot: &Snapshot) -> Result<Value, Fault> {
    let ready = snapshot.ready()?;
    let plan = snapshot.plan().ok().map(|solved| &solved.plan);
    let dossier = &ready.problem.dossier;
    let view = View {
        plan,
        unites: units(ready),
        postes: posts(ready, plan),
        actuel: dossier.current.iter().map(current).collect(),
    };
    serde_json::to_value(view).map_err(|error| Fault::broken(&error))
}

fn units(ready: &Ready) -> Vec<UnitView<'_>> {
    let problem = &ready.problem;
    let firsts = problem.units.iter_enumerated().filter(|(_, unit)| unit.is_first_part());
    firsts
        .map(|(id, unit)| {
            let need: i64 = problem.parts_of(id).map(|part| problem.units[part].need_centi).sum();
            unit_view(&problem.dossier, unit, need as f64 / 100.0)
        })
        .collect()
}

fn unit_view<'a>(dossier: &'a Dossier, unit: &'a Unit, besoin: f64) -> UnitView<'a> {
    let rows: Vec<&Establishment> =
        unit.rows.iter().map(|row| &dossier.establishments[*row]).collect();
    let first = rows[0];
    let alone = first.uai == unit.code;
    UnitView {
        uai: &unit.code,
        nom: &unit.name,
        kind: unit.kind.code(),
        commune: &first.commune,
        latitude: unit.latitude,
        longitude: unit.longitude,
        effectif: rows.iter().map(|row| row.effective_pupils()).sum(),
        effectif_connu: rows.iter().all(|row| row.pupils.is_some() || row.forecast.is_some()),
        categories: unit.categories.iter().map(|category| category.code()).collect(),
        ips: first.ips.filter(|_| alone),
        bassin: &unit.bassin,
        groupe: first.group.as_deref(),
        dote: unit.on_priority_list,
        besoin,
        points: unit.points,
        membres: if alone { Vec::new() } else { rows.iter().map(|row| row.uai.as_str()).collect() },
        parties: unit.part.map_or(1, |(_, parts)| parts),
    }
}

fn posts<'a>(ready: &'a Ready, plan: Option<&'a Plan>) -> Vec<PostView<'a>> {
    let problem = &ready.problem;
    problem
        .dossier
        .posts
        .iter()
        .zip(&problem.posts)
        .map(|(post, known)| post_view(&problem.dossier, post, known.in_service, plan))
        .collect()
}

fn post_view<'a>(
    dossier: &'a Dossier,
    post: &'a Post,
    en_service: bool,
    plan: Option<&'a Plan>,
) -> PostView<'a> {
    let week = plan.and_then(|plan| plan.postes.iter().find(|week| week.poste == post.id));
    let placed = week.and_then(|week| week.residence.as_deref());
    let seat = post.residence.as_deref().or(placed);
    let home = seat.and_then(|uai| dossier.establishments.iter().find(|row| row.uai == uai));
    PostView {
        poste: &post.id,
        agent: post.agent.as_deref(),
        quotite: f64::from(post.quotite_percent) / 100.0,
        residence: post.residence.as_deref(),
        residence_plan: placed,
        bassin: post.bassin.as_deref(),
        champ: post.field.to_string(),
        vacant: post.vacant,
        en_service,
        decharge_demi_journees: f64::from(post.discharge_centi) / 100.0,
        secteur_nom: home.map(|home| home.name.as_str()),
    }
}

fn current(service: &CurrentService) -> CurrentView<'_> {
    CurrentView {
        uai: &service.uai,
        poste: service.post.as_deref(),
        modalite: service.modality.map(|modality| modality.code()),
        demi_journees: service.presence.map(|presence| presence.half_days()),
    }
}
