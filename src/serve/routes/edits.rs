//! `modifier`, `essayer`: edits of the open dossier.

use std::sync::Arc;

use axum::extract::State;
use axum::routing::post;
use axum::{Json, Router};
use serde::Deserialize;

use super::{Shared, aside};
use crate::scenario::Edit;
use crate::serve::http::body::Body;
use crate::serve::http::refusal::Refusal;
use crate::serve::session::{Effect, Session, Wish};

/// Routes of this group.
pub fn routes() -> Router<Arc<Session>> {
    Router::new().route("/modifier", post(keep)).route("/essayer", post(try_out))
}

#[derive(Deserialize)]
struct Demand {
    modifications: Vec<Edit>,
    #[serde(default)]
    limite_s: Option<f64>,
    #[serde(default)]
    ecart: Option<f64>,
}

async fn keep(state: Shared, demand: Body<Demand>) -> Result<Json<Effect>, Refusal> {
    edit(state, demand, true).await
}

async fn try_out(state: Shared, demand: Body<Demand>) -> Result<Json<Effect>, Refusal> {
    edit(state, demand, false).await
}

async fn edit(
    State(session): Shared,
    Body(demand): Body<Demand>,
    keep: bool,
) -> Result<Json<Effect>, Refusal> {
    let wish = Wish { limite_s: demand.limite_s, ecart: demand.ecart };
    let effect = aside(move || session.edit(&demand.modifications, wish, keep));
    Ok(Json(effect.await?))
}
