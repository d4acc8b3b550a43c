//! Check: what a rule's inputs may be. Nothing here asks AWS.

mod prefixes;
