//! Circonscriptions, built from their public ecoles: the annuaire gives them no row of their own
//! beyond the inspector's office.

use std::collections::BTreeMap;

use super::cells::tidy;
use super::record::{Point, Record};
use super::report::{ImportReport, Topic};
use super::social::SocialIndex;
use super::units::{Context, blank, rounded};
use crate::domain::{Establishment, EstablishmentKind};
use crate::import::fold;

/// What circonscriptions are built from.
pub(super) struct FirstDegree<'a> {
    pub ecoles: &'a [Record],
    pub offices: &'a [Record],
    pub context: &'a Context<'a>,
    /// Rentree of the ecoles' effectifs.
    pub year: Option<u16>,
}

/// One unit per circonscription that has a public ecole, ordered by identifier.
pub(super) fn circonscriptions(
    source: &FirstDegree<'_>,
    report: &mut ImportReport,
) -> Vec<Establishment> {
    let mut groups: BTreeMap<String, Vec<&Record>> = BTreeMap::new();
    let codes = codes_by_name(source.ecoles);
    for ecole in source.ecoles {
        if ecole.pupils.is_none() {
            report.note(Topic::EcoleNoPupils, &ecole.uai, &ecole.name, &ecole.circonscription_name);
        }
        match identifier(ecole, &codes) {
            Some(id) => groups.entry(id).or_default().push(ecole),
            None => {
                let detail = format!("{} élèves", ecole.pupils.unwrap_or(0));
                report.note(Topic::EcoleAlone, &ecole.uai, &ecole.name, detail);
            }
        }
    }
    note_offices(source.offices, &groups, report);
    groups.iter().map(|(id, ecoles)| unit(id, ecoles, source, report)).collect()
}

/// A circonscription that the file's ecoles do not name: at its office when the file has one of
/// that name, else at `centre`.
pub(super) fn added(
    name: &str,
    offices: &[Record],
    centre: Option<Point>,
    report: &mut ImportReport,
) -> Option<Establishment> {
    let office = offices.iter().find(|office| fold(&office.name).ends_with(&fold(name)));
    let point = office.and_then(|office| office.point).or(centre)?;
    let id = office.map_or_else(|| slug(name), |office| office.uai.clone());
    let title = office.map_or_else(|| tidy(name), |office| short_name(&office.name));
    let place = match office {
        Some(office) => format!("placée à son siège ({})", office.commune),
        None => "placée au milieu du département".to_owned(),
    };
    report.note(Topic::CirconscriptionAdded, &id, &title, place);
    report.note(Topic::NoPupils, &id, &title, "");
    Some(Establishment {
        commune: office.map_or_else(String::new, |office| office.commune.clone()),
        commune_code: office.map_or_else(String::new, |office| office.commune_code.clone()),
        ..blank(id, title, EstablishmentKind::Circonscription, point)
    })
}

fn codes_by_name(ecoles: &[Record]) -> BTreeMap<String, &str> {
    ecoles
        .iter()
        .filter(|ecole| !ecole.circonscription_code.is_empty())
        .map(|ecole| (fold(&ecole.circonscription_name), ecole.circonscription_code.as_str()))
        .collect()
}

/// The code, also of the ecoles that bear only the name; `CIRCO-<name>` in files without codes.
fn identifier(ecole: &Record, codes: &BTreeMap<String, &str>) -> Option<String> {
    let name = &ecole.circonscription_name;
    if !ecole.circonscription_code.is_empty() {
        Some(ecole.circonscription_code.clone())
    } else if let Some(code) = codes.get(&fold(name)).filter(|_| !name.is_empty()) {
        Some((*code).to_owned())
    } else {
        (!name.is_empty()).then(|| slug(&short_name(name)))
    }
}

/// "Circonscription d'inspection du 1er degré de Montréjeau" is long for a table.
fn short_name(name: &str) -> String {
    tidy(&name.replace("d'inspection du 1er degré ", ""))
}

/// `CIRCO-` and the words of the name without accents.
fn slug(name: &str) -> String {
    let words: Vec<String> = name
        .split(|letter: char| !letter.is_alphanumeric())
        .map(|word| fold(word).to_uppercase())
        .filter(|word| !matches!(word.as_str(), "" | "CIRCONSCRIPTION" | "DE" | "D"))
        .collect();
    format!("CIRCO-{}", words.join("-"))
}

