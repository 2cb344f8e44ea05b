//! What can go wrong when documents are written or read back.

use std::io;
use std::path::{Path, PathBuf};

use crate::wording::system::reason;

/// Why a document could not be written or read; the text is for the user.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The target holds something that is not ours to replace.
    #[error(
        "« {0} » existe et n'est pas un plan de Maillage : rien n'y a été touché ; \
         choisissez un autre dossier de sortie"
    )]
    NotAPlan(PathBuf),
    /// A file or folder that cannot be written.
    #[error(
        "impossible d'écrire « {path} » : {} ; vérifiez les droits et la place sur le disque",
        reason(cause)
    )]
    Write {
        /// Path concerned.
        path: PathBuf,
        /// Cause.
        cause: io::Error,
    },
    /// A file that cannot be read.
    #[error("impossible de lire « {path} » : {}", reason(cause))]
    Read {
        /// Path concerned.
        path: PathBuf,
        /// Cause.
        cause: io::Error,
    },
    /// A plan or its execution file that is not what the program writes.
    #[error("« {path} » n'est pas un fichier de plan que cette version sait lire : {reason}")]
    Format {
        /// Path concerned.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// A plan that names what the dossier does not hold.
    #[error("le plan cite « {0} », absent du dossier : ce plan vient d'un autre dossier")]
    Foreign(String),
    /// A document that its writer refused.
    #[error("le document « {document} » n'a pas pu être composé : {reason}")]
    Compose {
        /// Name of the document.
        document: String,
        /// What its writer says.
        reason: String,
    },
}

impl ExportError {
    /// Turns an error of the file system at `path` into ours.
    pub(super) fn writing(path: &Path) -> impl FnOnce(io::Error) -> Self + '_ {
        move |cause| Self::Write { path: path.to_owned(), cause }
    }

    /// Turns any error of a document's writer into ours.
    pub(super) fn composing<E: std::fmt::Display>(document: &str) -> impl FnOnce(E) -> Self + '_ {
        move |error| Self::Compose { document: document.to_owned(), reason: error.to_string() }
    }
}
