//! Rows that are one establishment: the same UAI twice, and sections with their own UAI.

use std::collections::BTreeMap;

use super::nature::Nature;
use super::record::Record;
use super::report::{ImportReport, Topic};

/// A section without a declared mother belongs to an establishment this near, in kilometres.
const SECTION_KM: f64 = 1.0;

/// An establishment and what was merged into it.
pub(super) struct Site {
    /// The establishment's own row, flags of the merged rows included.
    pub record: Record,
    /// General and technological teaching is proven by a merged section.
    pub general: bool,
    /// Vocational teaching is proven by a merged section.
    pub vocational: bool,
    /// UAI of the merged sections.
    pub sections: Vec<String>,
}

/// One site per establishment, ordered by UAI.
pub(super) fn merge(records: Vec<Record>, report: &mut ImportReport) -> Vec<Site> {
    let (sections, main): (Vec<_>, Vec<_>) =
        records.into_iter().partition(|record| record.nature.is_section());
    let mut sites: BTreeMap<String, Site> = merge_same_uai(main, report)
        .into_iter()
        .map(|(uai, record)| (uai, Site::new(record)))
        .collect();
    let mut alone = Vec::new();
    for section in sections {
        match mother_of(&section, &sites) {
            Some(mother) => {
                let site = sites.get_mut(&mother).expect("the mother is a site");
                report.note(
                    Topic::SectionMerged,
                    &section.uai,
                    &section.name,
                    format!("réunie à {mother} {}", site.record.name),
                );
                site.absorb(&section);
            }
            None => alone.push(section),
        }
    }
    for section in alone {
        keep_alone(section, &mut sites, report);
    }
    sites.into_values().collect()
}

impl Site {
    fn new(record: Record) -> Self {
        Self { record, general: false, vocational: false, sections: Vec::new() }
    }

    fn absorb(&mut self, section: &Record) {
        self.general |= section.nature == Nature::GeneralSection;
        self.vocational |= section.nature == Nature::VocationalSection;
        if section.nature == Nature::AdaptedSection {
            self.record.segpa = Some(true);
        }
        take_flags(&mut self.record, section);
        self.sections.push(section.uai.clone());
    }
}

/// A section whose establishment is not in the file is an establishment by itself, except that a
/// SEGPA never lives alone: without its college it adds nothing.
fn keep_alone(section: Record, sites: &mut BTreeMap<String, Site>, report: &mut ImportReport) {
    let detail = match &section.mother {
        Some(mother) => format!("support {mother} absent ou non repris"),
        None => "support inconnu".to_owned(),
    };
    report.note(Topic::SectionAlone, &section.uai, &section.name, detail);
    if section.nature != Nature::AdaptedSection {
        sites.insert(section.uai.clone(), Site::new(section));
    }
}

/// Every row of an UAI in one: the first that is not called an annex gives name and place. A
/// college and a lycee under one UAI make a lycee.
pub(super) fn merge_same_uai(
    records: Vec<Record>,
    report: &mut ImportReport,
) -> BTreeMap<String, Record> {
    let mut by_uai: BTreeMap<String, Vec<Record>> = BTreeMap::new();
    for record in records {
        by_uai.entry(record.uai.clone()).or_default().push(record);
    }
    by_uai.into_iter().map(|(uai, rows)| (uai, merge_rows(rows, report))).collect()
}

fn merge_rows(mut rows: Vec<Record>, report: &mut ImportReport) -> Record {
    rows.sort_by_key(|row| {
        let lycee = matches!(row.nature, Nature::Lycee { .. });
        (!lycee, row.name.to_lowercase().contains("annexe"), row.line)
    });
    let mut rows = rows.into_iter();
    let mut first = rows.next().expect("an UAI has a row");
    for row in rows {
        report.note(
            Topic::RowsMerged,
            &row.uai,
            &row.name,
            format!("réunie à « {} » ({})", first.name, row.commune),
        );
        take_flags(&mut first, &row);
        first.pupils = first.pupils.max(row.pupils);
    }
    first
}

/// A flag set on either row holds for the whole.
fn take_flags(into: &mut Record, from: &Record) {
    for (flag, other) in [
        (&mut into.general, from.general),
        (&mut into.vocational, from.vocational),
        (&mut into.boarding, from.boarding),
        (&mut into.ulis, from.ulis),
        (&mut into.segpa, from.segpa),
    ] {
        if other == Some(true) || flag.is_none() {
            *flag = other;
        }
    }
}

/// The declared mother; where none is declared, the nearest establishment that can hold it, when
/// it is next door.
fn mother_of(section: &Record, sites: &BTreeMap<String, Site>) -> Option<String> {
    if let Some(mother) = &section.mother {
        return sites.contains_key(mother).then(|| mother.clone());
    }
    let point = section.point?;
    sites
        .values()
        .filter(|site| can_hold(site.record.nature, section.nature))
        .filter_map(|site| Some((site.record.point?.km(point), &site.record.uai)))
        .filter(|(km, _)| *km <= SECTION_KM)
        .min_by(|left, right| left.0.total_cmp(&right.0).then(left.1.cmp(right.1)))
        .map(|(_, uai)| uai.clone())
}

/// A lycee has a section for the teaching that it lacks by itself.
const fn can_hold(establishment: Nature, section: Nature) -> bool {
    match section {
        Nature::AdaptedSection => matches!(establishment, Nature::College),
        Nature::VocationalSection => matches!(establishment, Nature::Lycee { general: true, .. }),
        _ => matches!(establishment, Nature::Lycee { general: false, .. }),
    }
}
