//! A PostgreSQL server for the length of one test run.
//! Laws: it listens on loopback only, keeps its promises to the disk (the tests kill things), touches no server that
//! is already there, and is gone afterwards: also after a failure, after Ctrl-C, and after a run that was killed.

use crate::shell;
use crate::tools::postgres::programs;
use anyhow::{Context, Result};
use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, Once};

/// What our folders are called; the number behind it is the process that owns it.
const NAME: &str = "porchlight-postgres-";

/// A running server; dropping it stops it and removes what it stored.
pub struct TemporaryPostgres {
    folder: PathBuf,
    port: u16,
}

/// The folder to clear when the run is interrupted, while a server runs.
static RUNNING: Mutex<Option<PathBuf>> = Mutex::new(None);

impl TemporaryPostgres {
    /// Starts a server with an empty database.
    pub fn start() -> Result<Self> {
        clear_abandoned();
        stop_when_interrupted()?;
        let folder = std::env::temp_dir().join(format!("{NAME}{}", std::process::id()));
        fs::create_dir_all(&folder)?;
        if shell::is_root() {
            // PostgreSQL refuses to run as root.
            shell::run(Command::new("chown").arg("postgres").arg(&folder))?;
        }
        *RUNNING.lock().expect("nothing panics while it holds this") = Some(folder.clone());
        // From here on dropping it clears up.
        let server = Self {
            port: free_port()?,
            folder,
        };
        server
            .create()
            .context("PostgreSQL could not be started for the tests")?;
        Ok(server)
    }

    /// Where tests find it.
    pub fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres", self.port)
    }

    fn create(&self) -> Result<()> {
        let cluster = self.folder.join("cluster");
        let mut initdb = as_postgres(&self.folder, "initdb")?;
        initdb.args([
            "--username=postgres",
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C",
            "--no-sync",
            "-D",
        ]);
        shell::capture(initdb.arg(&cluster))?;
        let settings = [
            "listen_addresses=127.0.0.1".to_owned(),
            format!("port={}", self.port),
            format!("unix_socket_directories={}", self.folder.display()),
            "max_connections=200".to_owned(),
        ];
        let options: Vec<String> = settings
            .iter()
            .map(|setting| format!("-c {setting}"))
            .collect();
        let mut start = as_postgres(&self.folder, "pg_ctl")?;
        start
            .arg("start")
            .arg("-D")
            .arg(&cluster)
            .arg("-l")
            .arg(self.folder.join("log.txt"))
            .arg("-o")
            .arg(options.join(" "));
        // Not captured: the server would inherit our pipe and we would wait for its end.
        start.arg("-w").stdout(std::process::Stdio::null());
        shell::run(&mut start)
            .with_context(|| fs::read_to_string(self.folder.join("log.txt")).unwrap_or_default())
    }
}

impl Drop for TemporaryPostgres {
    fn drop(&mut self) {
        stop(&self.folder);
        *RUNNING.lock().expect("nothing panics while it holds this") = None;
    }
}

fn stop(folder: &Path) {
    if let Ok(mut pg_ctl) = as_postgres(folder, "pg_ctl") {
        // Nothing is kept, so nothing needs to be finished; a server that never started is fine too.
        let _ = shell::capture(
            pg_ctl
                .args(["stop", "-m", "immediate", "-D"])
                .arg(folder.join("cluster")),
        );
    }
    let _ = fs::remove_dir_all(folder);
}

/// One of PostgreSQL's programs, as the system's `postgres` user where we are root.
fn as_postgres(folder: &Path, program: &str) -> Result<Command> {
    let bin = programs().context(
        "PostgreSQL is missing; on Debian or Ubuntu: sudo apt-get install -y postgresql",
    )?;
    let program = bin.join(program);
    let mut command = if shell::is_root() {
        let mut runuser = shell::command("runuser");
        runuser.args(["-u", "postgres", "--"]).arg(program);
        runuser
    } else {
        shell::command(program)
    };
    // The user `postgres` may not enter the folder we stand in.
    command.current_dir(folder);
    Ok(command)
}

/// Ctrl-C ends us and whatever runs in our terminal, but not the server, which stands apart from it.
fn stop_when_interrupted() -> Result<()> {
    static ONCE: Once = Once::new();
    let mut outcome = Ok(());
    ONCE.call_once(|| {
        outcome = ctrlc::set_handler(|| {
            if let Some(folder) = RUNNING
                .lock()
                .expect("nothing panics while it holds this")
                .take()
            {
                stop(&folder);
            }
            std::process::exit(130);
        });
    });
    outcome.context("Ctrl-C cannot be watched")
}

/// Ends servers of earlier runs that were killed before they could.
fn clear_abandoned() {
    for entry in fs::read_dir(std::env::temp_dir())
        .into_iter()
        .flatten()
        .flatten()
    {
        let name = entry.file_name();
        let owner = name
            .to_str()
            .and_then(|name| name.strip_prefix(NAME))
            .and_then(|id| id.parse::<u32>().ok());
        if owner.is_some_and(|owner| {
            Path::new("/proc").is_dir() && !Path::new(&format!("/proc/{owner}")).exists()
        }) {
            stop(&entry.path());
        }
    }
}

fn free_port() -> Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}
