//! The program of staff: the same shell plus the inbox (D10).
#![forbid(unsafe_code)]

fn main() {}
