//! What a command that solves prints: the plan in a few sentences, or in one document.

use std::path::Path;

use serde_json::{Value, json};

use crate::domain::{Modality, Plan, Status};
use crate::run::Solved;
use crate::wording::label;
use crate::wording::number::{count, gap, number, percent, short};
use crate::wording::sentence;

/// A few French sentences.
#[must_use]
pub fn text(solved: &Solved, folder: &Path) -> String {
    let plan = &solved.plan;
    let figures = &plan.indicateurs;
    let met = figures.couverture.get("TOUS").map_or(0.0, |all| all.part_couverte);
    let mut lines = vec![
        format!("{} (profil {})", plan.dossier, plan.profil),
        format!("  {}, trouvé en {} s", ending(plan.statut), number(solved.run.duree_s, 1)),
        format!(
            "  valeur : {} demi-journées de besoin à 1 point{}",
            hundredths(plan.objectif),
            proof(plan)
        ),
    ];
    if plan.is_by_levels() {
        lines.extend(plan.niveaux.iter().map(|level| format!("  {}", sentence::level(level))));
    }
    lines.extend([
        format!("  {}", modalities(plan)),
        format!(
            "  {} ETP en secteur, {} demi-journées de permanence par semaine pour un besoin de {} ; \
             {} du besoin est couvert, pondéré par les points",
            short(figures.etp, 2),
            short(figures.demi_journees, 2),
            short(figures.besoin, 1),
            percent(met, 1)
        ),
        format!(
            "  route : {} du temps, {} km par semaine, {} d'indemnités par an ; équilibre des charges : {} sur 100",
            percent(figures.part_trajet, 1),
            number(figures.km_semaine, 0),
            sentence::euros(figures.frais_km_euros_an),
            number(figures.indice_equilibre, 0)
        ),
        format!("  trajets entre lieux : {}", sentence::trip_sources(&figures.trajets)),
    ]);
    let error = figures.trajets.erreur_estimation.as_ref();
    lines.extend(error.map(|error| format!("  {}", sentence::estimate_error(error))));
    lines.push("  contrôle indépendant : conforme".to_owned());
    lines.extend(plan.avertissements.iter().map(|warning| format!("  à savoir : {warning}")));
    lines.push(format!("Documents : {}", folder.join("rapport.html").display()));
    lines.join("\n") + "\n"
}

/// How far any other plan may go; a search that a limit ends at once has proven nothing yet.
fn proof(plan: &Plan) -> String {
    if plan.borne == i64::MAX {
        return " ; rien n'est encore prouvé : donnez plus de temps".to_owned();
    }
    if plan.is_by_levels() {
        return " ; le calcul est allé niveau par niveau :".to_owned();
    }
    format!(" ; aucun plan ne dépasse {} (écart {})", hundredths(plan.borne), gap(plan.ecart))
}

/// How many establishments each modality serves, those that serve none left out.
fn modalities(plan: &Plan) -> String {
    let many = |modality: Modality| {
        let many = plan.indicateurs.modalites.get(modality.code()).copied().unwrap_or(0);
        let name = label::modality(modality).to_lowercase();
        let noun = |plural: &str| count(u64::from(many), &name, plural);
        let words = match modality {
            Modality::Permanence => noun("permanences"),
            Modality::Pole => noun("pôles"),
            Modality::PremierDegre => format!("{many} au titre du premier degré"),
            Modality::Reference => noun("références"),
            Modality::Conseil => noun("conseils ponctuels"),
        };
        (many > 0).then_some(words)
    };
    Modality::ALL.into_iter().filter_map(many).collect::<Vec<_>>().join(", ")
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

/// Values of plans are counted in hundredths of half-days.
fn hundredths(value: i64) -> String {
    number(value as f64 / 100.0, 2)
}
