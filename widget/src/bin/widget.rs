//! The program of guests and users. The inbox is not in it (D10).
#![forbid(unsafe_code)]

fn main() {}
