//! The compact mixed-integer model.
