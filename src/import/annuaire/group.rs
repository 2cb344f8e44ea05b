//! Cites scolaires: establishments that one AS serves together.
//!
//! A group is proposed only where the file declares a link; that two establishments share an
//! address is listed, no more: a college and the lycee beside it may well have two AS.

use std::collections::BTreeMap;

use super::merging::Site;
use super::report::{ImportReport, Topic};
use crate::import::fold;
use crate::wording::number::number;

/// A declared annex up to this far is one cite scolaire, kilometres; annexes farther away stand in
/// another quarter or town (in Occitanie the former are within 0.8 km, the latter from 1.2 to 18).
const GROUP_KM: f64 = 1.0;

/// Establishments this near are listed, kilometres.
const BESIDE_KM: f64 = 0.1;

/// Group of each site that has one, by UAI.
pub(super) fn groups(sites: &[Site], report: &mut ImportReport) -> BTreeMap<String, String> {
    let by_uai: BTreeMap<&str, &Site> =
        sites.iter().map(|site| (site.record.uai.as_str(), site)).collect();
    let mut groups = BTreeMap::new();
    for site in sites {
        let mother = site.record.mother.as_deref().and_then(|uai| by_uai.get(uai));
        let Some((mother, km)) = mother.and_then(|mother| Some((mother, distance(site, mother)?)))
        else {
            continue;
        };
        let record = &site.record;
        let detail =
            format!("{} {}, à {} km", mother.record.uai, mother.record.name, number(km, 1));
        if km > GROUP_KM {
            report.note(Topic::FarAnnex, &record.uai, &record.name, detail);
            continue;
        }
        report.note(Topic::GroupProposed, &record.uai, &record.name, detail);
        let name = format!("CITE-{}", mother.record.uai);
        groups.insert(mother.record.uai.clone(), name.clone());
        groups.insert(record.uai.clone(), name);
    }
    note_same_place(sites, &groups, report);
    groups
}

fn distance(left: &Site, right: &Site) -> Option<f64> {
    Some(left.record.point?.km(right.record.point?))
}

/// Lists the pairs that stand together without a declared link.
fn note_same_place(sites: &[Site], groups: &BTreeMap<String, String>, report: &mut ImportReport) {
    for (index, site) in sites.iter().enumerate() {
        for other in &sites[..index] {
            let (record, beside) = (&site.record, &other.record);
            let group = groups.get(&record.uai);
            let grouped = group.is_some() && group == groups.get(&beside.uai);
            if !grouped && share_place(site, other) {
                let detail = format!("avec {} {}, {}", beside.uai, beside.name, record.commune);
                report.note(Topic::SamePlace, &record.uai, &record.name, detail);
            }
        }
    }
}

fn share_place(site: &Site, other: &Site) -> bool {
    let (left, right) = (&site.record, &other.record);
    let same_address = !left.address.is_empty()
        && left.commune_code == right.commune_code
        && fold(&left.address) == fold(&right.address);
    same_address || distance(site, other).is_some_and(|km| km <= BESIDE_KM)
}
