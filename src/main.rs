//! The `maillage` program.

fn main() {}
