//! Questions in JSON over HTTP, with a time limit and a few more tries.

use std::time::Duration;

use serde::de::DeserializeOwned;
use serde_json::Value;
use thiserror::Error;

/// Why an engine gave no answer. The messages are for the user.
#[derive(Debug, Error)]
pub enum EngineError {
    /// The address is not one of the web.
    #[error("l'adresse « {0} » doit commencer par http:// ou https://")]
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
        if !base.starts_with("http://") && !base.starts_with("https://") {
            return Err(EngineError::Address(base.to_owned()));
        }
        let config = ureq::Agent::config_builder()
            .timeout_global(Some(patience.timeout))
            .http_status_as_error(false)
            .build();
        let base = base.trim_end_matches('/').to_owned();
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
        let mut cause = String::new();
        for attempt in 1..=attempts {
            match read(ask(&url)) {
                Ok((status, _)) if status == 429 || status >= 500 => {
                    cause = format!("code {status}");
                }
                Ok((status, text)) => return answer(&self.base, status, &text),
                Err(error) => cause = in_french(&error),
            }
            if attempt < attempts {
                std::thread::sleep(pause);
                pause *= 2;
            }
        }
        Err(EngineError::Unreachable { url: self.base.clone(), cause, attempts })
    }
}

fn read(
    response: Result<ureq::http::Response<ureq::Body>, ureq::Error>,
) -> Result<(u16, String), ureq::Error> {
    let mut response = response?;
    let status = response.status().as_u16();
    Ok((status, response.body_mut().read_to_string()?))
}

fn answer(url: &str, status: u16, text: &str) -> Result<Answer, EngineError> {
    let url = url.to_owned();
    match serde_json::from_str(text) {
        Ok(body) => Ok(Answer { url, status, body }),
        Err(_) if status >= 400 => {
            let message = text.chars().take(200).collect();
            Err(EngineError::Refused { url, status, message })
        }
        Err(error) => Err(EngineError::Unexpected { url, cause: error.to_string() }),
    }
}

fn in_french(error: &ureq::Error) -> String {
    match error {
        ureq::Error::Timeout(_) => "délai dépassé".to_owned(),
        ureq::Error::HostNotFound => "machine inconnue".to_owned(),
        ureq::Error::ConnectionFailed => "connexion refusée".to_owned(),
        ureq::Error::Io(cause) if cause.kind() == std::io::ErrorKind::ConnectionRefused => {
            "connexion refusée".to_owned()
        }
        other => other.to_string(),
    }
}

impl Answer {
    /// The body as the type that the engine documents.
    pub(super) fn parse<T: DeserializeOwned>(self) -> Result<T, EngineError> {
        let url = self.url;
        serde_json::from_value(self.body)
            .map_err(|error| EngineError::Unexpected { url, cause: error.to_string() })
    }

    pub(super) fn unexpected(&self, cause: &str) -> EngineError {
        EngineError::Unexpected { url: self.url.clone(), cause: cause.to_owned() }
    }

    pub(super) fn refused(&self, message: &str) -> EngineError {
        let (url, message) = (self.url.clone(), message.to_owned());
        EngineError::Refused { url, status: self.status, message }
    }
}
