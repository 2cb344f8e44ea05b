//! Communes by their INSEE code.

/// The commune of a code: that of the whole city for an arrondissement of Paris, Lyon or Marseille.
#[must_use]
pub fn whole_commune(code: &str) -> &str {
    match code.parse() {
        Ok(75101..=75120) => "75056",
        Ok(13201..=13216) => "13055",
        Ok(69381..=69389) => "69123",
        _ => code,
    }
}
