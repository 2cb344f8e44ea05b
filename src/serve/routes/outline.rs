//! `contour`: the outline of the departement under the map.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, FromRequest, Request, State};
use axum::routing::get;
use axum::{Json, Router};

use super::{Shared, aside};
use crate::import::MAX_OUTLINE;
use crate::serve::http::body::{refuse_large, too_large};
use crate::serve::http::refusal::Refusal;
use crate::serve::session::{Ring, Session, Status};

/// Routes of this group.
pub fn routes() -> Router<Arc<Session>> {
    let outline = get(rings).put(bring);
    Router::new().route("/contour", outline.layer(DefaultBodyLimit::max(MAX_OUTLINE)))
}

async fn rings(State(session): Shared) -> Result<Json<Vec<Ring>>, Refusal> {
    Ok(Json(aside(move || session.outline()).await?))
}

/// A GeoJSON file as it stands.
async fn bring(State(session): Shared, request: Request) -> Result<Json<Status>, Refusal> {
    refuse_large(request.headers(), MAX_OUTLINE as u64)?;
    let bytes =
        Bytes::from_request(request, &()).await.map_err(|_| too_large(MAX_OUTLINE as u64))?;
    let brought = aside(move || {
        session.set_outline(bytes.to_vec())?;
        Ok(session.status())
    });
    Ok(Json(brought.await?))
}
