//! The routes of the page, a file a group; each handler translates and leaves the work to the
//! session.

mod documents;
mod dossiers;
mod edits;
mod explain;
mod files;
mod outline;
mod plan;
mod search;
mod settings;
mod state;
mod studies;
mod tables;
mod variants;
mod watch;

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::get;
use tower_http::timeout::RequestBodyDeadlineLayer;

use super::http::assets::asset;
use super::http::body::MAX_REQUEST;
use super::http::limits::Limits;
use super::http::refusal::Refusal;
use super::session::{Fault, Session};

/// What every handler gets.
type Shared = axum::extract::State<Arc<Session>>;

/// All routes, below the secret.
pub fn router(session: &Arc<Session>, limits: &Limits) -> Router {
    Router::new()
        .merge(state::routes())
        .merge(dossiers::routes())
        .merge(files::routes())
        .merge(tables::routes())
        .merge(search::routes())
        .merge(edits::routes())
        .merge(settings::routes())
        .merge(explain::routes())
        .merge(studies::routes())
        .merge(variants::routes())
        .merge(outline::routes())
        .merge(documents::routes())
        .merge(watch::routes(limits.streams))
        .merge(plan::routes())
        .fallback(get(asset))
        .layer(DefaultBodyLimit::max(MAX_REQUEST))
        .layer(RequestBodyDeadlineLayer::new(limits.body))
        .with_state(Arc::clone(session))
}

/// Does what may take time on a thread that may wait.
async fn aside<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Fault> + Send + 'static,
) -> Result<T, Refusal> {
    match tokio::task::spawn_blocking(work).await {
        Ok(result) => Ok(result?),
        Err(_) => {
            Err(Fault::broken(&"Cette demande s'est arrêtée sur un défaut du programme.").into())
        }
    }
}
