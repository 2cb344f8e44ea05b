//! What the documents and the help tell people to type is understood by the program.
//! `commands`: the commands found in documents and help pages.

mod commands;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use clap::Command;
use clap::error::ErrorKind;
use maillage::cli::command;
use maillage::domain::Uai;

use commands::{fenced, inline, words};

/// The documents that people read; `docs/erreurs.md` shows faults, and its own tests read it.
const DOCUMENTS: [&str; 6] = [
    "README.md",
    "docs/guide.md",
    "docs/formats.md",
    "docs/mesures.md",
    "docs/model.md",
    "docs/trajets.md",
];

fn document(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).expect(name)
}

/// Every command and the commands below it, with the words that lead there.
fn pages() -> Vec<(String, Command)> {
    fn visit(path: &str, command: &Command, pages: &mut Vec<(String, Command)>) {
        for below in command.get_subcommands() {
            let path = format!("{path} {}", below.get_name());
            visit(&path, below, pages);
            pages.push((path, below.clone()));
        }
    }
    let mut pages = Vec::new();
    visit("maillage", &command(), &mut pages);
    assert!(pages.len() > 10, "the help was read");
    pages
}

/// The help that the command shows on a terminal of this width.
fn help(path: &str, width: usize) -> String {
    let asked = format!("{path} --help");
    let shown = command().term_width(width).try_get_matches_from(words(&asked));
    shown.expect_err("help is no command").to_string()
}

fn parse(line: &str) -> Result<(), clap::Error> {
    command().try_get_matches_from(words(line)).map(drop)
}

#[test]
fn every_command_of_the_documents_is_understood() {
    let mut found = 0;
    for name in DOCUMENTS {
        for line in fenced(&document(name)) {
            found += 1;
            parse(&line).unwrap_or_else(|error| panic!("{name}: {line}\n{error}"));
        }
    }
    assert!(found > 15, "the documents were read: {found}");
}

#[test]
fn commands_within_sentences_lack_nothing_but_their_folders() {
    let names: BTreeSet<String> =
        command().get_subcommands().map(|command| command.get_name().to_owned()).collect();
    for name in DOCUMENTS {
        for line in inline(&document(name), &names) {
            let partial = [
                ErrorKind::MissingRequiredArgument,
                ErrorKind::MissingSubcommand,
                ErrorKind::DisplayHelp,
            ];
            if let Err(error) = parse(&line) {
                assert!(partial.contains(&error.kind()), "{name}: {line}\n{error}");
            }
        }
    }
}

#[test]
fn every_option_named_in_the_user_s_documents_exists() {
    let known: BTreeSet<String> = pages()
        .iter()
        .flat_map(|(_, page)| page.get_arguments().filter_map(|option| option.get_long()))
        .chain(command().get_arguments().filter_map(|option| option.get_long()))
        .map(|long| format!("--{long}"))
        .collect();
    for name in ["docs/guide.md", "docs/formats.md", "docs/trajets.md"] {
        for option in commands::options(&document(name)) {
            assert!(known.contains(&option), "{name}: {option}");
        }
    }
}

#[test]
fn every_command_is_in_the_guide_and_shows_an_example_that_is_understood() {
    let guide = document("docs/guide.md");
    for (path, _) in pages() {
        assert!(guide.contains(&path), "the guide does not tell of {path}");
        let examples: Vec<String> =
            fenced(&help(&path, 80)).into_iter().filter(|line| line.starts_with(&path)).collect();
        assert!(!examples.is_empty(), "{path} --help has no example");
        for line in examples {
            parse(&line).unwrap_or_else(|error| panic!("{path} --help: {line}\n{error}"));
        }
    }
}

#[test]
fn help_is_french_and_fits_terminals() {
    let paths = pages().into_iter().map(|(path, _)| path);
    for path in paths.chain(["maillage".to_owned()]) {
        for width in [80, 120] {
            let help = help(&path, width);
            // Clap writes the usage on one line, and the terminal folds it.
            for line in help.lines().filter(|line| !line.starts_with("Usage")) {
                assert!(line.chars().count() <= width, "{path} at {width}: {line}");
                let loose = [" :", " ;", " ?", " !", "« ", " »"].iter().any(|it| line.contains(it));
                assert!(!loose, "{path}: a no-break space is missing: {line}");
            }
            for english in
                ["Options:", "Commands", "Print help", "Usage:", "[default", "possible values"]
            {
                assert!(!help.contains(english), "{path}: {english}");
            }
        }
    }
}

#[test]
fn uais_of_documents_and_help_have_their_check_letter() {
    let helps = pages().into_iter().map(|(path, _)| {
        let help = help(&path, 80);
        (path, help)
    });
    let documents = DOCUMENTS.iter().map(|name| ((*name).to_owned(), document(name)));
    let mut found = 0;
    for (name, text) in helps.chain(documents) {
        let likely =
            |word: &&str| word.len() == 8 && word[..7].bytes().all(|it| it.is_ascii_digit());
        for word in text.split(|it: char| !it.is_ascii_alphanumeric()).filter(likely) {
            found += 1;
            assert!(word.parse::<Uai>().is_ok(), "{name}: {word}");
        }
    }
    assert!(found > 10, "UAIs were found: {found}");
}
