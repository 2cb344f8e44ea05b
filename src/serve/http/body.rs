//! Bodies of requests: how large, and read as what.

use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::extract::{FromRequest, Request};
use axum::http::header::CONTENT_LENGTH;
use axum::http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;

use super::refusal::Refusal;

/// Bytes of a request that brings no file.
pub const MAX_REQUEST: usize = 1 << 20;

/// A JSON body of at most [`MAX_REQUEST`] bytes.
pub struct Body<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Body<T> {
    type Rejection = Refusal;

    async fn from_request(request: Request, state: &S) -> Result<Self, Refusal> {
        refuse_large(request.headers(), MAX_REQUEST as u64)?;
        let Json(value) = Json::from_request(request, state).await.map_err(in_french)?;
        Ok(Self(value))
    }
}

/// Refuses before a byte is read what announces more than `most` bytes.
///
/// # Errors
/// 413.
pub fn refuse_large(headers: &HeaderMap, most: u64) -> Result<(), Refusal> {
    let length = headers.get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    if length.is_some_and(|length: u64| length > most) { Err(too_large(most)) } else { Ok(()) }
}

/// 413, with the limit in words.
#[must_use]
pub fn too_large(most: u64) -> Refusal {
    Refusal::new(
        StatusCode::PAYLOAD_TOO_LARGE,
        format!("L'envoi dépasse {} Mo : il n'est pas lu.", most >> 20),
        "Gardez les seules lignes du département, ou envoyez les fichiers un par un.",
    )
}

fn in_french(rejection: JsonRejection) -> Refusal {
    let status = rejection.status();
    if status == StatusCode::PAYLOAD_TOO_LARGE {
        return too_large(MAX_REQUEST as u64);
    }
    match rejection {
        JsonRejection::BytesRejection(_) => Refusal::new(
            StatusCode::REQUEST_TIMEOUT,
            "La demande n'est pas arrivée en entier dans le temps prévu.",
            "Recommencez.",
        ),
        other => Refusal::new(
            status,
            format!("La demande n'est pas lisible ({}).", other.body_text()),
            "Rechargez la page.",
        ),
    }
}
