//! `porchlight-bench`.
fn main() {}
