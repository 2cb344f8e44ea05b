//! `expliquer`: why an establishment is served as it is.

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::routing::get;
use axum::{Json, Router};
use serde::Deserialize;

use super::{Shared, aside};
use crate::explain::Explanation;
use crate::serve::http::refusal::Refusal;
use crate::serve::session::Session;

/// Routes of this group.
pub fn routes() -> Router<Arc<Session>> {
    Router::new().route("/expliquer/{code}", get(explain))
}

#[derive(Deserialize)]
struct Manner {
    /// Takes longer, for narrower prices.
    #[serde(default)]
    precis: u8,
}

/// One explanation a part of the establishment.
async fn explain(
    State(session): Shared,
    Path(code): Path<String>,
    Query(manner): Query<Manner>,
) -> Result<Json<Vec<Explanation>>, Refusal> {
    Ok(Json(aside(move || session.explain(&code, manner.precis != 0)).await?))
}
