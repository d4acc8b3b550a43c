//! Diff: what a change means for a rule that exists.
