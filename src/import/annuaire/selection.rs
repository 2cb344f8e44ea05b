//! Which rows are served: public, open, of the ministry of education (R5).

use jiff::civil::Date;

use super::merging;
use super::nature::Nature;
use super::record::{Record, Sector};
use super::report::{ImportReport, Topic};
use crate::import::fold;

/// The rows that the dossier is built from.
#[derive(Default)]
pub(super) struct Selection {
    /// Public establishments of the second degree and their sections.
    pub second_degree: Vec<Record>,
    /// Public ecoles.
    pub ecoles: Vec<Record>,
    /// Offices of circonscriptions, whether or not ecoles name them.
    pub offices: Vec<Record>,
}

/// Sorts the rows of one departement; what is left out is noted with its reason.
pub(super) fn select(records: Vec<Record>, rentree: u16, report: &mut ImportReport) -> Selection {
    let mut selection = Selection::default();
    for record in records {
        if record.nature == Nature::CirconscriptionOffice {
            selection.offices.push(record);
        } else if let Some((topic, detail)) = refusal(&record, rentree) {
            report.note(topic, &record.uai, &record.name, detail);
        } else {
            note_state(&record, report);
            let list = match record.nature {
                Nature::Ecole => &mut selection.ecoles,
                _ => &mut selection.second_degree,
            };
            list.push(record);
        }
    }
    selection.ecoles = merging::merge_same_uai(selection.ecoles, report).into_values().collect();
    selection
}

/// Why a row is not served, if so.
fn refusal(record: &Record, rentree: u16) -> Option<(Topic, String)> {
    let other = (Topic::NotServed, record.label.clone());
    match (record.nature, record.sector) {
        (Nature::Other, _) => return Some(other),
        (_, Sector::Private) => return Some((Topic::Private, record.label.clone())),
        (Nature::Agricultural, _) => return Some((Topic::OtherMinistry, "agricole".into())),
        (_, Sector::Untold) => return Some((Topic::SectorUntold, record.label.clone())),
        (_, Sector::Public) => {}
    }
    other_ministry(record)
        .map(|detail| (Topic::OtherMinistry, detail.to_owned()))
        .or_else(|| closed(record, rentree))
}

/// Which other ministry runs a school, by its column, else by its flags, else, where the file has
/// neither, by the words of its name.
fn other_ministry(record: &Record) -> Option<&'static str> {
    let lycee = !matches!(record.nature, Nature::Ecole | Nature::College);
    let told = !record.ministry.is_empty() || record.agricultural.is_some();
    let words = if told { String::new() } else { fold(&record.name) };
    let one_of = |text: &str, roots: &[&str]| roots.iter().any(|root| text.contains(root));
    if record.agricultural == Some(true)
        || one_of(&record.ministry, &["agricult"])
        || (lycee && one_of(&words, &["agricole", "horticole", "viticole", "legta"]))
    {
        Some("agricole")
    } else if record.military == Some(true)
        || one_of(&record.ministry, &["armee", "defense"])
        || (lycee && one_of(&words, &["militaire", "lyceenaval"]))
    {
        Some("militaire")
    } else if !record.ministry.is_empty() && !record.ministry.contains("educationnationale") {
        Some("autre ministère")
    } else if lycee && one_of(&words, &["maritime"]) {
        Some("maritime")
    } else {
        None
    }
}

fn is_to_open(record: &Record) -> bool {
    record.state.contains("ouvrir")
}

fn closed(record: &Record, rentree: u16) -> Option<(Topic, String)> {
    if record.state.starts_with("ferme") && !record.state.contains("fermer") {
        return Some((Topic::Closed, String::new()));
    }
    // A school that opens after September may still be of that rentree: only a later year is out.
    let later = |opening: Date| opening.year() > i16::try_from(rentree).unwrap_or(i16::MAX);
    (is_to_open(record) && record.opening.is_none_or(later)).then(|| {
        let date = record.opening.map_or_else(|| "date inconnue".into(), |date| date.to_string());
        (Topic::NotYetOpen, format!("ouverture : {date}"))
    })
}

fn note_state(record: &Record, report: &mut ImportReport) {
    let date = record.opening.map_or_else(String::new, |date| date.to_string());
    if is_to_open(record) {
        report.note(Topic::Opening, &record.uai, &record.name, date);
    } else if record.state.contains("fermer") {
        report.note(Topic::Closing, &record.uai, &record.name, "");
    }
}
