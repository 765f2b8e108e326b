//! What somebody would try in an afternoon to be somebody else, or to read what is not theirs; by the rows of the tables
//! (J: tokens; O: codes, in `codes.rs`; G1: the same answer, in `same_answer.rs`).

/// To be there first: to chat as somebody, and wait until they sign in.
mod hijack;
/// One token, five hundred times.
mod replay;
/// Every bad token is one and the same refusal.
mod tokens;
