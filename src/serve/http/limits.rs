//! How many clients the page serves at once, and how long each may take.

use std::time::Duration;

/// What a client may take of the server.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Connections served at once, and as many that have not shown the secret; a browser opens
    /// about six.
    pub connections: usize,
    /// Streams of events among them: they last as long as a page is open.
    pub streams: usize,
    /// Time to send the head of a request, and to send the next one.
    pub head: Duration,
    /// Time to send a body whole.
    pub body: Duration,
    /// Time to take the next bytes of an answer.
    pub reading: Duration,
    /// Time that open answers have to end once the server is told to stop.
    pub farewell: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: 64,
            streams: 16,
            head: Duration::from_secs(15),
            body: Duration::from_secs(60),
            reading: Duration::from_secs(15),
            farewell: Duration::from_secs(2),
        }
    }
}
