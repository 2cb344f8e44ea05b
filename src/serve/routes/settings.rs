//! `reglages`: values of the bareme that people discuss.

use std::sync::Arc;

use axum::extract::State;
use axum::routing::get;
use axum::{Json, Router};

use super::{Shared, aside};
use crate::serve::http::refusal::Refusal;
use crate::serve::session::{Session, Setting};

/// Routes of this group.
pub fn routes() -> Router<Arc<Session>> {
    Router::new().route("/reglages", get(list))
}

async fn list(State(session): Shared) -> Result<Json<Vec<Setting>>, Refusal> {
    Ok(Json(aside(move || session.settings()).await?))
}
