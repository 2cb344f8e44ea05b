//! Need and points of a unit (`docs/model.md`, need and points).

use crate::domain::{Category, Establishment, EstablishmentKind};

use super::bareme::Bareme;

/// Categories that hold for the bareme: those known, LP by type, and RURAL only for a college of
/// low IPS (R3).
#[must_use]
pub fn counted_categories(establishment: &Establishment, bareme: &Bareme) -> Vec<Category> {
    let holds = |category: &Category| match category {
        Category::Lp => {
            matches!(establishment.kind, EstablishmentKind::Lp | EstablishmentKind::Lpo)
                || establishment.categories.has(Category::Lp)
        }
        Category::Rural => {
            establishment.kind == EstablishmentKind::College
                && establishment.categories.has(Category::Rural)
                && establishment.ips.is_some_and(|ips| ips < bareme.besoin.rural_ips_max)
        }
        other => establishment.categories.has(*other),
    };
    Category::ALL.into_iter().filter(holds).collect()
}

/// Pupils that count: post-bac only on demand (R5).
#[must_use]
pub fn counted_pupils(establishment: &Establishment, bareme: &Bareme) -> u32 {
    let post_bac = if bareme.post_bac { establishment.post_bac_pupils } else { 0 };
    establishment.effective_pupils() + post_bac
}

/// Need of an establishment of the second degree, half-days a week.
#[must_use]
pub fn second_degree_need(
    establishment: &Establishment,
    categories: &[Category],
    bareme: &Bareme,
) -> f64 {
    let need = &bareme.besoin;
    let pupils = f64::from(counted_pupils(establishment, bareme));
    let additions: f64 = categories.iter().map(|category| need.ajouts.of(*category)).sum();
    pupils / need.eleves_par_demi_journee
        * need.poids.of(establishment.kind)
        * ips_factor(establishment, bareme)
        + additions
}

/// Social factor of the need; 1 without a published IPS.
#[must_use]
pub fn ips_factor(establishment: &Establishment, bareme: &Bareme) -> f64 {
    let need = &bareme.besoin;
    establishment.ips.map_or(1.0, |ips| {
        (1.0 + (need.ips_pivot - ips) / need.ips_etendue)
            .clamp(need.ips_facteur_min, need.ips_facteur_max)
    })
}

/// Points: the weight of a half-day of need met.
#[must_use]
pub fn points(on_priority_list: bool, categories: &[Category], bareme: &Bareme) -> f64 {
    let list = if on_priority_list { bareme.points.dote } else { 0.0 };
    let earned: f64 =
        categories.iter().map(|category| bareme.points.categories.of(*category)).sum();
    bareme.points.base + earned + list
}

/// Half-days to whole hundredths, half up.
#[must_use]
pub fn to_centi(half_days: f64) -> i64 {
    (half_days * 100.0).round() as i64
}
