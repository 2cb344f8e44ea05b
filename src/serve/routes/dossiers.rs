//! `dossiers`, `dossiers/ouvrir`, `demo`, `enregistrer`, `annuler`, `retablir`: what to work on.

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
        .route("/enregistrer", post(save))
        .route("/annuler", post(undo))
        .route("/retablir", post(redo))
}

#[derive(Deserialize)]
struct Chosen {
    chemin: String,
}

#[derive(Deserialize)]
struct Named {
    /// Title of the folder; where the dossier already is when absent.
    nom: Option<String>,
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

async fn save(State(session): Shared, Body(named): Body<Named>) -> Result<Json<Status>, Refusal> {
    let saved = aside(move || {
        session.save(named.nom.as_deref())?;
        Ok(session.status())
    });
    Ok(Json(saved.await?))
}

async fn undo(State(session): Shared) -> Result<Json<Status>, Refusal> {
    session.undo()?;
    Ok(Json(session.status()))
}

async fn redo(State(session): Shared) -> Result<Json<Status>, Refusal> {
    session.redo()?;
    Ok(Json(session.status()))
}
