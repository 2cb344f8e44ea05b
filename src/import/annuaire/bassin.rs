//! The bassin of schools that the file leaves without one.

use super::record::{Point, Record};
use super::report::{ImportReport, Topic};
use crate::wording::number::number;

/// Schools whose bassin is told.
pub(super) struct Bassins(Vec<(Point, String)>);

impl Bassins {
    /// From every served row, ecoles too.
    pub fn of<'a>(records: impl Iterator<Item = &'a Record>) -> Self {
        Self(
            records
                .filter(|record| !record.bassin.is_empty())
                .filter_map(|record| Some((record.point?, record.bassin.clone())))
                .collect(),
        )
    }

    /// Bassin of the nearest school and its distance; ties by name.
    pub fn nearest(&self, point: Point) -> Option<(f64, &str)> {
        self.0
            .iter()
            .map(|(other, bassin)| (other.km(point), bassin.as_str()))
            .min_by(|left, right| left.0.total_cmp(&right.0).then(left.1.cmp(right.1)))
    }

    /// Fills the bassin of a row that has none, and lists it.
    pub fn complete(&self, record: &mut Record, report: &mut ImportReport) {
        if !record.bassin.is_empty() {
            return;
        }
        let Some((km, bassin)) = record.point.and_then(|point| self.nearest(point)) else {
            return;
        };
        let detail = format!("{bassin} (établissement à {} km)", number(km, 1));
        report.note(Topic::NearestBassin, &record.uai, &record.name, detail);
        record.bassin = bassin.to_owned();
    }
}
