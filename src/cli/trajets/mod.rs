//! `maillage trajets`: real travel times into the dossier, or the worth of its estimate.

mod report;
mod source;

use std::path::{Path, PathBuf};

use clap::Args;

use super::diagnostics;
use super::exit::{Failure, INVALID_INPUT};
use super::manners::Manners;
use crate::domain::{Dossier, Establishment, Trip as DossierTrip};
use crate::import::{may_write_trips, read_dossier, read_dossier_but_trips, write_trips};
use crate::travel::accuracy::{compare, figures};
use crate::travel::plausibility;
use crate::travel::{EstimateFactors, Place, Source, TravelMatrix};
use crate::wording::system;
use report::{Report, listed};
use source::{Outcome, SourceArguments};

/// Met les temps de trajet réels dans trajets.csv, ou juge l'estimation
#[derive(Debug, Args)]
#[command(after_help = "\
Exemples :
  maillage trajets dossier-2026 --osm midi-pyrenees-latest.osm.pbf
  maillage trajets dossier-2026 --osrm http://localhost:5000
  maillage trajets dossier-2026 --matrice temps.csv

Sans source, rien n'est écrit : la commande compte ce que le dossier connaît et ce qui sera estimé.
Les extraits OpenStreetMap par région se téléchargent sur download.geofabrik.de.")]
pub struct Arguments {
    /// Dossier de rentrée à compléter
    #[arg(value_name = "DOSSIER")]
    dossier: PathBuf,
    #[command(flatten)]
    source: SourceArguments,
    /// Facteurs de l'estimation, sur le modèle de data/trajets/estimation.toml
    #[arg(long, value_name = "FICHIER")]
    facteurs: Option<PathBuf>,
    /// Vitesses par classe de route, sur le modèle de data/trajets/routes.toml
    #[arg(long, value_name = "FICHIER", requires = "osm")]
    vitesses: Option<PathBuf>,
}

/// Runs the command.
///
/// # Errors
/// A dossier or a source that cannot be used, an impossible time, a file that cannot be written.
pub fn run(arguments: &Arguments, manners: &Manners) -> Result<(), Failure> {
    let folder = &arguments.dossier;
    let asked = arguments.source.is_some();
    if asked {
        may_write_trips(folder)?;
    }
    let outcome = if asked { read_dossier_but_trips(folder) } else { read_dossier(folder) };
    let dossier = diagnostics::accept(outcome, folder, manners)?;
    let places: Vec<Place> = dossier.establishments.iter().map(place).collect();
    let factors = match &arguments.facteurs {
        None => EstimateFactors::default(),
        Some(path) => EstimateFactors::from_toml(&text(path)?).map_err(invalid)?,
    };
    let estimate = TravelMatrix::estimate(&places, &factors);
    let mut outcome = source::ask(arguments, &dossier, &places, &estimate, manners)?;
    refuse_impossible(&outcome, &places)?;
    if asked {
        write_trips(folder, &real_trips(&outcome.matrix, &places))?;
    }
    outcome.matrix.mirror();
    let report = Report {
        file: folder.join("trajets.csv"),
        figures: figures(outcome.matrix.counts(), compare(&estimate, &outcome.matrix)),
        places: &places,
        outcome: &outcome,
    };
    report.warn(manners);
    manners.result(&report.text(), &report.document())
}

fn place(row: &Establishment) -> Place {
    Place {
        id: row.uai.clone(),
        latitude: row.latitude,
        longitude: row.longitude,
        rural_class: row.rural_class,
    }
}

/// What a road network computed must be possible too: a wrong point, a map with holes.
fn refuse_impossible(outcome: &Outcome, places: &[Place]) -> Result<(), Failure> {
    let found = plausibility::check(&outcome.matrix, places, &outcome.snaps);
    if found.is_empty() {
        return Ok(());
    }
    let lines = found
        .iter()
        .map(|pair| format!("de {} à {} : {}", places[pair.from].id, places[pair.to].id, pair.why));
    let head = match found.len() {
        1 => "un trajet est impossible, rien n'est écrit :".to_owned(),
        count => format!("{count} trajets sont impossibles, rien n'est écrit :"),
    };
    Err(invalid(format!("{head}\n{}", listed(lines))))
}

/// Real trips alone, rounded to a tenth: pairs that are left out stay estimated, and counted.
fn real_trips(matrix: &TravelMatrix, places: &[Place]) -> Vec<DossierTrip> {
    let tenths = |value: f64| (value * 10.0).round() / 10.0;
    matrix
        .pairs()
        .filter(|(_, _, trip)| trip.source != Source::Estimated)
        .map(|(from, to, trip)| DossierTrip {
            from: places[from].id.clone(),
            to: places[to].id.clone(),
            minutes: tenths(f64::from(trip.seconds) / 60.0),
            km: tenths(f64::from(trip.metres) / 1000.0),
            computed: trip.source == Source::Computed,
        })
        .collect()
}

fn invalid(error: impl std::fmt::Display) -> Failure {
    Failure::new(INVALID_INPUT, error.to_string())
}

fn text(path: &Path) -> Result<String, Failure> {
    std::fs::read_to_string(path)
        .map_err(|error| invalid(format!("{} : {}", path.display(), system::reason(&error))))
}
