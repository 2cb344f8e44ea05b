//! Establishments of the dossier, from sites and what other files tell of them.

use std::collections::BTreeMap;

use super::kind::kind_of;
use super::merging::Site;
use super::record::{Point, Priority, Record};
use super::report::{ImportReport, Topic};
use super::rural::RuralClasses;
use super::social::SocialIndex;
use crate::domain::{Categories, Category, Establishment, EstablishmentKind};

/// Files beside the annuaire, read.
pub(super) struct Context<'a> {
    pub social: &'a SocialIndex,
    pub rural: &'a RuralClasses,
    pub groups: &'a BTreeMap<String, String>,
}

/// An establishment of which only this is known.
pub(super) fn blank(
    uai: String,
    name: String,
    kind: EstablishmentKind,
    point: Point,
) -> Establishment {
    Establishment {
        uai,
        name,
        kind,
        commune: String::new(),
        commune_code: String::new(),
        latitude: rounded(point.latitude, 6),
        longitude: rounded(point.longitude, 6),
        pupils: None,
        post_bac_pupils: 0,
        categories: Categories::default(),
        ips: None,
        pupils_year: None,
        forecast: None,
        bassin: String::new(),
        network: None,
        group: None,
        on_priority_list: false,
        assistants_max: 1,
        rural_class: None,
    }
}

/// `value` with this many decimals.
pub(super) fn rounded(value: f64, decimals: i32) -> f64 {
    let scale = 10_f64.powi(decimals);
    (value * scale).round() / scale
}

/// The second-degree establishments, in the order of documents (type, then UAI). The effectif of
/// the annuaire, where it has one, serves those that no IPS file names.
pub(super) fn second_degree(
    sites: &[Site],
    context: &Context<'_>,
    annuaire_year: Option<u16>,
    report: &mut ImportReport,
) -> Vec<Establishment> {
    let mut units: Vec<Establishment> =
        sites.iter().filter_map(|site| unit(site, context, annuaire_year)).collect();
    units.sort_by(|left, right| (left.kind, &left.uai).cmp(&(right.kind, &right.uai)));
    for unit in &units {
        note_gaps(unit, context, report);
    }
    units
}

fn unit(site: &Site, context: &Context<'_>, annuaire_year: Option<u16>) -> Option<Establishment> {
    let record = &site.record;
    let kind = kind_of(site);
    let social = context.social.of(&record.uai, &site.sections);
    let (pupils, year) = match social.pupils {
        Some(pupils) => (Some(pupils), social.year),
        None => (record.pupils, record.pupils.and(annuaire_year)),
    };
    let rural_class = context.rural.of(&record.commune_code);
    Some(Establishment {
        commune: record.commune.clone(),
        commune_code: record.commune_code.clone(),
        pupils,
        pupils_year: year,
        ips: social.ips,
        categories: categories(record, kind, rural_class),
        bassin: record.bassin.clone(),
        group: context.groups.get(&record.uai).cloned(),
        rural_class,
        ..blank(record.uai.clone(), record.name.clone(), kind, record.point?)
    })
}

/// Categories as far as the columns tell. No open file tells UPE2A or relais.
fn categories(record: &Record, kind: EstablishmentKind, rural_class: Option<u8>) -> Categories {
    let vocational = matches!(kind, EstablishmentKind::Lp | EstablishmentKind::Lpo);
    let priority = |wanted: Priority| match record.priority {
        Priority::Untold => None,
        told => Some(told == wanted),
    };
    let answers = [
        (Category::RepPlus, priority(Priority::RepPlus)),
        (Category::Rep, priority(Priority::Rep)),
        (Category::Egpa, record.segpa),
        (Category::Ulis, record.ulis),
        (Category::Upe2a, None),
        (Category::Relais, None),
        (Category::Internat, record.boarding),
        (Category::Lp, Some(vocational)),
        (Category::Rural, rural_class.map(|class| class <= 2)),
    ];
    let mut categories = Categories::default();
    for (category, answer) in answers {
        match answer {
            Some(true) => categories.present.insert(category),
            Some(false) => false,
            None => categories.unknown.insert(category),
        };
    }
    categories
}

fn note_gaps(unit: &Establishment, context: &Context<'_>, report: &mut ImportReport) {
    if unit.pupils.is_none() {
        report.note(Topic::NoPupils, &unit.uai, &unit.name, &unit.commune);
    }
    if unit.ips.is_none() {
        report.note(Topic::NoIps, &unit.uai, &unit.name, &unit.commune);
    }
    if unit.rural_class.is_none() && context.rural.is_known() {
        let detail = format!("{} {}", unit.commune_code, unit.commune);
        report.note(Topic::NoRuralClass, &unit.uai, &unit.name, detail);
    }
}
