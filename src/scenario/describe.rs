//! Edits in French: the list of what a variant changes, and of what can be undone.

use crate::domain::{Decision, Dossier, Presence};
use crate::wording::number::{count, short};
use crate::wording::sentence::{self, enumeration};

use super::edit::{Demand, Edit, NewPost};
use super::known::named;
use super::opening::Opening;

impl Edit {
    /// One line without a full stop. `dossier` gives the names; it is the one before the edit.
    #[must_use]
    pub fn describe(&self, dossier: &Dossier) -> String {
        let name = |uai: &str| named(dossier, uai);
        match self {
            Self::Etp { ecart, postes } => staffing(*ecart, postes),
            Self::Poste(post) => new_post(post, dossier),
            Self::Sans { poste } => format!("Le poste {poste} est supprimé"),
            Self::Quotite { poste, quotite } => {
                format!("Le poste {poste} passe à {} %", short(quotite * 100.0, 0))
            }
            Self::Residence { poste, uai: Some(uai) } => {
                format!("La résidence du poste {poste} devient {}", name(uai))
            }
            Self::Residence { poste, uai: None } => {
                format!("La résidence du poste {poste} est laissée au calcul")
            }
            Self::Fermer { uai } => format!("Fermeture : {}", name(uai)),
            Self::Ouvrir(opening) => opened(opening),
            Self::Effectif { uai, effectif } => {
                format!("{} : {} attendus", name(uai), pupils(*effectif))
            }
            Self::Categorie { uai, categorie, presente } => format!(
                "{} : {} {}",
                name(uai),
                if *presente { "entre dans la catégorie" } else { "sort de la catégorie" },
                categorie
            ),
            Self::Doter { uai, dote: true } => {
                format!(
                    "{} : sur la liste du recteur des établissements dotés en priorité",
                    name(uai)
                )
            }
            Self::Doter { uai, dote: false } => {
                format!("{} : n'est plus sur la liste du recteur", name(uai))
            }
            Self::Decision(demand) => decision(demand, dossier),
            Self::Lever { uai } => format!("{} : les décisions sont levées", name(uai)),
            Self::LeverDecision { uai, rang } => {
                let of_unit = dossier.decisions.iter().filter(|decision| decision.uai == *uai);
                match of_unit.clone().nth(rang.saturating_sub(1)) {
                    Some(told) if of_unit.count() > 1 => {
                        format!("La décision n° {rang} est levée : {}", taken(told, dossier))
                    }
                    Some(told) => format!("La décision est levée : {}", taken(told, dossier)),
                    None => format!("{} : une décision est levée", name(uai)),
                }
            }
            Self::Separer { uai } => format!("{} : servi à part de son groupe", name(uai)),
            Self::TrajetMax { poste, minutes } => {
                format!("Le poste {poste} peut aller jusqu'à {minutes} minutes de sa résidence")
            }
            Self::EtablissementsMax { poste, nombre } => format!(
                "Le poste {poste} peut suivre {}",
                count((*nombre).into(), "établissement", "établissements")
            ),
            Self::ToutBassin { poste } => format!("Le poste {poste} peut servir tous les bassins"),
            Self::References { bassin, nombre, .. } => format!(
                "Bassin {bassin} : {} en référence au plus",
                count((*nombre).into(), "établissement", "établissements")
            ),
            Self::Deplacer { uai, poste } => format!("{} : confié au poste {poste}", name(uai)),
            Self::Regler { cle, valeur } => format!("Barème : {cle} = {}", value(valeur)),
        }
    }
}

fn staffing(full_time: f64, posts: &[String]) -> String {
    let amount = short(full_time.abs(), 2);
    if full_time >= 0.0 {
        return format!("{amount} ETP de plus, à placer");
    }
    let first = "les postes vacants d'abord";
    let order = match posts {
        [] => format!("{first}, puis les postes à placer"),
        named => format!("{first}, puis {}", enumeration(named)),
    };
    format!("{amount} ETP de moins ({order})")
}

fn new_post(post: &NewPost, dossier: &Dossier) -> String {
    let seat = match &post.residence {
        Some(uai) => format!("en résidence à {}", named(dossier, uai)),
        None => "à placer".to_owned(),
    };
    format!("Nouveau poste {} à {} %, {seat}", post.poste, short(post.quotite * 100.0, 0))
}

fn opened(opening: &Opening) -> String {
    let commune = match opening.commune.as_str() {
        "" => String::new(),
        commune => format!(" à {commune}"),
    };
    format!("Ouverture : {} ({}){commune}, {}", opening.nom, opening.uai, pupils(opening.effectif))
}

fn pupils(many: u32) -> String {
    count(many.into(), "élève", "élèves")
}

/// A decision of the dossier.
pub fn taken(told: &Decision, dossier: &Dossier) -> String {
    sentence::decision(&named(dossier, &told.uai), told)
}

fn decision(demand: &Demand, dossier: &Dossier) -> String {
    let told = Decision {
        uai: demand.uai.clone(),
        kind: demand.decision,
        post: demand.poste.clone(),
        modality: demand.modalite,
        presence: demand.demi_journees.and_then(Presence::from_half_days),
        reason: demand.motif.clone(),
    };
    taken(&told, dossier)
}

fn value(value: &toml::Value) -> String {
    match value {
        toml::Value::Float(number) => short(*number, 4),
        other => other.to_string(),
    }
}
