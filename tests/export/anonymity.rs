//! `--sans-noms`.

use std::fs;
use std::path::Path;

use calamine::{Data, Reader, open_workbook_auto};
use maillage::export::{Document, Options, write_document, write_plan};

use super::{ANONYMOUS, NAMED, run};
use crate::common::sample_plan::{ADVISER, AGENTS, sample};

/// Every text of every document.
fn all_texts(folder: &Path, options: Options) -> String {
    let (dossier, plan) = sample();
    let target = folder.join("plan");
    write_plan(&target, &dossier, &plan, &run(), options).expect("written");
    let letters = target.join("publipostage.csv");
    write_document(Document::Publipostage, &letters, &dossier, &plan, &run(), options)
        .expect("written");
    let mut texts = String::new();
    for entry in fs::read_dir(&target).expect("a folder") {
        texts += &fs::read_to_string(entry.expect("an entry").path()).expect("text");
    }
    for document in [Document::Xlsx, Document::Ods] {
        let path = folder.join(document.default_name());
        write_document(document, &path, &dossier, &plan, &run(), options).expect("written");
        let mut workbook = open_workbook_auto(&path).expect("a workbook");
        for (_, sheet) in workbook.worksheets() {
            texts.extend(sheet.used_cells().filter_map(|(_, _, cell)| match cell {
                Data::String(text) => Some(format!("{text}\n")),
                _ => None,
            }));
        }
    }
    texts
}

#[test]
fn no_document_names_an_agent_or_an_adviser() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let texts = all_texts(folder.path(), ANONYMOUS);
    for name in AGENTS.iter().chain([&ADVISER]) {
        assert!(!texts.contains(name), "{name}");
    }
    assert!(texts.contains("permettent encore d'identifier une personne"));
}

#[test]
fn names_are_shown_otherwise() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let texts = all_texts(folder.path(), NAMED);
    for name in AGENTS.iter().chain([&ADVISER]) {
        assert!(texts.contains(name), "{name}");
    }
}
