//! The same data as other years and other people's spreadsheets would give it.

use std::fmt::Write as _;

use maillage::domain::{Categories, Category, Dossier, Establishment, EstablishmentKind};
use maillage::import::annuaire::{AnnuaireFiles, ImportReport, Topic, import_annuaire};
use maillage::import::{Diagnostic, Limits, Table};

use super::annuaire::{Occitanie, count, settings};

/// The rows of some departements as cells, headers first, to be mangled.
struct Sheet(Vec<Vec<String>>);

impl Sheet {
    fn of(table: &Table, departement: &str) -> Self {
        let column = table.column(&["Code_departement"]).expect("the column");
        let rows = table.rows.iter().filter(|row| row.get(column) == departement);
        let cells =
            rows.map(|row| (0..table.headers.len()).map(|at| row.get(at).to_owned()).collect());
        Self(std::iter::once(table.headers.clone()).chain(cells).collect())
    }

    fn column(&self, header: &str) -> usize {
        self.0[0].iter().position(|text| text == header).expect("the header")
    }

    fn map(&mut self, header: &str, change: impl Fn(&str) -> String) {
        let column = self.column(header);
        for row in &mut self.0[1..] {
            row[column] = change(&row[column]);
        }
    }

    fn drop(&mut self, header: &str) {
        let column = self.column(header);
        for row in &mut self.0 {
            row.remove(column);
        }
    }

    fn text(&self, separator: char, end: &str) -> String {
        let mut text = String::new();
        for row in &self.0 {
            let cells = row.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\"")));
            let line = cells.collect::<Vec<_>>().join(&separator.to_string());
            let _ = write!(text, "{line}{end}");
        }
        text
    }

    fn table(&self) -> Table {
        read("annuaire.csv", self.text(';', "\n").as_bytes())
    }
}

fn read(name: &str, bytes: &[u8]) -> Table {
    Table::from_bytes(name, bytes, &Limits::default()).expect("a table")
}

fn import(files: &Occitanie, annuaire: &Table, departement: &str) -> (Dossier, ImportReport) {
    let files =
        AnnuaireFiles { annuaire, ips: &files.ips, rural: Some(&files.rural), forecasts: None };
    import_annuaire(&files, &settings(departement)).expect("a dossier")
}

/// Imports a table written in full here, without any other file.
fn import_text(text: &str, departement: &str) -> Result<(Dossier, ImportReport), Diagnostic> {
    let annuaire = read("annuaire.csv", text.as_bytes());
    let files = AnnuaireFiles { annuaire: &annuaire, ips: &[], rural: None, forecasts: None };
    import_annuaire(&files, &settings(departement))
}

fn unit<'a>(dossier: &'a Dossier, uai: &str) -> &'a Establishment {
    dossier.establishments.iter().find(|unit| unit.uai == uai).expect("the unit")
}

#[test]
fn encodings_separators_and_line_endings_change_nothing() {
    let Some(files) = Occitanie::read() else { return };
    let sheet = Sheet::of(&files.annuaire, "009");
    let expected = import(files, &sheet.table(), "09").0.establishments;
    for (separator, end) in [(',', "\n"), ('\t', "\r\n"), (';', "\r\n")] {
        let text = sheet.text(separator, end);
        let (windows, _, _) = encoding_rs::WINDOWS_1252.encode(&text);
        for bytes in [
            text.as_bytes().to_vec(),
            windows.into_owned(),
            [b"\xEF\xBB\xBF", text.as_bytes()].concat(),
        ] {
            let table = read("annuaire.csv", &bytes);
            assert_eq!(import(files, &table, "09").0.establishments, expected);
        }
    }
}

#[test]
fn a_spreadsheet_in_between_changes_nothing() {
    let Some(files) = Occitanie::read() else { return };
    let mut sheet = Sheet::of(&files.annuaire, "009");
    let expected = import(files, &sheet.table(), "09").0;
    for header in ["Code_departement", "Code_commune", "Code_postal"] {
        sheet.map(header, |text| text.trim_start_matches('0').to_owned());
    }
    for header in [
        "code_nature",
        "Hebergement",
        "ULIS",
        "Voie_generale",
        "Voie_professionnelle",
        "Nombre_d_eleves",
    ] {
        sheet.map(header, |text| if text.is_empty() { String::new() } else { format!("{text},0") });
    }
    for header in ["latitude", "longitude"] {
        sheet.map(header, |text| text.replace('.', ","));
    }
    sheet.map("SIREN_SIRET", |_| "2,17003E+13".into());
    sheet.map("date_maj_ligne", |_| "26/11/2024".into());
    let mangled = import(files, &sheet.table(), "9").0;
    assert_eq!(mangled.establishments, expected.establishments);
    assert_eq!(mangled.scenario, expected.scenario);
}

