//! Why we close a socket.

use shared::realtime::close;

/// Each has a code of its own, which the frame acts on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closing {
    /// The server is going away.
    GoingAway,
    /// The peer broke a rule: bad frames, floods.
    Policy,
    /// Too big a frame.
    TooBig,
    /// It could not keep up: fetch everything again.
    Resync,
    /// The session ended.
    SignedOut,
    /// The session may no longer do this.
    Forbidden,
    /// Another socket of the session took its place.
    Replaced,
    /// The frame is from another build.
    Outdated,
}

impl Closing {
    /// What figures call it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::GoingAway => "going_away",
            Self::Policy => "policy",
            Self::TooBig => "too_big",
            Self::Resync => "resync",
            Self::SignedOut => "signed_out",
            Self::Forbidden => "forbidden",
            Self::Replaced => "replaced",
            Self::Outdated => "outdated",
        }
    }

    pub const fn code(self) -> u16 {
        match self {
            Self::GoingAway => close::GOING_AWAY,
            Self::Policy => close::POLICY,
            Self::TooBig => close::TOO_BIG,
            Self::Resync => close::RESYNC,
            Self::SignedOut => close::SIGNED_OUT,
            Self::Forbidden => close::FORBIDDEN,
            Self::Replaced => close::REPLACED,
            Self::Outdated => close::OUTDATED,
        }
    }
}
