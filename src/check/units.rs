//! The units of the dossier, with their need and points, row by row.

use std::collections::BTreeSet;

use crate::domain::{Category, Dossier, Establishment, EstablishmentKind};
use crate::policy::Bareme;

/// What is served: a second-degree establishment or a part of one, a circonscription, a reseau.
#[derive(Debug, Clone)]
pub(super) struct Unit {
    /// UAI, or `RESEAU-<uai>`.
    pub code: String,
    /// Part, from 1, and number of parts (1 when the unit is whole).
    pub part: u8,
    pub parts: u8,
    /// Rows of `etablissements.csv`: one, or the ecoles of the reseau.
    pub rows: Vec<usize>,
    /// Type; a reseau is of type ECOLE.
    pub kind: EstablishmentKind,
    /// Categories known to hold, as written.
    pub written: BTreeSet<Category>,
    /// Categories that count for need and points: LP and RURAL are resolved.
    pub counted: BTreeSet<Category>,
    /// On the recteur's list.
    pub on_priority_list: bool,
    /// Pupils that count.
    pub pupils: u32,
    /// Need in hundredths of a half-day.
    pub need: i64,
    /// The values that rounding may give to the need: two when it falls on a half.
    pub need_choices: Vec<i64>,
    /// Points.
    pub points: f64,
    /// Bassin; empty when unknown.
    pub bassin: String,
    /// Where it stands, degrees.
    pub latitude: f64,
    pub longitude: f64,
    /// Rural class of its commune.
    pub rural_class: Option<u8>,
}

impl Unit {
    pub(super) fn is_first_degree(&self) -> bool {
        self.kind.is_first_degree()
    }

    pub(super) fn is_reseau(&self) -> bool {
        self.kind == EstablishmentKind::Ecole
    }

    /// Code of the unit, with its part where there are several.
    pub(super) fn label(&self) -> String {
        if self.parts > 1 {
            format!("{} (partie {})", self.code, self.part)
        } else {
            self.code.clone()
        }
    }

    /// Whether a word of a guard-rail list names the unit; there LP is the type alone.
    pub(super) fn is_guarded_as(&self, word: &str) -> bool {
        match word.parse() {
            Ok(Category::Lp) => self.kind == EstablishmentKind::Lp,
            Ok(Category::Rural) => self.counted.contains(&Category::Rural),
            Ok(category) => self.written.contains(&category),
            Err(()) => false,
        }
    }

    /// Whether the unit, or the row of an ecole in it, bears this UAI or code.
    pub(super) fn bears(&self, dossier: &Dossier, code: &str) -> bool {
        self.code == code || self.rows.iter().any(|&row| dossier.establishments[row].uai == code)
    }
}

/// All units, in the order of their first row.
pub(super) fn units(dossier: &Dossier, bareme: &Bareme) -> Vec<Unit> {
    let mut units: Vec<Unit> = Vec::new();
    for (row, establishment) in dossier.establishments.iter().enumerate() {
        match (establishment.kind, &establishment.network) {
            (EstablishmentKind::Ecole, None) => {}
            (EstablishmentKind::Ecole, Some(head)) => {
                let code = format!("RESEAU-{head}");
                if units.iter().all(|unit| unit.code != code) {
                    units.push(reseau(code, head, dossier, bareme));
                }
            }
            _ => units.extend(parts(row, establishment, bareme)),
        }
    }
    units
}

fn pupils(establishment: &Establishment, bareme: &Bareme) -> u32 {
    let after_bac = if bareme.post_bac { establishment.post_bac_pupils } else { 0 };
    establishment.effective_pupils() + after_bac
}

fn counted(establishment: &Establishment, bareme: &Bareme) -> BTreeSet<Category> {
    let mut counted = establishment.categories.present.clone();
    if matches!(establishment.kind, EstablishmentKind::Lp | EstablishmentKind::Lpo) {
        counted.insert(Category::Lp);
    }
    let poor = establishment.ips.is_some_and(|ips| ips < bareme.besoin.rural_ips_max);
    if !(poor && establishment.kind == EstablishmentKind::College) {
        counted.remove(&Category::Rural);
    }
    counted
}

/// Need of a whole row, in hundredths of a half-day, before rounding.
fn exact_need(establishment: &Establishment, bareme: &Bareme) -> f64 {
    let need = &bareme.besoin;
    let pupils = f64::from(pupils(establishment, bareme));
    if establishment.kind == EstablishmentKind::Circonscription {
        return 100.0 * pupils / need.circonscription_eleves_par_demi_journee;
    }
    let social = establishment.ips.map_or(1.0, |ips| {
        let factor = 1.0 + (need.ips_pivot - ips) / need.ips_etendue;
        factor.max(need.ips_facteur_min).min(need.ips_facteur_max)
    });
    let added: f64 =
        counted(establishment, bareme).into_iter().map(|category| need.ajouts.of(category)).sum();
    let weight = need.poids.of(establishment.kind);
    100.0 * (pupils / need.eleves_par_demi_journee * weight * social + added)
}