#[test]
fn the_column_names_of_other_years_are_understood() {
    let Some(files) = Occitanie::read() else { return };
    let mut sheet = Sheet::of(&files.annuaire, "032");
    let expected = import(files, &sheet.table(), "32").0.establishments;
    for header in &mut sheet.0[0] {
        *header = match header.as_str() {
            "Identifiant_de_l_etablissement" => "numero_uai".into(),
            "Nom_etablissement" => "Appellation officielle".into(),
            "Statut_public_prive" => "secteur_public_prive_libe".into(),
            "Code_postal" => "Code postal".into(),
            "multi_uai" => "etablissement_multi_lignes".into(),
            "coordX_origine" => "coordonnee_X".into(),
            other => other.replace('_', " ").to_uppercase(),
        };
    }
    assert_eq!(import(files, &sheet.table(), "032").0.establishments, expected);
}

#[test]
fn a_missing_column_makes_things_unknown_and_is_listed() {
    let Some(files) = Occitanie::read() else { return };
    let mut sheet = Sheet::of(&files.annuaire, "031");
    for header in
        ["Nombre_d_eleves", "Appartenance_Education_Prioritaire", "Hebergement", "latitude"]
    {
        sheet.drop(header);
    }
    let (dossier, report) = import(files, &sheet.table(), "31");
    assert_eq!(report.count(Topic::MissingColumn), 4);
    assert_eq!(count(&dossier, EstablishmentKind::College), 102);
    assert_eq!(count(&dossier, EstablishmentKind::Ecole), 0);
    let college = unit(&dossier, "0311630D");
    assert_eq!(college.categories.to_string(), "EGPA|ULIS|REP+?|REP?|UPE2A?|RELAIS?|INTERNAT?");
    // The column "position" still tells the place.
    assert_eq!(report.count(Topic::Substituted), 0);
    let circonscription = unit(&dossier, "0312866X");
    assert_eq!((circonscription.pupils, circonscription.pupils_year), (None, None));
    assert_eq!(report.count(Topic::NoPupils), 24 + 3);
}

#[test]
fn sections_are_found_by_nearness_where_no_mother_is_declared() {
    let Some(files) = Occitanie::read() else { return };
    let mut sheet = Sheet::of(&files.annuaire, "031");
    let before = import(files, &sheet.table(), "31").0;
    sheet.drop("etablissement_mere");
    sheet.drop("code_circonscription");
    let (after, report) = import(files, &sheet.table(), "31");
    assert_eq!(report.count(Topic::SectionAlone), 0);
    assert_eq!(report.count(Topic::SectionMerged), 23);
    for kind in EstablishmentKind::ALL {
        assert_eq!(count(&after, kind), count(&before, kind), "{kind}");
    }
    assert!(after.establishments.iter().any(|unit| unit.uai == "CIRCO-AUTERIVE"));
}

#[test]
fn a_bassin_left_empty_is_that_of_the_nearest_school() {
    let Some(files) = Occitanie::read() else { return };
    let mut sheet = Sheet::of(&files.annuaire, "031");
    let (uai, bassin) = (0, sheet.column("libelle_bassin_formation"));
    let row = sheet.0.iter_mut().find(|row| row[uai] == "0310005M").expect("the college of Luchon");
    row[bassin].clear();
    let (dossier, report) = import(files, &sheet.table(), "31");
    assert_eq!(unit(&dossier, "0310005M").bassin, "COMMINGES");
    assert_eq!(report.count(Topic::NearestBassin), 1);
}

#[test]
fn a_wild_position_is_replaced_by_the_middle_of_the_commune() {
    let Some(files) = Occitanie::read() else { return };
    let mut sheet = Sheet::of(&files.annuaire, "031");
    let [latitude, longitude, position] =
        ["latitude", "longitude", "position"].map(|header| sheet.column(header));
    let wild = [("0310005M", "48.85", "2.35"), ("0311630D", "0", "0"), ("0310012V", "", "")];
    for (uai, north, east) in wild {
        let row = sheet.0.iter_mut().find(|row| row[0] == uai).expect("the college");
        row[latitude] = north.into();
        row[longitude] = east.into();
        row[position].clear();
    }
    let (dossier, report) = import(files, &sheet.table(), "31");
    let moved: Vec<&str> = report.on(Topic::Substituted).map(|note| note.uai.as_str()).collect();
    assert_eq!(moved.len(), 3, "{moved:?}");
    let luchon = unit(&dossier, "0310005M");
    assert!((luchon.latitude - 42.79).abs() < 0.05 && (luchon.longitude - 0.6).abs() < 0.05);
}

/// A file as small as can be; columns that quirks need.
const HEADER: &str = "Identifiant_de_l_etablissement;Nom_etablissement;Type_etablissement;code_nature;\
Statut_public_prive;Code_departement;Code_commune;Nom_commune;latitude;longitude;etat;date_ouverture;\
Segpa;etablissement_mere;nom_circonscription;Nombre_d_eleves;libelle_bassin_formation\n";

