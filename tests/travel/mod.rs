//! Times between places, from each source that the program knows.

mod agreement;
mod command;
mod damaged;
mod engines;
mod extracts;
mod network;
mod placed;
mod real_engine;
mod stand;
mod stub_osrm;

use maillage::travel::Place;

/// A place without a rural class.
fn place(id: &str, latitude: f64, longitude: f64) -> Place {
    Place { id: id.to_owned(), latitude, longitude, rural_class: None }
}
