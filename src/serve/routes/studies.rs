//! `etudes`: what more means would buy, what each absence would cost.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};

use super::{Shared, aside};
use crate::export::FrontierDocument;
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

async fn document(State(session): Shared, Path(file): Path<String>) -> Result<Response, Refusal> {
    let (document, media_type) = match file.as_str() {
        "frontiere.svg" => (FrontierDocument::Chart, "image/svg+xml"),
        "frontiere.html" => (FrontierDocument::Page, "text/html; charset=utf-8"),
        "frontiere.csv" => (FrontierDocument::Table, "text/csv; charset=utf-8"),
        _ => {
            let cause = format!("Il n'y a pas de document « {file} ».");
            return Err(Fault::absent(cause, "Rechargez la page.").into());
        }
    };
    let bytes = aside(move || session.frontier_document(document)).await?;
    let kind = (CONTENT_TYPE, media_type);
    // The chart is an image of the page; the others are taken away.
    Ok(if document == FrontierDocument::Chart {
        ([kind], bytes).into_response()
    } else {
        let disposition = format!("attachment; filename=\"{file}\"");
        ([kind], [(CONTENT_DISPOSITION, disposition)], bytes).into_response()
    })
}
