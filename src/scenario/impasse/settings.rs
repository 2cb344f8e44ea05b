//! Ways out by a value of the bareme.

use toml::Value;

use crate::scenario::edit::Edit;

use super::candidates::{BEYOND, Candidate, LIMIT};
use super::words;

/// A value of the bareme.
pub fn set(key: &str, value: Value) -> Edit {
    Edit::Regler { cle: key.to_owned(), valeur: Some(value) }
}

/// Words as a value.
pub fn list<'w>(words: impl Iterator<Item = &'w str>) -> Value {
    Value::Array(words.map(|word| Value::String(word.to_owned())).collect())
}

/// A whole-number limit of the bareme, raised one by one.
pub fn setting<'a>(
    key: &'static str,
    most: i64,
    guess: Option<i64>,
    name: words::Limit,
) -> Candidate<'a> {
    let value = move |step: u32| most + i64::from(step);
    Candidate {
        class: LIMIT,
        steps: BEYOND,
        decision: None,
        guess: guess.and_then(|guess| u32::try_from(guess).ok()),
        edits: Box::new(move |step| vec![set(key, number(key, value(step)))]),
        text: Box::new(move |step| words::raise(name, key, most, value(step))),
        amount: Some(Box::new(move |step| value(step).to_string())),
    }
}

/// Kilometres are decimals in the bareme, all else whole numbers.
fn number(key: &str, value: i64) -> Value {
    if key == "limites.km_max_semaine" { Value::Float(value as f64) } else { Value::Integer(value) }
}

/// Time that a member may reserve for a pole team, half a half-day a step.
pub fn reserve<'a>(most: i64) -> Candidate<'a> {
    let minutes = move |step: u32| most + 105 * i64::from(step);
    Candidate {
        class: LIMIT,
        steps: ((3_000 - most) / 105).clamp(1, 30) as u32,
        guess: None,
        decision: None,
        edits: Box::new(move |step| {
            vec![set("pole.reserve_max_minutes", Value::Integer(minutes(step)))]
        }),
        text: Box::new(move |step| words::reserve(most, minutes(step))),
        amount: Some(Box::new(move |step| words::minutes(minutes(step) as u32))),
    }
}

/// The least load of posts, lowered by twentieths.
pub fn minimum_load<'a>(least: f64) -> Candidate<'a> {
    let share = move |step: u32| (least - f64::from(step) / 20.0).max(0.0);
    Candidate {
        class: LIMIT,
        steps: (least * 20.0).ceil().max(1.0) as u32,
        guess: None,
        decision: None,
        edits: Box::new(move |step| vec![set("limites.charge_min", Value::Float(share(step)))]),
        text: Box::new(move |step| words::minimum_load(least, share(step))),
        amount: Some(Box::new(move |step| words::percent((share(step) * 100.0).round() as u32))),
    }
}
