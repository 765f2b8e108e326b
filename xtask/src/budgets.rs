//! What a visitor downloads, measured as the server sends it to a browser, against `docs/performance.md`.
//! Law: a budget is checked on the bytes on the wire, on a fresh product with default settings, never on a guess.

/// A request as a browser would send it.
mod fetch;

use crate::shell::{self, Stopwatch};
use crate::test;
use anyhow::{Context, Result, bail, ensure};
use fetch::Answer;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Child;
use std::time::Duration;

/// **Source**: P1, one page view before anybody clicks, in bytes.
const PAGE_VIEW: usize = 2_000;

/// **Source**: P2, everything a guest downloads at the first opening, in bytes.
const FIRST_OPEN: usize = 100_000;

/// `cargo xtask budgets`.
pub fn run(_arguments: &[String]) -> Result<()> {
    check()
}

/// Measures both budgets and fails when one is exceeded.
pub fn check() -> Result<()> {
    let server = Server::start()?;
    let loader = vec![Weight::of(&server, "/embed.js")?];
    let opening = opening(&server)?;
    println!(
        "{:<44} {:>9} {:>9} {:>9}",
        "file", "raw", "brotli", "budget"
    );
    let within = [
        print("P1, a page view before anybody clicks", &loader, PAGE_VIEW),
        print("P2, everything at the first opening", &opening, FIRST_OPEN),
    ];
    ensure!(
        within.iter().all(|within| *within),
        "a visitor would have to download too much"
    );
    Ok(())
}

/// The frame's page and everything it names.
fn opening(server: &Server) -> Result<Vec<Weight>> {
    let page = server.get("/widget", "identity")?;
    let text = String::from_utf8(page.body).context("the frame's page is not text")?;
    let assets = assets_in(&text);
    ensure!(
        assets.iter().any(|asset| asset.ends_with(".wasm")),
        "the frame's page names no WASM"
    );
    let mut weights = vec![Weight::of(server, "/widget")?];
    for asset in assets {
        weights.push(Weight::of(server, &asset)?);
    }
    Ok(weights)
}

/// Every asset a page names, once each.
fn assets_in(page: &str) -> Vec<String> {
    let mut assets: Vec<String> = Vec::new();
    for quoted in page
        .split('"')
        .filter(|quoted| quoted.starts_with("/assets/"))
    {
        if !assets.iter().any(|known| known == quoted) {
            assets.push(quoted.to_owned());
        }
    }
    assets
}

/// What one file weighs.
struct Weight {
    path: String,
    raw: usize,
    brotli: usize,
}

impl Weight {
    fn of(server: &Server, path: &str) -> Result<Self> {
        let raw = server.get(path, "identity")?.body.len();
        let answer = server.get(path, "br")?;
        // Papers over nothing: a file that the server sends uncompressed weighs what it weighs.
        Ok(Self {
            path: path.to_owned(),
            raw,
            brotli: answer.body.len(),
        })
    }
}

fn print(heading: &str, weights: &[Weight], budget: usize) -> bool {
    for Weight { path, raw, brotli } in weights {
        println!("{path:<44} {raw:>9} {brotli:>9}");
    }
    let raw: usize = weights.iter().map(|weight| weight.raw).sum();
    let brotli: usize = weights.iter().map(|weight| weight.brotli).sum();
    let verdict = if brotli <= budget {
        "within"
    } else {
        "TOO MUCH"
    };
    println!("{heading:<44} {raw:>9} {brotli:>9} {budget:>9}  {verdict}");
    brotli <= budget
}

/// A fresh product on a free port, ended when dropped.
struct Server {
    child: Child,
    folder: PathBuf,
    port: u16,
}

impl Server {
    fn start() -> Result<Self> {
        let binary = test::server_for_tests()?;
        let port = std::net::TcpListener::bind("127.0.0.1:0")?
            .local_addr()?
            .port();
        let folder =
            std::env::temp_dir().join(format!("porchlight-budgets-{}", std::process::id()));
        fs::create_dir_all(&folder)?;
        let server = Self {
            child: serve(&binary, port, &folder)?,
            folder,
            port,
        };
        server.wait_until_ready()?;
        Ok(server)
    }

    fn get(&self, path: &str, encoding: &str) -> Result<Answer> {
        let answer = fetch::get(self.port, path, encoding)?;
        ensure!(
            answer.status == 200,
            "{path} was answered with status {}",
            answer.status
        );
        Ok(answer)
    }

    fn wait_until_ready(&self) -> Result<()> {
        let watch = Stopwatch::start();
        while watch.elapsed() < Duration::from_secs(20) {
            if fetch::get(self.port, "/livez", "identity").is_ok_and(|answer| answer.status == 200)
            {
                return Ok(());
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        let log = fs::read_to_string(self.folder.join("log.txt")).unwrap_or_default();
        bail!("the server did not start within 20 s; it said:\n{log}")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn serve(binary: &Path, port: u16, folder: &Path) -> Result<Child> {
    let log = fs::File::create(folder.join("log.txt"))?;
    let mut server = shell::command(binary);
    server
        .arg("serve")
        .args(["--listen", &format!("127.0.0.1:{port}")]);
    server
        .args(["--public-url", &format!("http://127.0.0.1:{port}")])
        .arg("--data-dir")
        .arg(folder.join("data"));
    server
        .stdout(log.try_clone()?)
        .stderr(log)
        .spawn()
        .context("the server could not be started")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_named_twice_is_downloaded_once() {
        let page = r#"<link rel="preload" href="/assets/a.wasm"><script src="/assets/b.js"></script><link href="/assets/a.wasm">"#;
        assert_eq!(assets_in(page), ["/assets/a.wasm", "/assets/b.js"]);
    }

    #[test]
    fn one_byte_too_many_is_too_much() {
        let weights = [Weight {
            path: "/embed.js".to_owned(),
            raw: 9_000,
            brotli: PAGE_VIEW + 1,
        }];
        assert!(!print("P1", &weights, PAGE_VIEW));
        assert!(print("P1", &weights, PAGE_VIEW + 1));
    }
}
