//! Small copies of finished files, and fingerprints of what goes in.
//! Law: what is served is compressed once, here, at the highest quality, never while somebody waits.

use super::hash;
use crate::shell;
use anyhow::{Context, Result};
use flate2::{Compression, write::GzEncoder};
use std::fs::{self, File};
use std::io::Write;
use std::path::Path;
use walkdir::WalkDir;

/// Writes `<file>.br` and `<file>.gz` beside every file of a folder.
pub fn compress_beside(folder: &Path) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let content = fs::read(&path)?;
        fs::write(path.with_added_extension("br"), brotli(&content)?)?;
        let mut gzip = GzEncoder::new(
            File::create(path.with_added_extension("gz"))?,
            Compression::best(),
        );
        gzip.write_all(&content)?;
        gzip.finish()?;
    }
    Ok(())
}

/// Brotli at quality 11, as browsers are served it.
pub fn brotli(content: &[u8]) -> Result<Vec<u8>> {
    let parameters = brotli::enc::BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        size_hint: content.len(),
        ..Default::default()
    };
    let mut small = Vec::new();
    brotli::BrotliCompress(&mut &content[..], &mut small, &parameters)
        .context("brotli could not compress")?;
    Ok(small)
}

/// One hash over some texts and over every file in some places of the project, names included.
pub fn fingerprint(texts: &[String], places: &[&str], counts: fn(&Path) -> bool) -> Result<String> {
    let root = shell::root();
    let mut all = texts.join("\n").into_bytes();
    for place in places {
        let walk = WalkDir::new(root.join(place))
            .sort_by_file_name()
            .into_iter();
        let walk = walk.filter_entry(|entry| {
            !matches!(
                entry.file_name().to_str(),
                Some("dist" | "node_modules" | "target")
            )
        });
        for entry in walk {
            let entry = entry.with_context(|| format!("{place} cannot be read"))?;
            let name = entry.path().strip_prefix(&root).unwrap_or(entry.path());
            if !entry.file_type().is_file() || !counts(name) {
                continue;
            }
            all.extend(name.to_string_lossy().bytes());
            all.extend(hash(&fs::read(entry.path())?).bytes());
        }
    }
    Ok(hash(&all))
}
