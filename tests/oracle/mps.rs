//! The MPS file says what the model says: read back by a few lines, it prices the optimal plan at
//! the objective and keeps every row.

use std::collections::BTreeMap;

use maillage::model::{Built, CompactSettings, point_of, solve_compact, write_mps};
use maillage::policy::Problem;

use crate::common::random_dossier::random_problem;

/// Rows and columns of a free MPS file.
#[derive(Default)]
struct Mps {
    kinds: BTreeMap<String, char>,
    /// Coefficients by column, then row.
    columns: BTreeMap<String, BTreeMap<String, i64>>,
    sides: BTreeMap<String, i64>,
    /// Width below the side of rows with two sides.
    ranges: BTreeMap<String, i64>,
    upper: BTreeMap<String, i64>,
}

fn read(text: &str) -> Mps {
    let (mut mps, mut section) = (Mps::default(), "");
    for line in text.lines().filter(|line| !line.starts_with('*')) {
        let words: Vec<&str> = line.split_whitespace().collect();
        let number = || words.last().expect("a last word").parse::<i64>().expect("an integer");
        match (line.starts_with(' '), section) {
            (false, _) => section = words[0],
            (_, "ROWS") => {
                let kind = words[0].chars().next().expect("a letter");
                assert!(mps.kinds.insert(words[1].into(), kind).is_none(), "{line}: twice");
            }
            (_, "COLUMNS") if words[1] == "'MARKER'" => {}
            (_, "COLUMNS") => {
                let entries = mps.columns.entry(words[0].into()).or_default();
                assert!(entries.insert(words[1].into(), number()).is_none(), "{line}: twice");
            }
            (_, "RHS") => drop(mps.sides.insert(words[1].into(), number())),
            (_, "RANGES") => drop(mps.ranges.insert(words[1].into(), number())),
            (_, "BOUNDS") if words[0] != "LO" => drop(mps.upper.insert(words[2].into(), number())),
            (_, "BOUNDS") => assert_eq!(number(), 0, "{line}: all columns start at 0"),
            _ => panic!("{line}: unexpected in {section}"),
        }
    }
    mps
}

fn keeps_every_row(mps: &Mps, values: &BTreeMap<&str, i64>) -> i64 {
    let mut activity: BTreeMap<&str, i64> = BTreeMap::new();
    for (column, entries) in &mps.columns {
        let value = values.get(column.as_str()).copied().unwrap_or(1);
        assert!((0..=mps.upper[column]).contains(&value), "{column} = {value}");
        for (row, by) in entries {
            *activity.entry(row).or_default() += by * value;
        }
    }
    for (row, kind) in &mps.kinds {
        let (value, side) = (activity.get(row.as_str()).copied().unwrap_or(0), mps.sides.get(row));
        let kept = match kind {
            'N' => true,
            'E' => Some(&value) == side,
            'L' => side.is_some_and(|side| {
                value <= *side && mps.ranges.get(row).is_none_or(|width| value >= side - width)
            }),
            _ => side.is_some_and(|side| value >= *side),
        };
        assert!(kept, "{row}: {value}");
    }
    activity["minus_objective"]
}

fn check(problem: &Problem) -> bool {
    let outcome = solve_compact(problem, &CompactSettings::default(), &|| false, &mut |_, _| {});
    let Some(solution) = outcome.solution else { return false };
    let mut text = Vec::new();
    write_mps(problem, &mut text).expect("memory takes all");
    let text = String::from_utf8(text).expect("names are ASCII");
    assert!(text.is_ascii());
    let built = Built::new(problem);
    let point = point_of(problem, &built, &solution).expect("the model holds its own solution");
    let names = built.model.columns.iter().map(|column| column.name.as_str());
    let values: BTreeMap<&str, i64> = names.zip(point).collect();
    assert_eq!(keeps_every_row(&read(&text), &values), -outcome.objective);
    true
}

#[test]
fn the_mps_file_prices_the_optimal_plan_at_its_objective() {
    let checked = (0..40).filter(|seed| check(&random_problem(*seed))).count();
    println!("{checked} files read back");
    assert!(checked > 5);
}
