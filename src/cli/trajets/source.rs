//! Where `maillage trajets` takes real times from.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::json;

use super::{Arguments, Dossier, invalid, text};
use crate::cli::diagnostics;
use crate::cli::exit::{Failure, INVALID_INPUT, UNEXPECTED};
use crate::cli::manners::Manners;
use crate::import::{Diagnostic, read_matrix};
use crate::travel::engines::{
    self, EngineError, HttpClient, MatrixEngine, Osrm, Patience, Valhalla,
};
use crate::travel::roads::{self, RoadExtract, RoadMap, RoadProfile};
use crate::travel::{Place, SnapDistance, Source, TravelMatrix, Trip, TripTable};

#[derive(Debug, Args)]
#[group(multiple = false)]
pub struct SourceArguments {
    /// Calcule les trajets sur cet extrait d'OpenStreetMap (.osm.pbf), sans serveur
    #[arg(long, value_name = "EXTRAIT")]
    osm: Option<PathBuf>,
    /// Demande les trajets à un moteur OSRM en marche à cette adresse
    #[arg(long, value_name = "URL")]
    osrm: Option<String>,
    /// Demande les trajets à un moteur Valhalla en marche à cette adresse
    #[arg(long, value_name = "URL")]
    valhalla: Option<String>,
    /// Lit une matrice d'un autre outil (deux fichiers au plus : un de temps, un de distances)
    #[arg(long, value_name = "FICHIER", num_args = 1, action = clap::ArgAction::Append)]
    matrice: Vec<PathBuf>,
}

impl SourceArguments {
    /// Whether one is asked for.
    pub fn is_some(&self) -> bool {
        self.osm.is_some()
            || self.osrm.is_some()
            || self.valhalla.is_some()
            || !self.matrice.is_empty()
    }
}

/// What a source brought.
pub struct Outcome {
    /// The source in words; `None` when none was asked for.
    pub name: Option<String>,
    /// What it knows, over the estimate.
    pub matrix: TravelMatrix,
    /// How each place met the road.
    pub snaps: Vec<SnapDistance>,
    /// Pairs whose length the source does not know: that of the estimate is written.
    pub without_length: usize,
    /// Pairs whose time it does not know: they stay estimated.
    pub without_time: usize,
    /// What deserves a look in a file.
    pub warnings: Vec<Diagnostic>,
}

/// Asks the source that the arguments name, or the dossier.
pub fn ask(
    arguments: &Arguments,
    dossier: &Dossier,
    places: &[Place],
    estimate: &TravelMatrix,
    manners: &Manners,
) -> Result<Outcome, Failure> {
    let source = &arguments.source;
    if let Some(path) = &source.osm {
        let table = on_roads(path, arguments.vitesses.as_deref(), places, manners)?;
        return Ok(taken(format!("l'extrait OpenStreetMap {}", path.display()), table, estimate));
    }
    if let Some(url) = &source.osrm {
        let table = asked(&Osrm::new(client(url)?), places, manners)?;
        return Ok(taken(format!("le moteur OSRM {url}"), table, estimate));
    }
    if let Some(url) = &source.valhalla {
        let table = asked(&Valhalla::new(client(url)?), places, manners)?;
        return Ok(taken(format!("le moteur Valhalla {url}"), table, estimate));
    }
    if source.matrice.is_empty() {
        return Ok(known(dossier, estimate));
    }
    from_files(&source.matrice, dossier, estimate, manners)
}

/// A source that knows times and lengths alike.
fn outcome(name: Option<String>, matrix: TravelMatrix, snaps: Vec<SnapDistance>) -> Outcome {
    Outcome { name, matrix, snaps, without_length: 0, without_time: 0, warnings: Vec::new() }
}

fn taken(name: String, table: TripTable, estimate: &TravelMatrix) -> Outcome {
    let mut matrix = estimate.clone();
    matrix.take(&table);
    outcome(Some(name), matrix, table.snaps)
}

