//! Questions in JSON over HTTP, with a time limit and a few more tries.

use std::time::Duration;

use serde::de::DeserializeOwned;
use serde_json::Value;
use thiserror::Error;

/// Why an engine gave no answer. The messages are for the user.
#[derive(Debug, Error)]
pub enum EngineError {
    /// The address is not one of the web.
    #[error(
        "l'adresse « {0} » n'est pas celle d'un moteur : elle doit ressembler à http://serveur:5000"
    )]
    Address(String),
    /// Nobody answered, or not in time.
    #[error(
        "le moteur d'itinéraires ne répond pas à {url} ({cause}, {attempts} essais) : vérifiez \
         qu'il est démarré et que l'adresse et le port sont les bons"
    )]
    Unreachable {
        /// Address asked.
        url: String,
        /// What the network says.
        cause: String,
        /// How many times it was asked.
        attempts: u32,
    },
    /// It answered, each time, that it cannot.
    #[error(
        "le moteur d'itinéraires à {url} répond par une erreur (code {status}{message}, {attempts} essais) : \
         voyez son journal, ou attendez qu'il soit moins chargé"
    )]
    Failing {
        /// Address asked.
        url: String,
        /// HTTP status.
        status: u16,
        /// What the engine says, after a separator; empty when it says nothing.
        message: String,
        /// How many times it was asked.
        attempts: u32,
    },
    /// It sends elsewhere: the coordinates go nowhere that the user did not name.
    #[error(
        "{url} renvoie vers une autre adresse ({to}) : si c'est bien celle de votre moteur, donnez-la"
    )]
    Moved {
        /// Address asked.
        url: String,
        /// Where it sends.
        to: String,
    },
    /// It answered that it will not.
    #[error("le moteur d'itinéraires à {url} refuse la demande (code {status} : {message})")]
    Refused {
        /// Address asked.
        url: String,
        /// HTTP status.
        status: u16,
        /// What the engine says.
        message: String,
    },
    /// It answered something else than its documentation says.
    #[error(
        "la réponse de {url} n'est pas celle du moteur attendu ({cause}) : vérifiez l'adresse et \
         l'option (--osrm ou --valhalla)"
    )]
    Unexpected {
        /// Address asked.
        url: String,
        /// What is not as expected.
        cause: String,
    },
    /// The question has more places than the engine takes at once.
    #[error(
        "le moteur d'itinéraires refuse même deux lieux à la fois : relevez sa limite \
         (--max-table-size d'OSRM, max_matrix_location_pairs de Valhalla)"
    )]
    TooLarge,
    /// One of the places is near no road of the engine's map.
    #[error("un des lieux est loin de toute route connue du moteur d'itinéraires")]
    OffMap,
}

/// How long to wait, and how many times to ask.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// For one answer.
    pub timeout: Duration,
    /// Tries in all, at least one.
    pub attempts: u32,
    /// Before the second try; doubled before each further one.
    pub pause: Duration,
}

impl Default for Patience {
    /// A block of 2,500 pairs takes an engine about a second.
    fn default() -> Self {
        let (timeout, pause) = (Duration::from_secs(60), Duration::from_millis(500));
        Self { timeout, attempts: 3, pause }
    }
}

/// An engine's address, asked patiently.
#[derive(Debug)]
pub struct HttpClient {
    agent: ureq::Agent,
    base: String,
    patience: Patience,
}

/// An answer of any status.
pub(super) struct Answer {
    pub url: String,
    pub status: u16,
    pub body: Value,
}

impl HttpClient {
    /// A client of the engine at `base`, such as `http://localhost:5000`.
    ///
    /// # Errors
    /// When the address is not one of the web.
    pub fn new(base: &str, patience: Patience) -> Result<Self, EngineError> {
        let base = base.trim().trim_end_matches('/').to_owned();
        let uri = base.parse::<ureq::http::Uri>().ok();
        let web = |uri: &ureq::http::Uri| {
            matches!(uri.scheme_str(), Some("http" | "https"))
                && uri.host().is_some_and(|host| !host.is_empty())
                && uri.query().is_none()
        };
        if !uri.as_ref().is_some_and(web) {
            return Err(EngineError::Address(base));
        }
        let config = ureq::Agent::config_builder()
            .timeout_global(Some(patience.timeout))
            .http_status_as_error(false)
            .max_redirects(0)
            .build();
        Ok(Self { agent: config.new_agent(), base, patience })
    }

    pub(super) fn get(&self, path: &str) -> Result<Answer, EngineError> {
        self.patiently(path, |url| self.agent.get(url).call())
    }

    pub(super) fn post(&self, path: &str, question: &Value) -> Result<Answer, EngineError> {
        let body = question.to_string();
        self.patiently(path, |url| {
            self.agent.post(url).header("Content-Type", "application/json").send(&body)
        })
    }

