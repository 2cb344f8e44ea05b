//! The listening socket: connections counted, slow ones cut, all of them closed at the end.

use std::convert::Infallible;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::header::{CONNECTION, LOCATION};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tower::ServiceExt;

use super::gate::{Gate, Verdict};
use super::headers;
use super::limits::Limits;
use super::places::{Places, Visitor};
use super::read_in_time::ReadInTime;
use super::secret::Secret;
use crate::serve::routes;
use crate::serve::session::Session;
use crate::serve::workspace::Workspace;

/// Port asked for when the user names none; another is taken when it is in use.
const USUAL_PORT: u16 = 8631;

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
    limits: Limits,
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
        let limits = Limits::default();
        Ok(Self { listener, gate: Gate::new(secret, port), session, limits, port_was_taken })
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
        let router = routes::router(&self.session, &self.limits);
        let places = Places::new(self.limits.connections);
        let door = Arc::new(Door { gate: self.gate, router, limits: self.limits });
        let (closing, closed) = watch::channel(());
        tokio::pin!(stop);
        loop {
            let accepted = tokio::select! {
                () = &mut stop => break,
                accepted = self.listener.accept() => accepted,
            };
            let Ok((stream, _)) = accepted else {
                // Out of descriptors, or the client has left already: neither ends the server.
                tokio::time::sleep(Duration::from_millis(20)).await;
                continue;
            };
            let visitor = Arc::new(places.enter());
            tokio::spawn(serve(stream, Arc::clone(&door), visitor, closed.clone()));
        }
        drop(closed);
        self.session.close();
        let _ = closing.send(());
        let _ = tokio::time::timeout(self.limits.farewell, closing.closed()).await;
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
    limits: Limits,
}

/// Serves one connection until it ends, is too slow, has to make room, or the server stops.
async fn serve(
    stream: TcpStream,
    door: Arc<Door>,
    visitor: Arc<Visitor>,
    mut closed: watch::Receiver<()>,
) {
    let service = service_fn(|request| {
        let (door, visitor) = (Arc::clone(&door), Arc::clone(&visitor));
        async move { Ok::<_, Infallible>(answer(&door, &visitor, request).await) }
    });
    let stream = ReadInTime::new(stream, door.limits.reading);
    let connection = hyper::server::conn::http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(door.limits.head)
        .serve_connection(TokioIo::new(stream), service);
    tokio::pin!(connection);
    tokio::select! {
        _ = connection.as_mut() => return,
        () = visitor.sent_away() => return,
        _ = closed.changed() => {}
    }
    connection.as_mut().graceful_shutdown();
    let _ = connection.await;
}

