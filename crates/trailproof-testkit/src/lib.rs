//! Mocked and emulated AWS, and generators, for the tests of trailproof.
