//! Minutes and metres between the places of a departement.
//!
//! A [`TravelMatrix`] is all that the rest of the program sees. It always starts as an
//! [estimate] from coordinates, so that every pair has a value; what a road
//! network, a routing engine or a file knows better replaces the estimate pair by pair,
//! and each pair remembers where its value comes from.

pub mod accuracy;
pub mod engines;
pub mod estimate;
pub mod matrix;
pub mod mileage;
pub mod plausibility;
pub mod point;
pub mod roads;
pub mod trip_table;

pub use estimate::EstimateFactors;
pub use matrix::{Source, TravelMatrix, Trip};
pub use mileage::MileageScale;
pub use point::{Place, Setting};
pub use trip_table::{RoadTrip, SnapDistance, TripTable};
