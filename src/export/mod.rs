//! Documents: finished values to files.
