//! The read-only AWS calls of trailproof, and recordings of their answers.
