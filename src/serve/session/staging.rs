//! Files that the page brings, recognised, and the dossier that is built from them.

use std::path::Path;
use std::sync::Arc;

use serde::Deserialize;

use super::open::Open;
use super::{Fault, Session, Snapshot};
use crate::domain::{Dossier, Scenario};
use crate::import::annuaire::{
    AnnuaireFiles, AnnuaireSettings, ImportReport, departements, import_annuaire,
};
use crate::import::{
    Content, Diagnostic, DossierFiles, EditedTable, OUTLINE_FILE, Table, departement_code,
    dossier_files, outline_bytes, recognise,
};
use crate::policy::profile;

pub use crate::import::annuaire::Departement;

/// Files that wait to be imported.
const MOST_FILES: usize = 30;

/// A file that was brought.
#[derive(Debug, Clone)]
pub struct Staged {
    /// Name that it came with, for people to read.
    pub name: String,
    /// What it holds, or why it cannot be read.
    pub content: Result<Brought, Diagnostic>,
    /// Departements of an annuaire.
    pub departements: Vec<Departement>,
}

/// What a file holds.
#[derive(Debug, Clone)]
pub enum Brought {
    /// A table, and of what, if that is known.
    Table(Table, Option<Content>),
    /// The outline of the departement, as it came.
    Outline(Vec<u8>),
}

/// What the user wants of the files.
#[derive(Debug, Clone, Deserialize)]
pub struct ImportWish {
    #[serde(default)]
    departement: String,
    /// Full-time equivalents to place.
    #[serde(default)]
    etp: f64,
    #[serde(default = "usual_profile")]
    profil: String,
    #[serde(default)]
    conseillers: usize,
    rentree: Option<u16>,
    #[serde(default)]
    nom: String,
}

fn usual_profile() -> String {
    profile::profile_names()[0].to_owned()
}

impl Session {
    /// Reads a file that the page has brought, under the name that it came with.
    pub fn stage(&self, name: &str, path: &Path) -> Result<(), Fault> {
        let content = read(name, path);
        let departements = match &content {
            Ok(Brought::Table(table, Some(Content::Annuaire))) => departements(table),
            _ => Vec::new(),
        };
        let mut state = self.state();
        state.staged.retain(|staged| staged.name != name);
        if state.staged.len() >= MOST_FILES {
            return Err(Fault::refused(
                format!("{MOST_FILES} fichiers attendent déjà."),
                "Importez-les, ou rechargez la page.",
            ));
        }
        state.staged.push(Arc::new(Staged { name: name.to_owned(), content, departements }));
        Ok(())
    }

    /// Forgets the files that wait.
    pub fn forget_staged(&self) {
        self.state().staged.clear();
    }

    /// Looks at the files that wait.
    pub fn staged<T>(&self, mut look: impl FnMut(&Staged) -> T) -> Vec<T> {
        self.state().staged.iter().map(|staged| look(staged)).collect()
    }

    /// Builds a dossier of the files that wait and opens it, not yet saved; with it, the report
    /// of what the annuaire gave.
    pub fn import(&self, wish: &ImportWish) -> Result<ImportReport, Fault> {
        self.state().idle()?;
        let staged: Vec<Arc<Staged>> = self.state().staged.clone();
        let tables = || {
            staged.iter().filter_map(|staged| match &staged.content {
                Ok(Brought::Table(table, Some(content))) => Some((table, *content)),
                _ => None,
            })
        };
        let annuaire = tables().find(|(_, content)| matches!(content, Content::Annuaire));
        let (dossier, report) = match annuaire {
            Some((annuaire, _)) => from_annuaire(annuaire, &tables().collect::<Vec<_>>(), wish)?,
            None if tables().any(|(_, content)| is_establishments(content)) => {
                (blank(wish), ImportReport::default())
            }
            None => {
                return Err(Fault::refused(
                    "Aucun fichier ne donne la liste des établissements.",
                    "Apportez l'annuaire de l'éducation, ou un fichier etablissements.csv.",
                ));
            }
        };
        let mut files = dossier_files(&dossier).map_err(|error| Fault::broken(&error))?;
        store_own_tables(&mut files, tables())?;
        let outline = staged.iter().find_map(|staged| match &staged.content {
            Ok(Brought::Outline(bytes)) => Some(bytes.clone()),
            _ => None,
        });
        if let Some(outline) = outline {
            files.insert(OUTLINE_FILE, outline);
        }
        self.install(Open::unsaved(Snapshot::of(files)))?;
        Ok(report)
    }
}

