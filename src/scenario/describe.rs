//! Edits in French: the list of what a variant changes, and of what can be undone.

use crate::domain::{Decision, Dossier, Field, Presence};
use crate::policy::profile;
use crate::wording::label;
use crate::wording::number::{count, half_days, short};
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
            Self::TrajetMax { poste, minutes: Some(minutes) } => {
                format!("Le poste {poste} peut aller jusqu'à {minutes} minutes de sa résidence")
            }
            Self::TrajetMax { poste, minutes: None } => {
                format!("Le poste {poste} va aussi loin que le barème le permet")
            }
            Self::EtablissementsMax { poste, nombre: Some(nombre) } => format!(
                "Le poste {poste} suit {} au plus",
                count((*nombre).into(), "établissement", "établissements")
            ),
            Self::EtablissementsMax { poste, nombre: None } => {
                format!("Le poste {poste} suit autant d'établissements que le barème le permet")
            }
            Self::Bassin { poste, bassin: Some(bassin) } => {
                format!("Le poste {poste} ne sert que le bassin {}", label::after_bassin(bassin))
            }
            Self::Bassin { poste, bassin: None } => {
                format!("Le poste {poste} peut servir tous les bassins")
            }
            Self::Champ { poste, champ } => format!("Le poste {poste} sert {}", degrees(*champ)),
            Self::Decharge { poste, demi_journees } if *demi_journees == 0.0 => {
                format!("Le poste {poste} n'a plus de décharge")
            }
            Self::Decharge { poste, demi_journees } => format!(
                "Le poste {poste} est déchargé de {} par semaine",
                half_days(*demi_journees)
            ),
            Self::Jours { poste, jours } if jours.trim().is_empty() => {
                format!("Les jours travaillés du poste {poste} ne sont plus fixés")
            }
            Self::Jours { poste, jours } => format!("Le poste {poste} travaille : {jours}"),
            Self::Vacance { poste, vacant: true } => format!("Le poste {poste} est vacant"),
            Self::Vacance { poste, vacant: false } => format!("Le poste {poste} est pourvu"),
            Self::AssistantsMax { uai, nombre } => format!(
                "{} : partagé entre {} au plus",
                name(uai),
                count((*nombre).into(), "assistant·e", "assistant·es")
            ),
            Self::References { conseiller, bassin, nombre } => format!(
                "Bassin {}{} : {} en référence au plus",
                label::after_bassin(bassin),
                conseiller.as_ref().map_or_else(String::new, |who| format!(" ({who})")),
                count((*nombre).into(), "établissement", "établissements")
            ),
            Self::Deplacer { uai, poste } => format!("{} : confié au poste {poste}", name(uai)),
            Self::Garder { de, residences, secteurs } => kept(de, residences.len(), secteurs.len()),
            Self::Regler { cle, valeur: Some(valeur) } => {
                format!("Barème : {cle} = {}", value(valeur))
            }
            Self::Regler { cle, valeur: None } => {
                let own = profile::value(&dossier.scenario.profile, cle).ok().flatten();
                let own = own.as_ref().map_or_else(|| "sans limite".to_owned(), value);
                format!("Barème : {cle} revient à la valeur du profil ({own})")
            }
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

fn kept(plan: &str, seats: usize, units: usize) -> String {
    let units = count(units as u64, "établissement", "établissements");
    let seats = match seats {
        0 => String::new(),
        1 => " ; 1 poste garde la résidence que ce plan lui donne".to_owned(),
        many => format!(" ; {many} postes gardent la résidence que ce plan leur donne"),
    };
    format!("Les secteurs de {plan} tiennent lieu de secteurs actuels ({units}){seats}")
}

fn new_post(post: &NewPost, dossier: &Dossier) -> String {
    let seat = match &post.residence {
        Some(uai) => format!("en résidence à {}", named(dossier, uai)),
        None => "à placer".to_owned(),
    };
    format!("Nouveau poste {} à {} %, {seat}", post.poste, short(post.quotite * 100.0, 0))
}

const fn degrees(field: Field) -> &'static str {
    match field {
        Field::FirstDegree => "le premier degré seul",
        Field::SecondDegree => "le second degré seul",
        Field::Both => "les deux degrés",
    }
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
        toml::Value::Boolean(true) => "oui".to_owned(),
        toml::Value::Boolean(false) => "non".to_owned(),
        toml::Value::String(word) => word.clone(),
        toml::Value::Array(values) if values.is_empty() => "aucun".to_owned(),
        toml::Value::Array(values) => {
            enumeration(&values.iter().map(self::value).collect::<Vec<_>>())
        }
        other => other.to_string(),
    }
}
