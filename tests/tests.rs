//! One binary, so that HiGHS is linked once. What belongs where:
//! `import`: dossiers read, refused and written.

mod import;
