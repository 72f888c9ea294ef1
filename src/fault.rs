//! Why a hop does not carry every event: data, from which follow a code, a severity and the words.
//!
//! One family of faults is one file, and that file's `Display` is the only place of the family's words.
