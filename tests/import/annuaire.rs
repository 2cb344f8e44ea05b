//! The import of the real Occitanie file; the figures were counted apart from this program.

use std::sync::OnceLock;

use maillage::domain::{Category, Dossier, EstablishmentKind, Field};
use maillage::import::annuaire::{
    AnnuaireFiles, AnnuaireSettings, ImportReport, Topic, import_annuaire,
};
use maillage::import::{Table, write_dossier};

use crate::common::{poitiers, shared};

/// The real files in memory.
#[derive(Clone)]
pub struct Occitanie {
    pub annuaire: Table,
    pub ips: Vec<Table>,
    pub rural: Table,
}

impl Occitanie {
    /// Read once for all tests.
    pub fn read() -> Option<&'static Self> {
        static FILES: OnceLock<Option<Occitanie>> = OnceLock::new();
        FILES.get_or_init(Self::read_files).as_ref()
    }

    fn read_files() -> Option<Self> {
        let table = |path: &str| {
            shared(path).map(|path| Table::read(&path).expect("the published file is readable"))
        };
        Some(Self {
            annuaire: table("data/annuaire/annuaire_Occitanie_2024-11.csv.gz")?,
            ips: vec![
                table("data/ips/colleges_FR_ips_effectifs_rentree2022.csv")?,
                table("data/ips/lycees_FR_ips_effectifs_rentree2022.csv")?,
            ],
            rural: table("data/communes/typologie_rurale_2021.csv")?,
        })
    }

    pub fn import(&self, settings: &AnnuaireSettings) -> (Dossier, ImportReport) {
        let files = AnnuaireFiles {
            annuaire: &self.annuaire,
            ips: &self.ips,
            rural: Some(&self.rural),
            forecasts: None,
        };
        import_annuaire(&files, settings).expect("the published files make a dossier")
    }
}

pub fn settings(departement: &str) -> AnnuaireSettings {
    AnnuaireSettings {
        departement: departement.into(),
        rentree: None,
        profile: "circulaire-2017".into(),
        centi_etp: 0,
        advisers: 0,
        added_circonscriptions: Vec::new(),
    }
}

pub fn count(dossier: &Dossier, kind: EstablishmentKind) -> usize {
    dossier.establishments.iter().filter(|unit| unit.kind == kind).count()
}

