//! Edits of a dossier as options of the command line.

use clap::Args;
use toml::Value;

use super::help;
use super::opening::{self, OpeningText};
use super::post_edits::PostOptions;
use super::reference::ReferenceOptions;
use crate::domain::{Category, DecisionKind, Dossier, Modality};
use crate::import::parse_number;
use crate::scenario::{Demand, Edit, EditError, apply, provisional_uai};

/// Decisions and values of the bareme, for this run alone.
#[derive(Debug, Clone, Default, Args)]
pub struct DecisionOptions {
    /// Ce qui doit être : UAI=POSTE, UAI=permanence:2 ou UAI=permanence:2:POSTE
    #[arg(long, value_name = "UAI=QUOI", value_parser = demand, help_heading = help::DECISIONS)]
    exiger: Vec<Demand>,
    /// Ce qui ne doit pas être, écrit de même
    #[arg(long, value_name = "UAI=QUOI", value_parser = demand, help_heading = help::DECISIONS)]
    interdire: Vec<Demand>,
    /// Le moins qui doit être, par exemple UAI=permanence:1 ou UAI=pole
    #[arg(long, value_name = "UAI=QUOI", value_parser = demand, help_heading = help::DECISIONS)]
    minimum: Vec<Demand>,
    /// Autre valeur du barème, par exemple limites.etablissements_max=5 ; CLÉ=profil rend celle du profil
    #[arg(long, value_name = "CLÉ=VALEUR", value_parser = setting, help_heading = help::DECISIONS)]
    regler: Vec<Edit>,
    /// Reference of changes.
    #[command(flatten)]
    pub reference: ReferenceOptions,
}

impl DecisionOptions {
    /// Whether nothing is asked for.
    #[must_use]
    pub fn are_none(&self) -> bool {
        self.edits().is_empty() && self.reference.is_none()
    }

    /// The edits that the options ask for, those of the reference apart.
    #[must_use]
    pub fn edits(&self) -> Vec<Edit> {
        let decided = |kind: DecisionKind, demands: &[Demand]| {
            let decisions = demands.iter().cloned();
            decisions
                .map(|demand| Edit::Decision(Demand { decision: kind, ..demand }))
                .collect::<Vec<_>>()
        };
        [
            decided(DecisionKind::Require, &self.exiger),
            decided(DecisionKind::Forbid, &self.interdire),
            decided(DecisionKind::Minimum, &self.minimum),
            self.regler.clone(),
        ]
        .concat()
    }
}

/// Everything that a variant may change.
#[derive(Debug, Clone, Default, Args)]
pub struct EditOptions {
    /// Établissement qui ouvre : « type=COLLEGE;nom=…;commune=…;effectif=520;categories=REP|ULIS »,
    /// et au besoin uai, latitude, longitude, ips, bassin, groupe
    #[arg(long, value_name = "DESCRIPTION", value_parser = opening::parse, help_heading = help::ESTABLISHMENTS)]
    ouvrir: Vec<OpeningText>,
    /// Établissement qui ferme
    #[arg(long, value_name = "UAI", help_heading = help::ESTABLISHMENTS)]
    fermer: Vec<String>,
    /// Effectif prévu
    #[arg(long, value_name = "UAI=ÉLÈVES", value_parser = pupils, help_heading = help::ESTABLISHMENTS)]
    effectif: Vec<Edit>,
    /// Catégorie gagnée (UAI=REP) ou perdue (UAI=-REP)
    #[arg(long, value_name = "UAI=CATÉGORIE", value_parser = category, help_heading = help::ESTABLISHMENTS)]
    categorie: Vec<Edit>,
    /// Établissement qui entre dans la liste du recteur (UAI) ou en sort (UAI=non)
    #[arg(long, value_name = "UAI", value_parser = listed, help_heading = help::ESTABLISHMENTS)]
    doter: Vec<Edit>,
    /// Assistant·es entre qui un grand établissement peut être partagé, par exemple UAI=2
    #[arg(long, value_name = "UAI=NOMBRE", value_parser = shared, help_heading = help::ESTABLISHMENTS)]
    assistants_max: Vec<Edit>,
    /// Établissement servi à part de son groupe (cité scolaire)
    #[arg(long, value_name = "UAI", help_heading = help::ESTABLISHMENTS)]
    separer: Vec<String>,
    /// Établissements en référence au plus dans un bassin ; CONSEILLER:BASSIN=NOMBRE s'il a plusieurs conseillers
    #[arg(long, value_name = "BASSIN=NOMBRE", value_parser = references, help_heading = help::ESTABLISHMENTS)]
    references: Vec<Edit>,
    #[command(flatten)]
    posts: PostOptions,
    /// Établissement confié à un poste
    #[arg(long, value_name = "UAI=POSTE", value_parser = moved, help_heading = help::DECISIONS)]
    deplacer: Vec<Edit>,
    /// Établissement dont les décisions sont levées ; UAI=2 n'en lève que la deuxième
    #[arg(long, value_name = "UAI", value_parser = lifted, help_heading = help::DECISIONS)]
    lever: Vec<Edit>,
    #[command(flatten)]
    decisions: DecisionOptions,
}

impl EditOptions {
    /// The edits: establishments, posts, then decisions; openings without UAI get a provisional one.
    ///
    /// # Errors
    /// An opening that cannot be applied.
    pub fn edits(&self, dossier: &Dossier) -> Result<Vec<Edit>, EditError> {
        let each = |codes: &[String], edit: fn(String) -> Edit| {
            codes.iter().cloned().map(edit).collect::<Vec<_>>()
        };
        Ok([
            openings(dossier, &self.ouvrir)?,
            each(&self.fermer, |uai| Edit::Fermer { uai }),
            self.posts.edits(),
            self.effectif.clone(),
            self.categorie.clone(),
            self.doter.clone(),
            self.assistants_max.clone(),
            each(&self.separer, |uai| Edit::Separer { uai }),
            self.references.clone(),
            self.lever.clone(),
            self.deplacer.clone(),
            self.decisions.edits(),
        ]
        .concat())
    }

