//! How a command speaks: results on stdout, progress and warnings on stderr.

use std::io::{IsTerminal, Write};

use clap::Args;
use serde::Serialize;

use super::exit::Failure;
use super::help;
use crate::export::to_json;
use crate::wording::typography::unbroken;

/// Options of every command.
#[derive(Debug, Clone, Args)]
pub struct Manners {
    /// Écrit le résultat en un seul document JSON sur la sortie standard
    #[arg(long, global = true, help_heading = help::COMMON)]
    pub json: bool,
    /// N'affiche ni progression ni avertissement
    #[arg(long, global = true, help_heading = help::COMMON)]
    pub silencieux: bool,
}

impl Manners {
    /// Prints the result for a person, or the document for a machine.
    ///
    /// # Errors
    /// When stdout cannot be written; a closed pipe is no error.
    pub fn result<T: Serialize>(&self, text: &str, document: &T) -> Result<(), Failure> {
        if self.json {
            let json = to_json("--json", document).map_err(anyhow::Error::from)?;
            print(&String::from_utf8(json).map_err(anyhow::Error::from)?)
        } else {
            print(&unbroken(text))
        }
    }

    /// Says something beside the result.
    pub fn note(&self, text: &str) {
        if !self.silencieux {
            eprintln!("{}", unbroken(text));
        }
    }

    /// Whether a moving progress line helps.
    #[must_use]
    pub fn shows_progress(&self) -> bool {
        !self.silencieux && !self.json && std::io::stderr().is_terminal()
    }
}

/// Prints on stdout.
///
/// # Errors
/// When stdout cannot be written; a closed pipe (`| head`) is a quiet success.
pub fn print(text: &str) -> Result<(), Failure> {
    match std::io::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        other => Ok(other?),
    }
}
