//! The program of guests. Lists of conversations are not in it: a guest has one (D10).
#![forbid(unsafe_code)]

use shared::identity::Program;
use widget::shell::app::Edition;

fn main() {
    widget::shell::start(Edition {
        program: Program::Widget,
        lists: None,
        desk: None,
    });
}
