//! Hashes this crate's sources, so that a frame and a server know whether they speak the same types.
//! The law: two builds share a `PROTOCOL` exactly when they were made from the same `shared/src`.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// FNV-1a, 64 bits: this tells versions apart, it defends nothing.
fn fold(hash: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(hash, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

/// Every source below a folder.
fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("cargo runs a build script in its package's folder") {
        let path = entry.expect("src can be listed").path();
        // Samples are data: changing one changes no type.
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs")
            && !path.ends_with("samples.rs")
        {
            found.push(path);
        }
    }
}

fn main() {
    println!("cargo::rerun-if-changed=src");
    let mut paths = Vec::new();
    sources(Path::new("src"), &mut paths);
    paths.sort();
    let mut hash = 0xcbf2_9ce4_8422_2325;
    for path in paths {
        hash = fold(hash, &fs::read(&path).expect("a listed source can be read"));
    }
    println!("cargo::rustc-env=PORCHLIGHT_PROTOCOL={hash:016x}");
}
