//! Values of the wrong kind, refused by their key and in words.

use toml::de::Error;
use toml::{Table, Value};

use super::bareme::Bareme;
use super::profile::{BaremeError, at, dotted_keys, merge};
use crate::wording::number::short;

/// The first override that the profil's values cannot take in, with what stands there; `error` is
/// what reading them all together says, should each be right alone.
pub(super) fn refusal(own: &Table, overrides: &Table, error: &Error) -> BaremeError {
    let overridden = dotted_keys(overrides, "").into_iter();
    let values = overridden.filter_map(|key| at(overrides, &key).map(|value| (key, value)));
    let wrong = values.filter(|(key, value)| !fits(own, key, value)).map(|(key, value)| {
        let expected = at(own, &key).map_or_else(|| "un nombre entier".to_owned(), expected);
        format!("{key} vaut {} ; attendu {expected}", written(value))
    });
    BaremeError::Invalid(wrong.into_iter().next().unwrap_or_else(|| error.message().to_owned()))
}

fn fits(own: &Table, key: &str, value: &Value) -> bool {
    let alone = key.rsplit('.').fold(value.clone(), |inner, part| {
        Value::Table(Table::from_iter([(part.to_owned(), inner)]))
    });
    let mut values = own.clone();
    alone.as_table().iter().for_each(|alone| merge(&mut values, alone));
    Value::Table(values).try_into::<Bareme>().is_ok()
}

/// What a value of the same kind as `own` looks like.
fn expected(own: &Value) -> String {
    let kind = match own {
        Value::Integer(_) => "un nombre entier",
        Value::Float(_) => "un nombre",
        Value::Boolean(_) => "oui ou non",
        Value::Array(_) => "une liste",
        _ => "un mot du barème",
    };
    format!("{kind}, comme {}", written(own))
}

fn written(value: &Value) -> String {
    match value {
        Value::Integer(number) => short(*number as f64, 0),
        Value::Float(number) => short(*number, 4),
        Value::Boolean(true) => "oui".to_owned(),
        Value::Boolean(false) => "non".to_owned(),
        Value::String(word) => format!("« {word} »"),
        other => other.to_string(),
    }
}
