//! What the page is told when something is not possible: a cause and a remedy, in French.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::scenario::Impasse;
use crate::serve::session::{Fault, FaultKind};

/// A refused request.
#[derive(Debug)]
pub struct Refusal {
    status: StatusCode,
    cause: String,
    remedy: String,
    impasse: Option<Impasse>,
}

impl Refusal {
    /// A refusal with its status.
    pub fn new(status: StatusCode, cause: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { status, cause: cause.into(), remedy: remedy.into(), impasse: None }
    }
}

impl From<Fault> for Refusal {
    fn from(fault: Fault) -> Self {
        let status = match fault.kind {
            FaultKind::Busy => StatusCode::CONFLICT,
            FaultKind::Absent => StatusCode::NOT_FOUND,
            FaultKind::Refused => StatusCode::UNPROCESSABLE_ENTITY,
            FaultKind::Broken => StatusCode::INTERNAL_SERVER_ERROR,
        };
        Self { status, cause: fault.cause, remedy: fault.remedy, impasse: fault.impasse }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let body = json!({
            "erreur": self.cause,
            "remede": self.remedy,
            "impasse": self.impasse,
        });
        (self.status, Json(body)).into_response()
    }
}