fn unit(
    id: &str,
    ecoles: &[&Record],
    source: &FirstDegree<'_>,
    report: &mut ImportReport,
) -> Establishment {
    let weight = |ecole: &Record| f64::from(ecole.pupils.unwrap_or(0));
    let points: Vec<_> =
        ecoles.iter().filter_map(|ecole| Some((ecole.point?, weight(ecole)))).collect();
    let point = Point::centroid(&points).expect("every served row has a position");
    let name = ecoles
        .iter()
        .map(|ecole| ecole.circonscription_name.as_str())
        .find(|name| !name.is_empty())
        .map_or_else(|| id.to_owned(), short_name);
    let pupils = ecoles.iter().filter_map(|ecole| ecole.pupils).reduce(|left, right| left + right);
    if pupils.is_none() {
        report.note(Topic::NoPupils, id, &name, "aucune école n'a d'effectif");
    }
    let office = source.offices.iter().find(|office| office.uai == id);
    let largest = most(ecoles, |ecole| (&ecole.commune, &ecole.commune_code));
    let seat = office.map(|office| (office.commune.clone(), office.commune_code.clone()));
    // The roads are those where the pupils are, not those around the office.
    let rural_class = source.context.rural.of(&largest.1);
    let (commune, commune_code) = seat.unwrap_or(largest);
    Establishment {
        commune,
        commune_code,
        pupils,
        pupils_year: pupils.and(source.year),
        ips: mean_ips(ecoles, source.context.social),
        bassin: bassin(id, &name, ecoles, report),
        rural_class,
        ..blank(id.to_owned(), name, EstablishmentKind::Circonscription, point)
    }
}

/// The pair of texts that stands for most pupils; the first in the alphabet among equals.
fn most<'a>(
    ecoles: &[&'a Record],
    texts: fn(&'a Record) -> (&'a String, &'a String),
) -> (String, String) {
    let mut pupils: BTreeMap<_, u32> = BTreeMap::new();
    for ecole in ecoles {
        *pupils.entry(texts(ecole)).or_default() += ecole.pupils.unwrap_or(0);
    }
    let (best, _) = pupils
        .into_iter()
        .reduce(|best, other| if other.1 > best.1 { other } else { best })
        .expect("a circonscription has an ecole");
    (best.0.clone(), best.1.clone())
}

fn bassin(id: &str, name: &str, ecoles: &[&Record], report: &mut ImportReport) -> String {
    let (bassin, _) = most(ecoles, |ecole| (&ecole.bassin, &ecole.bassin));
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for ecole in ecoles {
        *counts.entry(&ecole.bassin).or_default() += 1;
    }
    if counts.len() > 1 {
        let parts: Vec<String> =
            counts.iter().map(|(bassin, count)| format!("{bassin} : {count} écoles")).collect();
        report.note(Topic::SplitBassin, id, name, parts.join(", "));
    }
    bassin
}

/// Mean IPS weighted by pupils, when the files tell it for half of the pupils at least.
fn mean_ips(ecoles: &[&Record], social: &SocialIndex) -> Option<f64> {
    let known: Vec<(f64, f64)> = ecoles
        .iter()
        .filter_map(|ecole| {
            let pupils = f64::from(ecole.pupils?);
            Some((social.of(&ecole.uai, &[]).ips?, pupils))
        })
        .collect();
    let told: f64 = known.iter().map(|(_, pupils)| pupils).sum();
    let total: u32 = ecoles.iter().filter_map(|ecole| ecole.pupils).sum();
    let sum: f64 = known.iter().map(|(ips, pupils)| ips * pupils).sum();
    (told > 0.0 && 2.0 * told >= f64::from(total)).then(|| rounded(sum / told, 1))
}

fn note_offices(
    offices: &[Record],
    groups: &BTreeMap<String, Vec<&Record>>,
    report: &mut ImportReport,
) {
    let named: Vec<String> =
        groups.values().flatten().map(|ecole| fold(&ecole.circonscription_name)).collect();
    for office in offices {
        if !groups.contains_key(&office.uai) && !named.contains(&fold(&office.name)) {
            report.note(Topic::OfficeAlone, &office.uai, short_name(&office.name), &office.commune);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_circonscription_without_code_is_named_by_its_words() {
        let name = short_name("Circonscription d'inspection du 1er degré d'Auterive");
        assert_eq!(name, "Circonscription d'Auterive");
        assert_eq!(slug(&name), "CIRCO-AUTERIVE");
        assert_eq!(slug("Toulouse Rangueil - Les Carmes"), "CIRCO-TOULOUSE-RANGUEIL-LES-CARMES");
    }
}
