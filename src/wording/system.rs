//! What the operating system refuses, in French.

use std::io::{Error, ErrorKind};

/// Why a file or folder cannot be used. Sentences of our own (`Error::other`) pass through; what has
/// no French here keeps the system's words.
#[must_use]
pub fn reason(error: &Error) -> String {
    // A library may wrap the system's error to add a path, which the caller tells better.
    let known = match error.kind() {
        ErrorKind::NotFound => Some("il n'existe pas"),
        ErrorKind::PermissionDenied => Some("accès refusé"),
        ErrorKind::AlreadyExists => Some("il existe déjà"),
        ErrorKind::IsADirectory => Some("c'est un dossier, non un fichier"),
        ErrorKind::NotADirectory => Some("c'est un fichier, non un dossier"),
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Some("le disque est plein"),
        ErrorKind::FileTooLarge => Some("fichier trop grand"),
        ErrorKind::ReadOnlyFilesystem => Some("le disque est en lecture seule"),
        ErrorKind::InvalidFilename => Some("son nom n'est pas possible"),
        _ => None,
    };
    known.map_or_else(|| error.to_string(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_system_speaks_french_and_our_sentences_pass() {
        let absent = std::fs::read("/nulle/part").expect_err("absent");
        assert_eq!(reason(&absent), "il n'existe pas");
        let wrapped = tempfile::tempdir_in("/nulle/part").expect_err("absent");
        assert_eq!(reason(&wrapped), "il n'existe pas");
        assert_eq!(reason(&Error::other("déjà dit")), "déjà dit");
    }
}
