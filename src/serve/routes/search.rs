//! `resoudre`, `arreter`: the search for a plan.

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::post;

use super::{Shared, aside};
use crate::serve::http::body::Body;
use crate::serve::http::refusal::Refusal;
use crate::serve::session::{Session, Wish};

/// Routes of this group.
pub fn routes() -> Router<Arc<Session>> {
    Router::new().route("/resoudre", post(solve)).route("/arreter", post(stop))
}

async fn solve(State(session): Shared, Body(wish): Body<Wish>) -> Result<StatusCode, Refusal> {
    aside(move || session.solve(wish)).await?;
    Ok(StatusCode::ACCEPTED)
}

async fn stop(State(session): Shared) -> StatusCode {
    session.stop();
    StatusCode::NO_CONTENT
}
