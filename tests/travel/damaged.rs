//! Every kind of damage to a matrix, through the public command: refused with its cell, and the
//! trips of the dossier kept.

use predicates::str::contains;
use serde_json::Value;

use super::stand::{Stand, document};

const BEFORE: &str = "origine;destination;minutes;km\n0310001H;0310002J;20;13\n";

/// Code, line and column of each error, in order.
fn faults(stand: &Stand, matrix: &str) -> Vec<(String, u64, String)> {
    let found = document(stand.with_matrix(matrix), 3);
    let messages = found["messages"].as_array().expect("a list");
    let errors = messages.iter().filter(|message| message["gravite"] == "erreur");
    errors
        .map(|message| {
            let text = |key: &str| message[key].as_str().unwrap_or_default().to_owned();
            assert!(text("cause").ends_with(['.', '?']) && text("action").ends_with('.'));
            (text("code"), message["ligne"].as_u64().unwrap_or_default(), text("colonne"))
        })
        .collect()
}

/// The one error of a matrix, and nothing lost.
fn assert_fault(matrix: &str, code: &str, line: u64, column: &str) {
    let stand = Stand::new();
    stand.write("dossier/trajets.csv", BEFORE);
    let expected = (code.to_owned(), line, column.to_owned());
    assert_eq!(faults(&stand, matrix), [expected], "{matrix}");
    assert_eq!(stand.trips().as_deref(), Some(BEFORE));
}

fn long(row: &str) -> String {
    format!("origine;destination;minutes;km\n0310002J;0310001H;22;14,3\n{row}\n")
}

#[test]
fn a_time_or_a_length_that_no_car_can_have() {
    // Zero minutes, 300 km/h by road, seconds as minutes, minutes as seconds, under 2 km/h.
    for row in ["0;14,3", "2,8;14,3", "0,4;14,3", "480;14,3"] {
        assert_fault(&long(&format!("0310001H;0310002J;{row}")), "E1510", 3, "minutes");
    }
    // Kilometres as metres, a length below the great circle.
    for row in ["22;0,0143", "22;9"] {
        assert_fault(&long(&format!("0310001H;0310002J;{row}")), "E1510", 3, "km");
    }
    let metres = "origine;destination;minutes;km\n0310001H;0310002J;22;1430\n";
    assert_fault(metres, "E1510", 2, "km");
}

#[test]
fn values_beyond_what_a_column_may_hold() {
    assert_fault(&long("0310001H;0310002J;22;14300"), "E1203", 3, "km");
    assert_fault(&long("0310001H;0310002J;1320;14,3"), "E1203", 3, "minutes");
    assert_fault(&long("0310001H;0310002J;-22;14,3"), "E1203", 3, "minutes");
}

#[test]
fn a_way_back_beyond_reason_names_both_pairs() {
    let stand = Stand::new();
    let matrix = long("0310001H;0310002J;90;14,3");
    let found = document(stand.with_matrix(&matrix), 3);
    let cause = found["messages"][0]["cause"].as_str().expect("a text");
    let start = "De 0310001H (Collège A) à 0310002J (Collège B) : 90 min dans ce sens et 22 min";
    assert!(cause.starts_with(start), "{cause}");
    assert!(cause.contains("(de 0310002J à 0310001H, ligne 2 de matrice.csv)"), "{cause}");
}

#[test]
fn a_way_back_that_is_only_estimated_judges_nothing() {
    let stand = Stand::new();
    let alone = "origine;destination;minutes;km\n0310001H;0310002J;90;14,3\n";
    stand.with_matrix(alone).assert().success();
}

#[test]
fn a_decimal_comma_that_cuts_a_cell() {
    let matrix = "origine,destination,minutes,km\n0310001H,0310002J,22,5,14,3\n";
    assert_fault(matrix, "E1104", 2, "");
    let stand = Stand::new();
    stand.with_matrix(matrix).assert().code(3).stderr(contains("virgule décimale"));
    let square = "minutes,0310001H,0310002J\n0310001H,0,22,5\n";
    assert_fault(square, "E1104", 2, "");
}

#[test]
fn cells_that_are_no_number() {
    for cell in ["n/a", "NaN", "22 min", "12:30", "inf"] {
        assert_fault(&long(&format!("0310001H;0310002J;{cell};14,3")), "E1202", 3, "minutes");
    }
    assert_fault(&long("0310001H;0310002J;#N/A;14,3"), "E1105", 3, "minutes");
}

