//! What a file is, told by its headers: people name files as they like.

use super::annuaire;
use super::folder::names_table;
use super::format::{FILES, FileFormat};
use super::sheet::find;
use super::table::Table;

/// What a table holds.
#[derive(Debug, Clone, Copy)]
pub enum Content {
    /// The annuaire of establishments.
    Annuaire,
    /// Social position indices and effectifs.
    Ips,
    /// Rural typology of communes.
    Rural,
    /// A table of a dossier.
    Dossier(&'static FileFormat),
}

impl Content {
    /// One word, for the page.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Annuaire => "annuaire",
            Self::Ips => "ips",
            Self::Rural => "rural",
            Self::Dossier(format) => format.name,
        }
    }
}

/// What the table holds; `None` when its headers are those of nothing known. A table of a dossier
/// has every mandatory column; between several, its name decides, then the columns that it knows.
#[must_use]
pub fn recognise(table: &Table) -> Option<Content> {
    if annuaire::is_annuaire(table) {
        return Some(Content::Annuaire);
    }
    let known = |format: &FileFormat| {
        format.columns.iter().filter(|column| find(table, column).is_some()).count()
    };
    let complete = |format: &&'static FileFormat| {
        let mut mandatory = format.columns.iter().filter(|column| column.mandatory);
        mandatory.all(|column| find(table, column).is_some())
    };
    let best = FILES
        .iter()
        .filter(complete)
        .max_by_key(|format| (names_table(&table.file, format), known(format)));
    match best {
        Some(format) if format.name == "etablissements" || names_table(&table.file, format) => {
            Some(Content::Dossier(format))
        }
        _ if annuaire::is_social(table) => Some(Content::Ips),
        _ if annuaire::is_rural(table) => Some(Content::Rural),
        best => best.map(Content::Dossier),
    }
}
