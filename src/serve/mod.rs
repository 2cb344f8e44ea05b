//! The local page: a server on loopback, for one person on one machine.
//!
//! `http` admits requests (secret, host, origin, sizes, times) and dresses answers; `session` is
//! the state machine (one open dossier, one computation at a time) and knows nothing of HTTP;
//! `routes` are thin handlers between the two; `assets` are the files of the page. Nothing here
//! blocks the runtime: whatever computes or touches the disk runs on a thread of its own.

mod http;
mod routes;
mod session;
mod workspace;

pub use http::server::{ServeError, Server};
pub use workspace::Workspace;
