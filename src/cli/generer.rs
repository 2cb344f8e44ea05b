//! `maillage generer`: a fictional dossier of any size, to try the program or to measure it.

use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use super::exit::{Failure, USAGE};
use super::manners::Manners;
use super::new_dossier;
use crate::demo::{GeneratorSettings, generate};

/// Invente un département fictif et écrit son dossier
///
/// Sans autre option, celui de la démonstration : 37 collèges, 17 lycées, un EREA, 12 postes et un
/// agent mis à disposition de la MDPH. Villes, établissements et UAI sont inventés.
#[derive(Debug, Args)]
#[command(
    after_help = "Exemple :\n  maillage generer --colleges 103 --lycees 46 --circonscriptions 25 \\\n    --postes 45 -o essai"
)]
pub struct Arguments {
    /// Collèges (37 par défaut)
    #[arg(long, value_name = "NOMBRE", default_value_t = 37)]
    colleges: usize,
    /// Lycées (17 par défaut)
    #[arg(long, value_name = "NOMBRE", default_value_t = 17)]
    lycees: usize,
    /// EREA (1 par défaut)
    #[arg(long, value_name = "NOMBRE", default_value_t = 1)]
    erea: usize,
    /// Circonscriptions (aucune par défaut)
    #[arg(long, value_name = "NOMBRE", default_value_t = 0)]
    circonscriptions: usize,
    /// Écoles de chaque réseau REP+ (aucune par défaut)
    #[arg(long, value_name = "NOMBRE", default_value_t = 0)]
    ecoles: usize,
    /// Postes d'assistants (12 par défaut)
    #[arg(long, value_name = "NOMBRE", default_value_t = 12)]
    postes: usize,
    /// Postes sans résidence, que le calcul place (1 par défaut)
    #[arg(long, value_name = "NOMBRE", default_value_t = 1)]
    a_placer: usize,
    /// Graine du tirage (2018 par défaut)
    #[arg(long, value_name = "NOMBRE", default_value_t = 2018)]
    graine: u64,
    /// Profil du barème (deux-sevres-2018 par défaut)
    #[arg(long, value_name = "PROFIL", default_value = "deux-sevres-2018")]
    profil: String,
    /// Dossier à écrire
    #[arg(long, short = 'o', value_name = "DOSSIER")]
    sortie: PathBuf,
    /// Écrit par-dessus un dossier qui existe déjà : ses tableaux sont remplacés
    #[arg(long)]
    remplacer: bool,
}

/// Most establishments, posts or ecoles that are generated: three times the largest departement.
const MOST: usize = 1_000;

/// Runs the command.
///
/// # Errors
/// Numbers that make no departement; a dossier that exists already.
pub fn run(arguments: &Arguments, manners: &Manners) -> Result<(), Failure> {
    let settings = settings(arguments)?;
    let dossier = generate(&settings);
    new_dossier::write(&arguments.sortie, &dossier, arguments.remplacer)?;
    let (units, posts) = (dossier.establishments.len(), dossier.posts.len());
    let folder = arguments.sortie.display();
    manners.result(
        &format!("{units} établissements et {posts} postes fictifs, écrits dans {folder}.\n"),
        &json!({
            "dossier": folder.to_string(),
            "graine": settings.seed,
            "etablissements": units,
            "postes": posts,
        }),
    )
}

fn settings(arguments: &Arguments) -> Result<GeneratorSettings, Failure> {
    let units = arguments.colleges.saturating_add(arguments.lycees).saturating_add(arguments.erea);
    let sizes = [units, arguments.circonscriptions, arguments.ecoles, arguments.postes];
    if arguments.colleges == 0 || arguments.postes > units || sizes.iter().any(|size| *size > MOST)
    {
        let message = format!(
            "Il faut au moins un collège, pas plus de postes que d'établissements, et {MOST} de chaque au plus."
        );
        return Err(Failure::new(USAGE, message));
    }
    Ok(GeneratorSettings {
        seed: arguments.graine,
        profile: arguments.profil.clone(),
        colleges: arguments.colleges,
        lycees: arguments.lycees,
        erea: arguments.erea,
        circonscriptions: arguments.circonscriptions,
        ecoles_per_network: arguments.ecoles,
        posts: arguments.postes,
        posts_to_place: arguments.a_placer.min(arguments.postes),
        ..GeneratorSettings::demonstration()
    })
}
