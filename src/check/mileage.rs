//! Mileage expense of a post: kilometres outside the communes of the residences, at the rates of
//! the official scale.

use super::facts::Facts;
use super::reading::Reading;

/// Paid kilometres a week, and the expense of a year in euros, rounded down to the cent.
pub(super) fn mileage(facts: &Facts<'_>, reading: &Reading<'_>, post: usize) -> (f64, f64) {
    let Some(seat) = reading.seats[post] else { return (0.0, 0.0) };
    let given = &facts.dossier.posts[post];
    let mut weekly_km = 0.0;
    for visit in &reading.sectors[post].visits {
        let first = facts.places.of_unit.iter().position(|&place| place == visit.place);
        let commune = commune_of(facts, first.expect("a place has a unit"));
        let homes = [Some(commune_of(facts, seat)), given.home_commune.as_deref().map(city)];
        if commune.is_empty() || !homes.contains(&Some(commune)) {
            weekly_km += visit.km;
        }
    }
    let scale = &facts.bareme.frais_kilometriques;
    let metres = (weekly_km * 1000.0 * f64::from(scale.weeks_per_year) + 1e-3).floor() as u64;
    let horsepower = given.horsepower.unwrap_or(scale.usual_horsepower);
    let rates = if horsepower >= 8 {
        scale.cents_per_km.large
    } else if horsepower >= 6 {
        scale.cents_per_km.medium
    } else {
        scale.cents_per_km.small
    };
    let first = metres.min(2_000_000);
    let second = metres.min(10_000_000) - first;
    let third = metres - first - second;
    let cents = (first * rates[0] + second * rates[1] + third * rates[2]) / 1000;
    (weekly_km, cents as f64 / 100.0)
}

/// The city of an arrondissement of Paris, Marseille or Lyon; other communes as they are.
fn city(code: &str) -> &str {
    let number: u32 = code.parse().unwrap_or_default();
    let cities = [(75_100, 20, "75056"), (13_200, 16, "13055"), (69_380, 9, "69123")];
    let is_part = |first: u32, parts: u32| number > first && number <= first + parts;
    let city = cities.into_iter().find(|(first, parts, _)| is_part(*first, *parts));
    city.map_or(code, |(.., city)| city)
}

/// Commune of a unit: its INSEE code, or its name where the code is unknown.
fn commune_of<'a>(facts: &Facts<'a>, unit: usize) -> &'a str {
    let row = &facts.dossier.establishments[facts.units[unit].rows[0]];
    let known = [row.commune_code.as_str(), row.commune.as_str()];
    city(known.into_iter().find(|text| !text.is_empty()).unwrap_or_default())
}