async fn answer(door: &Door, visitor: &Visitor, request: hyper::Request<Incoming>) -> Response {
    let with_ign = headers::asks_for_ign(request.uri().query());
    let (mut parts, body) = request.into_parts();
    let mut response = match door.gate.judge(&parts.method, &parts.uri, &parts.headers) {
        Verdict::Admitted(uri) => {
            visitor.sit().await;
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
        // Whoever has no business here keeps no place either.
        Verdict::Refused => (StatusCode::NOT_FOUND, [(CONNECTION, "close")]).into_response(),
    };
    headers::secure(response.headers_mut(), with_ign);
    response
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::net::TcpStream as Client;

    use super::*;

    /// More of the page's files than the buffers of two sockets hold.
    const MANY: usize = 4000;

    /// Times short enough for a test.
    fn short() -> Limits {
        Limits {
            connections: 2,
            streams: 1,
            head: Duration::from_secs(2),
            body: Duration::from_millis(500),
            reading: Duration::from_millis(500),
            ..Limits::default()
        }
    }

    /// Runs `test` against a server with these limits; a client that waits in vain fails the test.
    fn with_server(limits: Limits, test: impl FnOnce(&Site)) {
        let workspace = tempfile::tempdir().expect("a folder");
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        let workspace = Workspace::at(workspace.path()).expect("made");
        let mut server = runtime.block_on(Server::bind(None, workspace)).expect("bound");
        server.limits = limits;
        let port = server.listener.local_addr().expect("bound").port();
        let address = server.address();
        let (_, path) = address.split_once(&format!(":{port}")).expect("a port");
        let site = Site { port, path: path.to_owned() };
        runtime.spawn(server.run(std::future::pending()));
        test(&site);
        runtime.shutdown_background();
    }

    struct Site {
        port: u16,
        /// `/secret/`.
        path: String,
    }

    impl Site {
        fn connect(&self) -> Client {
            let client = Client::connect(("127.0.0.1", self.port)).expect("the server listens");
            client.set_read_timeout(Some(Duration::from_secs(60))).expect("set");
            client
        }

        fn head(&self, method: &str, route: &str, more: &str) -> String {
            let (path, port) = (&self.path, self.port);
            format!(
                "{method} {path}{route} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\
                 Origin: http://127.0.0.1:{port}\r\n{more}\r\n"
            )
        }

        /// What the server answers to a request, up to the end of the connection.
        fn ask(&self, request: &str) -> String {
            let mut client = self.connect();
            client.write_all(request.as_bytes()).expect("sent");
            let mut answer = String::new();
            client.read_to_string(&mut answer).expect("the server closes");
            answer
        }

        fn is_alive(&self) -> bool {
            self.ask(&self.head("GET", "etat", "Connection: close\r\n")).contains("200 OK")
        }
    }

    #[test]
    fn clients_that_read_nothing_lose_their_places() {
        with_server(short(), |site| {
            let stalled: Vec<Client> = (0..short().connections)
                .map(|_| {
                    let mut client = site.connect();
                    client.set_write_timeout(Some(Duration::from_secs(2))).expect("set");
                    let requests = site.head("GET", "js/map/view.js", "").repeat(MANY);
                    // The server stops reading when its own answers wait.
                    let _ = client.write_all(requests.as_bytes());
                    client
                })
                .collect();
            assert!(site.is_alive(), "all places were taken by clients that do not read");
            drop(stalled);
        });
    }

    #[test]
    fn a_body_that_does_not_come_is_not_waited_for() {
        with_server(short(), |site| {
            let bodies = [
                ("resoudre", "application/json", "{", "n'est pas arrivée en entier"),
                ("fichiers", "multipart/form-data; boundary=x", "--x\r\n", "s'est interrompu"),
            ];
            for (route, kind, begun, words) in bodies {
                let more = format!("Content-Type: {kind}\r\nContent-Length: 100\r\n");
                let answer = site.ask(&(site.head("POST", route, &more) + begun));
                assert!(answer.starts_with("HTTP/1.1 4") && answer.contains(words), "{answer}");
            }
            assert!(site.is_alive());
        });
    }

    #[test]
    fn clients_that_say_nothing_hold_no_place() {
        // Longer than a client of this test waits.
        let patient = Limits { head: Duration::from_secs(600), ..short() };
        with_server(patient, |site| {
            let mut silent: Vec<Client> = (0..300).map(|_| site.connect()).collect();
            assert!(site.is_alive(), "all places were taken by clients that say nothing");
            let mut nothing = String::new();
            let closed = silent[0].read_to_string(&mut nothing);
            assert_eq!(closed.expect("the first made room for others"), 0);
        });
    }

    #[test]
    fn whoever_has_a_place_keeps_it_among_those_who_have_none() {
        with_server(short(), |site| {
            let mut stream = site.connect();
            stream.write_all(site.head("GET", "suivi", "").as_bytes()).expect("sent");
            let mut first = [0; 12];
            stream.read_exact(&mut first).expect("an answer");
            let silent: Vec<Client> = (0..300).map(|_| site.connect()).collect();
            assert!(site.is_alive());
            stream.set_nonblocking(true).expect("set");
            let mut rest = [0; 1 << 12];
            while stream.read(&mut rest).is_ok_and(|read| read > 0) {}
            let still = stream.read(&mut rest).expect_err("the stream goes on");
            assert_eq!(still.kind(), io::ErrorKind::WouldBlock);
            drop(silent);
        });
    }

    #[test]
    fn streams_leave_places_for_the_page() {
        with_server(short(), |site| {
            let mut stream = site.connect();
            let request = site.head("GET", "suivi", "");
            stream.write_all(request.as_bytes()).expect("sent");
            let mut first = [0; 12];
            stream.read_exact(&mut first).expect("an answer");
            assert_eq!(&first, b"HTTP/1.1 200");
            let refused = site.ask(&site.head("GET", "suivi", "Connection: close\r\n"));
            assert!(refused.starts_with("HTTP/1.1 503") && refused.contains("Fermez-en"));
            drop(stream);
            assert!(site.is_alive());
        });
    }

    #[test]
    fn whoever_lacks_the_secret_keeps_no_place() {
        with_server(short(), |site| {
            let answer = site.ask("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
            assert!(answer.starts_with("HTTP/1.1 404") && answer.contains("connection: close"));
        });
    }
}
