//! Starting other programs, and the places they work in.
//! Law: nothing a developer did not ask for reaches the children: no leftovers of our own `cargo run`, nothing on stdin.

use anyhow::{Context, Result, bail, ensure};
use std::ffi::OsStr;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// The top folder of the project.
pub fn root() -> PathBuf {
    let manifest = std::env::var("CARGO_MANIFEST_DIR")
        .unwrap_or_else(|_| env!("CARGO_MANIFEST_DIR").to_owned());
    Path::new(&manifest)
        .parent()
        .expect("the xtask folder lies inside the project")
        .to_owned()
}

/// Where cargo puts what it builds for this machine; WASM and the widget's native tests have folders inside it.
pub fn target_dir() -> PathBuf {
    match std::env::var_os("CARGO_TARGET_DIR") {
        Some(folder) => root().join(folder),
        None => root().join("target"),
    }
}

/// A program to be started in the top folder of the project, without the variables cargo set for xtask itself.
pub fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(root()).stdin(Stdio::null());
    for (name, _) in std::env::vars_os() {
        let own = name.to_string_lossy();
        if [
            "CARGO_PKG_",
            "CARGO_MANIFEST_",
            "CARGO_BIN_",
            "CARGO_CRATE_",
        ]
        .iter()
        .any(|prefix| own.starts_with(prefix))
        {
            command.env_remove(&name);
        }
    }
    // rustup's proxies point this at one toolchain's libraries, which confuses another toolchain's compiler.
    command.env_remove("LD_LIBRARY_PATH");
    command
}

/// Runs a program with its output on our terminal.
pub fn run(command: &mut Command) -> Result<()> {
    let shown = describe(command);
    let status = command
        .status()
        .with_context(|| format!("`{shown}` could not be started"))?;
    ensure!(status.success(), "`{shown}` ended with {status}");
    Ok(())
}

/// Runs a program and returns what it wrote to its standard output.
pub fn capture(command: &mut Command) -> Result<String> {
    let shown = describe(command);
    let output = command
        .stderr(Stdio::null())
        .output()
        .with_context(|| format!("`{shown}` could not be started"))?;
    ensure!(
        output.status.success(),
        "`{shown}` ended with {}",
        output.status
    );
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Runs a talkative program with its output in a log file, of which the end is shown if it fails.
/// A program that takes longer than `limit` is ended and counts as failed.
pub fn run_logged(command: &mut Command, log: &Path, limit: Option<Duration>) -> Result<()> {
    let shown = describe(command);
    fs::create_dir_all(log.parent().expect("a log lies in a folder"))?;
    let file =
        File::create(log).with_context(|| format!("{} could not be written", log.display()))?;
    command.stdout(file.try_clone()?).stderr(file);
    let mut child = command
        .spawn()
        .with_context(|| format!("`{shown}` could not be started"))?;
    let watch = Stopwatch::start();
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break status;
        }
        if limit.is_some_and(|limit| watch.elapsed() > limit) {
            child.kill()?;
            child.wait()?;
            bail!("`{shown}` did not end in time");
        }
        std::thread::sleep(Duration::from_millis(50));
    };
    if !status.success() {
        let text = fs::read_to_string(log).unwrap_or_default();
        let lines: Vec<&str> = text.lines().collect();
        let end = lines[lines.len().saturating_sub(30)..].join("\n");
        bail!(
            "`{shown}` ended with {status}; the end of {} says:\n{end}",
            log.display()
        );
    }
    Ok(())
}

/// The first program of this name on the search path.
pub fn find_on_path(program: &str) -> Option<PathBuf> {
    let folders = std::env::var_os("PATH")?;
    std::env::split_paths(&folders)
        .map(|folder| folder.join(program))
        .find(|file| file.is_file())
}

/// The search path with some folders in front.
pub fn path_with(folders: &[PathBuf]) -> Result<std::ffi::OsString> {
    let inherited = std::env::var_os("PATH").unwrap_or_default();
    let all = folders
        .iter()
        .cloned()
        .chain(std::env::split_paths(&inherited));
    std::env::join_paths(all).context("a tool's folder has a colon in its name")
}

/// Whether we act as the machine's administrator.
pub fn is_root() -> bool {
    capture(Command::new("id").arg("-u")).is_ok_and(|id| id == "0")
}

/// A clock for durations that people read.
pub struct Stopwatch(Instant);

impl Stopwatch {
    /// A clock that runs from now on.
    #[expect(
        clippy::disallowed_methods,
        reason = "a developer's tool tells how long its steps took; no rule depends on it"
    )]
    pub fn start() -> Self {
        Self(Instant::now())
    }

    /// Time since the start.
    pub fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }

    /// Time since the start, as people say it: `4.2 s`, `3 min 07 s`.
    pub fn spoken(&self) -> String {
        let seconds = self.elapsed().as_secs_f64();
        if seconds < 60.0 {
            return format!("{seconds:.1} s");
        }
        let whole = self.elapsed().as_secs();
        format!("{} min {:02} s", whole / 60, whole % 60)
    }
}

fn describe(command: &Command) -> String {
    let mut words = vec![command.get_program().to_string_lossy().into_owned()];
    words.extend(
        command
            .get_args()
            .map(|word| word.to_string_lossy().into_owned()),
    );
    words.join(" ")
}
