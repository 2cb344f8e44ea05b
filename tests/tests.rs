//! One binary, so that HiGHS is linked once. What belongs where:
//! `architecture`: the layers of the source tree.
//! `check`: right plans and wrong ones, each corruption with the rule that must name it.
//! `common`: the data beside the project, a small plan written by hand.
//! `demo`: fictional departements.
//! `explain`: the price of other choices against solves from scratch.
//! `export`: documents, and how they reach the disk.
//! `import`: dossiers read, refused and written.
//! `journey`: the main job through the public command.
//! `manual`: documents and help against the program.
//! `oracle`: enumeration, compact model and column generation on random dossiers.
//! `page`: the local page in a real browser.
//! `planning`: the weekly timetable of a plan.
//! `scenario`: edits, variants, comparison, staffing, absences.
//! `sector_core`: column generation against plain enumeration, and public instances.
//! `serve`: the local page over HTTP.
//! `travel`: times by road, from extracts, engines and files.

mod architecture;
mod check;
mod common;
mod demo;
mod explain;
mod export;
mod import;
mod journey;
mod manual;
mod oracle;
mod page;
mod planning;
mod scenario;
mod sector_core;
mod serve;
mod travel;
