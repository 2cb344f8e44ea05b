//! Requests in, answers out: everything that protects the session from the network.

pub mod assets;
pub mod body;
pub mod gate;
pub mod headers;
pub mod limits;
pub mod places;
pub mod read_in_time;
pub mod refusal;
pub mod secret;
pub mod server;
