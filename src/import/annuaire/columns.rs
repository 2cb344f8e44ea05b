//! Columns by meaning: the ministry renames them from one year to the next.

use std::collections::BTreeMap;

use crate::import::table::is_formula_fault;
use crate::import::{Row, Table};

/// What a column of the annuaire holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Column {
    Uai,
    Name,
    Type,
    Sector,
    Contract,
    Address,
    PostalCode,
    CommuneCode,
    Commune,
    Departement,
    DepartementName,
    General,
    Technological,
    Vocational,
    Boarding,
    Ulis,
    Segpa,
    Agricultural,
    Military,
    Priority,
    Pupils,
    Position,
    Latitude,
    Longitude,
    Precision,
    State,
    Opening,
    Updated,
    Ministry,
    Nature,
    Pial,
    Mother,
    CirconscriptionCode,
    CirconscriptionName,
    Bassin,
}

/// Every name seen for a column, first the one of 2024; case, accents, blanks and underscores do
/// not count.
pub(super) const NAMES: [(Column, &[&str]); 35] = [
    (
        Column::Uai,
        &["Identifiant_de_l_etablissement", "numero_uai", "code_uai", "uai", "code_etablissement"],
    ),
    (
        Column::Name,
        &["Nom_etablissement", "appellation_officielle", "denomination_principale", "nom"],
    ),
    (Column::Type, &["Type_etablissement", "type"]),
    (Column::Sector, &["Statut_public_prive", "statut", "secteur_public_prive_libe", "secteur"]),
    (Column::Contract, &["Code_type_contrat_prive", "type_contrat_prive"]),
    (Column::Address, &["Adresse_1", "adresse", "adresse_uai", "adresse1"]),
    (Column::PostalCode, &["Code_postal", "code_postal_uai"]),
    (Column::CommuneCode, &["Code_commune", "code_insee", "code_insee_commune", "commune_insee"]),
    (Column::Commune, &["Nom_commune", "libelle_commune", "commune"]),
    (Column::Departement, &["Code_departement", "departement"]),
    (Column::DepartementName, &["Libelle_departement"]),
    (Column::General, &["Voie_generale"]),
    (Column::Technological, &["Voie_technologique"]),
    (Column::Vocational, &["Voie_professionnelle"]),
    (Column::Boarding, &["Hebergement", "internat"]),
    (Column::Ulis, &["ULIS"]),
    (Column::Segpa, &["Segpa"]),
    (Column::Agricultural, &["Lycee_Agricole"]),
    (Column::Military, &["Lycee_militaire"]),
    (Column::Priority, &["Appartenance_Education_Prioritaire", "education_prioritaire"]),
    (Column::Pupils, &["Nombre_d_eleves", "nb_eleves"]),
    (Column::Position, &["position", "coordonnees", "geolocalisation"]),
    (Column::Latitude, &["latitude", "lat"]),
    (Column::Longitude, &["longitude", "lon", "long"]),
    (
        Column::Precision,
        &["precision_localisation", "localisation", "appariement", "qualite_d_appariement"],
    ),
    (Column::State, &["etat", "etat_etablissement_libe"]),
    (Column::Opening, &["date_ouverture"]),
    (Column::Updated, &["date_maj_ligne", "date_de_derniere_mise_a_jour"]),
    (Column::Ministry, &["ministere_tutelle", "libelle_ministere", "tutelle"]),
    (Column::Nature, &["code_nature", "nature_uai"]),
    (Column::Pial, &["PIAL", "code_pial"]),
    (Column::Mother, &["etablissement_mere", "uai_etablissement_mere"]),
    (Column::CirconscriptionCode, &["code_circonscription", "uai_circonscription"]),
    (Column::CirconscriptionName, &["nom_circonscription", "libelle_circonscription"]),
    (Column::Bassin, &["libelle_bassin_formation", "bassin_formation", "bassin"]),
];

/// Where each column stands in one table.
pub(super) struct Columns {
    positions: BTreeMap<Column, usize>,
}

impl Columns {
    /// Finds the columns of `table`.
    pub fn of(table: &Table) -> Self {
        let positions = NAMES
            .iter()
            .filter_map(|(column, names)| Some((*column, table.column(names)?)))
            .collect();
        Self { positions }
    }

    /// Whether the table has the column.
    pub fn has(&self, column: Column) -> bool {
        self.positions.contains_key(&column)
    }

    /// Names of 2024 of the columns that the table lacks.
    pub fn missing(&self) -> Vec<&'static str> {
        NAMES.iter().filter(|(column, _)| !self.has(*column)).map(|(_, names)| names[0]).collect()
    }

    /// The cell, blanks trimmed; empty when the column is missing or a formula failed.
    pub fn text<'row>(&self, row: &'row Row, column: Column) -> &'row str {
        let cell = self.positions.get(&column).map_or("", |position| row.get(*position));
        if is_formula_fault(cell) { "" } else { cell }
    }
}
