//! `maillage importer annuaire` as a person meets it, with files as people have them.

use std::fs;
use std::io::Write;
use std::path::Path;

use assert_cmd::Command;
use predicates::prelude::PredicateBooleanExt;
use predicates::str::contains;
use tempfile::TempDir;

use super::annuaire_quirks::small;

/// Two colleges and an ecole.
fn rows() -> String {
    small(
        "0319001R;Collège Édouard-Été;Collège;340;Public;031;31555;Toulouse;43.60;1.44;OUVERT;1990-09-01;0;;;540;NORD\n\
         0319002S;Collège B;Collège;340;Public;031;31555;Toulouse;43.61;1.45;OUVERT;1990-09-01;0;;;310;NORD\n\
         0319003T;École C;Ecole;151;Public;031;31555;Toulouse;43.62;1.46;OUVERT;1990-09-01;;;Circonscription d'Auch;120;NORD\n",
    )
}

/// A folder with this annuaire under this name.
fn annuaire(name: &str, bytes: &[u8]) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join(name), bytes).expect("written");
    folder
}

/// Imports `name` of the folder into `dossier`, there too.
fn importer(folder: &Path, name: &str) -> Command {
    let mut command = Command::cargo_bin("maillage").expect("the program");
    command.current_dir(folder).args(["importer", "annuaire", name]);
    command.args(["--departement", "31", "-o", "dossier"]);
    command
}

fn establishments(folder: &Path) -> String {
    fs::read_to_string(folder.join("dossier/etablissements.csv")).expect("written")
}

/// Everything that stands in the folder.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("listed");
    entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into()).collect()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).expect("in memory");
    encoder.finish().expect("in memory")
}

#[test]
fn the_faults_of_all_files_are_told_in_one_pass_and_nothing_is_written() {
    let folder = annuaire("annuaire.csv", rows().replace("031;", "032;").as_bytes());
    fs::write(folder.path().join("ips.csv"), b"uai;nom\n1;a\n").expect("written");
    fs::write(folder.path().join("rural.csv"), b"").expect("written");
    importer(folder.path(), "annuaire.csv")
        .args(["--ips", "ips.csv", "--ips", "absent.csv", "--rural", "rural.csv"])
        .assert()
        .code(3)
        .stderr(contains("4 erreurs").and(contains("E1701").and(contains("ips ou effectifs"))))
        .stderr(contains("E1001").and(contains("il n'existe pas")))
        .stderr(contains("E1004"))
        .stderr(contains("E1702").and(contains("Le fichier couvre\u{A0}: 32.")));
    assert!(!folder.path().join("dossier").exists());
}

#[test]
fn a_file_that_is_no_annuaire_is_refused_with_its_reason() {
    let text = rows();
    let header = text.lines().next().expect("a header").to_owned();
    let doubled =
        text.lines().map(|line| format!("{line};{}\n", line.split(';').nth(1).expect("a name")));
    let dates = text
        .replace("0319001R", "01/02/1967")
        .replace("0319002S", "45123")
        .replace("0319003T", "2,17003E+13");
    let mut nul = text.clone().into_bytes();
    nul.insert(400, 0);
    let packed = gzip(text.as_bytes());
    let cases: [(&str, Vec<u8>, &str); 11] = [
        ("vide.csv", Vec::new(), "E1004"),
        ("bom.csv", b"\xEF\xBB\xBF".to_vec(), "E1004"),
        ("entetes.csv", header.into_bytes(), "E1004"),
        ("coupe.csv.gz", packed[..packed.len() / 2].to_vec(), "E1007"),
        ("nul.csv", nul, "E1006"),
        ("page.csv", b"<!DOCTYPE html><html><body>404</body></html>".to_vec(), "E1701"),
        (
            "vieux.xls",
            [b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec(), vec![0; 600]].concat(),
            "E1006",
        ),
        ("texte.xlsx", text.clone().into_bytes(), "E1007"),
        ("double.csv", doubled.collect::<String>().into_bytes(), "E1103"),
        ("dates.csv", dates.into_bytes(), "E1301"),
        (
            "lambert.csv",
            text.replace("43.6", "1850000.").replace("1.4", "570000.").into_bytes(),
            "E1703",
        ),
    ];
    for (name, bytes, code) in cases {
        let folder = annuaire(name, &bytes);
        importer(folder.path(), name)
            .assert()
            .code(3)
            .stderr(contains(format!("Erreur {code}")).and(contains("→")));
        assert_eq!(names(folder.path()), [name]);
    }
}

