//! The program of guests and users. The inbox is not in it (D10).
#![forbid(unsafe_code)]

use shared::identity::Program;
use widget::shell::app::Edition;

fn main() {
    widget::shell::start(Edition {
        program: Program::Widget,
        staff: None,
    });
}
