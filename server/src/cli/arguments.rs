//! What can be typed, with its help.
//!
//! The law: clap reads words, and `config` judges them, so that a wrong value is one sentence and a secret is never
//! repeated on a screen.

/// What can be typed behind `settings`, `group`, `user`, `key`, `admin` and `account`.
mod commands;

pub use commands::{
    AccountCommand, AdminCommand, GroupCommand, KeyCommand, ReachArguments, SettingsCommand,
    UserCommand,
};

use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;

/// Customer-support chat that you run yourself: one binary, one script tag.
#[derive(Parser)]
#[command(
    name = "porchlight",
    version,
    arg_required_else_help = true,
    disable_help_subcommand = true
)]
#[command(after_help = "A first site, from nothing:
  porchlight group create Support
  porchlight user add --external-id 42 --name \"Mina Okafor\"
  porchlight group add Support 42
  porchlight settings set user_groups on
  porchlight settings set guest_group_id Support
  porchlight settings set guest_mode on
  porchlight settings set allowed_origins https://shop.example
  porchlight serve --public-url https://chat.example

Or: start `porchlight serve` and follow the link that it prints.
These commands also work while a server runs on the same database; it notices within a second.")]
pub struct Arguments {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Subcommand)]
pub enum Command {
    /// Run the chat
    Serve(ServeArguments),
    /// Run a demonstration: a seeded chat, and a shop that embeds it
    Demo(DemoArguments),
    /// Look at a deployment: what is wrong, and what helps. Takes what `serve` takes, and changes nothing
    Doctor(DoctorArguments),
    /// Copy a SQLite database while the server runs, and check the copy
    Backup(BackupArguments),
    /// Put a backup in the place of a SQLite database, while no server runs
    Restore(RestoreArguments),
    /// Look at settings and change them
    Settings {
        #[command(flatten)]
        place: PlaceArguments,
        #[command(subcommand)]
        command: SettingsCommand,
    },
    /// Look at groups and change who is in them
    Group {
        #[command(flatten)]
        place: PlaceArguments,
        #[command(subcommand)]
        command: GroupCommand,
    },
    /// Look at users, add them, shut them out
    User {
        #[command(flatten)]
        place: PlaceArguments,
        #[command(subcommand)]
        command: UserCommand,
    },
    /// Make links with which people choose a password
    Account {
        #[command(flatten)]
        place: PlaceArguments,
        #[command(subcommand)]
        command: AccountCommand,
    },
    /// What to do about an identity key that was stolen
    Key {
        #[command(flatten)]
        place: PlaceArguments,
        #[command(subcommand)]
        command: KeyCommand,
    },
    /// Make a user an admin, or take it back
    Admin {
        #[command(flatten)]
        place: PlaceArguments,
        #[command(subcommand)]
        command: AdminCommand,
    },
}

/// Which installation.
#[derive(Args)]
pub struct PlaceArguments {
    /// sqlite:PATH or postgres://USER:PASSWORD@HOST/NAME [default: porchlight.sqlite in the data directory]
    #[arg(
        long,
        global = true,
        value_name = "URL",
        env = "PORCHLIGHT_DATABASE",
        hide_env_values = true
    )]
    pub database: Option<String>,
    /// Where the database file and the lock file are
    #[arg(
        long,
        global = true,
        value_name = "DIR",
        env = "PORCHLIGHT_DATA_DIR",
        default_value = "porchlight-data"
    )]
    pub data_dir: PathBuf,
}

#[derive(Args)]
pub struct ServeArguments {
    /// Address and port to listen on
    #[arg(
        long,
        value_name = "ADDRESS:PORT",
        env = "PORCHLIGHT_LISTEN",
        default_value = "127.0.0.1:8080"
    )]
    pub listen: String,
    /// Where browsers reach the chat, as in https://chat.example [default: http://localhost:PORT while listening on this machine only]
    #[arg(long, value_name = "URL", env = "PORCHLIGHT_PUBLIC_URL")]
    pub public_url: Option<String>,
    #[command(flatten)]
    pub place: PlaceArguments,
    /// A network whose X-Forwarded-For is believed, as in 10.0.0.0/8; may be given several times
    #[arg(
        long = "trusted-proxy",
        value_name = "CIDR",
        env = "PORCHLIGHT_TRUSTED_PROXY",
        value_delimiter = ','
    )]
    pub trusted_proxies: Vec<String>,
    /// A key of the host site; at most two. Others on this machine can read flags: prefer the environment or a file
    #[arg(
        long = "identity-key",
        value_name = "KID=BASE64URL",
        env = "PORCHLIGHT_IDENTITY_KEYS",
        value_delimiter = ',',
        hide_env_values = true
    )]
    pub identity_keys: Vec<String>,
    /// A file with one KID=BASE64URL a line
    #[arg(long, value_name = "FILE", env = "PORCHLIGHT_IDENTITY_KEY_FILE")]
    pub identity_key_file: Option<PathBuf>,
    /// Let webhooks call http://127.0.0.1 on this machine, for tests; never on a server that others reach
    #[arg(long, env = "PORCHLIGHT_WEBHOOK_LOOPBACK")]
    pub webhook_loopback: bool,
    /// Where Prometheus finds /metrics: a port of this machine, or an address with a port [default: nowhere]
    #[arg(long, value_name = "PORT", env = "PORCHLIGHT_METRICS")]
    pub metrics: Option<String>,
    #[command(flatten)]
    pub log: LogArguments,
}

#[derive(Args)]
pub struct DoctorArguments {
    #[command(flatten)]
    pub serve: ServeArguments,
    /// As JSON, for programs
    #[arg(long)]
    pub json: bool,
}

#[derive(Args)]
pub struct BackupArguments {
    #[command(flatten)]
    pub place: PlaceArguments,
    /// The new file [default: backups/porchlight-TIME.sqlite beside the database]
    #[arg(long, value_name = "FILE")]
    pub to: Option<PathBuf>,
}

#[derive(Args)]
pub struct RestoreArguments {
    /// A file that `porchlight backup` made
    #[arg(value_name = "FILE")]
    pub backup: PathBuf,
    #[command(flatten)]
    pub place: PlaceArguments,
}

#[derive(Args)]
pub struct DemoArguments {
    /// Port of the chat; 0 takes any that is free
    #[arg(long, value_name = "PORT", default_value = "8080")]
    pub chat_port: String,
    /// Port of the shop; 0 takes any that is free
    #[arg(long, value_name = "PORT", default_value = "8081")]
    pub shop_port: String,
    /// Where the demonstration keeps its files
    #[arg(long, value_name = "DIR", default_value = "demo-data")]
    pub data_dir: PathBuf,
    /// Forget what an earlier demonstration left
    #[arg(long)]
    pub fresh: bool,
    /// Hold the clocks at this moment, as in 2026-11-20T14:05:00Z
    #[arg(long, value_name = "TIME")]
    pub now: Option<String>,
    #[command(flatten)]
    pub log: LogArguments,
}

/// What is written to standard error.
#[derive(Args)]
pub struct LogArguments {
    /// How much: error, warn, info or debug [default: info; warn in the demonstration]
    #[arg(long = "log", value_name = "LEVEL", env = "PORCHLIGHT_LOG")]
    pub level: Option<String>,
    /// How: text or json
    #[arg(
        long = "log-format",
        value_name = "FORMAT",
        env = "PORCHLIGHT_LOG_FORMAT",
        default_value = "text"
    )]
    pub format: String,
}
