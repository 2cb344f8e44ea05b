//! Edits of a dossier as options of the command line.

use clap::Args;
use toml::Value;

use super::help;
use super::opening::{self, OpeningText};
use crate::domain::{Category, DecisionKind, Dossier, Modality};
use crate::import::parse_number;
use crate::scenario::{Demand, Edit, EditError, NewPost, apply, provisional_uai};

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
    /// Au plus K établissements changent d'assistant·e par rapport aux secteurs actuels
    #[arg(long, value_name = "K", help_heading = help::DECISIONS)]
    changements_max: Option<u32>,
    /// Autre valeur du barème, par exemple limites.etablissements_max=5
    #[arg(long, value_name = "CLÉ=VALEUR", value_parser = setting, help_heading = help::DECISIONS)]
    regler: Vec<Edit>,
}

impl DecisionOptions {
    /// The edits that the options ask for.
    #[must_use]
    pub fn edits(&self) -> Vec<Edit> {
        let decided = |kind: DecisionKind, demands: &[Demand]| {
            let decisions = demands.iter().cloned();
            decisions
                .map(|demand| Edit::Decision(Demand { decision: kind, ..demand }))
                .collect::<Vec<_>>()
        };
        let changes = self.changements_max.map(|most| Edit::Regler {
            cle: "limites.changements_max".to_owned(),
            valeur: i64::from(most).into(),
        });
        [
            decided(DecisionKind::Require, &self.exiger),
            decided(DecisionKind::Forbid, &self.interdire),
            decided(DecisionKind::Minimum, &self.minimum),
            changes.into_iter().collect(),
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
    #[arg(long, value_name = "DESCRIPTION", value_parser = opening::parse)]
    ouvrir: Vec<OpeningText>,
    /// Établissement qui ferme
    #[arg(long, value_name = "UAI")]
    fermer: Vec<String>,
    /// Moyens en plus ou en moins, en équivalents temps plein, par exemple +0,5 ou -1,5
    #[arg(long, value_name = "±ETP", value_parser = number, allow_hyphen_values = true)]
    etp: Option<f64>,
    /// Postes qui partent, dans cet ordre après les postes vacants, quand --etp est négatif
    #[arg(long, value_name = "POSTE", requires = "etp", value_delimiter = ',')]
    partants: Vec<String>,
    /// Poste supprimé
    #[arg(long, value_name = "POSTE")]
    sans: Vec<String>,
    /// Quotité d'un poste, par exemple P07=0,8
    #[arg(long, value_name = "POSTE=QUOTITÉ", value_parser = quotite)]
    quotite: Vec<Edit>,
    /// Poste créé, par exemple P46=0,5 (à placer) ou P46=1:0311236A (en résidence)
    #[arg(long, value_name = "POSTE=QUOTITÉ[:UAI]", value_parser = post)]
    poste: Vec<Edit>,
    /// Résidence d'un poste ; « P07= » laisse le calcul la choisir
    #[arg(long, value_name = "POSTE=UAI", value_parser = residence)]
    residence: Vec<Edit>,
    /// Effectif prévu
    #[arg(long, value_name = "UAI=ÉLÈVES", value_parser = pupils)]
    effectif: Vec<Edit>,
    /// Catégorie gagnée (UAI=REP) ou perdue (UAI=-REP)
    #[arg(long, value_name = "UAI=CATÉGORIE", value_parser = category)]
    categorie: Vec<Edit>,
    /// Établissement qui entre dans la liste du recteur
    #[arg(long, value_name = "UAI")]
    doter: Vec<String>,
    /// Établissement confié à un poste
    #[arg(long, value_name = "UAI=POSTE", value_parser = moved)]
    deplacer: Vec<Edit>,
    /// Établissement dont les décisions sont levées
    #[arg(long, value_name = "UAI")]
    lever: Vec<String>,
    #[command(flatten)]
    decisions: DecisionOptions,
}

impl EditOptions {
    /// The edits, in the order of the options above; openings without UAI get a provisional one.
    ///
    /// # Errors
    /// An opening that cannot be applied.
    pub fn edits(&self, dossier: &Dossier) -> Result<Vec<Edit>, EditError> {
        let mut edits = openings(dossier, &self.ouvrir)?;
        let each = |codes: &[String], edit: fn(String) -> Edit| {
            codes.iter().cloned().map(edit).collect::<Vec<_>>()
        };
        edits.extend(each(&self.fermer, |uai| Edit::Fermer { uai }));
        edits.extend(self.poste.iter().chain(&self.residence).cloned());
        edits.extend(each(&self.sans, |poste| Edit::Sans { poste }));
        edits.extend(self.quotite.iter().cloned());
        edits.extend(self.etp.map(|ecart| Edit::Etp { ecart, postes: self.partants.clone() }));
        edits.extend(self.effectif.iter().chain(&self.categorie).cloned());
        edits.extend(each(&self.doter, |uai| Edit::Doter { uai, dote: true }));
        edits.extend(each(&self.lever, |uai| Edit::Lever { uai }));
        edits.extend(self.deplacer.iter().cloned());
        edits.extend(self.decisions.edits());
        Ok(edits)
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

/// A number, `oui` or `non`, a list in brackets, or a word.
fn setting(text: &str) -> Result<Edit, String> {
    let (cle, text) = pair(text)?;
    let comma = parse_number(&text).map(|number| number.to_string()).unwrap_or(text);
    let read = |value: &str| format!("x = {value}").parse::<toml::Table>().ok()?.remove("x");
    let valeur = match comma.as_str() {
        "oui" => Value::Boolean(true),
        "non" => Value::Boolean(false),
        other => read(other).unwrap_or_else(|| Value::String(other.to_owned())),
    };
    Ok(Edit::Regler { cle, valeur })
}

fn quotite(text: &str) -> Result<Edit, String> {
    let (poste, quotite) = pair(text)?;
    Ok(Edit::Quotite { poste, quotite: number(&quotite)? })
}

fn post(text: &str) -> Result<Edit, String> {
    let (poste, rest) = pair(text)?;
    let (quotite, residence) = match rest.split_once(':') {
        Some((quotite, uai)) => (quotite, Some(uai.trim().to_owned())),
        None => (rest.as_str(), None),
    };
    let quotite = number(quotite)?;
    Ok(Edit::Poste(NewPost { poste, quotite, residence, bassin: None, champ: None }))
}

fn residence(text: &str) -> Result<Edit, String> {
    let (poste, uai) = text.split_once('=').ok_or("écrire POSTE=UAI")?;
    let uai = Some(uai.trim().to_owned()).filter(|uai| !uai.is_empty());
    Ok(Edit::Residence { poste: poste.trim().to_owned(), uai })
}

fn pupils(text: &str) -> Result<Edit, String> {
    let (uai, pupils) = pair(text)?;
    let effectif = pupils.parse().map_err(|_| "écrire par exemple 0311236A=540".to_owned())?;
    Ok(Edit::Effectif { uai, effectif })
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

fn moved(text: &str) -> Result<Edit, String> {
    let (uai, poste) = pair(text)?;
    Ok(Edit::Deplacer { uai, poste })
}

/// Both sides of an equals sign, neither of them empty.
fn pair(text: &str) -> Result<(String, String), String> {
    let (left, right) = text.split_once('=').unwrap_or((text, ""));
    let (left, right) = (left.trim(), right.trim());
    if left.is_empty() || right.is_empty() {
        return Err("il faut deux valeurs séparées par « = »".to_owned());
    }
    Ok((left.to_owned(), right.to_owned()))
}

fn number(text: &str) -> Result<f64, String> {
    let unsigned = text.trim().trim_start_matches('+');
    parse_number(unsigned).ok_or_else(|| "ce n'est pas un nombre".to_owned())
}
