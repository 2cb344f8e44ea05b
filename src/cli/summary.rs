//! What a command that solves prints: the plan in a few sentences, or in one document.

use std::path::Path;

use serde_json::{Value, json};

use crate::domain::{Modality, Status};
use crate::run::Solved;
use crate::wording::number::count;
use crate::wording::sentence;

/// A few French sentences.
#[must_use]
pub fn text(solved: &Solved, folder: &Path) -> String {
    let plan = &solved.plan;
    let figures = &plan.indicateurs;
    let units = |modality: Modality| figures.modalites.get(modality.code()).copied().unwrap_or(0);
    let many = |modality, one, several| count(units(modality).into(), one, several);
    let met = figures.couverture.get("TOUS").map_or(0.0, |all| all.part_couverte);
    let lines = [
        format!("{} (profil {})", plan.dossier, plan.profil),
        format!(
            "  {} ; valeur {}, au plus {} (écart {} %), trouvé en {} s",
            ending(plan.statut),
            plan.objectif,
            plan.borne,
            decimal(plan.ecart * 100.0, 3),
            decimal(solved.run.duree_s, 2)
        ),
        format!(
            "  {}, {}, {} premier degré, {}, {}",
            many(Modality::Permanence, "permanence", "permanences"),
            many(Modality::Pole, "pôle", "pôles"),
            units(Modality::PremierDegre),
            many(Modality::Reference, "référence", "références"),
            many(Modality::Conseil, "conseil ponctuel", "conseils ponctuels"),
        ),
        format!(
            "  {} ETP, {} demi-journées de permanence pour un besoin de {} ; part pondérée couverte : {} %",
            decimal(figures.etp, 2),
            decimal(figures.demi_journees, 2),
            decimal(figures.besoin, 1),
            decimal(met * 100.0, 1)
        ),
        format!(
            "  route : {} % du temps, {} km par semaine, {} d'indemnités par an ; équilibre des charges : {}/100",
            decimal(figures.part_trajet * 100.0, 1),
            decimal(figures.km_semaine, 0),
            sentence::euros(figures.frais_km_euros_an),
            decimal(figures.indice_equilibre, 0)
        ),
        format!("  trajets entre lieux : {}", sentence::trip_sources(&figures.trajets)),
    ];
    let error = figures.trajets.erreur_estimation.as_ref();
    let error = error.map(|error| format!("  {}", sentence::estimate_error(error)));
    let end = [
        "  contrôle indépendant : conforme".to_owned(),
        format!("Documents : {}", folder.join("rapport.html").display()),
    ];
    let lines: Vec<String> = lines.into_iter().chain(error).chain(end).collect();
    lines.join("\n") + "\n"
}

/// The same for machines.
#[must_use]
pub fn document(solved: &Solved, folder: &Path) -> Value {
    let plan = &solved.plan;
    json!({
        "plan": folder,
        "statut": plan.statut,
        "methode": plan.methode,
        "objectif": plan.objectif,
        "borne": plan.borne,
        "ecart": plan.ecart,
        "ecart_demi_journees": plan.ecart_demi_journees,
        "duree_s": solved.run.duree_s,
        "indicateurs": plan.indicateurs,
        "avertissements": plan.avertissements,
        "statistiques": solved.run.statistics,
    })
}

fn ending(status: Status) -> &'static str {
    match status {
        Status::Optimal => "plan optimal, prouvé",
        Status::EcartAtteint => "plan à l'écart demandé, prouvé",
        Status::Effort => "plan à l'effort demandé",
        Status::Limite => "meilleur plan à la limite de temps (valide, non reproductible)",
        Status::Interrompu => "meilleur plan à l'interruption (valide, non reproductible)",
        Status::Irrealisable => "irréalisable",
    }
}

fn decimal(value: f64, digits: usize) -> String {
    format!("{value:.digits$}").replace('.', ",")
}
