//! `maillage importer annuaire`: a dossier from the ministry's open data.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::{Args, Subcommand};
use serde::Serialize;

use super::exit::{Failure, INVALID_INPUT, USAGE};
use super::manners::Manners;
use super::new_dossier;
use crate::domain::Dossier;
use crate::import::annuaire::{
    AnnuaireFiles, AnnuaireSettings, ImportReport, Note, import_annuaire,
};
use crate::import::{Diagnostic, Table, parse_number};
use crate::policy::profile;

/// The report, written whole into the dossier.
const REPORT_FILE: &str = "import.md";

/// Construit un dossier de rentrée à partir des données ouvertes du ministère
#[derive(Debug, Args)]
pub struct Arguments {
    #[command(subcommand)]
    source: Source,
}

#[derive(Debug, Subcommand)]
enum Source {
    Annuaire(AnnuaireArguments),
}

/// Lit l'annuaire de l'éducation : établissements publics, circonscriptions, réseaux REP+
///
/// Les fichiers sont ceux de data.education.gouv.fr, en .csv, .csv.gz, .xlsx ou .ods, de toute
/// année. Tout ce qui est écarté, réuni, déplacé ou proposé est listé dans import.md.
#[derive(Debug, Args)]
#[command(
    after_help = "Exemple : maillage importer annuaire annuaire.csv --departement 31 --ips colleges.csv \
    --ips lycees.csv --rural typologie.csv --etp 45 -o haute-garonne"
)]
struct AnnuaireArguments {
    /// Annuaire de l'éducation
    #[arg(value_name = "FICHIER")]
    fichier: PathBuf,
    /// Département : 31, 2A, 974
    #[arg(long, value_name = "CODE")]
    departement: String,
    /// Fichier des indices de position sociale, qui donne aussi les effectifs ; plusieurs fois
    #[arg(long, value_name = "FICHIER")]
    ips: Vec<PathBuf>,
    /// Typologie rurale des communes
    #[arg(long, value_name = "FICHIER")]
    rural: Option<PathBuf>,
    /// Effectifs prévus : uai, effectif, annee
    #[arg(long, value_name = "FICHIER")]
    previsions: Option<PathBuf>,
    /// Postes à placer, en ETP (45 ou 12,5) : écrit un postes.csv à compléter
    #[arg(long, value_name = "ETP", value_parser = centi_etp)]
    etp: Option<u32>,
    /// Conseillers techniques de bassin à proposer, dans les bassins qui ont le plus de collèges
    #[arg(long, value_name = "NOMBRE", default_value_t = 0)]
    conseillers: usize,
    /// Circonscription à ajouter par son nom ; plusieurs fois
    #[arg(long, value_name = "NOM")]
    ajouter_circonscription: Vec<String>,
    /// Profil du barème (circulaire-2017 par défaut)
    #[arg(long, value_name = "PROFIL", default_value = "circulaire-2017")]
    profil: String,
    /// Année de la rentrée ; par défaut celle qui suit la date de l'annuaire
    #[arg(long, value_name = "ANNÉE")]
    rentree: Option<u16>,
    /// Dossier à écrire
    #[arg(long, short = 'o', value_name = "DOSSIER")]
    sortie: PathBuf,
    /// Écrit par-dessus un dossier qui existe déjà
    #[arg(long)]
    remplacer: bool,
}

/// Hundredths of ETP.
fn centi_etp(text: &str) -> Result<u32, String> {
    let centi = parse_number(text).map(|etp| etp * 100.0);
    let exact = centi
        .filter(|centi| (1.0..=100_000.0).contains(centi) && (centi - centi.round()).abs() < 1e-6);
    exact
        .map(|centi| centi.round() as u32)
        .ok_or_else(|| "un nombre d'ETP entre 0,01 et 1000".to_owned())
}

/// Runs the command.
///
/// # Errors
/// Files that cannot be read or do not hold the departement; a dossier that exists already.
pub fn run(arguments: &Arguments, manners: &Manners) -> Result<(), Failure> {
    let Source::Annuaire(arguments) = &arguments.source;
    new_dossier::check(&arguments.sortie, arguments.remplacer)?;
    let settings = settings(arguments)?;
    let (dossier, report) = import(arguments, &settings)?;
    let folder = &arguments.sortie;
    new_dossier::write(folder, &dossier, arguments.remplacer)?;
    let path = folder.join(REPORT_FILE);
    fs::write(&path, report.markdown(&dossier))
        .with_context(|| format!("Impossible d'écrire {}", path.display()))?;
    manners.result(
        &format!(
            "{}\nDossier écrit dans {}. Le détail est dans {REPORT_FILE}.\n",
            report.summary(&dossier),
            folder.display()
        ),
        &Document::of(folder, &dossier, &report),
    )
}

fn settings(arguments: &AnnuaireArguments) -> Result<AnnuaireSettings, Failure> {
    profile::load(&arguments.profil, &toml::Table::new())
        .map_err(|error| Failure::new(USAGE, error.to_string()))?;
    Ok(AnnuaireSettings {
        departement: arguments.departement.clone(),
        rentree: arguments.rentree,
        profile: arguments.profil.clone(),
        centi_etp: arguments.etp.unwrap_or(0),
        advisers: arguments.conseillers,
        added_circonscriptions: arguments.ajouter_circonscription.clone(),
    })
}

fn import(
    arguments: &AnnuaireArguments,
    settings: &AnnuaireSettings,
) -> Result<(Dossier, ImportReport), Failure> {
    let annuaire = read(&arguments.fichier)?;
    let ips: Vec<Table> = arguments.ips.iter().map(|path| read(path)).collect::<Result<_, _>>()?;
    let rural = arguments.rural.as_deref().map(read).transpose()?;
    let forecasts = arguments.previsions.as_deref().map(read).transpose()?;
    let files = AnnuaireFiles {
        annuaire: &annuaire,
        ips: &ips,
        rural: rural.as_ref(),
        forecasts: forecasts.as_ref(),
    };
    import_annuaire(&files, settings).map_err(|diagnostic| invalid(&diagnostic))
}

fn read(path: &Path) -> Result<Table, Failure> {
    Table::read(path).map_err(|diagnostic| invalid(&diagnostic))
}

fn invalid(diagnostic: &Diagnostic) -> Failure {
    Failure::new(INVALID_INPUT, diagnostic.to_string())
}

/// What `--json` prints.
#[derive(Serialize)]
struct Document<'a> {
    dossier: String,
    departement: &'a str,
    rentree: u16,
    etablissements: usize,
    postes: usize,
    conseillers: usize,
    remarques: &'a [String],
    notes: &'a [Note],
}

impl<'a> Document<'a> {
    fn of(folder: &Path, dossier: &'a Dossier, report: &'a ImportReport) -> Self {
        Self {
            dossier: folder.display().to_string(),
            departement: &dossier.scenario.departement,
            rentree: dossier.scenario.year,
            etablissements: dossier.establishments.len(),
            postes: dossier.posts.len(),
            conseillers: dossier.advisers.len(),
            remarques: &report.remarks,
            notes: &report.notes,
        }
    }
}
