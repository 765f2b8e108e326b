//! Ids: newtypes over the text that the database and the wire carry.
//!
//! The law: an id is opaque. Nothing is read out of one, and no two kinds of id can be exchanged by mistake.

use serde::{Deserialize, Serialize};

/// A UUID in its canonical form: 36 characters, lower case, hyphens in place.
///
/// Plain code instead of the `uuid` crate, because the visitor downloads it.
fn is_canonical_uuid(text: &str, version: u8) -> bool {
    let bytes = text.as_bytes();
    bytes.len() == 36
        && bytes.iter().enumerate().all(|(place, byte)| match place {
            8 | 13 | 18 | 23 => *byte == b'-',
            14 => *byte == version,
            19 => matches!(byte, b'8' | b'9' | b'a' | b'b'),
            _ => matches!(byte, b'0'..=b'9' | b'a'..=b'f'),
        })
}

macro_rules! id {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[cfg_attr(any(debug_assertions, not(target_arch = "wasm32")), derive(Debug))]
        #[serde(try_from = "String", into = "String")]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = String, format = "uuid"))]
        pub struct $name(String);

        impl $name {
            /// Reads an id as it came from outside.
            ///
            /// **Errors**: `None` for anything but a canonical UUID of version 7.
            pub fn parse(text: &str) -> Option<Self> {
                is_canonical_uuid(text, b'7').then(|| Self(text.into()))
            }

            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = NotAnId;

            fn try_from(text: String) -> Result<Self, NotAnId> {
                if is_canonical_uuid(&text, b'7') { Ok(Self(text)) } else { Err(NotAnId) }
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> String {
                id.0
            }
        }

        impl core::fmt::Display for $name {
            fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                formatter.write_str(&self.0)
            }
        }
    };
}

id!(
    /// A guest or a user. Authors and owners are persons.
    PersonId
);
id!(
    /// A user group. Admins may type it.
    GroupId
);
id!(
    /// One thread.
    ConversationId
);
id!(
    /// A link that lets somebody make an account.
    InvitationId
);
id!(
    /// Somebody's messages that reach somebody no more.
    BlockId
);
id!(
    /// A message that somebody found wrong.
    ReportId
);
id!(
    /// A guest's conversation that became somebody's.
    ConversionId
);
id!(
    /// A key of the host site's server.
    HostKeyId
);
id!(
    /// Where the host site is told what happened.
    WebhookId
);
id!(
    /// One event on its way to one webhook.
    DeliveryId
);
id!(
    /// An uploaded picture.
    PictureId
);
id!(
    /// A message, named by the server.
    MessageId
);
id!(
    /// A message, named by whoever sends it, before the server knows it: what makes a retry the same message (D4).
    ClientId
);
id!(
    /// This installation: `iss` of identity tokens, minted at first start.
    SiteId
);

/// The text is no canonical UUIDv7.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAnId;

impl core::fmt::Display for NotAnId {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        formatter.write_str("not an id")
    }
}

/// A message's place in its conversation: 1, 2, 3, without gaps.
///
/// `Position::NONE` (0) stands before the first message: nothing sent, nothing seen.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Position(pub u64);

impl Position {
    /// Before the first message.
    pub const NONE: Self = Self(0);

    pub fn next(self) -> Self {
        Self(self.0 + 1)
    }
}

/// How many durable changes a conversation has seen (D3). One higher with each; a gap means: fetch.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Revision(pub u64);

/// A moment by the server's clock. **Units**: milliseconds since 1970, UTC. Times label; positions order.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Time(pub i64);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_canonical_uuid_of_version_7_is_an_id() {
        let good = "019aaf00-1234-7abc-8def-0123456789ab";
        assert_eq!(ConversationId::parse(good).unwrap().as_str(), good);
        for bad in [
            "",
            "0",
            "-1",
            "1e9",
            "../1",
            "00000000-0000-0000-0000-000000000000",
            "019AAF00-1234-7ABC-8DEF-0123456789AB",
            "019aaf00-1234-4abc-8def-0123456789ab",
            "019aaf00-1234-7abc-0def-0123456789ab",
            "019aaf00_1234_7abc_8def_0123456789ab",
            "019aaf00-1234-7abc-8def-0123456789ab ",
        ] {
            assert!(
                ConversationId::parse(bad).is_none(),
                "{bad:?} was taken for an id"
            );
        }
        assert!(ConversationId::parse(&"a".repeat(1000)).is_none());
    }
}
