//! A row of `conseillers.csv`.

/// A CTSS de bassin, who supervises the `reference` establishments of the bassin (R9, R17).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Adviser {
    /// Identifier or name as written.
    pub id: String,
    /// Bassin coordinated.
    pub bassin: String,
    /// Most establishments in reference.
    pub references_max: u16,
}
