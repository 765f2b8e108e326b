//! The program of staff: the same shell plus the inbox (D10).
#![forbid(unsafe_code)]

use shared::identity::Program;
use widget::shell::app::Edition;

fn main() {
    widget::shell::start(Edition {
        program: Program::Agent,
        staff: Some(widget::inbox::home::STAFF),
    });
}
