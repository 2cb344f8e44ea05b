//! The listening socket: connections counted, slow ones cut, all of them closed at the end.

use std::convert::Infallible;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::header::LOCATION;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tower::ServiceExt;

use super::gate::{Gate, Verdict};
use super::headers;
use super::secret::Secret;
use crate::serve::routes;
use crate::serve::session::Session;
use crate::serve::workspace::Workspace;

/// Port asked for when the user names none; another is taken when it is in use.
const USUAL_PORT: u16 = 8631;
/// Connections served at once; a browser opens about six.
const MAX_CONNECTIONS: usize = 64;
/// Time that a client has to send the head of a request, and to send the next one.
const HEAD_TIMEOUT: Duration = Duration::from_secs(15);
/// Time that open answers have to end once the server is told to stop.
const FAREWELL: Duration = Duration::from_secs(2);

/// Why the server cannot start; the text is for the user.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The port that the user named is taken.
    #[error(
        "le port {0} est déjà pris ; choisissez-en un autre avec --port, ou laissez le programme choisir"
    )]
    PortTaken(u16),
    /// No port at all.
    #[error("impossible d'écouter sur 127.0.0.1 : {0}")]
    Listen(#[source] io::Error),
    /// No secret.
    #[error("le système ne donne pas de nombre au hasard : {0}")]
    Random(getrandom::Error),
    /// No thread pool.
    #[error("les fils de calcul ne démarrent pas : {0}")]
    Threads(#[from] rayon::ThreadPoolBuildError),
}

/// A server that listens, not yet answering.
pub struct Server {
    listener: TcpListener,
    gate: Gate,
    session: Arc<Session>,
    port_was_taken: bool,
}

impl Server {
    /// Listens on 127.0.0.1, on the port asked for or on one that is free.
    ///
    /// # Errors
    /// [`ServeError`].
    pub async fn bind(port: Option<u16>, workspace: Workspace) -> Result<Self, ServeError> {
        let (listener, port_was_taken) = listen(port).await?;
        let port = listener.local_addr().map_err(ServeError::Listen)?.port();
        let secret = Secret::draw().map_err(ServeError::Random)?;
        let session = Arc::new(Session::new(workspace)?);
        Ok(Self { listener, gate: Gate::new(secret, port), session, port_was_taken })
    }

    /// The address of the page, secret included.
    #[must_use]
    pub fn address(&self) -> String {
        self.gate.address()
    }

    /// Whether the usual port was in use, most likely by another page of this program.
    #[must_use]
    pub fn port_was_taken(&self) -> bool {
        self.port_was_taken
    }

    /// Opens a dossier of the workspace before the first visit.
    ///
    /// # Errors
    /// A sentence for the user.
    pub fn open(&self, name: &str) -> Result<(), String> {
        self.session.open(name).map_err(|fault| fault.to_string())
    }

    /// Answers until `stop` ends; then stops the computation and closes every connection.
    pub async fn run(self, stop: impl Future<Output = ()>) {
        let door = Arc::new(Door { gate: self.gate, router: routes::router(&self.session) });
        let (closing, closed) = watch::channel(());
        let places = Arc::new(Semaphore::new(MAX_CONNECTIONS));
        tokio::pin!(stop);
        loop {
            let place = Arc::clone(&places).acquire_owned();
            let accepted = async {
                let place = place.await.expect("the semaphore is never closed");
                (self.listener.accept().await, place)
            };
            let (accepted, place) = tokio::select! {
                () = &mut stop => break,
                accepted = accepted => accepted,
            };
            let Ok((stream, _)) = accepted else {
                // Out of descriptors, or the client has left already: neither ends the server.
                tokio::time::sleep(Duration::from_millis(20)).await;
                continue;
            };
            let (door, closed) = (Arc::clone(&door), closed.clone());
            tokio::spawn(async move {
                serve(stream, &door, closed).await;
                drop(place);
            });
        }
        drop(closed);
        self.session.close();
        let _ = closing.send(());
        let _ = tokio::time::timeout(FAREWELL, closing.closed()).await;
    }
}

/// A port that the user named must be free; the usual one gives way to any other.
async fn listen(port: Option<u16>) -> Result<(TcpListener, bool), ServeError> {
    let bind = |port| TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port)));
    let taken = |error: &io::Error| error.kind() == io::ErrorKind::AddrInUse;
    match (bind(port.unwrap_or(USUAL_PORT)).await, port) {
        (Ok(listener), _) => Ok((listener, false)),
        (Err(error), Some(port)) if taken(&error) => Err(ServeError::PortTaken(port)),
        (Err(error), Some(_)) => Err(ServeError::Listen(error)),
        (Err(_), None) => Ok((bind(0).await.map_err(ServeError::Listen)?, true)),
    }
}

struct Door {
    gate: Gate,
    router: Router,
}

/// Serves one connection until it ends, is too slow, or the server stops.
async fn serve(stream: TcpStream, door: &Arc<Door>, mut closed: watch::Receiver<()>) {
    let service = service_fn(|request| {
        let door = Arc::clone(door);
        async move { Ok::<_, Infallible>(answer(&door, request).await) }
    });
    let connection = hyper::server::conn::http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIMEOUT)
        .serve_connection(TokioIo::new(stream), service);
    tokio::pin!(connection);
    tokio::select! {
        _ = connection.as_mut() => return,
        _ = closed.changed() => {}
    }
    connection.as_mut().graceful_shutdown();
    let _ = connection.await;
}

async fn answer(door: &Door, request: hyper::Request<Incoming>) -> Response {
    let with_ign = headers::asks_for_ign(request.uri().query());
    let (mut parts, body) = request.into_parts();
    let mut response = match door.gate.judge(&parts.method, &parts.uri, &parts.headers) {
        Verdict::Admitted(uri) => {
            parts.uri = uri;
            let request = hyper::Request::from_parts(parts, Body::new(body));
            match door.router.clone().oneshot(request).await {
                Ok(response) => response,
                Err(never) => match never {},
            }
        }
        Verdict::Slash(path) => match HeaderValue::try_from(path) {
            Ok(path) => (StatusCode::PERMANENT_REDIRECT, [(LOCATION, path)]).into_response(),
            Err(_) => StatusCode::NOT_FOUND.into_response(),
        },
        Verdict::Refused => StatusCode::NOT_FOUND.into_response(),
    };
    headers::secure(response.headers_mut(), with_ign);
    response
}
