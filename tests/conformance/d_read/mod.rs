//! Read, import, get and the get-function.
