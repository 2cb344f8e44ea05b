//! Rows of `etablissements.csv`.

use crate::domain::{Categories, Category, Establishment, EstablishmentKind, Uai, UaiError};

use super::error::Code;
use super::sheet::{Cells, upper};
use super::write::NO_CATEGORY;

/// Pupils of an establishment or of a circonscription.
pub(super) const PUPILS: std::ops::RangeInclusive<u32> = 0..=20_000;
/// Indices of social position.
pub(super) const IPS: std::ops::RangeInclusive<f64> = 20.0..=200.0;
/// Coordinates are read wide: `geography` tells swapped or projected ones apart.
const ANY_COORDINATE: std::ops::RangeInclusive<f64> = -1e8..=1e8;

/// Reads a row. Coordinates that could not be read are NaN, and reported.
pub fn read(cells: &mut Cells) -> Establishment {
    let kind = kind(cells);
    Establishment {
        uai: unit_code(cells, "uai"),
        name: cells.owned("nom"),
        kind,
        commune: cells.owned("commune"),
        commune_code: commune_code(cells, "code_commune"),
        latitude: cells.number("latitude", ANY_COORDINATE).unwrap_or(f64::NAN),
        longitude: cells.number("longitude", ANY_COORDINATE).unwrap_or(f64::NAN),
        pupils: cells.integer("effectif", PUPILS),
        post_bac_pupils: cells.integer("effectif_post_bac", PUPILS).unwrap_or(0),
        categories: categories(cells),
        ips: cells.number("ips", IPS),
        pupils_year: cells.integer("annee_effectif", 2000..=2100),
        forecast: None,
        bassin: cells.owned("bassin"),
        network: Some(unit_code(cells, "reseau")).filter(|code| !code.is_empty()),
        group: cells.optional("groupe"),
        on_priority_list: cells.yes_no("dote"),
        assistants_max: cells.integer("assistants_max", 1..=20).unwrap_or(1),
        rural_class: rural_class(cells),
    }
}

/// A UAI in upper case, or the name that a circonscription was given.
pub fn unit_code(cells: &mut Cells, column: &str) -> String {
    let text = cells.text(column);
    let code = text.to_uppercase();
    let network = code.strip_prefix("RESEAU-").unwrap_or(&code);
    match network.parse::<Uai>() {
        Err(UaiError::Shape) => text.to_owned(),
        _ => code,
    }
}

fn kind(cells: &mut Cells) -> EstablishmentKind {
    let known = EstablishmentKind::ALL.map(EstablishmentKind::code);
    cells
        .word("type", &known, |text| upper(text).parse().ok())
        .unwrap_or(EstablishmentKind::College)
}

/// Five characters; a spreadsheet drops the leading zero of the first nine departements.
pub(super) fn commune_code(cells: &mut Cells, column: &str) -> String {
    let text = upper(cells.text(column));
    let padded = if text.len() == 4 { format!("0{text}") } else { text };
    let well_formed = padded.len() == 5 && padded.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if !padded.is_empty() && !well_formed {
        let cause = format!("« {padded} » n'est pas un code INSEE de commune.");
        let action =
            "Écrivez ses cinq caractères, comme 31555 ou 2A004 (ce n'est pas le code postal).";
        cells.fault(column, Code::CommuneCode, cause, action);
    }
    padded
}

fn rural_class(cells: &mut Cells) -> Option<u8> {
    let known = ["1", "2", "3", "4", "5", "6", "tr1", "tr6"];
    cells.word("classe_rurale", &known, |text| {
        let digit = text.to_lowercase();
        let class: u8 = digit.strip_prefix("tr").unwrap_or(&digit).parse().ok()?;
        (1..=6).contains(&class).then_some(class)
    })
}

/// `REP|ULIS|UPE2A?`: a question mark is what no source tells; an empty cell tells nothing.
fn categories(cells: &mut Cells) -> Categories {
    let text = cells.text("categories");
    let mut found = Categories::default();
    if text.is_empty() {
        found.unknown.extend(Category::ALL);
        return found;
    }
    for word in text.split(['|', ',', '/', ';']).map(str::trim).filter(|word| !word.is_empty()) {
        let (name, doubtful) = match word.strip_suffix('?') {
            Some(name) => (name.trim(), true),
            None => (word, false),
        };
        match upper(name).parse::<Category>() {
            Ok(category) if doubtful => _ = found.unknown.insert(category),
            Ok(category) => _ = found.present.insert(category),
            Err(()) if upper(name) == NO_CATEGORY => {}
            Err(()) => cells.unknown_word("categories", name, &Category::ALL.map(Category::code)),
        }
    }
    check_contradiction(cells, &found);
    found
}

fn check_contradiction(cells: &mut Cells, found: &Categories) {
    if found.has(Category::Rep) && found.has(Category::RepPlus) {
        let cause = "REP et REP+ ensemble : un établissement est dans l'un ou l'autre.";
        cells.fault("categories", Code::Categories, cause, "Gardez l'un des deux.");
    }
    if let Some(both) = found.present.intersection(&found.unknown).next() {
        let cause = format!("{both} est à la fois su et marqué d'un point d'interrogation.");
        cells.fault("categories", Code::Categories, cause, "Gardez l'un des deux.");
    }
}
