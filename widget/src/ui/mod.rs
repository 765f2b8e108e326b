//! Pieces that more than one domain shows.
