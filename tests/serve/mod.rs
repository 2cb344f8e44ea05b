//! The local page over HTTP: what it refuses, and the whole journey.

mod journey;
mod limits;
mod refusals;
mod saving;
mod site;
mod studies;
