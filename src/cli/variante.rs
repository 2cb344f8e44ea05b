//! `maillage variante`: a dossier from another one and what a rentree changes (R18).

use std::fs;
use std::path::{Component, Path, PathBuf};

use clap::Args;
use serde_json::{Value, json};

use super::diagnostics;
use super::edits::EditOptions;
use super::exit::{Failure, INVALID_INPUT, USAGE};
use super::manners::Manners;
use crate::domain::Dossier;
use crate::import::{VARIANT_FILE, read_dossier, write_dossier};
use crate::scenario::{Edit, EditError, Variant, apply, fallout, leaving};
use crate::scratch::scratch_in;

/// Fait un nouveau dossier à partir d'un autre, sans copier de fichier à la main
#[derive(Debug, Args)]
#[command(
    after_help = "Exemple :\n  maillage variante dossier-2026 --etp -1,5 --quotite P07=0,8 \\\n    \
                  -o dossier-2026-bas\n\n\
                  Le nouveau dossier est complet : toutes les commandes le lisent. Son fichier variante.toml garde \
                  le dossier d'origine et ce qui change."
)]
pub struct Arguments {
    /// Dossier de rentrée dont part la variante ; il n'est pas modifié
    #[arg(value_name = "DOSSIER")]
    dossier: PathBuf,
    /// Dossier à écrire
    #[arg(long, short = 'o', value_name = "DOSSIER2")]
    sortie: PathBuf,
    /// Raison de la variante, gardée dans variante.toml
    #[arg(long, value_name = "TEXTE", default_value = "")]
    motif: String,
    #[command(flatten)]
    options: EditOptions,
}

/// Runs the command.
///
/// # Errors
/// Exit code 2 when the options cannot be applied or the output exists, 3 when the parent is
/// invalid, or would be after the edits.
pub fn run(arguments: &Arguments, manners: &Manners) -> Result<(), Failure> {
    check_absent(&arguments.sortie)?;
    let parent = diagnostics::read(&arguments.dossier, manners)?;
    let reference = arguments.options.reference();
    reference.refuse_fewest()?;
    let mut edits = arguments.options.edits(&parent).map_err(usage)?;
    edits.extend(reference.edits(&apply(&parent, &edits).map_err(usage)?)?);
    if edits.is_empty() {
        return Err(Failure::new(USAGE, "rien ne change : voir « maillage variante --help »."));
    }
    let (mut edited, sentences) = applied(&parent, &edits)?;
    edited.scenario.name = format!("{} · {}", parent.scenario.name, folder_name(&arguments.sortie));
    let variant = Variant {
        parent: relative(&arguments.dossier, &arguments.sortie)?,
        motif: arguments.motif.clone(),
        empreintes: parent.digests.clone(),
        modifications: edits,
    };
    write(&arguments.sortie, &edited, &variant)?;
    let consequences = fallout(&parent, &edited);
    let text = text(arguments, &sentences, &consequences);
    manners.result(&text, &document(arguments, &variant, &sentences, &consequences))
}

/// The edited dossier, and each edit in words.
fn applied(parent: &Dossier, edits: &[Edit]) -> Result<(Dossier, Vec<String>), Failure> {
    let mut edited = parent.clone();
    let mut sentences = Vec::new();
    for edit in edits {
        let mut sentence = edit.describe(&edited);
        let next = apply(&edited, std::slice::from_ref(edit)).map_err(usage)?;
        let gone = leaving(&edited, &next);
        if matches!(edit, Edit::Etp { .. }) && !gone.is_empty() {
            sentence += &format!(" : {gone}");
        }
        sentences.push(sentence);
        edited = next;
    }
    Ok((edited, sentences))
}

fn usage(error: EditError) -> Failure {
    Failure::new(USAGE, error.to_string())
}

fn check_absent(folder: &Path) -> Result<(), Failure> {
    let free = match fs::read_dir(folder) {
        Ok(mut entries) => entries.next().is_none(),
        Err(_) => !folder.exists(),
    };
    let message = format!(
        "« {} » existe déjà : rien n'y a été touché ; choisissez un autre dossier.",
        folder.display()
    );
    if free { Ok(()) } else { Err(Failure::new(USAGE, message)) }
}

