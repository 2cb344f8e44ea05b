//! The text of `--ouvrir`: `type=COLLEGE;nom=…;commune=…;effectif=520`.

use super::edits::known_category;
use crate::domain::{Category, EstablishmentKind};
use crate::import::{fold, nearest, parse_number};
use crate::scenario::Opening;

/// An opening whose UAI may be left to the program (it is then empty).
#[derive(Debug, Clone)]
pub struct OpeningText(pub Opening);

/// Keys of the text.
const KEYS: [&str; 11] = [
    "type",
    "nom",
    "commune",
    "effectif",
    "categories",
    "uai",
    "latitude",
    "longitude",
    "ips",
    "bassin",
    "groupe",
];

/// Reads the text.
///
/// # Errors
/// An unknown key with the nearest one, a value that cannot be read, a key that is missing.
pub fn parse(text: &str) -> Result<OpeningText, String> {
    let mut pairs: Vec<(&str, &str)> = Vec::new();
    for part in text.split(';').map(str::trim).filter(|part| !part.is_empty()) {
        let (key, value) =
            part.split_once('=').ok_or_else(|| format!("« {part} » : écrire clé=valeur"))?;
        pairs.push((known_key(key)?, value.trim()));
    }
    let told = |key: &str| pairs.iter().find(|(known, _)| *known == key).map(|(_, value)| *value);
    let needed = |key: &str| told(key).ok_or_else(|| format!("il manque « {key}=… »"));
    let owned = |key: &str| told(key).map(str::to_owned);
    Ok(OpeningText(Opening {
        uai: owned("uai").unwrap_or_default(),
        nom: needed("nom")?.to_owned(),
        kind: kind(needed("type")?)?,
        commune: owned("commune").unwrap_or_default(),
        latitude: number("latitude", told("latitude"))?,
        longitude: number("longitude", told("longitude"))?,
        effectif: needed("effectif")?
            .parse()
            .map_err(|_| "effectif : un nombre d'élèves, comme 520".to_owned())?,
        categories: told("categories").map(categories).transpose()?,
        ips: number("ips", told("ips"))?,
        bassin: owned("bassin"),
        groupe: owned("groupe"),
        dote: false,
    }))
}

fn known_key(text: &str) -> Result<&'static str, String> {
    let key = fold(text);
    let same = KEYS.into_iter().find(|known| fold(known) == key);
    same.ok_or_else(|| {
        let near = nearest(text, KEYS).map(|near| format!(" ; vouliez-vous dire « {near} » ?"));
        format!("« {} » inconnu{}", text.trim(), near.unwrap_or_default())
    })
}

fn kind(word: &str) -> Result<EstablishmentKind, String> {
    word.parse().map_err(|()| {
        let known = EstablishmentKind::ALL.map(EstablishmentKind::code).join(", ");
        format!("type « {word} » inconnu ; types : {known}")
    })
}

fn categories(text: &str) -> Result<Vec<Category>, String> {
    let words = text.split('|').map(str::trim).filter(|word| !word.is_empty());
    words.filter(|word| fold(word) != "aucune").map(known_category).collect()
}

fn number(key: &str, text: Option<&str>) -> Result<Option<f64>, String> {
    let read = |text| parse_number(text).ok_or_else(|| format!("{key} : ce n'est pas un nombre"));
    text.map(read).transpose()
}
