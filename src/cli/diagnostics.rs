//! What reading a dossier found, said to the person who keeps its files.

use std::collections::BTreeMap;
use std::path::Path;

use super::exit::{Failure, INVALID_INPUT};
use super::manners::Manners;
use super::variante;
use crate::domain::Dossier;
use crate::import::{Code, Diagnostic, read_dossier};

/// Diagnostics of one code in one file beyond which the others are counted alone: a wrong unit is
/// wrong in every cell, and `--json` lists them all.
const LISTED: usize = 200;

/// Every diagnostic, by file in the order given: place and value, cause, what to do.
#[must_use]
pub fn listing(diagnostics: &[Diagnostic]) -> String {
    let mut text = String::new();
    for same_file in diagnostics.chunk_by(|one, next| one.file == next.file) {
        text += &format!("{}\n", same_file[0].file);
        let mut told: BTreeMap<Code, usize> = BTreeMap::new();
        for diagnostic in same_file {
            let count = told.entry(diagnostic.code).or_default();
            *count += 1;
            if *count <= LISTED {
                text += &entry(diagnostic);
            }
        }
        for (code, count) in told.into_iter().filter(|(_, count)| *count > LISTED) {
            text += &format!("  … et {} autres {code} (tous avec --json)\n", count - LISTED);
        }
    }
    text
}

fn entry(diagnostic: &Diagnostic) -> String {
    let kind = if diagnostic.is_error() { "Erreur" } else { "Avertissement" };
    let mut head = format!("  {kind} {}", diagnostic.code);
    if let Some(line) = diagnostic.line {
        head += &format!(", ligne {line}");
    }
    if let Some(column) = &diagnostic.column {
        head += &format!(", colonne « {column} »");
    }
    if let Some(cell) = &diagnostic.cell {
        head += &format!(", cellule {cell}");
    }
    if let Some(value) = diagnostic.value.as_deref().filter(|value| !value.is_empty()) {
        head += &format!(" : « {} »", one_line(value));
    }
    format!("{head}\n    {}\n    → {}\n", diagnostic.cause, diagnostic.action)
}

/// A value that stays on its line, and cannot drive the terminal.
fn one_line(value: &str) -> String {
    let plain = value.chars().map(|letter| if letter.is_control() { ' ' } else { letter });
    let mut short: String = plain.clone().take(60).collect();
    if plain.count() > 60 {
        short.push('…');
    }
    short
}

/// `2 erreurs et 1 avertissement`.
#[must_use]
pub fn count(diagnostics: &[Diagnostic]) -> String {
    let errors = diagnostics.iter().filter(|diagnostic| diagnostic.is_error()).count();
    let parts = [(errors, "erreur"), (diagnostics.len() - errors, "avertissement")];
    let said: Vec<String> = parts
        .into_iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, noun)| format!("{number} {noun}{}", if number > 1 { "s" } else { "" }))
        .collect();
    if said.is_empty() { "aucun défaut".to_owned() } else { said.join(" et ") }
}

/// The dossier that a command works on. Warnings are counted on stderr, faults listed there.
///
/// # Errors
/// Invalid input, already said.
pub fn read(folder: &Path, manners: &Manners) -> Result<Dossier, Failure> {
    accept(read_dossier(folder), folder, manners)
}

/// The dossier of `folder`, already read.
///
/// # Errors
/// As [`read`].
pub fn accept(
    outcome: Result<(Dossier, Vec<Diagnostic>), Vec<Diagnostic>>,
    folder: &Path,
    manners: &Manners,
) -> Result<Dossier, Failure> {
    let hint = format!("maillage verifier {}", folder.display());
    match outcome {
        Ok((dossier, warnings)) => {
            if !warnings.is_empty() {
                manners.note(&format!("Le dossier a {} ; détail : {hint}", count(&warnings)));
            }
            if let Some(warning) = variante::outdated(folder) {
                manners.note(&warning);
            }
            Ok(dossier)
        }
        Err(diagnostics) => {
            let errors: Vec<_> =
                diagnostics.iter().filter(|diagnostic| diagnostic.is_error()).cloned().collect();
            let message = format!("le dossier a {}.\n{}", count(&errors), listing(&errors));
            Err(Failure::new(INVALID_INPUT, message.trim_end()))
        }
    }
}
