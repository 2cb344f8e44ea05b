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

/// The report carries its styles and runs nothing: shown in the browser, it is not even of the
/// page's origin.
const REPORT_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox; \
    base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Routes of this group.
pub fn routes() -> Router<Arc<Session>> {
    Router::new().route("/documents", get(list)).route("/documents/{name}", get(one))
}

#[derive(Deserialize)]
struct Manner {
    #[serde(default)]
    sans_noms: u8,
    /// Shown in the browser, not taken away; for the report alone.
    #[serde(default)]
    voir: u8,
}

async fn list(State(session): Shared) -> Result<Json<Vec<Value>>, Refusal> {
    session.snapshot()?.plan()?;
    let line = |name: DocumentName| {
        json!({
            "nom": name.file(),
            "libelle": name.label(),
            "taille": null,
            "sans_noms": name != DocumentName::Dossier,
        })
    };
    Ok(Json(DocumentName::ALL.into_iter().map(line).collect()))
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
    let shown = manner.voir != 0 && name == DocumentName::Report;
    let kind = (CONTENT_TYPE, name.media_type());
    Ok(if shown {
        ([kind, (CONTENT_SECURITY_POLICY, REPORT_POLICY)], bytes).into_response()
    } else {
        let disposition = format!("attachment; filename=\"{}\"", name.file());
        ([kind], [(CONTENT_DISPOSITION, disposition)], bytes).into_response()
    })
}
