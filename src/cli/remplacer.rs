//! `maillage remplacer`: who covers an absent post, and what each absence would cost.

use std::path::{Path, PathBuf};

use clap::Args;
use jiff::civil::Date;
use serde_json::{Value, json};

use super::exit::{Failure, NO_PLAN, USAGE};
use super::frontiere::with_means;
use super::manners::Manners;
use super::planned;
use super::solving::SolveOptions;
use crate::domain::Presence;
use crate::export::{FragilityDocument, fragility_document, replace_file, same_input};
use crate::import::parse_date;
use crate::scenario::{Absence, Care, Relief, fragility, replace};
use crate::wording::label;
use crate::wording::number::{count, date as date_words, duration, half_days, short};

/// Couvre l'absence d'un poste en dérangeant le moins possible, ou dit ce que coûterait chaque absence
#[derive(Debug, Args)]
#[command(
    after_help = "Exemples :\n  maillage remplacer mon-dossier mon-plan --absent AS-03 \\\n    \
                  --du 2026-11-02 --au 2026-12-18\n  \
                  maillage remplacer mon-dossier mon-plan --fragilite -o fragilite.html\n\n\
                  Les autres postes gardent leurs établissements et leurs modalités ; leurs demi-journées peuvent \
                  baisser. Ce que le poste absent servait passe à d'autres, les priorités d'abord, ou tombe au pôle, en \
                  référence ou en conseil. Avec --fragilite, chaque poste est essayé tour à tour."
)]
pub struct Arguments {
    /// Dossier de rentrée
    #[arg(value_name = "DOSSIER")]
    dossier: PathBuf,
    /// Dossier du plan, ou son plan.json
    #[arg(value_name = "PLAN")]
    plan: PathBuf,
    /// Poste absent
    #[arg(long, value_name = "POSTE", required_unless_present = "fragilite")]
    absent: Option<String>,
    /// Premier jour de l'absence
    #[arg(long, value_name = "DATE", value_parser = date, requires = "au")]
    du: Option<Date>,
    /// Dernier jour de l'absence
    #[arg(long, value_name = "DATE", value_parser = date, requires = "du")]
    au: Option<Date>,
    /// Ce qui serait perdu si chaque poste était absent
    #[arg(long, conflicts_with = "absent")]
    fragilite: bool,
    /// Fichier à écrire avec --fragilite : .html (à imprimer) ou .csv (tableur)
    #[arg(long, short = 'o', value_name = "FICHIER", requires = "fragilite")]
    sortie: Option<PathBuf>,
    #[command(flatten)]
    options: SolveOptions,
}

/// Runs the command.
///
/// # Errors
/// Exit code 3 when the plan is not of this dossier, 5 when no cover was found.
pub fn run(arguments: &Arguments, manners: &Manners) -> Result<(), Failure> {
    let (dossier, plan) = planned::read_both(&arguments.dossier, &arguments.plan, manners)?;
    if !same_input(&dossier, &plan) {
        manners.note("Le dossier a changé depuis le calcul de ce plan : la couverture vaut pour le dossier d'aujourd'hui.");
    }
    let days = days(arguments)?;
    let Some(post) = &arguments.absent else {
        let target = arguments.sortie.as_deref();
        let document = target.map(document_of).transpose()?;
        let absences =
            with_means(&arguments.options, manners, |means| fragility(&dossier, &plan, means))?;
        let mut text = table(&absences);
        if let Some((target, document)) = target.zip(document) {
            let heading = planned::heading(&plan, &arguments.plan, true)?;
            let bytes = fragility_document(document, heading, &absences);
            let bytes = bytes.map_err(anyhow::Error::from)?;
            replace_file(target, &bytes).map_err(anyhow::Error::from)?;
            text += &format!("Document : {}\n", target.display());
        }
        return manners.result(&text, &json!({ "postes": absences }));
    };
    let absence =
        with_means(&arguments.options, manners, |means| replace(&dossier, &plan, post, means))?;
    if absence.perte.is_none() {
        return Err(Failure::new(
            NO_PLAN,
            "aucune couverture ne respecte les décisions et les limites du dossier.",
        ));
    }
    manners.result(&text(&absence, days), &document(&absence, days))
}

/// By the end of the name.
fn document_of(target: &Path) -> Result<FragilityDocument, Failure> {
    match target.extension().and_then(|it| it.to_str()).unwrap_or_default() {
        "html" => Ok(FragilityDocument::Page),
        "csv" => Ok(FragilityDocument::Table),
        _ => Err(Failure::new(USAGE, "-o attend un fichier .html ou .csv.")),
    }
}

fn date(text: &str) -> Result<Date, String> {
    parse_date(text).ok_or_else(|| "écrire par exemple 2026-11-02 ou 02/11/2026".to_owned())
}

