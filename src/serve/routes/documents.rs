//! `documents`: what is taken to the committee.

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Shared, aside};
use crate::serve::http::refusal::Refusal;
use crate::serve::session::{DocumentName, Fault, Session};

/// A page to print carries its styles and runs nothing: shown in the browser, it is not even of
/// the origin of ours.
const PAGE_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox; \
    base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Routes of this group.
pub fn routes() -> Router<Arc<Session>> {
    Router::new().route("/documents", get(list)).route("/documents/{name}", get(one))
}

#[derive(Deserialize)]
struct Manner {
    #[serde(default)]
    sans_noms: u8,
    /// Shown in the browser, not taken away; for the pages alone.
    #[serde(default)]
    voir: u8,
}

async fn list(State(session): Shared) -> Result<Json<Vec<Value>>, Refusal> {
    let documents = session.documents()?;
    let line = |name: DocumentName| {
        json!({
            "nom": name.file(),
            "libelle": name.label(),
            "taille": null,
            "sans_noms": name != DocumentName::Dossier,
        })
    };
    Ok(Json(documents.into_iter().map(line).collect()))
}

async fn one(
    State(session): Shared,
    Path(file): Path<String>,
    Query(manner): Query<Manner>,
) -> Result<Response, Refusal> {
    let name = DocumentName::of(&file).ok_or_else(|| {
        Fault::absent(format!("Il n'y a pas de document « {file} »."), "Rechargez la page.")
    })?;
    let bytes = aside(move || session.document(name, manner.sans_noms != 0)).await?;
    Ok(if manner.voir != 0 && name.is_page() {
        let kind = (CONTENT_TYPE, name.media_type());
        ([kind, (CONTENT_SECURITY_POLICY, PAGE_POLICY)], bytes).into_response()
    } else {
        taken(name, bytes)
    })
}

/// A document that the browser saves.
pub(super) fn taken(name: DocumentName, bytes: Vec<u8>) -> Response {
    let kind = (CONTENT_TYPE, name.media_type());
    let disposition = format!("attachment; filename=\"{}\"", name.file());
    ([kind], [(CONTENT_DISPOSITION, disposition)], bytes).into_response()
}