/// The integers that rounding half up may give, half a millionth either side of a half.
fn roundings(value: f64) -> Vec<i64> {
    let mut choices = vec![(value + 0.5).floor() as i64];
    for other in [(value + 0.5 - 1e-6).floor() as i64, (value + 0.5 + 1e-6).floor() as i64] {
        if !choices.contains(&other) {
            choices.push(other);
        }
    }
    choices
}

fn share(total: i64, parts: i64) -> i64 {
    (2 * total + parts) / (2 * parts)
}

fn parts(row: usize, establishment: &Establishment, bareme: &Bareme) -> Vec<Unit> {
    let parts = establishment.assistants_max.max(1);
    let counted = counted(establishment, bareme);
    let points = points(&counted, establishment.on_priority_list, bareme);
    let need_choices: Vec<i64> = roundings(exact_need(establishment, bareme))
        .into_iter()
        .map(|need| share(need, i64::from(parts)))
        .collect();
    let pupils = share(i64::from(pupils(establishment, bareme)), i64::from(parts));
    (1..=parts)
        .map(|part| Unit {
            code: establishment.uai.clone(),
            part,
            parts,
            rows: vec![row],
            kind: establishment.kind,
            written: establishment.categories.present.clone(),
            counted: counted.clone(),
            on_priority_list: establishment.on_priority_list,
            pupils: u32::try_from(pupils).expect("a share of a u32"),
            need: need_choices[0],
            need_choices: need_choices.clone(),
            points,
            bassin: establishment.bassin.clone(),
            latitude: establishment.latitude,
            longitude: establishment.longitude,
            rural_class: establishment.rural_class,
        })
        .collect()
}

fn points(counted: &BTreeSet<Category>, on_priority_list: bool, bareme: &Bareme) -> f64 {
    let mut points = bareme.points.base;
    for category in counted {
        points += bareme.points.categories.of(*category);
    }
    if on_priority_list { points + bareme.points.dote } else { points }
}

fn reseau(code: String, head: &str, dossier: &Dossier, bareme: &Bareme) -> Unit {
    let rows: Vec<usize> = (0..dossier.establishments.len())
        .filter(|&row| {
            let ecole = &dossier.establishments[row];
            ecole.kind == EstablishmentKind::Ecole && ecole.network.as_deref() == Some(head)
        })
        .collect();
    let ecoles: Vec<&Establishment> =
        rows.iter().map(|&row| &dossier.establishments[row]).collect();
    let pupils: u32 = ecoles.iter().map(|ecole| pupils(ecole, bareme)).sum();
    let exact = 100.0 * f64::from(pupils) / bareme.besoin.reseau_eleves_par_demi_journee;
    let need_choices = roundings(exact);
    let counted: BTreeSet<Category> =
        ecoles.iter().flat_map(|ecole| counted(ecole, bareme)).collect();
    let on_priority_list = ecoles.iter().any(|ecole| ecole.on_priority_list);
    let (latitude, longitude) = centroid(&ecoles, bareme);
    Unit {
        code,
        part: 1,
        parts: 1,
        kind: EstablishmentKind::Ecole,
        written: ecoles.iter().flat_map(|ecole| ecole.categories.present.clone()).collect(),
        points: points(&counted, on_priority_list, bareme),
        counted,
        on_priority_list,
        pupils,
        need: need_choices[0],
        need_choices,
        bassin: ecoles[0].bassin.clone(),
        latitude,
        longitude,
        rural_class: ecoles[0].rural_class,
        rows,
    }
}

/// Centroid of the ecoles weighted by their pupils, evenly when none has any.
fn centroid(ecoles: &[&Establishment], bareme: &Bareme) -> (f64, f64) {
    let mut weights: Vec<f64> =
        ecoles.iter().map(|ecole| f64::from(pupils(ecole, bareme))).collect();
    if weights.iter().all(|weight| *weight == 0.0) {
        weights.fill(1.0);
    }
    let total: f64 = weights.iter().sum();
    let mean = |coordinate: fn(&Establishment) -> f64| {
        ecoles.iter().zip(&weights).map(|(ecole, weight)| coordinate(ecole) * weight).sum::<f64>()
            / total
    };
    (mean(|ecole| ecole.latitude), mean(|ecole| ecole.longitude))
}
