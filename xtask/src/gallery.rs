//! `cargo xtask gallery`: every component in its main states on a local page.
//! Law: loopback only, files of the gallery only, and under the frame's own content security policy, so that what
//! the policy would break is seen here first.

use crate::widget_build::{self, PROGRAMS};
use anyhow::{Context, Result};
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;

/// The frame's policy, without the addresses only a server has.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' blob:; \
                      connect-src 'self'; base-uri 'none'; form-action 'none'";

/// `cargo xtask gallery [port]`; without a port, 8090 or the next that is free.
pub fn run(arguments: &[String]) -> Result<()> {
    let program = PROGRAMS
        .iter()
        .find(|program| program.name == "gallery")
        .expect("the gallery is one of our programs");
    widget_build::build(&[program])?;
    let listener = match arguments.first() {
        Some(port) => TcpListener::bind((
            "127.0.0.1",
            port.parse().context("the port is not a number")?,
        )),
        None => (8090..8190)
            .find_map(|port| TcpListener::bind(("127.0.0.1", port)).ok())
            .map_or_else(|| TcpListener::bind("127.0.0.1:0"), Ok),
    };
    let listener = listener.context("the port is busy")?;
    println!(
        "The gallery is open: http://{} (Ctrl-C closes it)",
        listener.local_addr()?
    );
    let folder = widget_build::dist("gallery");
    for stream in listener.incoming().flatten() {
        let folder = folder.clone();
        // Browsers open connections ahead of need, so nobody may wait behind a silent one; and a browser that goes
        // away in the middle is its own business.
        std::thread::spawn(move || answer(stream, &folder).ok());
    }
    Ok(())
}

fn answer(mut stream: TcpStream, folder: &Path) -> Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut first = String::new();
    reader.read_line(&mut first)?;
    let mut header = String::new();
    while reader.read_line(&mut header)? > 2 {
        header.clear();
    }
    let path = first.split_whitespace().nth(1).unwrap_or("/");
    let found =
        file_for(path).and_then(|(name, kind)| Some((fs::read(folder.join(name)).ok()?, kind)));
    let (status, kind, body) = match found {
        Some((body, kind)) => ("200 OK", kind, body),
        None => (
            "404 Not Found",
            "text/plain",
            b"There is no such file in the gallery.".to_vec(),
        ),
    };
    write!(
        stream,
        "HTTP/1.1 {status}\r\ncontent-type: {kind}\r\ncontent-length: {}\r\ncontent-security-policy: {POLICY}\r\n\
         x-content-type-options: nosniff\r\ncache-control: no-store\r\nconnection: close\r\n\r\n",
        body.len()
    )?;
    stream.write_all(&body)?;
    Ok(())
}

/// The file behind a path: the page, or one of its assets by plain name.
fn file_for(path: &str) -> Option<(&str, &'static str)> {
    let path = path.split('?').next()?;
    let Some(name) = path.strip_prefix("/assets/") else {
        return (path == "/").then_some(("index.html", "text/html; charset=utf-8"));
    };
    let kind = match name.rsplit('.').next()? {
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "json" => "application/json",
        _ => return None,
    };
    (!name.contains('/') && !name.contains("..")).then_some((name, kind))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_of_the_gallery_are_served() {
        assert_eq!(file_for("/").map(|(name, _)| name), Some("index.html"));
        assert_eq!(
            file_for("/assets/gallery-1.wasm?x").map(|(_, kind)| kind),
            Some("application/wasm")
        );
        for outside in [
            "/assets/../Cargo.json",
            "/assets/a/b.js",
            "/Cargo.toml",
            "/assets/key.pem",
        ] {
            assert_eq!(file_for(outside), None, "{outside} got out");
        }
    }
}