    /// The reference of changes, whose edits come after all others.
    #[must_use]
    pub const fn reference(&self) -> &ReferenceOptions {
        &self.decisions.reference
    }
}

fn openings(dossier: &Dossier, texts: &[OpeningText]) -> Result<Vec<Edit>, EditError> {
    let mut edited = dossier.clone();
    let mut edits = Vec::new();
    for text in texts {
        let mut opening = text.0.clone();
        if opening.uai.is_empty() {
            opening.uai = provisional_uai(&edited);
        }
        let edit = Edit::Ouvrir(opening);
        edited = apply(&edited, std::slice::from_ref(&edit))?;
        edits.push(edit);
    }
    Ok(edits)
}

/// `UAI=permanence:2:P07`: a modality, half-days, a post, in any order. The kind is set later.
fn demand(text: &str) -> Result<Demand, String> {
    let (uai, what) = pair(text)?;
    let mut demand = Demand {
        decision: DecisionKind::Require,
        uai,
        poste: None,
        modalite: None,
        demi_journees: None,
        motif: String::new(),
    };
    for word in what.split(':').map(str::trim).filter(|word| !word.is_empty()) {
        if let Ok(modality) = word.parse::<Modality>() {
            demand.modalite = Some(modality);
        } else if let Some(half_days) = parse_number(word) {
            demand.demi_journees = Some(half_days);
        } else {
            demand.poste = Some(word.to_owned());
        }
    }
    Ok(demand)
}

/// A number, `oui` or `non`, a list in brackets, or a word; `profil` is no value, but its return.
fn setting(text: &str) -> Result<Edit, String> {
    let (cle, text) = pair(text)?;
    if text == "profil" {
        return Ok(Edit::Regler { cle, valeur: None });
    }
    let comma = parse_number(&text).map(|number| number.to_string()).unwrap_or(text);
    let read = |value: &str| format!("x = {value}").parse::<toml::Table>().ok()?.remove("x");
    let valeur = match comma.as_str() {
        "oui" => Value::Boolean(true),
        "non" => Value::Boolean(false),
        other => read(other).unwrap_or_else(|| Value::String(other.to_owned())),
    };
    Ok(Edit::Regler { cle, valeur: Some(valeur) })
}

fn pupils(text: &str) -> Result<Edit, String> {
    let (uai, pupils) = pair(text)?;
    Ok(Edit::Effectif { uai, effectif: whole(&pupils)? })
}

fn category(text: &str) -> Result<Edit, String> {
    let (uai, word) = pair(text)?;
    let lost = word.strip_prefix('-');
    let categorie = known_category(lost.unwrap_or(&word))?;
    Ok(Edit::Categorie { uai, categorie, presente: lost.is_none() })
}

/// A category by its code.
///
/// # Errors
/// The list of the codes.
pub fn known_category(word: &str) -> Result<Category, String> {
    word.parse().map_err(|()| {
        let known = Category::ALL.map(Category::code).join(", ");
        format!("catégorie « {word} » inconnue ; catégories : {known}")
    })
}

fn listed(text: &str) -> Result<Edit, String> {
    let (uai, dote) = match text.split_once('=') {
        None => (text, true),
        Some((uai, "oui")) => (uai, true),
        Some((uai, "non")) => (uai, false),
        Some(_) => return Err("écrire UAI ou UAI=non".to_owned()),
    };
    Ok(Edit::Doter { uai: uai.trim().to_owned(), dote })
}

fn shared(text: &str) -> Result<Edit, String> {
    let (uai, many) = pair(text)?;
    Ok(Edit::AssistantsMax { uai, nombre: whole(&many)? })
}

fn references(text: &str) -> Result<Edit, String> {
    let (who, many) = pair(text)?;
    let (conseiller, bassin) = match who.split_once(':') {
        Some((conseiller, bassin)) => (Some(conseiller.trim().to_owned()), bassin.trim()),
        None => (None, who.as_str()),
    };
    Ok(Edit::References { conseiller, bassin: bassin.to_owned(), nombre: whole(&many)? })
}

fn lifted(text: &str) -> Result<Edit, String> {
    Ok(match text.split_once('=') {
        None => Edit::Lever { uai: text.trim().to_owned() },
        Some((uai, rank)) => Edit::LeverDecision { uai: uai.trim().to_owned(), rang: whole(rank)? },
    })
}

fn moved(text: &str) -> Result<Edit, String> {
    let (uai, poste) = pair(text)?;
    Ok(Edit::Deplacer { uai, poste })
}

/// A whole number.
///
/// # Errors
/// Not one, or out of the range of its type.
pub fn whole<T: std::str::FromStr>(text: &str) -> Result<T, String> {
    text.trim()
        .parse()
        .map_err(|_| format!("« {} » n'est pas un nombre entier possible", text.trim()))
}

/// Both sides of an equals sign, neither of them empty.
///
/// # Errors
/// One of them is.
pub fn pair(text: &str) -> Result<(String, String), String> {
    let (left, right) = text.split_once('=').unwrap_or((text, ""));
    let (left, right) = (left.trim(), right.trim());
    if left.is_empty() || right.is_empty() {
        return Err("il faut deux valeurs séparées par « = »".to_owned());
    }
    Ok((left.to_owned(), right.to_owned()))
}
