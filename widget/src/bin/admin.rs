//! The program of admins: a page of its own at `/admin`, and the preview that it frames.
#![forbid(unsafe_code)]

fn main() {
    widget::admin::start();
}