fn on_roads(
    path: &Path,
    speeds: Option<&Path>,
    places: &[Place],
    manners: &Manners,
) -> Result<TripTable, Failure> {
    let profile = match speeds {
        None => RoadProfile::default(),
        Some(path) => RoadProfile::from_toml(&text(path)?).map_err(invalid)?,
    };
    manners.note(&format!("Lecture de {}…", path.display()));
    let extract = RoadExtract::read(path, &profile).map_err(invalid)?;
    let map = RoadMap::from_extract(&extract);
    if extract.ignored_restrictions > 0 {
        manners.note(&format!(
            "{} interdictions de tourner de l'extrait ne sont pas prises en compte (trop complexes).",
            extract.ignored_restrictions
        ));
    }
    drop(extract);
    manners.note(&format!("Calcul des trajets sur {} tronçons de route…", map.segments.len()));
    Ok(roads::trip_table(&map, places))
}

fn client(url: &str) -> Result<HttpClient, Failure> {
    HttpClient::new(url, Patience::default()).map_err(engine_failure)
}

fn asked(
    engine: &impl MatrixEngine,
    places: &[Place],
    manners: &Manners,
) -> Result<TripTable, Failure> {
    let progress = |done: usize, total: usize| {
        if manners.shows_progress() {
            manners.note(&format!("Demande {done} sur {total}"));
        }
    };
    engines::ask(engine, places, progress).map_err(engine_failure)
}

/// An engine that fails is no fault of the dossier.
fn engine_failure(error: EngineError) -> Failure {
    Failure::new(UNEXPECTED, error.to_string())
}

fn from_files(
    paths: &[PathBuf],
    dossier: &Dossier,
    estimate: &TravelMatrix,
    manners: &Manners,
) -> Result<Outcome, Failure> {
    let (file, warnings) = match read_matrix(paths, dossier) {
        Ok(read) => read,
        Err(faults) => return Err(refusal(&faults, manners)?),
    };
    let mut matrix = estimate.clone();
    for (&(from, to), trip) in &file.trips {
        let metres = trip.metres.map_or(estimate.metres(from, to), |metres| metres.round() as u32);
        let seconds = trip.seconds.round() as u32;
        matrix.set(from, to, Trip { seconds, metres, source: Source::Given });
    }
    let names: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
    let snaps = vec![SnapDistance::Unknown; dossier.establishments.len()];
    Ok(Outcome {
        without_length: file.trips.values().filter(|trip| trip.metres.is_none()).count(),
        without_time: file.without_time,
        warnings,
        ..outcome(Some(format!("la matrice {}", names.join(" et "))), matrix, snaps)
    })
}

/// Every fault of a matrix: for a person on stderr, for a machine on stdout.
fn refusal(faults: &[Diagnostic], manners: &Manners) -> Result<Failure, Failure> {
    let text = format!(
        "la matrice a {} ; rien n'est écrit.\n{}",
        diagnostics::count(faults),
        diagnostics::listing(faults)
    );
    if manners.json {
        manners.result("", &json!({"utilisable": false, "messages": faults}))?;
    }
    Ok(Failure::new(INVALID_INPUT, text.trim_end()))
}

/// What the dossier knows already: as in a plan, the first row on a pair counts.
fn known(dossier: &Dossier, estimate: &TravelMatrix) -> Outcome {
    let mut rows: BTreeMap<&str, usize> = BTreeMap::new();
    for (row, establishment) in dossier.establishments.iter().enumerate() {
        rows.entry(&establishment.uai).or_insert(row);
    }
    for post in &dossier.posts {
        let stands = post.residence.as_deref().and_then(|uai| rows.get(uai).copied());
        stands.map(|row| rows.entry(&post.id).or_insert(row));
    }
    let mut matrix = estimate.clone();
    for trip in dossier.trips.iter().rev() {
        let ends = (rows.get(trip.from.as_str()), rows.get(trip.to.as_str()));
        if let (Some(&from), Some(&to)) = ends {
            let seconds = (trip.minutes * 60.0).round() as u32;
            let metres = (trip.km * 1000.0).round() as u32;
            let source = if trip.computed { Source::Computed } else { Source::Given };
            matrix.set(from, to, Trip { seconds, metres, source });
        }
    }
    let snaps = vec![SnapDistance::Unknown; dossier.establishments.len()];
    outcome(None, matrix, snaps)
}
