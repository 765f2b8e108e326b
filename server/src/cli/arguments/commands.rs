//! What can be typed behind `settings`, `group`, `user`, `key`, `admin` and `account`.
//!
//! The law: somebody is named as an operator knows them, by an id or by a name; the change judges which it is.

use clap::{Args, Subcommand};

#[derive(Subcommand)]
pub enum SettingsCommand {
    /// Print one setting, or all of them
    Get { key: Option<String> },
    /// Change one setting. Lists are separated by commas; on and off are switches
    Set {
        key: String,
        #[arg(allow_hyphen_values = true)]
        value: String,
    },
}

#[derive(Subcommand)]
pub enum GroupCommand {
    /// Print all groups: id, people, name
    List,
    /// Make a group
    Create { name: String },
    /// End a group; the people in it stay users
    Delete {
        /// Id or name
        group: String,
    },
    /// Put a user into a group
    Add {
        /// Id or name
        group: String,
        /// Person id or external id
        user: String,
    },
    /// Let people of two groups chat with each other; a group with itself too
    Allow {
        /// Id or name
        group: String,
        /// Id or name
        other: String,
    },
    /// No longer let people of two groups chat with each other
    Forbid {
        /// Id or name
        group: String,
        /// Id or name
        other: String,
    },
    /// Take a user out of a group
    Remove {
        /// Id or name
        group: String,
        /// Person id or external id
        user: String,
    },
}

#[derive(Subcommand)]
pub enum UserCommand {
    /// Print users: person id, external id, standing, name
    List,
    /// Add a user before their first sign-in, so that they can be put into a group
    Add {
        /// The host site's own id of the user: `sub` of its identity tokens
        #[arg(long, value_name = "SUB")]
        external_id: String,
        /// Display name
        #[arg(long)]
        name: String,
        /// E-mail address
        #[arg(long)]
        email: Option<String>,
    },
    /// Print everything about a guest or a user as one JSON file
    Export {
        /// Person id or external id
        user: String,
    },
    /// Shut a user out and end their sessions
    Disable {
        /// Person id or external id
        user: String,
    },
    /// Let a user in again
    Enable {
        /// Person id or external id
        user: String,
    },
}

#[derive(Subcommand)]
pub enum KeyCommand {
    /// End every session that one of the keys given to `serve` signed for last
    EndSessions {
        /// Its KID
        key: String,
    },
}

#[derive(Subcommand)]
pub enum AdminCommand {
    /// Make a user an admin
    Grant {
        /// Person id or external id
        user: String,
    },
    /// Make an admin a user like any other
    Revoke {
        /// Person id or external id
        user: String,
    },
    /// Make a new link for setting up, as long as there is no admin
    SetupLink {
        #[command(flatten)]
        reach: ReachArguments,
    },
}

#[derive(Subcommand)]
pub enum AccountCommand {
    /// Make a link with which a user chooses a password, for /agent and, for admins, /admin
    Link {
        /// Person id or external id
        user: String,
        #[command(flatten)]
        reach: ReachArguments,
    },
}

/// Where links lead.
#[derive(Args)]
pub struct ReachArguments {
    /// Where browsers reach the chat, as given to `serve`
    #[arg(
        long,
        value_name = "URL",
        env = "PORCHLIGHT_PUBLIC_URL",
        default_value = "http://localhost:8080"
    )]
    pub public_url: String,
}
