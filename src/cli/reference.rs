//! What changes of hands are counted from, and how many there may be, as options.

use std::path::PathBuf;

use clap::Args;

use super::exit::{Failure, USAGE};
use super::help;
use super::planned;
use crate::domain::Dossier;
use crate::scenario::{Edit, kept};

/// How many establishments may change hands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MostChanges {
    /// No more than must.
    Fewest,
    /// A number.
    AtMost(u32),
}

/// Today's sectors, and the changes allowed from them.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = help::DECISIONS)]
pub struct ReferenceOptions {
    /// Plan à déranger le moins possible : ses secteurs tiennent lieu de secteurs actuels, chaque poste
    /// garde sa résidence ; « resoudre » ne change alors de mains que ce qui doit l'être, ou K
    /// établissements au plus avec --changements-max K
    #[arg(long, value_name = "PLAN")]
    garder: Option<PathBuf>,
    /// Au plus K établissements changent d'assistant·e par rapport aux secteurs actuels ; « minimum » : le
    /// moins possible
    #[arg(long, value_name = "K", value_parser = most)]
    changements_max: Option<MostChanges>,
}

impl ReferenceOptions {
    /// The edits, for a dossier where all others are made.
    ///
    /// # Errors
    /// Exit code 3 when the plan cannot be read.
    pub fn edits(&self, dossier: &Dossier) -> Result<Vec<Edit>, Failure> {
        let mut edits = Vec::new();
        if let Some(folder) = &self.garder {
            let plan = planned::read_alone(folder)?;
            edits.push(kept(dossier, &plan, &self.name()));
        }
        if let Some(MostChanges::AtMost(most)) = self.changements_max {
            edits.push(at_most(most));
        }
        Ok(edits)
    }

    /// Whether nothing is asked for.
    #[must_use]
    pub fn is_none(&self) -> bool {
        self.garder.is_none() && self.changements_max.is_none()
    }

    /// Whether as few changes as can be are asked for.
    #[must_use]
    pub fn wants_fewest(&self) -> bool {
        self.changements_max.map_or(self.garder.is_some(), |most| most == MostChanges::Fewest)
    }

    /// Refuses to look for the fewest changes where nothing is solved.
    ///
    /// # Errors
    /// Exit code 2.
    pub fn refuse_fewest(&self) -> Result<(), Failure> {
        match self.changements_max {
            Some(MostChanges::Fewest) => Err(Failure::new(
                USAGE,
                "« --changements-max minimum » se demande à « maillage resoudre » ; ici, donnez un nombre.",
            )),
            _ => Ok(()),
        }
    }

    /// What changes are counted from, in French, after "par rapport".
    #[must_use]
    pub fn origin(&self) -> String {
        match self.garder {
            Some(_) => format!("à {}", self.name()),
            None => "aux secteurs actuels".to_owned(),
        }
    }

    fn name(&self) -> String {
        let folder = self.garder.as_deref().unwrap_or_else(|| "".as_ref());
        folder.file_name().unwrap_or(folder.as_os_str()).to_string_lossy().into_owned()
    }
}

/// The limit as an edit.
#[must_use]
pub fn at_most(changes: u32) -> Edit {
    Edit::Regler {
        cle: "limites.changements_max".to_owned(),
        valeur: Some(i64::from(changes).into()),
    }
}

fn most(text: &str) -> Result<MostChanges, String> {
    match text.trim() {
        "minimum" => Ok(MostChanges::Fewest),
        number => number
            .parse()
            .map(MostChanges::AtMost)
            .map_err(|_| "écrire un nombre d'établissements, ou « minimum »".to_owned()),
    }
}
