//! Prices and their effects as sentences.

use crate::wording::article::{at, capital, of};
use crate::wording::number::{count, half_days, short};
use crate::wording::sentence::enumeration;

use super::effects::Effect;
use super::prices::Price;

/// Effects told one by one; the others are counted.
const TOLD: usize = 4;

/// What a choice does to the whole, as the end of a sentence: "ferait perdre au département…".
#[must_use]
pub fn loss(price: &Price) -> String {
    if price.impossible {
        return "n'est possible dans aucun plan qui respecte toutes les règles".to_owned();
    }
    let least = price.au_moins.unwrap_or(0.0);
    match price.au_plus {
        None if least <= 0.0 => {
            "n'a pas pu être chiffré : le calcul n'a trouvé ni un plan, ni la preuve qu'il n'y en a pas"
                .to_owned()
        }
        None => format!(
            "coûterait au moins {} de besoin couvert au département",
            half_days(least.max(0.0))
        ),
        Some(most) if most < 0.0 => {
            format!("ferait gagner {} de besoin couvert au département", half_days(-most))
        }
        Some(0.0) => "ne coûterait rien au département".to_owned(),
        Some(most) if least <= 0.0 => {
            format!("coûterait au plus {} de besoin couvert au département", half_days(most))
        }
        Some(most) if short(least, 2) == short(most, 2) => {
            format!("ferait perdre {} de besoin couvert au département", half_days(most))
        }
        Some(most) => format!(
            "ferait perdre entre {} et {} de besoin couvert au département",
            short(least, 2),
            half_days(most)
        ),
    }
}

/// Who else would be served otherwise, as a sentence; empty where nobody would.
#[must_use]
pub fn effects(effects: &[Effect]) -> String {
    if effects.is_empty() {
        return String::new();
    }
    let mut told: Vec<String> = effects.iter().take(TOLD).map(effect).collect();
    let others = effects.len() - told.len();
    if others > 0 {
        told.push(count(
            others as u64,
            "autre changement suivrait",
            "autres changements suivraient",
        ));
    }
    format!(" {}.", capital(&told.join(" ; ")))
}

fn effect(effect: &Effect) -> String {
    let hands = match (&effect.poste_avant, &effect.poste_apres) {
        (before, Some(after)) if before.as_ref() != Some(after) => {
            Some(format!("reviendrait à {after}"))
        }
        (Some(before), None) => Some(format!("n'aurait plus {before}")),
        _ => None,
    };
    let change = (effect.avant != effect.apres)
        .then(|| format!("passerait {} {}", of(&effect.avant), at(&effect.apres)));
    let parts: Vec<String> = change.into_iter().chain(hands).collect();
    format!("{} {}", effect.nom, enumeration(&parts))
}

/// A gain of the establishment itself, as an aside.
#[must_use]
pub fn own_gain(price: &Price) -> String {
    match price.gain_propre {
        gain if gain >= 0.01 => format!(" (il y gagnerait {})", half_days(gain)),
        gain if gain <= -0.01 => format!(" (il y perdrait {})", half_days(-gain)),
        _ => String::new(),
    }
}
