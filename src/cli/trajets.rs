//! `maillage trajets`: real travel times into the dossier, or the worth of its estimate.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::json;

use super::diagnostics;
use super::exit::{Failure, INVALID_INPUT, UNEXPECTED};
use super::manners::Manners;
use crate::domain::{Dossier, Trip as DossierTrip};
use crate::import::{Table, parse_number, write_trips};
use crate::travel::accuracy::{Accuracy, compare};
use crate::travel::engines::{
    self, EngineError, HttpClient, MatrixEngine, Osrm, Patience, Valhalla,
};
use crate::travel::matrix_file::{MatrixFile, TextTable};
use crate::travel::plausibility;
use crate::travel::roads::{self, RoadExtract, RoadMap, RoadProfile};
use crate::travel::{EstimateFactors, Place, SnapDistance, Source, TravelMatrix, Trip, TripTable};

/// Snaps beyond this distance, in metres, are worth a look: a wrong point, a missing road.
const FAR_SNAP_M: f64 = 300.0;
/// Lines of a list of warnings or errors.
const LISTED: usize = 20;

/// Met les temps de trajet réels dans trajets.csv, ou juge l'estimation
#[derive(Debug, Args)]
#[command(after_help = "\
Exemples : maillage trajets dossier-2026 --osm midi-pyrenees-latest.osm.pbf
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

