//! `maillage importer annuaire`: a dossier from the ministry's open data.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use serde::Serialize;

use super::diagnostics;
use super::exit::{Failure, INVALID_INPUT, USAGE};
use super::manners::Manners;
use super::new_dossier;
use crate::domain::Dossier;
use crate::import::annuaire::{
    AnnuaireFiles, AnnuaireSettings, ImportReport, Note, OpenData, import_annuaire,
};
use crate::import::{Diagnostic, Table, dossier_files, parse_number, read_files, write_files};
use crate::policy::profile;

/// The report, written whole into the dossier.
const REPORT_FILE: &str = "import.md";

/// Construit un dossier de rentrée à partir des données ouvertes du ministère
#[derive(Debug, Args)]
#[command(
    after_help = "Exemple :\n  maillage importer annuaire annuaire.csv --departement 31 --etp 45 \\\n    -o dossier-31"
)]
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
    after_help = "Exemple :\n  maillage importer annuaire annuaire.csv --departement 31 --etp 45 \\\n    \
                  --ips ips-colleges.csv --ips ips-lycees.csv --rural typologie.csv \\\n    \
                  -o dossier-31"
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
    /// Typologie rurale des communes (sans elle, la catégorie RURAL reste inconnue)
    #[arg(long, value_name = "FICHIER")]
    rural: Option<PathBuf>,
    /// Effectifs prévus, en colonnes uai, effectif, annee
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
    /// Profil du barème : circulaire-2017 (défaut), aix-marseille-2018, deux-sevres-2018 ou
    /// haute-garonne-2024
    #[arg(long, value_name = "PROFIL", default_value = "circulaire-2017")]
    profil: String,
    /// Année de la rentrée ; par défaut celle qui suit la date de l'annuaire
    #[arg(long, value_name = "ANNÉE", value_parser = clap::value_parser!(u16).range(2000..=2100))]
    rentree: Option<u16>,
    /// Dossier à écrire
    #[arg(long, short = 'o', value_name = "DOSSIER")]
    sortie: PathBuf,
    /// Écrit par-dessus un dossier qui existe déjà : ses tableaux sont remplacés
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
    let mut files = dossier_files(&dossier)?;
    files.insert(REPORT_FILE, report.markdown(&dossier).into_bytes());
    write_files(folder, &files)?;
    let next = match read_files(&files) {
        Ok(_) => "complétez postes.csv, puis".to_owned(),
        Err(found) => format!("le dossier a {}, que dit", diagnostics::count(&found)),
    };
    let document = Document::of(folder, &dossier, &report);
    let folder = folder.display();
    manners.result(
        &format!(
            "{}\nDossier écrit dans {folder}. Le détail est dans {REPORT_FILE}.\n\
             Pour la suite : {next} maillage verifier {folder}\n",
            report.summary(&dossier),
        ),
        &document,
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
    let mut faults = Vec::new();
    let mut read = |path: &PathBuf, part: OpenData| {
        let table = Table::read(path).and_then(|table| part.check(&table).map(|()| table));
        table.map_err(|fault| faults.push(fault)).ok()
    };
    let annuaire = read(&arguments.fichier, OpenData::Annuaire);
    let ips: Vec<Table> =
        arguments.ips.iter().filter_map(|path| read(path, OpenData::Social)).collect();
    let rural = arguments.rural.as_ref().and_then(|path| read(path, OpenData::Rural));
    let forecasts = arguments.previsions.as_ref().and_then(|path| read(path, OpenData::Forecasts));
    // Imported with the files that can be read, so that its faults are told with theirs.
    let imported = annuaire.map(|annuaire| {
        let files = AnnuaireFiles {
            annuaire: &annuaire,
            ips: &ips,
            rural: rural.as_ref(),
            forecasts: forecasts.as_ref(),
        };
        import_annuaire(&files, settings)
    });
    match imported {
        Some(Ok(imported)) if faults.is_empty() => Ok(imported),
        other => {
            faults.extend(other.and_then(Result::err));
            Err(refused(&faults))
        }
    }
}

fn refused(faults: &[Diagnostic]) -> Failure {
    let message = format!(
        "rien n'est écrit : {}.\n{}",
        diagnostics::count(faults),
        diagnostics::listing(faults)
    );
    Failure::new(INVALID_INPUT, message.trim_end())
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
