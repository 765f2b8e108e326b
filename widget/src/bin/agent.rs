//! The program of users and staff: the same shell plus *Chats* and the inbox (D10).
#![forbid(unsafe_code)]

use shared::identity::Program;
use widget::desk::DESK;
use widget::shell::app::Edition;
use widget::shell::lists::LISTS;

fn main() {
    widget::shell::start(Edition {
        program: Program::Agent,
        lists: Some(&LISTS),
        desk: Some(&DESK),
    });
}
