//! Documents: what they say, what they never say, and how they reach the disk.

mod anonymity;
mod command;
mod folder;
mod frontier;
mod report;
mod tables;
mod workbooks;

use maillage::export::{Options, RunInfo};

/// Names shown.
const NAMED: Options = Options { anonymous: false };
/// `--sans-noms`.
const ANONYMOUS: Options = Options { anonymous: true };

fn run() -> RunInfo {
    RunInfo {
        date: jiff::civil::date(2026, 5, 4).at(14, 5, 0, 0),
        duree_s: 3.2,
        machine: "Linux x86_64, 2 cœurs".into(),
        threads: 2,
        statistics: serde_json::Value::Null,
    }
}