/// A file of these rows.
pub fn small(rows: &str) -> String {
    format!("{HEADER}{rows}")
}

#[test]
fn schools_that_open_or_close_are_told_apart() {
    let (dossier, report) = import_text(
        &small(
            "9740001H;Ouvert;Collège;340;Public;974;97411;Saint-Denis;-20.88;55.45;OUVERT;1990-09-01;0;;;;NORD\n\
             9740002J;Ouvre;Collège;340;Public;974;97411;Saint-Denis;-20.89;55.45;A OUVRIR;2026-09-01;0;;;;NORD\n\
             9740003K;Un jour;Collège;340;Public;974;97411;Saint-Denis;-20.90;55.45;A OUVRIR;2099-01-01;0;;;;NORD\n\
             9740004L;Ferme bientôt;Collège;340;Public;974;97411;Saint-Denis;-20.91;55.45;A FERMER;1990-09-01;0;;;;NORD\n\
             9740005M;Fermé;Collège;340;Public;974;97411;Saint-Denis;-20.92;55.45;FERME;1990-09-01;0;;;;NORD\n",
        ),
        "974",
    )
    .expect("a dossier");
    let kept: Vec<&str> = dossier.establishments.iter().map(|unit| unit.name.as_str()).collect();
    assert_eq!(kept, ["Ouvert", "Ouvre", "Ferme bientôt"]);
    for topic in [Topic::Opening, Topic::NotYetOpen, Topic::Closing, Topic::Closed] {
        assert_eq!(report.count(topic), 1, "{topic:?}");
    }
    assert_eq!((dossier.scenario.departement.as_str(), dossier.scenario.year), ("974", 2026));
}

#[test]
fn a_segpa_with_its_own_uai_makes_its_college_egpa() {
    let (dossier, report) = import_text(
        &small(
            "6200001G;Collège;Collège;340;Public;02A;2A004;Ajaccio;41.92;8.73;OUVERT;1990-09-01;0;;;;AJACCIO\n\
             6200002H;SEGPA;Collège;390;Public;2A;2A004;Ajaccio;41.92;8.73;OUVERT;1990-09-01;;6200001G;;;\n\
             7200003R;Collège;Collège;340;Public;02B;2B033;Bastia;42.70;9.45;OUVERT;1990-09-01;0;;;;BASTIA\n",
        ),
        "2a",
    )
    .expect("a dossier");
    assert_eq!(dossier.establishments.len(), 1);
    assert!(dossier.establishments[0].categories.has(Category::Egpa));
    assert_eq!(report.count(Topic::SectionMerged), 1);
    assert_eq!(dossier.scenario.departement, "2A");
}

#[test]
fn a_college_and_a_lycee_under_one_uai_are_one_lycee() {
    let Some(files) = Occitanie::read() else { return };
    let (dossier, report) = files.import(&settings("34"));
    let combes = unit(&dossier, "0342266D");
    assert_eq!((combes.kind, combes.pupils), (EstablishmentKind::Legt, Some(247)));
    assert_eq!(report.count(Topic::RowsMerged), 1);
}

/// A file of one college of the Haute-Garonne, at this "latitude;longitude".
pub fn annuaire_row(place: &str) -> String {
    small(&format!(
        "0310001H;A;Collège;340;Public;031;31555;Toulouse;{place};OUVERT;1990-09-01;0;;;;B\n"
    ))
}

/// Why a file makes no dossier.
pub fn refusal(text: &str, departement: &str) -> Diagnostic {
    import_text(text, departement).expect_err("no dossier")
}

#[test]
fn a_departement_that_is_not_in_the_file_is_told_what_is() {
    let error = refusal(&annuaire_row("43.6;1.4"), "79");
    assert!(error.action.contains("31"), "{}", error.action);
}

#[test]
fn forecasts_stand_beside_the_published_effectif() {
    let Some(files) = Occitanie::read() else { return };
    let forecasts = read(
        "previsions.csv",
        "uai;effectif;annee\n0311630D;450;2025\n0310001A;3;2025\n".as_bytes(),
    );
    let sources = AnnuaireFiles {
        annuaire: &files.annuaire,
        ips: &files.ips,
        rural: None,
        forecasts: Some(&forecasts),
    };
    let (dossier, report) = import_annuaire(&sources, &settings("31")).expect("a dossier");
    let stendhal = unit(&dossier, "0311630D");
    assert_eq!((stendhal.pupils, stendhal.forecast), (Some(422), Some((450, 2025))));
    assert_eq!(stendhal.effective_pupils(), 450);
    assert_eq!((report.count(Topic::Forecast), report.count(Topic::ForecastUnmatched)), (1, 1));
    assert!(stendhal.categories.unknown.contains(&Category::Rural), "no typology was given");
    assert_ne!(stendhal.categories, Categories::default());
}
