//! `etat`: what is open.

use std::sync::Arc;

use axum::extract::State;
use axum::routing::get;
use axum::{Json, Router};

use super::Shared;
use crate::serve::session::{Session, Status};

/// Routes of this group.
pub fn routes() -> Router<Arc<Session>> {
    Router::new().route("/etat", get(status))
}

async fn status(State(session): Shared) -> Json<Status> {
    Json(session.status())
}