#[derive(Debug, Args)]
#[group(multiple = false)]
struct SourceArguments {
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

/// What a source brought.
struct Outcome {
    matrix: TravelMatrix,
    /// Pairs that the source should have covered and did not.
    missing: usize,
    snaps: Vec<SnapDistance>,
    /// Identifiers of a file that are no place of the dossier.
    strangers: Vec<String>,
}

/// Runs the command.
///
/// # Errors
/// A dossier or a source that cannot be used, an impossible time, a file that cannot be written.
pub fn run(arguments: &Arguments, manners: &Manners) -> Result<(), Failure> {
    let dossier = diagnostics::read(&arguments.dossier, manners)?;
    let places = places(&dossier);
    let factors = match &arguments.facteurs {
        None => EstimateFactors::default(),
        Some(path) => EstimateFactors::from_toml(&text(path)?).map_err(invalid)?,
    };
    let estimate = TravelMatrix::estimate(&places, &factors);
    let (name, outcome) = match ask(arguments, &dossier, &places, &estimate, manners)? {
        Some((name, outcome)) => (Some(name), outcome),
        None => (None, known(&dossier, &estimate)),
    };
    refuse_impossible(&outcome.matrix, &places)?;
    if name.is_some() {
        write_trips(&arguments.dossier, &real_trips(&outcome.matrix, &places))?;
    }
    let report = Report {
        source: name,
        file: arguments.dossier.join("trajets.csv"),
        accuracy: compare(&estimate, &outcome.matrix),
        walked: outcome.matrix.pairs().filter(|(_, _, trip)| trip.is_walk()).count(),
        places: &places,
        outcome: &outcome,
    };
    report.warn(manners);
    manners.result(&report.text(), &report.document())
}

fn places(dossier: &Dossier) -> Vec<Place> {
    let place = |row: &crate::domain::Establishment| Place {
        id: row.uai.clone(),
        latitude: row.latitude,
        longitude: row.longitude,
        rural_class: row.rural_class,
    };
    dossier.establishments.iter().map(place).collect()
}

/// What may end a trip in a file: an establishment, or a post, which stands at its residence.
fn ends(dossier: &Dossier) -> Vec<(String, Option<usize>)> {
    let rows =
        dossier.establishments.iter().enumerate().map(|(at, row)| (row.uai.clone(), Some(at)));
    let place = |uai: &str| dossier.establishments.iter().position(|row| row.uai == uai);
    let posts = dossier.posts.iter();
    rows.chain(posts.map(|post| (post.id.clone(), post.residence.as_deref().and_then(place))))
        .collect()
}

/// Asks the source that the arguments name, if any.
fn ask(
    arguments: &Arguments,
    dossier: &Dossier,
    places: &[Place],
    estimate: &TravelMatrix,
    manners: &Manners,
) -> Result<Option<(String, Outcome)>, Failure> {
    let source = &arguments.source;
    let named = |name: String, table: TripTable| {
        let mut matrix = estimate.clone();
        let missing = matrix.take(&table).len();
        Some((name, Outcome { matrix, missing, snaps: table.snaps, strangers: Vec::new() }))
    };
    if let Some(path) = &source.osm {
        let table = on_roads(path, arguments.vitesses.as_deref(), places, manners)?;
        return Ok(named(format!("l'extrait OpenStreetMap {}", path.display()), table));
    }
    if let Some(url) = &source.osrm {
        let engine = Osrm::new(client(url)?);
        return Ok(named(format!("le moteur OSRM {url}"), asked(&engine, places, manners)?));
    }
    if let Some(url) = &source.valhalla {
        let engine = Valhalla::new(client(url)?);
        return Ok(named(format!("le moteur Valhalla {url}"), asked(&engine, places, manners)?));
    }
    if source.matrice.is_empty() {
        return Ok(None);
    }
    let outcome = from_files(&source.matrice, dossier, estimate)?;
    let names: Vec<String> = source.matrice.iter().map(|path| path.display().to_string()).collect();
    Ok(Some((format!("la matrice {}", names.join(" et ")), outcome)))
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

fn invalid(error: impl std::fmt::Display) -> Failure {
    Failure::new(INVALID_INPUT, error.to_string())
}

fn text(path: &Path) -> Result<String, Failure> {
    std::fs::read_to_string(path).map_err(|error| invalid(format!("{} : {error}", path.display())))
}

fn from_files(
    paths: &[PathBuf],
    dossier: &Dossier,
    estimate: &TravelMatrix,
) -> Result<Outcome, Failure> {
    let ends = ends(dossier);
    let mut matrix = estimate.clone();
    let mut strangers = Vec::new();
    for path in paths {
        let table = Table::read(path).map_err(invalid)?;
        let cells = |row: &crate::import::Row| {
            (0..row.len()).map(|column| row.get(column).to_owned()).collect()
        };
        let rows = table.rows.iter().map(|row| (row.line, cells(row))).collect();
        let table = TextTable { headers: table.headers, rows };
        let file = MatrixFile::read(&table, &ends, parse_number)
            .map_err(|error| invalid(format!("{} : {error}", path.display())))?;
        file.apply(&mut matrix);
        strangers.extend(file.strangers);
    }
    let missing = matrix
        .pairs()
        .filter(|(_, _, trip)| trip.source == Source::Estimated && !trip.is_walk())
        .count();
    let snaps = vec![SnapDistance::Unknown; dossier.establishments.len()];
    Ok(Outcome { matrix, missing, snaps, strangers })
}

/// What the dossier knows already.
fn known(dossier: &Dossier, estimate: &TravelMatrix) -> Outcome {
    let mut matrix = estimate.clone();
    let ends = ends(dossier);
    let index = |id: &str| ends.iter().find(|(end, _)| end == id).and_then(|(_, place)| *place);
    for trip in &dossier.trips {
        if let (Some(from), Some(to)) = (index(&trip.from), index(&trip.to)) {
            matrix.set(
                from,
                to,
                Trip {
                    seconds: (trip.minutes * 60.0).round() as u32,
                    metres: (trip.km * 1000.0).round() as u32,
                    source: Source::Given,
                },
            );
        }
    }
    let missing = matrix.counts().estimated;
    let snaps = vec![SnapDistance::Unknown; dossier.establishments.len()];
    Outcome { matrix, missing, snaps, strangers: Vec::new() }
}

fn refuse_impossible(matrix: &TravelMatrix, places: &[Place]) -> Result<(), Failure> {
    let found = plausibility::check(matrix, places);
    if found.is_empty() {
        return Ok(());
    }
    let lines: Vec<String> = found
        .iter()
        .map(|pair| {
            format!("  de {} à {} : {}", places[pair.from].id, places[pair.to].id, pair.why)
        })
        .collect();
    let head = match found.len() {
        1 => "un trajet est impossible, rien n'est écrit :".to_owned(),
        count => format!("{count} trajets sont impossibles, rien n'est écrit :"),
    };
    Err(invalid(format!("{head}\n{}", listed(&lines))))
}

fn listed(lines: &[String]) -> String {
    let mut text = lines.iter().take(LISTED).cloned().collect::<Vec<_>>().join("\n");
    if lines.len() > LISTED {
        let _ = write!(text, "\n  … et {} autres", lines.len() - LISTED);
    }
    text
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
        })
        .collect()
}

