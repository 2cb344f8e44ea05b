//! The layers of the source tree, held by a test: an arrow may only point left.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Layers from left to right; modules of one layer do not see each other.
const LAYERS: [&[&str]; 13] = [
    &["domain", "scratch"],
    &["wording"],
    &["travel"],
    &["policy"],
    &["check", "import", "model", "demo"],
    &["solve"],
    &["planning"],
    &["scenario"],
    &["explain"],
    &["export"],
    &["run"],
    &["serve"],
    &["cli"],
];

/// Lines that a source file may have.
const LONGEST_FILE: usize = 500;

#[test]
fn dependencies_point_left_only() {
    let mut wrong = Vec::new();
    for file in sources() {
        let Some(own) = module_of(&file) else { continue };
        for used in used_modules(&read(&file)) {
            if used != own && layer(&used) >= layer(&own) {
                wrong.push(format!("{}: {own} must not use {used}", file.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_module_has_its_layer() {
    let modules: BTreeSet<String> = sources().iter().filter_map(|file| module_of(file)).collect();
    assert!(modules.len() > 5, "the source tree was read");
    for module in modules {
        assert!(layer(&module) < LAYERS.len(), "{module} has no layer");
    }
}

#[test]
fn the_checker_shares_no_rule_with_the_policy() {
    let allowed = ["policy::bareme", "policy::profile", "policy::Bareme", "policy::BaremeError"];
    for file in sources().iter().filter(|file| module_of(file).as_deref() == Some("check")) {
        for line in read(file).lines().filter(|line| line.contains("policy::")) {
            assert!(
                allowed.iter().any(|name| line.contains(name)),
                "{}: the checker reads the numbers of the policy alone: {line}",
                file.display()
            );
        }
    }
}

#[test]
fn files_stay_readable() {
    let long: Vec<String> = sources()
        .iter()
        .map(|file| (file, read(file).lines().count()))
        .filter(|(_, lines)| *lines > LONGEST_FILE)
        .map(|(file, lines)| format!("{}: {lines} lines", file.display()))
        .collect();
    assert!(long.is_empty(), "{}", long.join("\n"));
}

#[test]
fn only_the_seam_with_highs_is_unsafe() {
    for file in sources() {
        let text = read(&file);
        let excused = file.ends_with("backend.rs");
        assert!(
            excused || !text.contains("allow(unsafe_code"),
            "{}: unsafe code belongs behind the seam with the solver",
            file.display()
        );
    }
}

fn layer(module: &str) -> usize {
    LAYERS.iter().position(|layer| layer.contains(&module)).unwrap_or(LAYERS.len())
}

fn sources() -> Vec<PathBuf> {
    let mut found = Vec::new();
    visit(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
    found.sort();
    found
}

fn visit(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("src can be listed") {
        let path = entry.expect("src can be listed").path();
        if path.is_dir() {
            visit(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

fn read(file: &Path) -> String {
    fs::read_to_string(file).expect("a source file is text")
}

/// First folder or file below `src`; `lib.rs` and `main.rs` stand above the layers.
fn module_of(file: &Path) -> Option<String> {
    let below = file.strip_prefix(Path::new(env!("CARGO_MANIFEST_DIR")).join("src")).ok()?;
    let first = below.iter().next()?.to_str()?.trim_end_matches(".rs").to_owned();
    (!["lib", "main"].contains(&first.as_str())).then_some(first)
}

/// Modules named by `crate::x`, the tests at the end of a file left out.
fn used_modules(text: &str) -> BTreeSet<String> {
    let code = text.split("#[cfg(test)]").next().unwrap_or_default();
    code.lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .flat_map(|line| line.split("crate::").skip(1))
        .map(|rest| rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect())
        .filter(|name: &String| name.chars().all(char::is_lowercase) || name.contains('_'))
        .filter(|name| !name.is_empty())
        .collect()
}
