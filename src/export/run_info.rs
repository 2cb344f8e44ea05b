//! What may differ between two runs of the same input: `execution.json`.

use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};

/// The circumstances of a computation; nothing here may decide anything.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RunInfo {
    /// Local date and time of the end of the computation.
    pub date: DateTime,
    /// Duration, seconds.
    pub duree_s: f64,
    /// Machine: system, architecture, cores.
    pub machine: String,
    /// Threads.
    #[serde(rename = "fils")]
    pub threads: usize,
    /// Figures of the search.
    #[serde(rename = "statistiques", default)]
    pub statistics: serde_json::Value,
}