/// Written beside, read back, then put in place: a variant is whole and valid, or absent.
fn write(folder: &Path, dossier: &Dossier, variant: &Variant) -> Result<(), Failure> {
    let parent = parent_of(folder);
    fs::create_dir_all(&parent)?;
    let beside = scratch_in(&parent)?;
    let fresh = beside.path().join("nouveau");
    write_dossier(&fresh, dossier)?;
    fs::write(fresh.join(VARIANT_FILE), variant.to_toml())?;
    if let Err(diagnostics) = read_dossier(&fresh) {
        let errors: Vec<_> = diagnostics.into_iter().filter(|found| found.is_error()).collect();
        let message = format!(
            "la variante aurait {} : elle n'est pas écrite.\n{}",
            diagnostics::count(&errors),
            diagnostics::listing(&errors)
        );
        return Err(Failure::new(INVALID_INPUT, message.trim_end()));
    }
    if folder.exists() {
        fs::remove_dir(folder)?;
    }
    Ok(fs::rename(&fresh, folder)?)
}

fn parent_of(folder: &Path) -> PathBuf {
    match folder.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
        _ => PathBuf::from("."),
    }
}

fn folder_name(folder: &Path) -> String {
    folder.file_name().unwrap_or(folder.as_os_str()).to_string_lossy().into_owned()
}

/// The way from the variant to its parent, so that both can be moved together.
fn relative(parent: &Path, variant: &Path) -> Result<String, Failure> {
    let to = fs::canonicalize(parent)?;
    fs::create_dir_all(parent_of(variant))?;
    let from = fs::canonicalize(parent_of(variant))?.join(folder_name(variant));
    let shared = from.components().zip(to.components()).take_while(|(a, b)| a == b).count();
    let up = from.components().skip(shared).map(|_| Component::ParentDir);
    let way: PathBuf = up.chain(to.components().skip(shared)).collect();
    Ok(way.to_string_lossy().into_owned())
}

/// What to say of a dossier that is a variant whose parent has changed; nothing for others.
#[must_use]
pub fn outdated(folder: &Path) -> Option<String> {
    let text = fs::read_to_string(folder.join(VARIANT_FILE)).ok()?;
    let variant = match Variant::from_toml(&text) {
        Ok(variant) => variant,
        Err(error) => {
            let cause = error.message().to_owned();
            return Some(format!("{VARIANT_FILE} n'est pas lisible ({cause}) : il est ignoré."));
        }
    };
    let parent = folder.join(&variant.parent);
    let Ok((dossier, _)) = read_dossier(&parent) else {
        return Some(format!(
            "Cette variante vient de « {} », qui n'est plus lisible.",
            variant.parent
        ));
    };
    let changed = variant.outdated(&dossier);
    (!changed.is_empty()).then(|| {
        format!(
            "Cette variante vient de « {} », qui a changé depuis ({}) : ces changements n'y sont pas.",
            variant.parent,
            changed.join(", ")
        )
    })
}

fn text(arguments: &Arguments, sentences: &[String], consequences: &[String]) -> String {
    let folder = arguments.sortie.display();
    let mut text = format!("Variante de {} écrite dans {folder} :\n", arguments.dossier.display());
    for sentence in sentences {
        text += &format!("  - {sentence}\n");
    }
    if !consequences.is_empty() {
        text += "Ce que cela entraîne :\n";
        text.extend(consequences.iter().map(|sentence| format!("  - {sentence}\n")));
    }
    text + &format!("Pour la suite : maillage resoudre {folder} -o PLAN\n")
}

fn document(
    arguments: &Arguments,
    variant: &Variant,
    sentences: &[String],
    consequences: &[String],
) -> Value {
    json!({
        "dossier": arguments.sortie,
        "parent": variant.parent,
        "motif": variant.motif,
        "modifications": variant.modifications,
        "phrases": sentences,
        "consequences": consequences,
    })
}
