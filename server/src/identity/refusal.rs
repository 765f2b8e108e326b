//! Why an identity token was refused.
//!
//! The law: all of this is one and the same 401 to whoever brought the token. The reason goes to the audit log, so that
//! a host developer can find the mistake and an attacker cannot.

/// A reason, without anything out of the token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// No key is configured: the feature is off.
    NoKey,
    /// Longer than 4,096 bytes.
    TooLong,
    /// Not three parts.
    Shape,
    /// A part is not base64url without padding.
    Encoding,
    /// The header is not strict JSON.
    Header,
    /// A header member that could change what is verified, or with what.
    HeaderMember(&'static str),
    /// Not the algorithm of the key.
    Algorithm,
    /// No key of that name, or no name while there are two keys.
    UnknownKey,
    /// Not signed by that key.
    Signature,
    /// The payload is not strict JSON, or not an object.
    Payload,
    /// This claim is missing, of the wrong type, or not what it has to be.
    Claim(&'static str),
    /// A claim that would give powers.
    ForbiddenClaim(&'static str),
    /// `exp - iat` is not 1 to 600 seconds.
    Lifetime,
    /// From the future, by more than clocks may differ.
    NotYet,
    /// Authentic but expired, and no session of the same user to continue.
    Expired,
    /// Authentic but used before, and no session of the same user to continue.
    Used,
    /// The user is disabled.
    Disabled,
}

impl Refusal {
    /// What the audit log says: a word, and the claim or member it is about.
    pub const fn reason(self) -> (&'static str, Option<&'static str>) {
        match self {
            Self::NoKey => ("no_key_configured", None),
            Self::TooLong => ("too_long", None),
            Self::Shape => ("shape", None),
            Self::Encoding => ("encoding", None),
            Self::Header => ("header", None),
            Self::HeaderMember(member) => ("header_member", Some(member)),
            Self::Algorithm => ("algorithm", None),
            Self::UnknownKey => ("unknown_key", None),
            Self::Signature => ("signature", None),
            Self::Payload => ("payload", None),
            Self::Claim(claim) => ("claim", Some(claim)),
            Self::ForbiddenClaim(claim) => ("forbidden_claim", Some(claim)),
            Self::Lifetime => ("lifetime", None),
            Self::NotYet => ("not_yet", None),
            Self::Expired => ("expired", None),
            Self::Used => ("used", None),
            Self::Disabled => ("disabled", None),
        }
    }
}