/// Departement, colleges, LP, LPO, LEGT, EREA, REP+ ecoles, circonscriptions, pupils of the public
/// ecoles, pupils of the second degree.
type Expected = (&'static str, [usize; 7], u32, u32);

const OCCITANIE: [Expected; 13] = [
    ("009", [14, 3, 4, 2, 1, 0, 4], 10_584, 9_419),
    ("011", [28, 2, 5, 2, 0, 0, 6], 28_137, 22_593),
    ("012", [22, 4, 3, 4, 1, 0, 5], 15_765, 11_617),
    ("030", [53, 6, 8, 5, 0, 42, 12], 61_210, 46_205),
    ("031", [102, 3, 23, 16, 1, 40, 24], 119_191, 92_307),
    ("032", [21, 1, 5, 3, 0, 0, 4], 12_321, 10_611),
    ("034", [84, 3, 19, 10, 1, 49, 20], 95_811, 75_393),
    ("046", [19, 2, 4, 3, 0, 0, 4], 10_763, 8_715),
    ("048", [13, 1, 1, 2, 0, 0, 3], 4_031, 3_730),
    ("065", [20, 4, 3, 7, 0, 0, 5], 14_766, 12_936),
    ("066", [31, 2, 8, 2, 1, 25, 8], 38_123, 30_977),
    ("081", [31, 2, 7, 5, 0, 0, 6], 26_732, 23_701),
    ("082", [18, 0, 6, 2, 0, 0, 6], 21_415, 17_757),
];

#[test]
fn every_departement_of_the_file_is_counted_exactly() {
    let Some(files) = Occitanie::read() else { return };
    for (departement, counts, ecole_pupils, second_degree_pupils) in OCCITANIE {
        let (dossier, _) = files.import(&settings(departement));
        let kinds = [
            EstablishmentKind::College,
            EstablishmentKind::Lp,
            EstablishmentKind::Lpo,
            EstablishmentKind::Legt,
            EstablishmentKind::Erea,
            EstablishmentKind::Ecole,
            EstablishmentKind::Circonscription,
        ];
        assert_eq!(kinds.map(|kind| count(&dossier, kind)), counts, "{departement}");
        let pupils = |wanted: fn(EstablishmentKind) -> bool| -> u32 {
            let units = dossier.establishments.iter().filter(|unit| wanted(unit.kind));
            units.filter_map(|unit| unit.pupils).sum()
        };
        let circonscription = |kind| kind == EstablishmentKind::Circonscription;
        assert_eq!(pupils(circonscription), ecole_pupils, "{departement}");
        assert_eq!(pupils(|kind| !kind.is_first_degree()), second_degree_pupils, "{departement}");
        assert!(dossier.establishments.iter().all(|unit| !unit.bassin.is_empty()), "{departement}");
    }
}

#[test]
fn the_haute_garonne_report_tells_what_was_done() {
    let Some(files) = Occitanie::read() else { return };
    let (dossier, report) = files.import(&settings("31"));
    assert_eq!(dossier.scenario.departement, "31");
    assert_eq!(dossier.scenario.name, "Haute-Garonne, rentrée 2025");
    assert_eq!(dossier.scenario.year, 2025);
    let counts = [
        (Topic::SectionMerged, 23),
        (Topic::RowsMerged, 1),
        (Topic::OtherMinistry, 3),
        (Topic::NetworkProposed, 40),
        (Topic::OfficeAlone, 3),
        (Topic::EcoleNoPupils, 2),
        (Topic::NoPupils, 3),
        (Topic::GroupProposed, 1),
        (Topic::FarAnnex, 4),
        (Topic::Substituted, 0),
        (Topic::MissingColumn, 0),
    ];
    for (topic, count) in counts {
        assert_eq!(report.count(topic), count, "{topic:?}");
    }
    let without: Vec<&str> = report.on(Topic::NoPupils).map(|note| note.uai.as_str()).collect();
    assert_eq!(without, ["0313167Z", "0313168A", "0311240E"]);
    let markdown = report.markdown(&dossier);
    assert!(report.notes.iter().all(|note| markdown.contains(&note.name)));
}

#[test]
fn unknown_categories_are_never_written_as_absent() {
    let Some(files) = Occitanie::read() else { return };
    let (dossier, _) = files.import(&settings("031"));
    for unit in dossier.establishments.iter().filter(|unit| !unit.kind.is_first_degree()) {
        let unknown: Vec<Category> = unit.categories.unknown.iter().copied().collect();
        assert_eq!(unknown, [Category::Upe2a, Category::Relais], "{}", unit.uai);
    }
    let stendhal = unit(&dossier, "0311630D");
    assert_eq!(stendhal.categories.to_string(), "REP+|EGPA|ULIS|UPE2A?|RELAIS?");
    assert_eq!((stendhal.pupils, stendhal.pupils_year), (Some(422), Some(2022)));
    let rostand = unit(&dossier, "0311334G");
    assert_eq!(rostand.kind, EstablishmentKind::Lpo);
    assert_eq!(rostand.categories.to_string(), "INTERNAT|LP|RURAL|UPE2A?|RELAIS?");
}

#[test]
fn an_ecole_of_a_network_follows_its_pial_else_the_nearest_college() {
    let Some(files) = Occitanie::read() else { return };
    let (dossier, _) = files.import(&settings("031"));
    // Its PIAL is led by another college; one REP+ college belongs to it.
    assert_eq!(unit(&dossier, "0310194T").network.as_deref(), Some("0310086A"));
    assert_eq!(unit(&dossier, "0310240T").network.as_deref(), Some("0311630D"));
    // No REP+ college in its PIAL.
    assert!(unit(&dossier, "0311604A").network.is_some());
}

#[test]
fn posts_advisers_and_circonscriptions_are_added_on_demand() {
    let Some(files) = Occitanie::read() else { return };
    let settings = AnnuaireSettings {
        centi_etp: 4550,
        advisers: 3,
        added_circonscriptions: vec!["Toulouse - ASH 1".into(), "Nouvelle".into()],
        ..settings("31")
    };
    let (dossier, report) = files.import(&settings);
    assert_eq!(count(&dossier, EstablishmentKind::Circonscription), 26);
    assert!(dossier.establishments.iter().any(|unit| unit.uai == "0311106J"));
    assert!(dossier.establishments.iter().any(|unit| unit.uai == "CIRCO-NOUVELLE"));
    assert_eq!(report.count(Topic::CirconscriptionAdded), 2);
    assert_eq!(dossier.posts.len(), 46);
    assert_eq!(dossier.posts[45].quotite_percent, 50);
    assert!(dossier.posts.iter().all(|post| post.residence.is_none() && post.field == Field::Both));
    let bassins: Vec<&str> =
        dossier.advisers.iter().map(|adviser| adviser.bassin.as_str()).collect();
    assert_eq!(bassins, ["TOULOUSE NORD", "TOULOUSE NORD-OUEST", "TOULOUSE EST"]);
}

#[test]
fn the_dossier_written_is_read_back_as_it_was() {
    let Some(files) = Occitanie::read() else { return };
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (departement, ..) in OCCITANIE {
        let settings = AnnuaireSettings { centi_etp: 1250, advisers: 2, ..settings(departement) };
        let (mut dossier, _) = files.import(&settings);
        write_dossier(folder.path(), &dossier).expect("written");
        let mut back = super::read(folder.path());
        // The reader knows the digests of the files; it keeps the order of the file.
        back.digests.clear();
        dossier.digests.clear();
        assert_eq!(back, dossier, "{departement}");
    }
}

#[test]
fn the_order_of_the_rows_changes_nothing() {
    let Some(files) = Occitanie::read() else { return };
    let (before, _) = files.import(&settings("34"));
    let mut files = files.clone();
    files.annuaire.rows.reverse();
    let (after, _) = files.import(&settings("34"));
    assert_eq!(before.establishments, after.establishments);
}

#[test]
fn the_deux_sevres_table_holds_35_colleges_and_16_lycees() {
    let Some(dossier) = poitiers::dossier("79", 12) else { return };
    let lycees = [EstablishmentKind::Lp, EstablishmentKind::Lpo, EstablishmentKind::Legt]
        .map(|kind| count(&dossier, kind));
    assert_eq!(count(&dossier, EstablishmentKind::College), 35);
    assert_eq!(lycees.iter().sum::<usize>(), 16);
    assert_eq!(dossier.posts.len(), 12);
}

fn unit<'a>(dossier: &'a Dossier, uai: &str) -> &'a maillage::domain::Establishment {
    let found = dossier.establishments.iter().find(|unit| unit.uai == uai);
    found.expect("the unit is in the dossier")
}
