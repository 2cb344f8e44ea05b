//! Exit codes, part of the contract with scripts.

use crate::wording::system::reason;

/// Done.
pub const DONE: u8 = 0;
/// Something unexpected: a file that cannot be written, a defect.
pub const UNEXPECTED: u8 = 1;
/// The command line is wrong.
pub const USAGE: u8 = 2;
/// The input is invalid.
pub const INVALID_INPUT: u8 = 3;
/// Proven: no plan exists.
pub const INFEASIBLE: u8 = 4;
/// No plan within the limit.
pub const NO_PLAN: u8 = 5;
/// A check failed.
pub const CHECK_FAILED: u8 = 6;

/// A command that ends with another code than 0.
#[derive(Debug)]
pub struct Failure {
    /// Exit code.
    pub code: u8,
    /// What the user reads on stderr; empty when everything was said already.
    pub message: String,
}

impl Failure {
    /// A failure with its message.
    #[must_use]
    pub fn new(code: u8, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }

    /// A failure whose reasons the command has printed.
    #[must_use]
    pub fn said(code: u8) -> Self {
        Self::new(code, "")
    }
}

impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Self {
        Self::new(UNEXPECTED, format!("{error:#}"))
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self::new(UNEXPECTED, reason(&error))
    }
}