/// GeoJSON is told by its name, as tables are by their headers.
fn read(name: &str, path: &Path) -> Result<Brought, Diagnostic> {
    let ending = Path::new(name).extension().and_then(|ending| ending.to_str());
    let is_outline = ending.is_some_and(|ending| {
        ["geojson", "json"].into_iter().any(|known| ending.eq_ignore_ascii_case(known))
    });
    if is_outline {
        return outline_bytes(name, path).map(Brought::Outline);
    }
    let table = Table::read_as(name, path)?;
    let content = recognise(&table);
    Ok(Brought::Table(table, content))
}

fn is_establishments(content: Content) -> bool {
    matches!(content, Content::Dossier(format) if format.mandatory && format.name == "etablissements")
}

/// The tables of a dossier that the user brings replace those that the import proposes.
fn store_own_tables<'a>(
    files: &mut DossierFiles,
    tables: impl Iterator<Item = (&'a Table, Content)>,
) -> Result<(), Fault> {
    for (table, content) in tables {
        if let Content::Dossier(format) = content {
            EditedTable::from_table(format, table)
                .store(files)
                .map_err(|error| Fault::broken(&error))?;
        }
    }
    Ok(())
}

fn from_annuaire(
    annuaire: &Table,
    tables: &[(&Table, Content)],
    wish: &ImportWish,
) -> Result<(Dossier, ImportReport), Fault> {
    let of = |wanted: fn(&Content) -> bool| {
        tables.iter().filter(move |(_, content)| wanted(content)).map(|(table, _)| *table)
    };
    let ips: Vec<Table> = of(|content| matches!(content, Content::Ips)).cloned().collect();
    let files = AnnuaireFiles {
        annuaire,
        ips: &ips,
        rural: of(|content| matches!(content, Content::Rural)).next(),
        forecasts: None,
    };
    let refused = |diagnostic: Diagnostic| Fault::refused(diagnostic.cause, diagnostic.action);
    let (mut dossier, report) = import_annuaire(&files, &settings(wish)?).map_err(refused)?;
    if !wish.nom.trim().is_empty() {
        dossier.scenario.name = wish.nom.trim().to_owned();
    }
    Ok((dossier, report))
}

fn settings(wish: &ImportWish) -> Result<AnnuaireSettings, Fault> {
    if !(0.0..=1000.0).contains(&wish.etp) {
        return Err(Fault::refused("Les ETP vont de 0 à 1000.", "Corrigez le nombre d'ETP."));
    }
    profile::load(&wish.profil, &toml::Table::new())
        .map_err(|error| Fault::refused(error.to_string(), "Choisissez un profil de la liste."))?;
    Ok(AnnuaireSettings {
        departement: wish.departement.clone(),
        rentree: wish.rentree,
        profile: wish.profil.clone(),
        centi_etp: (wish.etp * 100.0).round() as u32,
        advisers: wish.conseillers,
        added_circonscriptions: Vec::new(),
    })
}

/// A dossier whose tables all come from the user.
fn blank(wish: &ImportWish) -> Dossier {
    let year = wish
        .rentree
        .unwrap_or_else(|| u16::try_from(jiff::Zoned::now().year()).unwrap_or_default());
    let name = match wish.nom.trim() {
        "" => format!("Rentrée {year}"),
        name => name.to_owned(),
    };
    Dossier {
        scenario: Scenario {
            name,
            year,
            departement: departement_code(&wish.departement).unwrap_or_default(),
            profile: wish.profil.clone(),
            overrides: toml::Table::new(),
        },
        establishments: Vec::new(),
        posts: Vec::new(),
        advisers: Vec::new(),
        trips: Vec::new(),
        current: Vec::new(),
        pole_teams: Vec::new(),
        decisions: Vec::new(),
        affinities: Vec::new(),
        outline: None,
        digests: std::collections::BTreeMap::new(),
        edits: Vec::new(),
    }
}
