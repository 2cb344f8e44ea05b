//! The `maillage` program: parse, run, exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    maillage::cli::main()
}
