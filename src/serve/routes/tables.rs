//! `tables`: the cells of the dossier, their problems beside them.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::routing::{delete, get, post};
use axum::{Json, Router};
use serde::{Deserialize, Serialize};

use super::{Shared, aside};
use crate::import::{Diagnostic, Severity};
use crate::serve::http::body::Body;
use crate::serve::http::refusal::Refusal;
use crate::serve::session::{CheckedTable, Fault, Session, TableEdit};

/// Routes of this group.
pub fn routes() -> Router<Arc<Session>> {
    Router::new()
        .route("/tables", get(list))
        .route("/tables/{name}", get(one).put(write_cell))
        .route("/tables/{name}/lignes", post(insert))
        .route("/tables/{name}/lignes/{row}", delete(remove))
}

#[derive(Serialize)]
struct Summary {
    table: &'static str,
    libelle: &'static str,
    obligatoire: bool,
    lignes: usize,
    erreurs: usize,
    avertissements: usize,
}

#[derive(Serialize)]
struct View {
    table: String,
    fichier: String,
    colonnes: Vec<ColumnView>,
    lignes: Vec<Vec<String>>,
    problemes: Vec<Problem>,
}

#[derive(Serialize)]
struct ColumnView {
    nom: String,
    libelle: String,
    unite: &'static str,
    sorte: &'static str,
    obligatoire: bool,
    exemple: &'static str,
}

/// A problem at its cell; rows from 0, as in `lignes`.
#[derive(Serialize)]
struct Problem {
    ligne: Option<usize>,
    colonne: Option<String>,
    ligne_fichier: Option<usize>,
    code: &'static str,
    valeur: Option<String>,
    gravite: Severity,
    cause: String,
    remede: String,
}

#[derive(Deserialize)]
struct Cell {
    ligne: usize,
    colonne: String,
    valeur: String,
}

#[derive(Deserialize)]
struct NewRow {
    apres: Option<usize>,
    #[serde(default)]
    cellules: Vec<String>,
}

async fn list(State(session): Shared) -> Result<Json<Vec<Summary>>, Refusal> {
    let tables = aside(move || session.tables()).await?;
    let summary = |(format, checked): (&'static crate::import::FileFormat, CheckedTable)| {
        let errors = checked.problems.iter().filter(|problem| problem.is_error()).count();
        Summary {
            table: format.name,
            libelle: format.about,
            obligatoire: format.mandatory,
            lignes: checked.table.rows.len(),
            erreurs: errors,
            avertissements: checked.problems.len() - errors,
        }
    };
    Ok(Json(tables.into_iter().map(summary).collect()))
}

async fn one(State(session): Shared, Path(name): Path<String>) -> Result<Json<View>, Refusal> {
    seen(name, move |name| session.table(name)).await
}

async fn write_cell(
    State(session): Shared,
    Path(name): Path<String>,
    Body(cell): Body<Cell>,
) -> Result<Json<View>, Refusal> {
    let Cell { ligne: row, colonne: column, valeur: value } = cell;
    let edit = TableEdit::Cell { row, column, value };
    seen(name, move |name| session.edit_table(name, &edit)).await
}

async fn insert(
    State(session): Shared,
    Path(name): Path<String>,
    Body(row): Body<NewRow>,
) -> Result<Json<View>, Refusal> {
    let edit = TableEdit::Insert { after: row.apres, cells: row.cellules };
    seen(name, move |name| session.edit_table(name, &edit)).await
}

async fn remove(
    State(session): Shared,
    Path((name, row)): Path<(String, usize)>,
) -> Result<Json<View>, Refusal> {
    seen(name, move |name| session.edit_table(name, &TableEdit::Delete { row })).await
}

async fn seen(
    name: String,
    table: impl FnOnce(&str) -> Result<CheckedTable, Fault> + Send + 'static,
) -> Result<Json<View>, Refusal> {
    Ok(Json(aside(move || Ok(view(table(&name)?, name))).await?))
}

fn view(checked: CheckedTable, name: String) -> View {
    let CheckedTable { table, problems } = checked;
    let problemes = problems
        .into_iter()
        .map(|diagnostic| {
            let (row, column) = table.place_of(&diagnostic);
            problem(diagnostic, row, column.map(|column| table.columns[column].name.clone()))
        })
        .collect();
    let colonnes = table.columns.iter().map(|column| ColumnView {
        nom: column.name.clone(),
        libelle: column.format.map_or_else(String::new, |format| format.about.to_owned()),
        unite: column.format.map_or("", |format| format.unit),
        sorte: column.format.map_or("texte", |format| format.kind.label()),
        obligatoire: column.format.is_some_and(|format| format.mandatory),
        exemple: column.format.map_or("", |format| format.example),
    });
    let colonnes = colonnes.collect();
    View { table: name, fichier: table.file, colonnes, lignes: table.rows, problemes }
}

fn problem(diagnostic: Diagnostic, ligne: Option<usize>, colonne: Option<String>) -> Problem {
    Problem {
        ligne,
        colonne,
        ligne_fichier: diagnostic.line,
        code: diagnostic.code.text(),
        valeur: diagnostic.value,
        gravite: diagnostic.severity,
        cause: diagnostic.cause,
        remede: diagnostic.action,
    }
}
