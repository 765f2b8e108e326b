//! Where PostgreSQL's server programs are.
//! Law: the newest version wins, and Debian's folder comes before the search path, because it holds them all.

use crate::shell;
use std::fs;
use std::path::PathBuf;

/// The folder with `initdb` and `pg_ctl`, if there is one.
pub fn programs() -> Option<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").ok();
    let mut found: Vec<(u32, PathBuf)> = versions
        .into_iter()
        .flatten()
        .filter_map(|entry| {
            let folder = entry.ok()?;
            let version = folder.file_name().to_str()?.parse().ok()?;
            let bin = folder.path().join("bin");
            bin.join("initdb").is_file().then_some((version, bin))
        })
        .collect();
    found.sort();
    let newest = found.pop().map(|(_, bin)| bin);
    newest.or_else(|| Some(shell::find_on_path("initdb")?.parent()?.to_owned()))
}
