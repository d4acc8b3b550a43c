//! Create: what is sent, what comes back, and what an error says.
