//! `dossiers`, `dossiers/ouvrir`, `demo`: what to work on.

use std::sync::Arc;

use axum::extract::State;
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;

use super::{Shared, aside};
use crate::serve::http::body::Body;
use crate::serve::http::refusal::Refusal;
use crate::serve::session::{Session, Status};
use crate::serve::workspace::Entry;

/// Routes of this group.
pub fn routes() -> Router<Arc<Session>> {
    Router::new()
        .route("/dossiers", get(list))
        .route("/dossiers/ouvrir", post(open))
        .route("/demo", post(demo))
}

#[derive(Deserialize)]
struct Chosen {
    chemin: String,
}

async fn list(State(session): Shared) -> Result<Json<Vec<Entry>>, Refusal> {
    Ok(Json(aside(move || session.dossiers()).await?))
}

async fn open(State(session): Shared, Body(chosen): Body<Chosen>) -> Result<Json<Status>, Refusal> {
    let opened = aside(move || session.open(&chosen.chemin).map(|()| session.status()));
    Ok(Json(opened.await?))
}

async fn demo(State(session): Shared) -> Result<Json<Status>, Refusal> {
    Ok(Json(aside(move || session.open_demo().map(|()| session.status())).await?))
}