#[test]
fn a_pair_given_twice_with_another_value() {
    assert_fault(&long("0310002J;0310001H;25;14,3"), "E1505", 3, "minutes");
    // The same, through a post.
    assert_fault(&long("0310002J;P1;25;14,3"), "E1505", 3, "minutes");
    let stand = Stand::new();
    stand.with_matrix(&long("0310002J;0310001H;22;14,3")).assert().success();
}

#[test]
fn headers_that_do_not_say_enough() {
    assert_fault("a;b;c\n1;2;3\n", "E1801", 0, "");
    assert_fault("origine;destination\n0310001H;0310002J\n", "E1801", 0, "");
    assert_fault(";0310001H;0310002J\n0310001H;0;22\n", "E1801", 0, "");
    assert_fault("origine;destination;durée\n0310001H;0310002J;22\n", "E1802", 0, "durée");
    let twice = "origine;destination;minutes;duree_s\n0310001H;0310002J;22;1320\n";
    assert_fault(twice, "E1103", 0, "duree_s");
}

#[test]
fn ends_that_are_nowhere() {
    assert_fault(&long("P2;0310002J;22;14,3"), "E1804", 3, "origine");
    assert_fault(&long(";0310002J;22;14,3"), "E1201", 3, "origine");
    assert_fault("origine;destination;minutes\nX;Y;22\n", "E1803", 0, "");
    assert_fault("origine;destination;km\n0310001H;0310002J;14,3\n", "E1803", 0, "");
}

#[test]
fn every_fault_is_told_in_one_pass() {
    let matrix = "origine;destination;minutes;km\n0310001H;0310002J;0;14300\n0310002J;P2;x;1\n\
                  0310002J;0310001H;22\n0310003K;0310002J;900;14,2\nZ;0310002J;1;1\n";
    let stand = Stand::new();
    let found: Vec<_> =
        faults(&stand, matrix).into_iter().map(|(code, line, _)| (code, line)).collect();
    let expected =
        [("E1203", 2), ("E1510", 2), ("E1804", 3), ("E1202", 3), ("E1104", 4), ("E1510", 5)];
    assert_eq!(found, expected.map(|(code, line)| (code.to_owned(), line)));
    stand
        .with_matrix(matrix)
        .assert()
        .code(3)
        .stderr(contains("la matrice a 6 erreurs et 1 avertissement"));
}

#[test]
fn a_wrong_unit_in_every_cell_is_counted_beyond_a_screenful() {
    let stand = Stand::new();
    let rows: String = (0..300).map(|_| "0310001H;0310002J;0,4;14,3\n").collect();
    let matrix = format!("origine;destination;minutes;km\n{rows}");
    // One pair, one fault, however often it is repeated.
    assert_eq!(faults(&stand, &matrix).len(), 1);
    let rows: String = (0..300).map(|row| format!("0310001H;0310002J;x{row};14,3\n")).collect();
    let matrix = format!("origine;destination;minutes;km\n{rows}");
    assert_eq!(faults(&stand, &matrix).len(), 300);
    stand.with_matrix(&matrix).assert().code(3).stderr(contains("et 100 autres E1202"));
}

#[test]
fn a_workbook_is_read_and_its_cells_named() {
    let stand = Stand::new();
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    let headers = ["minutes", "0310001H", "0310002J"];
    for (column, header) in headers.iter().enumerate() {
        sheet.write(0, column as u16, *header).expect("a cell");
        sheet.write(column as u32, 0, *header).expect("a cell");
    }
    sheet.write(1, 2, 22.5).expect("a cell");
    sheet.write(2, 1, 0).expect("a cell");
    let path = stand.path("matrice.xlsx");
    workbook.save(&path).expect("saved");
    let mut command = stand.trajets();
    command.arg("--matrice").arg(&path);
    let found = document(command, 3);
    let fault = &found["messages"][0];
    assert_eq!((&fault["code"], &fault["cellule"]), (&Value::from("E1510"), &Value::from("B3")));
}

#[test]
fn the_trips_of_a_dossier_are_judged_alike() {
    for (row, column) in [("0;14,3", "minutes"), ("2,8;14,3", "minutes"), ("22;9", "km")] {
        let stand = Stand::new();
        let text = long(&format!("0310001H;0310002J;{row}"));
        stand.write("dossier/trajets.csv", &text);
        stand.trajets().assert().code(3).stderr(contains(format!(
            "trajets.csv\n  Erreur E1510, ligne 3, colonne «\u{A0}{column}\u{A0}»"
        )));
    }
    let stand = Stand::new();
    stand.write("dossier/trajets.csv", &long("P1;0310002J;90;14,3"));
    stand.trajets().assert().code(3).stderr(contains("(de 0310002J à 0310001H, ligne 2)"));
}
