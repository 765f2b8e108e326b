//! How a value becomes bytes, and how two builds know each other.
//!
//! The law: everything outside our own frame speaks strict JSON. Our frame may speak `postcard`, which holds no
//! names and no types, so it says which build it is from, and a server that was built from other types refuses it.

/// Names the types of this build: a hash over the sources of this crate.
pub const PROTOCOL: &str = env!("PORCHLIGHT_PROTOCOL");

/// The content type of JSON.
pub const JSON: &str = "application/json";

/// The content type of our frame's own encoding: `application/x-porchlight; build=…`.
pub const POSTCARD: &str = concat!(
    "application/x-porchlight; build=",
    env!("PORCHLIGHT_PROTOCOL")
);

/// The beginning of [`POSTCARD`], whatever the build.
pub const POSTCARD_FAMILY: &str = "application/x-porchlight";

/// Sub-protocol of a socket that speaks JSON in text frames.
pub const SOCKET_JSON: &str = "porchlight.v1";

/// Sub-protocol of a socket that speaks `postcard` in binary frames: the JSON one's name, a plus, the build.
pub const SOCKET_POSTCARD: &str = concat!("porchlight.v1+", env!("PORCHLIGHT_PROTOCOL"));

/// The header that every call of our frame carries, and no form or image can (D2).
/// Its value says on whose behalf the page vouches: see [`AS_VISITOR`] and [`AS_USER`].
pub const HEADER: &str = "x-porchlight";

/// The page vouches for nobody: only the guest's cookie counts.
pub const AS_VISITOR: &str = "visitor";

/// The page vouched for the user whose session this browser holds: only the user's cookie counts.
pub const AS_USER: &str = "user";

/// The admin page: only the admin's own strict cookie counts, and admin routes know no other.
pub const AS_ADMIN: &str = "admin";
