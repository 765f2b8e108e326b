//! The true server binary: set up by its own command line, started, watched, killed.
//!
//! The law: a server that was started here is gone when its handle is, also after a panic.

use crate::http::{Call, Connection};
use crate::{clock, token};
use anyhow::{Context, Result, bail, ensure};
use std::fs::{self, File};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::time::{Duration, Instant};

/// How long a start may take before it counts as failed: a debug build on a busy machine is slow.
const PATIENCE: Duration = Duration::from_secs(30);

/// A server that is not running yet, or not any more: what it is started with, and where it keeps things.
#[derive(Clone)]
pub struct Program {
    binary: PathBuf,
    folder: PathBuf,
    database: String,
    address: SocketAddr,
    /// Where its people find it, if that is not its own address.
    public_url: Option<String>,
}

impl Program {
    /// Prepares a server on a free port. `database` is a Postgres URL; without one it is SQLite inside `folder`.
    pub fn new(binary: &Path, folder: &Path, database: Option<&str>) -> Result<Self> {
        let folder = folder.to_owned();
        let sqlite = || format!("sqlite:{}", folder.join("porchlight.sqlite").display());
        let database = database.map_or_else(sqlite, str::to_owned);
        fs::create_dir_all(&folder)?;
        Ok(Self {
            binary: binary.to_owned(),
            folder,
            database,
            address: free_address()?,
            public_url: None,
        })
    }

    /// The same, found by its people at another origin: behind a proxy.
    pub fn behind(mut self, public_url: &str) -> Self {
        self.public_url = Some(public_url.to_owned());
        self
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The chat's own origin.
    pub fn origin(&self) -> String {
        let own = || format!("http://{}", self.address);
        self.public_url.clone().unwrap_or_else(own)
    }

    /// The URL of its database.
    pub fn database(&self) -> &str {
        &self.database
    }

    /// Where the server keeps things.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Everything the server has said so far.
    pub fn log(&self) -> String {
        fs::read_to_string(self.log_path()).unwrap_or_default()
    }

    /// Runs one command of the server's command line, such as `group list`, and returns what it printed.
    pub fn command_line(&self, words: &[&str]) -> Result<String> {
        let shown = words.join(" ");
        let Output {
            status,
            stdout,
            stderr,
        } = self.command(&self.binary).args(words).output()?;
        let said = String::from_utf8_lossy(&stderr);
        ensure!(
            status.success(),
            "`porchlight {shown}` ended with {status}: {said}"
        );
        Ok(String::from_utf8(stdout)?.trim().to_owned())
    }

    /// Starts it and waits for its first answer.
    pub async fn start(&self) -> Result<Server> {
        self.start_with(self.command(&self.binary)).await
    }

    /// Starts it by another program (such as `strace`) that ends up as the server: `wrapper` gets its path and arguments.
    pub async fn start_under(&self, wrapper: &[&str]) -> Result<Server> {
        let (program, arguments) = wrapper.split_first().context("a wrapper has a name")?;
        let mut command = self.command(Path::new(program));
        command.args(arguments).arg(&self.binary);
        self.start_with(command).await
    }

    async fn start_with(&self, mut command: Command) -> Result<Server> {
        let log = File::options()
            .create(true)
            .append(true)
            .open(self.log_path())?;
        command.arg("serve").stdout(log.try_clone()?).stderr(log);
        let started = clock::now();
        let child = command.spawn().context("the server could not be started")?;
        let mut server = Server {
            program: self.clone(),
            child,
            first_answer: Duration::ZERO,
        };
        server.wait_for_first_answer(started).await?;
        Ok(server)
    }

    fn command(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        command.stdin(Stdio::null());
        command.env("PORCHLIGHT_LISTEN", self.address.to_string());
        command.env("PORCHLIGHT_PUBLIC_URL", self.origin());
        command
            .env("PORCHLIGHT_DATABASE", &self.database)
            .env("PORCHLIGHT_DATA_DIR", &self.folder);
        command.env("PORCHLIGHT_TRUSTED_PROXY", "127.0.0.1/32");
        command.env("PORCHLIGHT_IDENTITY_KEYS", token::identity_keys());
        command
    }

    fn log_path(&self) -> PathBuf {
        self.folder.join("server.log")
    }
}

/// A running server.
pub struct Server {
    program: Program,
    child: Child,
    /// From the start of the process to its first answer.
    first_answer: Duration,
}

impl Server {
    pub fn program(&self) -> &Program {
        &self.program
    }

    pub fn process_id(&self) -> u32 {
        self.child.id()
    }

    /// From the start of the process to its first answer.
    pub fn first_answer(&self) -> Duration {
        self.first_answer
    }

    /// Ends it without a warning (SIGKILL), as a crash would, and waits until it is gone.
    pub fn kill(&mut self) -> Result<()> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }

    /// Asks it to stop (SIGTERM), as a service manager would.
    pub fn ask_to_stop(&self) -> Result<()> {
        let process = rustix::process::Pid::from_child(&self.child);
        Ok(rustix::process::kill_process(
            process,
            rustix::process::Signal::TERM,
        )?)
    }

    /// Lets no file that it writes grow beyond this, as a full disk would; `None`: as it was. **Units**: bytes.
    pub fn limit_files(&self, largest: Option<u64>) -> Result<()> {
        use rustix::process::{Pid, Resource, Rlimit, prlimit};
        let limit = Rlimit {
            current: largest,
            maximum: None,
        };
        prlimit(Some(Pid::from_child(&self.child)), Resource::Fsize, limit)?;
        Ok(())
    }

    /// Waits until it has ended by itself.
    pub fn wait(&mut self) -> Result<ExitStatus> {
        Ok(self.child.wait()?)
    }

    async fn wait_for_first_answer(&mut self, started: Instant) -> Result<()> {
        let question = Call::get("/readyz").bytes(&self.program.origin());
        loop {
            let answer = async {
                Connection::open(self.program.address)
                    .await?
                    .call(&question)
                    .await
            };
            if answer.await.is_ok_and(|answer| answer.status == 200) {
                self.first_answer = started.elapsed();
                return Ok(());
            }
            if let Some(status) = self.child.try_wait()? {
                bail!(
                    "the server ended with {status} instead of starting; it said:\n{}",
                    self.program.log()
                );
            }
            ensure!(
                started.elapsed() < PATIENCE,
                "the server did not start in time; it said:\n{}",
                self.program.log()
            );
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may be gone already; then there is nothing to do.
        let _ = self.kill();
    }
}

/// A loopback address nobody listens on.
pub fn free_address() -> Result<SocketAddr> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?)
}
