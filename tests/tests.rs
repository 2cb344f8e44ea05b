//! One binary, so that HiGHS is linked once. What belongs where:
//! `architecture`: the layers of the source tree.
//! `common`: the data beside the project.
//! `import`: dossiers read, refused and written.

mod architecture;
mod common;
mod import;