/// First and last day of the absence, with how many days it lasts.
#[derive(Debug, Clone, Copy)]
struct Days {
    from: Date,
    until: Date,
    count: i32,
}

impl Days {
    fn weeks(self) -> f64 {
        f64::from(self.count) / 7.0
    }

    fn words(self) -> String {
        let lasting = match self.count {
            1 => return format!(" le {}", date_words(self.from)),
            few @ 2..=13 => format!("{few} jours"),
            _ => format!("{} semaines", short(self.weeks(), 1)),
        };
        format!(" du {} au {} ({lasting})", date_words(self.from), date_words(self.until))
    }
}

fn days(arguments: &Arguments) -> Result<Option<Days>, Failure> {
    let Some((from, until)) = arguments.du.zip(arguments.au) else { return Ok(None) };
    let count = (until - from).get_days() + 1;
    if count < 1 {
        return Err(Failure::new(USAGE, "l'absence finit avant de commencer."));
    }
    Ok(Some(Days { from, until, count }))
}

fn text(absence: &Absence, days: Option<Days>) -> String {
    let when = days.map_or_else(String::new, Days::words);
    let mut text = format!("Absence de {}{when} :\n", absence.poste);
    for relief in &absence.repris {
        text += &format!("  {} : {}\n", name(relief), taken(relief));
    }
    if !absence.alleges.is_empty() {
        text += "Pour cela, des établissements des autres postes donnent du temps :\n";
    }
    for relief in &absence.alleges {
        let post = relief.avant.poste.as_deref().unwrap_or_default();
        let (before, after) = (care(&relief.avant), care(&relief.apres));
        text += &format!("  {}, {post} : {before} → {after}\n", name(relief));
    }
    if absence.mandats_leves {
        text += "Les permanences obligatoires ne peuvent pas toutes être tenues : elles sont levées pendant l'absence.\n";
    }
    text + &loss(absence, days)
        + "Aucun établissement des autres postes ne change de mains ni de modalité.\n"
}

fn name(relief: &Relief) -> String {
    label::with_commune(&relief.nom, &relief.commune)
}

fn taken(relief: &Relief) -> String {
    let before = care(&relief.avant);
    match &relief.apres.poste {
        Some(post) => {
            let way = relief
                .apres
                .minutes_aller
                .map_or_else(String::new, |minutes| format!(" (à {})", duration(minutes)));
            format!("{before} → repris par {post}{way}, {}", care(&relief.apres))
        }
        None => format!("{before} → {}", care(&relief.apres)),
    }
}

fn care(care: &Care) -> String {
    let presence = Presence::from_half_days(care.demi_journees).unwrap_or(Presence(0));
    let modality = label::modality(care.modalite).to_lowercase();
    match label::presence(presence) {
        words if words.is_empty() => modality,
        words => format!("{modality}, {words}"),
    }
}

fn loss(absence: &Absence, days: Option<Days>) -> String {
    let Some((lost, least)) = absence.perte.zip(absence.perte_min) else { return String::new() };
    let least = match (short(lost, 1), short(least, 1)) {
        (most, least) if most == least => "prouvé".to_owned(),
        (_, least) => format!("au moins {least}, c'est prouvé"),
    };
    let mut text = format!("Perte : {} de besoin à 1 point par semaine ({least})", half_days(lost));
    if let Some(days) = days {
        text += &format!(", soit {} sur toute l'absence", half_days(lost * days.weeks()));
    }
    text + ".\n"
}

fn document(absence: &Absence, days: Option<Days>) -> Value {
    json!({ "absence": absence, "semaines": days.map(Days::weeks) })
}

/// The most fragile first.
fn table(absences: &[Absence]) -> String {
    let mut ranked: Vec<&Absence> = absences.iter().collect();
    ranked.sort_by(|a, b| b.perte.unwrap_or(f64::MAX).total_cmp(&a.perte.unwrap_or(f64::MAX)));
    let mut text =
        "Ce que coûterait chaque absence, en demi-journées de besoin à 1 point par semaine :\n"
            .to_owned();
    for absence in ranked {
        let losses = absence.perte.zip(absence.perte_min);
        let lost = losses.map_or_else(
            || "aucune couverture trouvée".to_owned(),
            |(lost, least)| format!("{} (au moins {})", short(lost, 1), short(least, 1)),
        );
        let left = count(
            absence.sans_poste as u64,
            "établissement sans poste",
            "établissements sans poste",
        );
        let mandates =
            if absence.mandats_leves { ", permanences obligatoires levées" } else { "" };
        text += &format!(
            "  {} : {lost} ; {left} sur {}{mandates}\n",
            absence.poste,
            absence.repris.len()
        );
    }
    text
}
