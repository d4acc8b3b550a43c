//! Delete: what is gone stays gone.

mod gone;
