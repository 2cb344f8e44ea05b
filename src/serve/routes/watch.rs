//! `suivi`: the stream of events (server-sent events, WHATWG HTML, section 9.2).

use std::convert::Infallible;
use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::response::sse::{self, KeepAlive, Sse};
use axum::routing::get;
use tokio_stream::wrappers::BroadcastStream;
use tokio_stream::{Stream, StreamExt};

use super::Shared;
use crate::serve::session::Session;

/// Routes of this group.
pub fn routes() -> Router<Arc<Session>> {
    Router::new().route("/suivi", get(watch))
}

/// A page that reads too slowly misses events, never the last ones.
async fn watch(State(session): Shared) -> Sse<impl Stream<Item = Result<sse::Event, Infallible>>> {
    let events = BroadcastStream::new(session.events()).filter_map(Result::ok).map(|event| {
        let message = sse::Event::default().event(event.name());
        Ok(message.json_data(&event).expect("an event is plain data"))
    });
    Sse::new(events).keep_alive(KeepAlive::default())
}
