//! The core against plain enumeration, on small models that use every feature.

mod closing;
mod enumeration;
mod literature;
mod long_sectors;
mod oracle;
mod random_models;
mod through;
