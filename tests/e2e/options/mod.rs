//! Resource options, flags of the command line, and edits of the state, as users have them.
//!
//! The engine decides most of it. Held here is what becomes of the rule: it is what the program says, or it is left alone, or an
//! error says so. Where the engine gives a user enough rope, a comment says why no provider can help.

mod destruction;
mod ignore_changes;
mod names;
mod plans;
mod providers;
mod refresh;
mod replacement;
mod targets;
mod timeouts;
