//! Update: what is changed in place.
