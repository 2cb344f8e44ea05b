//! Edits of posts as options of the command line.

use clap::Args;

use super::edits::{pair, whole};
use super::help;
use crate::import::parse_number;
use crate::scenario::{Edit, NewPost};

/// What a variant may change of the posts.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = help::POSTS)]
pub struct PostOptions {
    /// Moyens en plus ou en moins, en équivalents temps plein, par exemple +0,5 ou -1,5
    #[arg(long, value_name = "±ETP", value_parser = number, allow_hyphen_values = true)]
    etp: Option<f64>,
    /// Postes qui partent, dans cet ordre après les postes vacants, quand --etp est négatif
    #[arg(long, value_name = "POSTE", requires = "etp", value_delimiter = ',')]
    partants: Vec<String>,
    /// Poste créé, par exemple P46=0,5 (à placer) ou P46=1:0311236A (en résidence)
    #[arg(long, value_name = "POSTE=QUOTITÉ[:UAI]", value_parser = post)]
    poste: Vec<Edit>,
    /// Poste supprimé
    #[arg(long, value_name = "POSTE")]
    sans: Vec<String>,
    /// Quotité d'un poste, par exemple P07=0,8
    #[arg(long, value_name = "POSTE=QUOTITÉ", value_parser = quotite)]
    quotite: Vec<Edit>,
    /// Demi-journées par semaine prises par d'autres missions (MDPH, tutorat, décharge syndicale)
    #[arg(long, value_name = "POSTE=DEMI-JOURNÉES", value_parser = discharge)]
    decharge: Vec<Edit>,
    /// Résidence d'un poste ; « P07= » laisse le calcul la choisir
    #[arg(long, value_name = "POSTE=UAI", value_parser = residence)]
    residence: Vec<Edit>,
    /// Seul bassin que le poste sert ; « P07= » les lui ouvre tous
    #[arg(long, value_name = "POSTE=BASSIN", value_parser = bassin)]
    bassin: Vec<Edit>,
    /// Degrés que le poste sert : 1D, 2D ou 1D+2D
    #[arg(long, value_name = "POSTE=CHAMP", value_parser = field)]
    champ: Vec<Edit>,
    /// Aller le plus long, en minutes ; « P07= » revient au barème
    #[arg(long, value_name = "POSTE=MINUTES", value_parser = longest_trip)]
    trajet_max: Vec<Edit>,
    /// Établissements que le poste suit au plus ; « P07= » revient au barème
    #[arg(long, value_name = "POSTE=NOMBRE", value_parser = most_establishments)]
    etablissements_max: Vec<Edit>,
    /// Jours travaillés, pour le planning, par exemple « P07=lu ma je ve »
    #[arg(long, value_name = "POSTE=JOURS", value_parser = days)]
    jours: Vec<Edit>,
    /// Poste que personne n'occupe (P07), ou de nouveau pourvu (P07=non)
    #[arg(long, value_name = "POSTE", value_parser = vacant)]
    vacant: Vec<Edit>,
}

impl PostOptions {
    /// The edits, new posts first so that the others may name them; the total of means comes last.
    #[must_use]
    pub fn edits(&self) -> Vec<Edit> {
        let gone = self.sans.iter().cloned().map(|poste| Edit::Sans { poste }).collect();
        let total = self.etp.map(|ecart| Edit::Etp { ecart, postes: self.partants.clone() });
        [
            self.poste.clone(),
            self.residence.clone(),
            gone,
            self.quotite.clone(),
            self.decharge.clone(),
            self.bassin.clone(),
            self.champ.clone(),
            self.trajet_max.clone(),
            self.etablissements_max.clone(),
            self.jours.clone(),
            self.vacant.clone(),
            total.into_iter().collect(),
        ]
        .concat()
    }
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

fn discharge(text: &str) -> Result<Edit, String> {
    let (poste, half_days) = pair(text)?;
    Ok(Edit::Decharge { poste, demi_journees: number(&half_days)? })
}

fn residence(text: &str) -> Result<Edit, String> {
    let (poste, uai) = open_pair(text)?;
    Ok(Edit::Residence { poste, uai })
}

fn bassin(text: &str) -> Result<Edit, String> {
    let (poste, bassin) = open_pair(text)?;
    Ok(Edit::Bassin { poste, bassin })
}

fn field(text: &str) -> Result<Edit, String> {
    let (poste, champ) = pair(text)?;
    let champ = champ.parse().map_err(|()| "écrire 1D, 2D ou 1D+2D".to_owned())?;
    Ok(Edit::Champ { poste, champ })
}

fn longest_trip(text: &str) -> Result<Edit, String> {
    let (poste, minutes) = open_pair(text)?;
    Ok(Edit::TrajetMax { poste, minutes: minutes.as_deref().map(whole).transpose()? })
}

fn most_establishments(text: &str) -> Result<Edit, String> {
    let (poste, many) = open_pair(text)?;
    Ok(Edit::EtablissementsMax { poste, nombre: many.as_deref().map(whole).transpose()? })
}

fn days(text: &str) -> Result<Edit, String> {
    let (poste, jours) = open_pair(text)?;
    Ok(Edit::Jours { poste, jours: jours.unwrap_or_default() })
}

fn vacant(text: &str) -> Result<Edit, String> {
    let (poste, vacant) = match text.split_once('=') {
        None => (text, true),
        Some((poste, "oui")) => (poste, true),
        Some((poste, "non")) => (poste, false),
        Some(_) => return Err("écrire POSTE ou POSTE=non".to_owned()),
    };
    Ok(Edit::Vacance { poste: poste.trim().to_owned(), vacant })
}

/// Both sides of an equals sign; nothing on the right is nothing.
fn open_pair(text: &str) -> Result<(String, Option<String>), String> {
    let (left, right) = text.split_once('=').ok_or("il faut un « = » après le poste")?;
    let right = Some(right.trim().to_owned()).filter(|right| !right.is_empty());
    Ok((left.trim().to_owned(), right))
}

fn number(text: &str) -> Result<f64, String> {
    let unsigned = text.trim().trim_start_matches('+');
    parse_number(unsigned).ok_or_else(|| "ce n'est pas un nombre".to_owned())
}
