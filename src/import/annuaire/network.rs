//! Ecoles of REP+ networks (R7, R12). The file says which ecoles are REP+, not of which network.

use super::merging::Site;
use super::record::{Priority, Record};
use super::report::{ImportReport, Topic};
use super::units::{Context, blank};
use crate::domain::{Categories, Category, Establishment, EstablishmentKind};
use crate::wording::number::number;

/// One row per REP+ ecole, ordered by UAI, its network proposed.
pub(super) fn ecoles(
    records: &[Record],
    sites: &[Site],
    context: &Context<'_>,
    year: Option<u16>,
    report: &mut ImportReport,
) -> Vec<Establishment> {
    let heads: Vec<&Record> = sites
        .iter()
        .map(|site| &site.record)
        .filter(|record| record.priority == Priority::RepPlus)
        .collect();
    let mut units: Vec<Establishment> = records
        .iter()
        .filter(|record| record.priority == Priority::RepPlus)
        .filter_map(|record| ecole(record, &heads, context, year, report))
        .collect();
    units.sort_by(|left, right| left.uai.cmp(&right.uai));
    units
}

fn ecole(
    record: &Record,
    heads: &[&Record],
    context: &Context<'_>,
    year: Option<u16>,
    report: &mut ImportReport,
) -> Option<Establishment> {
    let network = propose(record, heads, report);
    let told = context.social.of(&record.uai, &[]);
    let mut categories: Categories = [Category::RepPlus].into_iter().collect();
    if record.ulis == Some(true) {
        categories.present.insert(Category::Ulis);
    }
    Some(Establishment {
        commune: record.commune.clone(),
        commune_code: record.commune_code.clone(),
        pupils: record.pupils,
        pupils_year: record.pupils.and(year),
        ips: told.ips,
        categories,
        bassin: record.bassin.clone(),
        network,
        rural_class: context.rural.of(&record.commune_code),
        ..blank(record.uai.clone(), record.name.clone(), EstablishmentKind::Ecole, record.point?)
    })
}

/// The REP+ college of the ecole's PIAL (the nearest, when it has several), else the nearest.
fn propose(ecole: &Record, heads: &[&Record], report: &mut ImportReport) -> Option<String> {
    let of_pial = |head: &&&Record| {
        !ecole.pial.is_empty() && (head.uai == ecole.pial || head.pial == ecole.pial)
    };
    let found = nearest(ecole, heads.iter().filter(of_pial))
        .map(|found| (found, "par le PIAL"))
        .or_else(|| nearest(ecole, heads.iter()).map(|found| (found, "par la proximité")));
    match found {
        Some(((km, head), reason)) => {
            let detail = format!("{} {}, {reason} ({} km)", head.uai, head.name, number(km, 1));
            report.note(Topic::NetworkProposed, &ecole.uai, &ecole.name, detail);
            Some(head.uai.clone())
        }
        None => {
            report.note(Topic::NetworkUnknown, &ecole.uai, &ecole.name, &ecole.commune);
            None
        }
    }
}

fn nearest<'a>(
    ecole: &Record,
    heads: impl Iterator<Item = &'a &'a Record>,
) -> Option<(f64, &'a Record)> {
    let point = ecole.point?;
    heads
        .filter_map(|head| Some((head.point?.km(point), *head)))
        .min_by(|left, right| left.0.total_cmp(&right.0).then(left.1.uai.cmp(&right.1.uai)))
}
