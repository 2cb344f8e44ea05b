//! Effectifs and IPS of the ministry's files of social position indices, by UAI.

use std::collections::BTreeMap;

use super::cells::{pupils, year};
use crate::import::establishments::IPS;
use crate::import::{Row, Table, parse_number};

/// What the files say of one UAI.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Social {
    /// Pupils, general, technological and vocational together, post-bac excluded.
    pub pupils: Option<u32>,
    /// Index.
    pub ips: Option<f64>,
    /// Year of the rentree of both.
    pub year: Option<u16>,
}

impl Social {
    /// Two rows of one year: a college and a lycee under one UAI.
    fn plus(self, other: Self) -> Self {
        let weights = [self, other].map(|social| f64::from(social.pupils.unwrap_or(0)));
        let ips = match (self.ips, other.ips) {
            (Some(left), Some(right)) if weights[0] + weights[1] > 0.0 => {
                Some((left * weights[0] + right * weights[1]) / (weights[0] + weights[1]))
            }
            (left, right) => left.or(right),
        };
        let pupils = match (self.pupils, other.pupils) {
            (Some(left), Some(right)) => Some(left + right),
            (left, right) => left.or(right),
        };
        Self { pupils, ips, year: self.year }
    }
}

/// The rows of every file by UAI; the latest year wins, and a row given twice counts once.
#[derive(Default)]
pub(super) struct SocialIndex(BTreeMap<String, Social>);

impl SocialIndex {
    /// Reads the files; a file without a column of UAI is told by the caller.
    pub fn read(tables: &[Table]) -> Self {
        let mut index = Self::default();
        for table in tables {
            let columns = SocialColumns::of(table);
            for row in &table.rows {
                let uai = columns.uai.map_or("", |column| row.get(column)).to_uppercase();
                index.insert(uai, columns.social(row));
            }
        }
        index
    }

    fn insert(&mut self, uai: String, social: Social) {
        let entry = self.0.entry(uai).or_insert(social);
        if social.year > entry.year {
            *entry = social;
        } else if social.year == entry.year && social != *entry {
            *entry = entry.plus(social);
        }
    }

    /// What is known of the establishment, else of its sections together.
    pub fn of(&self, uai: &str, sections: &[String]) -> Social {
        let sections = || {
            sections.iter().filter_map(|section| self.0.get(section).copied()).reduce(Social::plus)
        };
        self.0.get(uai).copied().or_else(sections).unwrap_or_default()
    }
}

/// The columns of one file, whatever its year.
struct SocialColumns {
    uai: Option<usize>,
    year: Option<usize>,
    pupils: Option<usize>,
    parts: [Option<usize>; 2],
    ips: Option<usize>,
}

/// Names of the column of UAI, which such a file cannot do without.
pub(super) const UAI_NAMES: [&str; 3] = ["uai", "numero_uai", "code_uai"];

/// Names of the column of the index.
pub(super) const IPS_NAMES: [&str; 4] = ["ips", "ips_ensemble_gt_pro", "ips_etab", "ips_voie_gt"];

/// Names of the column of all pupils.
pub(super) const PUPILS_NAMES: [&str; 6] = [
    "effectifs",
    "effectif",
    "effectifs_ensemble_gt_pro",
    "effectifs_ensemble",
    "nombre_d_eleves",
    "nombre_eleves_total",
];

/// Names of the columns that share the pupils of a lycee.
pub(super) const PARTS_NAMES: [[&str; 2]; 2] =
    [["effectifs_voie_gt", "effectifs_gt"], ["effectifs_voie_pro", "effectifs_pro"]];

impl SocialColumns {
    fn of(table: &Table) -> Self {
        Self {
            uai: table.column(&UAI_NAMES),
            year: table.column(&["rentree_scolaire", "annee", "rentree"]),
            pupils: table.column(&PUPILS_NAMES),
            parts: PARTS_NAMES.map(|names| table.column(&names)),
            ips: table.column(&IPS_NAMES),
        }
    }

    fn social(&self, row: &Row) -> Social {
        let cell = |column: Option<usize>| column.map_or("", |column| row.get(column));
        let parts = self.parts.map(|column| pupils(cell(column)));
        let sum = parts.into_iter().flatten().reduce(|left, right| left + right);
        Social {
            pupils: pupils(cell(self.pupils)).or(sum),
            ips: parse_number(cell(self.ips)).filter(|ips| IPS.contains(ips)),
            year: year(cell(self.year)),
        }
    }
}
