//! A file from the server.
//!
//! The law: asked for like any command, with the same headers; a failure is the same value.

use super::call::{Failure, judge, vouched};
use super::heading::heading;
use crate::frame::download::{Fetched, download as fetch_file};
use crate::frame::fetch::Asked;

/// Asks for a file by a command without particulars, and has it saved under that name.
pub async fn download(path: &str, name: &str) -> Result<(), Failure> {
    let headers = heading(vouched());
    let asked = Asked {
        method: "POST",
        path,
        headers: &headers,
        body: None,
    };
    match fetch_file(asked, name)
        .await
        .map_err(|_| Failure::Unreachable)?
    {
        Fetched::Saved => Ok(()),
        // Only what is no success comes here.
        Fetched::Answered(answered) => judge(answered).map(drop),
    }
}