struct Report<'a> {
    source: Option<String>,
    file: PathBuf,
    accuracy: Option<Accuracy>,
    walked: usize,
    places: &'a [Place],
    outcome: &'a Outcome,
}

impl Report<'_> {
    fn warn(&self, manners: &Manners) {
        let far = self.far_snaps();
        if !far.is_empty() {
            let lines: Vec<String> =
                far.iter().map(|(id, metres)| format!("  {id} : {metres:.0} m")).collect();
            manners.note(&format!(
                "Loin de toute route (point mal placé, ou route absente de la carte ?) :\n{}",
                listed(&lines)
            ));
        }
        let off = self.off_map();
        if !off.is_empty() {
            let lines: Vec<String> = off.iter().map(|id| format!("  {id}")).collect();
            manners.note(&format!(
                "Hors de la carte, leurs trajets restent estimés :\n{}",
                listed(&lines)
            ));
        }
        if !self.outcome.strangers.is_empty() {
            manners.note(&format!(
                "Lieux de la matrice absents du dossier, laissés de côté : {}.",
                self.outcome.strangers.join(", ")
            ));
        }
    }

    fn far_snaps(&self) -> Vec<(&str, f64)> {
        let snaps = self.places.iter().zip(&self.outcome.snaps);
        snaps
            .filter_map(|(place, snap)| match snap {
                SnapDistance::Metres(metres) if *metres > FAR_SNAP_M => {
                    Some((place.id.as_str(), *metres))
                }
                _ => None,
            })
            .collect()
    }

    fn off_map(&self) -> Vec<&str> {
        let snaps = self.places.iter().zip(&self.outcome.snaps);
        snaps
            .filter(|(_, snap)| **snap == SnapDistance::OffMap)
            .map(|(place, _)| place.id.as_str())
            .collect()
    }

    fn text(&self) -> String {
        let counts = self.outcome.matrix.counts();
        let mut text = match &self.source {
            Some(source) => format!("Trajets d'après {source}.\n"),
            None => "Trajets que le dossier connaît (aucune source demandée).\n".to_owned(),
        };
        let total = counts.given + counts.computed + counts.estimated;
        let _ = writeln!(
            text,
            "{} lieux, {total} trajets (aller et retour comptés à part) : {} réels, {} à pied, {} \
             estimés faute de mieux.",
            self.places.len(),
            counts.given + counts.computed,
            self.walked,
            counts.estimated - self.walked,
        );
        let _ = match &self.accuracy {
            Some(accuracy) => writeln!(
                text,
                "L'estimation sans carte se trompe de {:.0} % en médiane, et de plus de {:.0} % \
                 pour un trajet sur dix ; elle est {}.",
                accuracy.median * 100.0,
                accuracy.p90 * 100.0,
                tendency(accuracy.bias),
            ),
            None => writeln!(
                text,
                "Aucun temps réel : l'erreur de l'estimation n'est pas connue. Pour des temps \
                 réels, voir « maillage trajets --help »."
            ),
        };
        if self.source.is_some() {
            let _ = writeln!(text, "Écrit : {}", self.file.display());
        }
        text
    }

    fn document(&self) -> serde_json::Value {
        let counts = self.outcome.matrix.counts();
        let far = self.far_snaps();
        let far: Vec<_> =
            far.iter().map(|(id, metres)| json!({"lieu": id, "metres": metres.round()})).collect();
        json!({
            "source": self.source,
            "fichier": self.source.as_ref().map(|_| self.file.display().to_string()),
            "lieux": self.places.len(),
            "trajets": {
                "donnes": counts.given,
                "calcules": counts.computed,
                "a_pied": self.walked,
                "estimes": counts.estimated - self.walked,
                "manquants": self.outcome.missing,
            },
            "loin_des_routes": far,
            "hors_carte": self.off_map(),
            "lieux_inconnus": self.outcome.strangers,
            "erreur_estimation": self.accuracy.map(|accuracy| json!({
                "trajets": accuracy.pairs,
                "mediane": accuracy.median,
                "p90": accuracy.p90,
                "biais": accuracy.bias,
            })),
        })
    }
}

/// What a signed median difference means in words.
fn tendency(bias: f64) -> String {
    match (bias * 100.0).round() as i64 {
        0 => "juste en moyenne".to_owned(),
        slow @ 1.. => format!("plutôt trop lente ({slow} %)"),
        fast => format!("plutôt trop rapide ({} %)", -fast),
    }
}