#[test]
fn what_downloads_and_spreadsheets_do_to_a_file_changes_nothing() {
    let text = rows();
    let plain = annuaire("annuaire.csv", text.as_bytes());
    importer(plain.path(), "annuaire.csv").assert().success();
    let expected = establishments(plain.path());
    assert!(expected.contains("Collège Édouard-Été"));
    let windows = encoding_rs::WINDOWS_1252.encode(&text).0.into_owned();
    // A line pasted from elsewhere: the first half in one encoding, the rest in the other.
    let middle = text.find("0319002S").expect("the second row");
    let mixed =
        [&text.as_bytes()[..middle], &encoding_rs::WINDOWS_1252.encode(&text[middle..]).0].concat();
    let cases: [(&str, Vec<u8>); 7] = [
        ("deballe.csv.gz", text.clone().into_bytes()),
        ("emballe.csv", gzip(text.as_bytes())),
        ("windows.csv", windows),
        ("melange.csv", mixed),
        ("dos.csv", [text.as_bytes(), b"\x1A"].concat()),
        (
            "echange.csv",
            text.replace("43.6", "X").replace("1.4", "43.6").replace('X', "1.4").into_bytes(),
        ),
        (
            "repete.csv",
            text.lines()
                .chain(text.lines().skip(1))
                .map(|line| format!("{line}\n"))
                .collect::<String>()
                .into_bytes(),
        ),
    ];
    for (name, bytes) in cases {
        let folder = annuaire(name, &bytes);
        importer(folder.path(), name).assert().success();
        let found = establishments(folder.path());
        if name == "echange.csv" {
            let report =
                fs::read_to_string(folder.path().join("dossier/import.md")).expect("the report");
            assert!(report.contains("Latitude et longitude échangées"), "{report}");
            assert!(found.contains(";31555;43,64;1,4;540;"), "{found}");
        } else {
            assert_eq!(found, expected, "{name}");
        }
    }
}

#[test]
fn numbers_beyond_reason_are_unknown_and_shifted_rows_are_listed() {
    let text = rows().replace(";120;", ";999999999;").replace(";310;", ";-5;");
    let text = text.replace("OUVERT;1990-09-01;0;;;540;NORD", "OUVERT");
    let folder = annuaire("annuaire.csv", text.as_bytes());
    importer(folder.path(), "annuaire.csv").assert().success();
    let report = fs::read_to_string(folder.path().join("dossier/import.md")).expect("the report");
    assert!(report.contains("annuaire.csv · ligne 2 · 11 cellules, 17 en-têtes"), "{report}");
    assert!(report.contains("Écoles publiques sans effectif, comptées pour zéro (1)"), "{report}");
    assert!(!establishments(folder.path()).contains("999999999"));
}

#[test]
fn a_million_rows_for_one_departement_are_refused_at_once() {
    let mut text = small("");
    for number in 0..20_000 {
        text += &format!(
            "0319001R;École {number};Ecole;151;Public;031;31555;Toulouse;43.62;1.46;OUVERT;;;;;120;NORD\n"
        );
    }
    let folder = annuaire("annuaire.csv", text.as_bytes());
    importer(folder.path(), "annuaire.csv").assert().code(3).stderr(contains("E1005"));
}

#[test]
fn a_rentree_that_is_no_year_is_refused_in_french() {
    let folder = annuaire("annuaire.csv", rows().as_bytes());
    let asked = |year: &str| {
        importer(folder.path(), "annuaire.csv").args(["--rentree", year]).assert().code(2)
    };
    asked("1").stderr(contains("écrire un nombre de 2000 à 2100"));
    asked("bientôt").stderr(contains("écrire un nombre entier"));
}

#[test]
fn an_output_that_cannot_be_written_leaves_nothing() {
    let folder = annuaire("annuaire.csv", rows().as_bytes());
    let mut command = Command::cargo_bin("maillage").expect("the program");
    command.current_dir(folder.path()).args(["importer", "annuaire", "annuaire.csv"]);
    command.args(["--departement", "31", "-o", "annuaire.csv/dossier"]);
    command.assert().code(1).stderr(
        contains("impossible d'écrire")
            .and(contains("un fichier, non un dossier"))
            .and(contains("la place sur le disque")),
    );
    assert_eq!(names(folder.path()), ["annuaire.csv"]);
}

/// A disk without room, as a limit on the size of files.
#[cfg(unix)]
#[test]
fn a_disk_without_room_leaves_an_earlier_dossier_as_it_was() {
    let folder = annuaire("annuaire.csv", rows().as_bytes());
    importer(folder.path(), "annuaire.csv").assert().success();
    let before = establishments(folder.path());
    let mut text = small("");
    for number in 0..400 {
        let uai = maillage::domain::Uai::from_number(310_000 + number);
        text += &format!(
            "{uai};Collège {number};Collège;340;Public;031;31555;Toulouse;43.62;1.46;OUVERT;;0;;;120;NORD\n"
        );
    }
    fs::write(folder.path().join("annuaire.csv"), text).expect("written");
    let program = importer(folder.path(), "annuaire.csv");
    let mut limited = Command::new("sh");
    limited
        .current_dir(folder.path())
        .args(["-c", "trap '' XFSZ; ulimit -f 4; exec \"$0\" \"$@\" --remplacer"]);
    limited.arg(program.get_program()).args(program.get_args());
    limited.assert().code(1).stderr(contains("etablissements.csv"));
    assert_eq!(establishments(folder.path()), before);
    let mut left = names(folder.path());
    left.sort();
    assert_eq!(left, ["annuaire.csv", "dossier"]);
    assert!(names(&folder.path().join("dossier")).iter().all(|name| !name.starts_with('.')));
}
