//! Every component in its main states, without a server.
#![forbid(unsafe_code)]

fn main() {
    widget::gallery::open();
}
