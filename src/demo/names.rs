//! Invented names: no commune of France bears one of the towns' (checked by a test where the list
//! of communes is at hand), and no school is named after a person.

/// Beginnings of town names.
const ROOTS: [&str; 35] = [
    "Ambr", "Arvel", "Bellaur", "Bosc", "Brenn", "Calvr", "Chanvel", "Corm", "Dronn", "Esper",
    "Ferran", "Galv", "Grisol", "Harp", "Jauv", "Lorm", "Lumel", "Malv", "Martr", "Merv", "Nauz",
    "Orv", "Pelv", "Quer", "Ravel", "Rouv", "Sarl", "Solign", "Tauv", "Thelv", "Urv", "Valc",
    "Verm", "Virel", "Yvr",
];

/// Ends of town names. Their number and that of the roots have no common factor but 1, so that
/// walking both lists together meets every pair before the first comes back.
const ENDS: [&str; 12] = [
    "anges", "ay", "euil", "euse", "ielle", "iers", "igny", "olles", "onne", "ouze", "unes",
    "ville",
];

/// What colleges and lycees are named after.
const PLACES: [&str; 24] = [
    "des Tilleuls",
    "du Vieux-Pont",
    "des Hauts-Prés",
    "de la Fontaine",
    "des Charmilles",
    "du Moulin",
    "des Trois-Rivières",
    "de la Garenne",
    "du Belvédère",
    "des Peupliers",
    "de la Vallée",
    "des Remparts",
    "du Clos-Fleuri",
    "de la Grande-Ourse",
    "des Alisiers",
    "du Plateau",
    "des Sources",
    "de l'Orée",
    "du Chemin-Vert",
    "des Genêts",
    "de la Halle",
    "du Grand-Large",
    "des Ormeaux",
    "de la Tuilerie",
];

/// Name of the town of this rank; all differ up to 420 towns.
pub(super) fn town(rank: usize, shift: usize) -> String {
    let at = rank + shift;
    format!("{}{}", ROOTS[at % ROOTS.len()], ENDS[at % ENDS.len()])
}

/// "de Vireligny", "d'Yvrolles".
pub(super) fn of(town: &str) -> String {
    let elided = town.starts_with(['A', 'E', 'I', 'O', 'U', 'Y']);
    if elided { format!("d'{town}") } else { format!("de {town}") }
}

/// What the school of this number is named after.
pub(super) fn place(number: usize) -> &'static str {
    PLACES[number % PLACES.len()]
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_article_is_elided_before_a_vowel() {
        assert_eq!((of("Yvrolles"), of("Martray")), ("d'Yvrolles".into(), "de Martray".into()));
    }

    #[test]
    fn towns_have_different_names() {
        let names: BTreeSet<String> = (0..420).map(|rank| town(rank, 17)).collect();
        assert_eq!(names.len(), 420);
    }
}
