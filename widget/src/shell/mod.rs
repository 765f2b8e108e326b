//! Which screen is shown, and what it is made of.
//!
//! The law: one screen at a time, chosen by one pure function from what is known.
