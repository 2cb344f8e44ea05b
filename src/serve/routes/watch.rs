//! `suivi`: the stream of events (server-sent events, WHATWG HTML, section 9.2).

use std::convert::Infallible;
use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::sse::{self, KeepAlive, Sse};
use axum::routing::get;
use axum::{Extension, Router};
use tokio::sync::Semaphore;
use tokio_stream::wrappers::BroadcastStream;
use tokio_stream::{Stream, StreamExt};

use super::Shared;
use crate::serve::http::refusal::Refusal;
use crate::serve::session::{Event, Session};

/// Routes of this group; so many streams at once.
pub fn routes(streams: usize) -> Router<Arc<Session>> {
    let places = Extension(Arc::new(Semaphore::new(streams)));
    Router::new().route("/suivi", get(watch).layer(places))
}

/// A page that reads too slowly misses events, never the last ones.
async fn watch(
    State(session): Shared,
    Extension(places): Extension<Arc<Semaphore>>,
) -> Result<Sse<impl Stream<Item = Result<sse::Event, Infallible>>>, Refusal> {
    let place = places.try_acquire_owned().map_err(|_| too_many())?;
    let events = BroadcastStream::new(session.events())
        .filter_map(Result::ok)
        .take_while(|event| !matches!(event, Event::Farewell {}))
        .map(move |event| {
            // The place is free again when the stream is dropped.
            let _ = &place;
            let message = sse::Event::default().event(event.name());
            Ok(message.json_data(&event).expect("an event is plain data"))
        });
    Ok(Sse::new(events).keep_alive(KeepAlive::default()))
}

fn too_many() -> Refusal {
    Refusal::new(
        StatusCode::SERVICE_UNAVAILABLE,
        "Trop de fenêtres suivent déjà les calculs.",
        "Fermez-en, puis rechargez celle-ci.",
    )
}
