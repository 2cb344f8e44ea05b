//! `variantes`, `comparer`: named variants, and two plans side by side.

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::response::Response;
use axum::routing::{delete, get, post};
use axum::{Json, Router};
use serde::Deserialize;

use super::documents::taken;
use super::{Shared, aside};
use crate::scenario::compare::Comparison;
use crate::serve::http::body::Body;
use crate::serve::http::refusal::Refusal;
use crate::serve::session::{DocumentName, Fault, Session, Status};

/// Routes of this group.
pub fn routes() -> Router<Arc<Session>> {
    Router::new()
        .route("/variantes", post(keep))
        .route("/variantes/{id}", delete(forget))
        .route("/variantes/{id}/reprendre", post(resume))
        .route("/comparer", get(compare))
        .route("/comparer/comparaison.html", get(comparison))
}

#[derive(Deserialize)]
struct Named {
    nom: String,
}

#[derive(Deserialize)]
struct Two {
    a: String,
    b: String,
}

async fn keep(State(session): Shared, Body(named): Body<Named>) -> Result<Json<Status>, Refusal> {
    then_status(session, move |session| session.keep_variant(&named.nom)).await
}

async fn forget(State(session): Shared, Path(id): Path<String>) -> Result<Json<Status>, Refusal> {
    then_status(session, move |session| session.drop_variant(&id)).await
}

async fn resume(State(session): Shared, Path(id): Path<String>) -> Result<Json<Status>, Refusal> {
    then_status(session, move |session| session.resume_variant(&id)).await
}

async fn then_status(
    session: Arc<Session>,
    work: impl FnOnce(&Session) -> Result<(), Fault> + Send + 'static,
) -> Result<Json<Status>, Refusal> {
    Ok(Json(aside(move || work(&session).map(|()| session.status())).await?))
}

async fn compare(
    State(session): Shared,
    Query(two): Query<Two>,
) -> Result<Json<Comparison>, Refusal> {
    Ok(Json(aside(move || session.compare(&two.a, &two.b)).await?))
}

async fn comparison(State(session): Shared, Query(two): Query<Two>) -> Result<Response, Refusal> {
    let bytes = aside(move || session.comparison_document(&two.a, &two.b)).await?;
    Ok(taken(DocumentName::Comparison, bytes))
}
