//! Where rows stand: missing and impossible coordinates replaced, rough ones listed.

use std::collections::BTreeMap;

use super::record::{Point, Record};
use super::report::{ImportReport, Topic};
use crate::import::fold;

/// A school this far from the middle of its commune's other schools is misplaced, kilometres:
/// no French commune with several schools is that wide, French Guiana's apart.
const COMMUNE_KM: f64 = 30.0;
/// A school this far from every other one of the departement deserves a look, kilometres.
const REMOTE_KM: f64 = 40.0;

/// The schools of the departement as a map: what a missing position is guessed from.
pub(super) struct Surroundings {
    by_commune: BTreeMap<String, Vec<Point>>,
    all: Vec<Point>,
}

impl Surroundings {
    /// Every row of the departement counts, private schools too.
    pub fn of(records: &[Record]) -> Self {
        let mut by_commune: BTreeMap<String, Vec<Point>> = BTreeMap::new();
        let mut all = Vec::new();
        for record in records {
            if let Some(point) = record.point {
                by_commune.entry(commune(record)).or_default().push(point);
                all.push(point);
            }
        }
        Self { by_commune, all }
    }

    /// Middle of the commune's schools, the one at `except` left out.
    fn commune_middle(&self, record: &Record, except: Option<Point>) -> Option<Point> {
        let mut points = self.by_commune.get(&commune(record))?.clone();
        if let Some(position) = points.iter().position(|point| Some(*point) == except) {
            points.remove(position);
        }
        middle(&points)
    }

    /// The middle of the departement.
    pub fn centre(&self) -> Option<Point> {
        middle(&self.all)
    }

    /// Kilometres to the nearest other school.
    fn nearest_km(&self, point: Point) -> Option<f64> {
        let mut own = false;
        self.all
            .iter()
            .filter(|other| {
                let skipped = **other == point && !own;
                own |= skipped;
                !skipped
            })
            .map(|other| other.km(point))
            .min_by(f64::total_cmp)
    }
}

/// Gives every served row a position, or none where the whole file has no coordinates.
pub(super) fn place(
    records: &mut [Record],
    surroundings: &Surroundings,
    report: &mut ImportReport,
) {
    for record in records {
        if record.swapped {
            report.note(Topic::Swapped, &record.uai, &record.name, &record.commune);
        }
        match record.point {
            None => substitute(record, surroundings, "position absente", report),
            Some(point) if is_misplaced(record, point, surroundings) => {
                substitute(record, surroundings, "position hors de sa commune", report);
            }
            Some(point) => note_precision(record, point, surroundings, report),
        }
    }
}

fn commune(record: &Record) -> String {
    if record.commune_code.is_empty() { fold(&record.commune) } else { record.commune_code.clone() }
}

/// Median latitude and longitude: one wild point does not move it.
fn middle(points: &[Point]) -> Option<Point> {
    let median = |value: fn(&Point) -> f64| {
        let mut values: Vec<f64> = points.iter().map(value).collect();
        values.sort_by(f64::total_cmp);
        values.get(values.len() / 2).copied()
    };
    Some(Point {
        latitude: median(|point| point.latitude)?,
        longitude: median(|point| point.longitude)?,
    })
}

/// Far from the commune's other schools, and farther from the departement than they are.
fn is_misplaced(record: &Record, point: Point, surroundings: &Surroundings) -> bool {
    let Some((commune, centre)) =
        surroundings.commune_middle(record, Some(point)).zip(surroundings.centre())
    else {
        return false;
    };
    commune.km(point) > COMMUNE_KM && point.km(centre) > commune.km(centre)
}

fn substitute(
    record: &mut Record,
    surroundings: &Surroundings,
    reason: &str,
    report: &mut ImportReport,
) {
    let (point, place) = match surroundings.commune_middle(record, record.point) {
        Some(point) => (Some(point), "milieu des établissements de la commune"),
        None => (surroundings.centre(), "milieu du département"),
    };
    record.point = point;
    record.precision = "remplacée".into();
    report.note(
        Topic::Substituted,
        &record.uai,
        &record.name,
        format!("{}, {reason}, placé au {place}", record.commune),
    );
}

fn note_precision(
    record: &Record,
    point: Point,
    surroundings: &Surroundings,
    report: &mut ImportReport,
) {
    let precision = fold(&record.precision);
    let rough = ["ville", "commune", "mairie", "centroide", "moyenne", "mauvaise", "nesaitpas"];
    if rough.iter().any(|word| precision.contains(word)) {
        let detail = format!("{} ({})", record.commune, record.precision);
        report.note(Topic::Approximate, &record.uai, &record.name, detail);
    }
    if let Some(km) = surroundings.nearest_km(point).filter(|km| *km > REMOTE_KM) {
        let detail = format!("{}, à {km:.0} km du plus proche", record.commune);
        report.note(Topic::Remote, &record.uai, &record.name, detail);
    }
}
