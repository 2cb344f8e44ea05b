//! `fichiers`, `importer`, `profils`: from files that the page brings to an open dossier.
//!
//! Files are written to a temporary folder as they arrive, each and all within a limit, and
//! deleted once read. The name that a file comes with is shown, never used as a path.

use std::io::Write;
use std::sync::Arc;

use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Request, State};
use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Serialize;
use serde_json::{Value, json};
use tempfile::NamedTempFile;

use super::{Shared, aside};
use crate::import::annuaire::{Departement, ImportReport};
use crate::policy::profile;
use crate::serve::http::body::{Body, refuse_large, too_large};
use crate::serve::http::refusal::Refusal;
use crate::serve::session::{Brought, Fault, ImportWish, Session, Staged};

/// Bytes of one file: the national annuaire takes 60 MB.
const MAX_FILE: u64 = 256 << 20;
/// Bytes of one request.
const MAX_UPLOAD: u64 = 400 << 20;
/// Facts shown under each title of the report.
const EXAMPLES: usize = 5;

/// Routes of this group.
pub fn routes() -> Router<Arc<Session>> {
    let upload = post(bring).delete(forget);
    Router::new()
        .route("/fichiers", upload.layer(DefaultBodyLimit::max(MAX_UPLOAD as usize)))
        .route("/importer", post(import))
        .route("/profils", get(profiles))
}

#[derive(Serialize)]
struct FileView {
    nom: String,
    sorte: &'static str,
    lignes: Option<usize>,
    message: String,
    departements: Vec<Departement>,
}

async fn bring(State(session): Shared, request: Request) -> Result<Json<Value>, Refusal> {
    refuse_large(request.headers(), MAX_UPLOAD)?;
    let mut parts = Multipart::from_request(request, &()).await.map_err(|rejection| {
        Refusal::new(rejection.status(), rejection.body_text(), "Rechargez la page.")
    })?;
    while let Some(field) = parts.next_field().await.map_err(|error| cut_off(&error))? {
        let name = shown_name(field.file_name().unwrap_or_default());
        let file = receive(field).await?;
        let session = Arc::clone(&session);
        aside(move || session.stage(&name, file.path())).await?;
    }
    Ok(Json(json!({ "fichiers": session.staged(file_view) })))
}

async fn forget(State(session): Shared) -> Json<Value> {
    session.forget_staged();
    Json(json!({ "fichiers": [] }))
}

/// Writes a file down as it comes. The disk may wait a little: chunks are small, and the runtime
/// has other threads.
async fn receive(mut field: Field<'_>) -> Result<NamedTempFile, Refusal> {
    let broken = |error: std::io::Error| Refusal::from(Fault::broken(&error));
    let mut file = NamedTempFile::new().map_err(broken)?;
    let mut size = 0;
    while let Some(chunk) = field.chunk().await.map_err(|error| cut_off(&error))? {
        size += chunk.len() as u64;
        if size > MAX_FILE {
            return Err(too_large(MAX_FILE));
        }
        file.write_all(&chunk).map_err(broken)?;
    }
    Ok(file)
}

fn cut_off(error: &MultipartError) -> Refusal {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        return too_large(MAX_UPLOAD);
    }
    let status = match error.status() {
        status if status.is_client_error() => status,
        // What breaks the stream is the client's doing, or its slowness.
        _ => StatusCode::REQUEST_TIMEOUT,
    };
    Refusal::new(status, "L'envoi s'est interrompu.", "Recommencez.")
}

/// The last part of a name, without what a terminal or a page could take for something else.
fn shown_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain: String = last.chars().filter(|letter| !letter.is_control()).take(120).collect();
    if plain.is_empty() { "fichier.csv".to_owned() } else { plain }
}

fn file_view(staged: &Staged) -> FileView {
    let (sorte, lignes, message) = match &staged.content {
        Ok(Brought::Table(table, Some(content))) => {
            (content.code(), Some(table.rows.len()), String::new())
        }
        Ok(Brought::Outline(_)) => ("contour", None, String::new()),
        Ok(Brought::Table(table, None)) => (
            "inconnu",
            Some(table.rows.len()),
            "Ses en-têtes ne sont ceux d'aucun fichier connu ; il est laissé de côté.".to_owned(),
        ),
        Err(diagnostic) => ("inconnu", None, format!("{} {}", diagnostic.cause, diagnostic.action)),
    };
    FileView {
        nom: staged.name.clone(),
        sorte,
        lignes,
        message,
        departements: staged.departements.clone(),
    }
}

async fn import(
    State(session): Shared,
    Body(wish): Body<ImportWish>,
) -> Result<Json<Value>, Refusal> {
    let imported = aside(move || {
        let report = session.import(&wish)?;
        let snapshot = session.snapshot()?;
        Ok(json!({ "rapport": report_view(&report), "erreurs": snapshot.diagnostics }))
    });
    Ok(Json(imported.await?))
}

fn report_view(report: &ImportReport) -> Vec<Value> {
    let remarks = report
        .remarks
        .iter()
        .map(|remark| json!({ "titre": remark, "nombre": null, "conseil": "", "exemples": [] }));
    let topics = report.by_topic().into_iter().map(|(topic, notes)| {
        let examples: Vec<String> = notes.iter().take(EXAMPLES).map(ToString::to_string).collect();
        json!({
            "titre": topic.title(),
            "nombre": notes.len(),
            "conseil": topic.advice(),
            "exemples": examples,
        })
    });
    topics.chain(remarks).collect()
}

async fn profiles() -> Json<Vec<Value>> {
    let view = |name: &'static str| {
        let source = profile::source(name).unwrap_or_default();
        json!({ "code": name, "nom": name, "source": source })
    };
    Json(profile::profile_names().into_iter().map(view).collect())
}
