//! `reglages`: values of the bareme that people discuss.

use std::sync::Arc;

use axum::extract::State;
use axum::routing::get;
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::Value;

use super::{Shared, aside};
use crate::serve::http::body::Body;
use crate::serve::http::refusal::Refusal;
use crate::serve::session::{Session, Setting};

/// Routes of this group.
pub fn routes() -> Router<Arc<Session>> {
    Router::new().route("/reglages", get(list).put(set))
}

#[derive(Deserialize)]
struct Change {
    cle: String,
    valeur: Value,
}

async fn list(State(session): Shared) -> Result<Json<Vec<Setting>>, Refusal> {
    Ok(Json(aside(move || session.settings()).await?))
}

async fn set(
    State(session): Shared,
    Body(change): Body<Change>,
) -> Result<Json<Vec<Setting>>, Refusal> {
    let changed = aside(move || {
        session.set(&change.cle, &change.valeur)?;
        session.settings()
    });
    Ok(Json(changed.await?))
}
