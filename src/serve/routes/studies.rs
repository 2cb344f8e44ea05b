//! `etudes`: what more means would buy, what each absence would cost.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};

use super::{Shared, aside};
use crate::export::{FragilityDocument, FrontierDocument};
use crate::serve::http::body::Body;
use crate::serve::http::refusal::Refusal;
use crate::serve::session::{Fault, FrontierWish, Session, StudiesView, Wish};

/// Routes of this group.
pub fn routes() -> Router<Arc<Session>> {
    Router::new()
        .route("/etudes", get(list))
        .route("/etudes/frontiere", post(frontier))
        .route("/etudes/fragilite", post(fragility))
        .route("/etudes/documents/{name}", get(document))
}

async fn list(State(session): Shared) -> Result<Json<StudiesView>, Refusal> {
    Ok(Json(aside(move || session.studies()).await?))
}

async fn frontier(
    State(session): Shared,
    Body(wish): Body<FrontierWish>,
) -> Result<StatusCode, Refusal> {
    aside(move || session.trace_frontier(wish)).await?;
    Ok(StatusCode::ACCEPTED)
}

async fn fragility(State(session): Shared, Body(wish): Body<Wish>) -> Result<StatusCode, Refusal> {
    aside(move || session.measure_fragility(wish)).await?;
    Ok(StatusCode::ACCEPTED)
}

/// A document of a study.
#[derive(Clone, Copy)]
enum Study {
    Frontier(FrontierDocument),
    Fragility(FragilityDocument),
}

fn named(file: &str) -> Option<(Study, &'static str)> {
    const PAGE: &str = "text/html; charset=utf-8";
    const TABLE: &str = "text/csv; charset=utf-8";
    Some(match file {
        "frontiere.svg" => (Study::Frontier(FrontierDocument::Chart), "image/svg+xml"),
        "frontiere.html" => (Study::Frontier(FrontierDocument::Page), PAGE),
        "frontiere.csv" => (Study::Frontier(FrontierDocument::Table), TABLE),
        "fragilite.html" => (Study::Fragility(FragilityDocument::Page), PAGE),
        "fragilite.csv" => (Study::Fragility(FragilityDocument::Table), TABLE),
        _ => return None,
    })
}

async fn document(State(session): Shared, Path(file): Path<String>) -> Result<Response, Refusal> {
    let (study, media_type) = named(&file).ok_or_else(|| {
        Fault::absent(format!("Il n'y a pas de document « {file} »."), "Rechargez la page.")
    })?;
    let bytes = aside(move || match study {
        Study::Frontier(document) => session.frontier_document(document),
        Study::Fragility(document) => session.fragility_document(document),
    });
    let bytes = bytes.await?;
    let kind = (CONTENT_TYPE, media_type);
    // The chart is an image of the page; the others are taken away.
    Ok(if matches!(study, Study::Frontier(FrontierDocument::Chart)) {
        ([kind], bytes).into_response()
    } else {
        let disposition = format!("attachment; filename=\"{file}\"");
        ([kind], [(CONTENT_DISPOSITION, disposition)], bytes).into_response()
    })
}
