//! Decides inclusion among sets of JSON events, with a certificate or a witness.