    /// Asks until an answer comes that asking again would not change.
    fn patiently(
        &self,
        path: &str,
        ask: impl Fn(&str) -> Result<ureq::http::Response<ureq::Body>, ureq::Error>,
    ) -> Result<Answer, EngineError> {
        let url = format!("{}{path}", self.base);
        let attempts = self.patience.attempts.max(1);
        let mut pause = self.patience.pause;
        let mut failure = None;
        for attempt in 1..=attempts {
            failure = Some(match read(ask(&url)) {
                Ok(reply) if reply.status == 429 || reply.status >= 500 => {
                    pause = pause.max(reply.retry_after.min(self.patience.timeout));
                    let (url, status) = (self.base.clone(), reply.status);
                    EngineError::Failing { url, status, message: saying(&reply.text), attempts }
                }
                Ok(reply) => return answer(&self.base, &reply),
                Err(error) => {
                    let (url, cause) = (self.base.clone(), in_french(&error));
                    EngineError::Unreachable { url, cause, attempts }
                }
            });
            if attempt < attempts {
                std::thread::sleep(pause);
                pause *= 2;
            }
        }
        Err(failure.expect("at least one attempt"))
    }
}

/// What came back, whatever its status.
struct Reply {
    status: u16,
    /// How long the engine asks to wait; zero when it does not say.
    retry_after: Duration,
    /// Where it sends, if it does.
    location: Option<String>,
    text: String,
}

fn read(
    response: Result<ureq::http::Response<ureq::Body>, ureq::Error>,
) -> Result<Reply, ureq::Error> {
    let mut response = response?;
    let header = |name: &str| {
        response.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned)
    };
    let seconds = header("retry-after").and_then(|text| text.parse().ok()).unwrap_or(0);
    Ok(Reply {
        status: response.status().as_u16(),
        retry_after: Duration::from_secs(seconds),
        location: header("location"),
        text: response.body_mut().read_to_string()?,
    })
}

fn answer(url: &str, reply: &Reply) -> Result<Answer, EngineError> {
    let (url, status) = (url.to_owned(), reply.status);
    if let (300..=399, Some(to)) = (status, &reply.location) {
        return Err(EngineError::Moved { url, to: to.clone() });
    }
    match serde_json::from_str(&reply.text) {
        Ok(body) => Ok(Answer { url, status, body }),
        Err(_) if status >= 400 => {
            let message = short(&reply.text);
            Err(EngineError::Refused { url, status, message })
        }
        Err(_) if reply.text.trim().is_empty() => {
            Err(EngineError::Unexpected { url, cause: "réponse vide".to_owned() })
        }
        Err(_) => {
            let cause = format!("ce n'est pas du JSON : « {} »", short(&reply.text));
            Err(EngineError::Unexpected { url, cause })
        }
    }
}

/// The message of an error, whatever key the engine puts it under.
fn saying(text: &str) -> String {
    let body: Option<Value> = serde_json::from_str(text).ok();
    let said = body
        .as_ref()
        .and_then(|body| ["message", "error"].iter().find_map(|key| body.get(key)?.as_str()));
    said.map_or_else(String::new, |said| format!(" : {}", short(said)))
}

/// The start of a text on one line.
fn short(text: &str) -> String {
    const MOST: usize = 120;
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut start: String = words.chars().take(MOST).collect();
    if start.len() < words.len() {
        start.push('…');
    }
    start
}

fn in_french(error: &ureq::Error) -> String {
    use std::io::ErrorKind::{
        BrokenPipe, ConnectionAborted, ConnectionRefused, ConnectionReset, TimedOut, UnexpectedEof,
    };
    let known = match error {
        ureq::Error::Timeout(_) => "délai dépassé",
        ureq::Error::HostNotFound => "machine inconnue",
        ureq::Error::ConnectionFailed => "connexion refusée",
        ureq::Error::BodyExceedsLimit(_) => "réponse démesurée",
        ureq::Error::Tls(_) | ureq::Error::Rustls(_) => "certificat refusé",
        ureq::Error::Protocol(_) => "ce qui répond n'est pas du HTTP",
        ureq::Error::Io(cause) => match cause.kind() {
            ConnectionRefused => "connexion refusée",
            TimedOut => "délai dépassé",
            UnexpectedEof | ConnectionReset | ConnectionAborted | BrokenPipe => {
                "réponse interrompue"
            }
            _ => return cause.to_string(),
        },
        other => return other.to_string(),
    };
    known.to_owned()
}

impl Answer {
    /// The body as the type that the engine documents.
    pub(super) fn parse<T: DeserializeOwned>(self) -> Result<T, EngineError> {
        let url = self.url;
        serde_json::from_value(self.body).map_err(|error| {
            let cause = format!("champ absent ou d'un autre type : {error}");
            EngineError::Unexpected { url, cause }
        })
    }

    pub(super) fn unexpected(&self, cause: &str) -> EngineError {
        EngineError::Unexpected { url: self.url.clone(), cause: cause.to_owned() }
    }

    pub(super) fn refused(&self, message: &str) -> EngineError {
        let (url, message) = (self.url.clone(), message.to_owned());
        EngineError::Refused { url, status: self.status, message }
    }
}
