//! Errors of the command line in French: clap finds them, these sentences say them.

use std::error::Error;
use std::num::ParseIntError;

use clap::error::{ContextKind, ContextValue, ErrorKind};

/// What is wrong and what to type instead.
#[must_use]
pub fn in_french(error: &clap::Error) -> String {
    let get = |kind| error.get(kind).map(words).unwrap_or_default();
    let argument = get(ContextKind::InvalidArg);
    let value = get(ContextKind::InvalidValue);
    let sentence = match error.kind() {
        ErrorKind::InvalidValue if value.is_empty() => {
            format!("« {argument} » attend une valeur.")
        }
        ErrorKind::InvalidValue => {
            let known = get(ContextKind::ValidValue);
            format!(
                "« {value} » n'est pas une valeur de « {argument} » ; valeurs possibles : {known}."
            )
        }
        ErrorKind::ValueValidation => {
            let cause = error.source().map_or_else(String::new, |it| format!(" : {}", cause(it)));
            format!("la valeur « {value} » de « {argument} » n'est pas lisible{cause}.")
        }
        ErrorKind::UnknownArgument => {
            let near = get(ContextKind::SuggestedArg);
            let hint = if near.is_empty() {
                String::new()
            } else {
                format!(" Vouliez-vous dire « {near} » ?")
            };
            format!("« {argument} » n'est pas compris.{hint}")
        }
        ErrorKind::InvalidSubcommand => {
            let near = get(ContextKind::SuggestedSubcommand);
            let hint = if near.is_empty() {
                String::new()
            } else {
                format!(" Vouliez-vous dire « {near} » ?")
            };
            let command = get(ContextKind::InvalidSubcommand);
            format!("« {command} » n'est pas une commande.{hint}")
        }
        ErrorKind::MissingRequiredArgument => format!("il manque : {argument}."),
        ErrorKind::MissingSubcommand => "il manque la commande.".to_owned(),
        ErrorKind::ArgumentConflict => {
            let other = get(ContextKind::PriorArg);
            format!("« {argument} » et « {other} » ne vont pas ensemble.")
        }
        ErrorKind::TooManyValues | ErrorKind::WrongNumberOfValues | ErrorKind::TooFewValues => {
            format!("le nombre de valeurs de « {argument} » n'est pas le bon.")
        }
        _ => "la commande n'est pas comprise.".to_owned(),
    };
    let example = "Voir « maillage --help », ou « maillage COMMANDE --help » pour un exemple.";
    format!("{sentence}\n{example}")
}

/// Our own parsers speak French; clap's and the standard ones do not.
fn cause(source: &(dyn Error + 'static)) -> String {
    let text = source.to_string();
    let bounds = text.split_once(" is not in ").and_then(|(_, range)| range.split_once("..="));
    match bounds {
        Some((least, most)) => format!("écrire un nombre de {least} à {most}"),
        None if source.is::<ParseIntError>() => "écrire un nombre entier".to_owned(),
        None => text,
    }
}

fn words(value: &ContextValue) -> String {
    match value {
        ContextValue::String(text) => text.clone(),
        ContextValue::Strings(texts) => texts.join(", "),
        other => other.to_string(),
    }
}
