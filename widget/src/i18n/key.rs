//! Keys of sentences, made short.
//!
//! The law: a program holds two bytes of each key instead of its letters, which a visitor would download for nothing:
//! English needs none of them. A test sees to it that no two keys become the same.

/// A key, made short.
pub type Key = u16;

/// FNV-1a, folded.
pub const fn key_of(name: &str) -> Key {
    let (bytes, mut mixed, mut place) = (name.as_bytes(), 0x811C_9DC5_u32, 0);
    while place < bytes.len() {
        mixed = (mixed ^ bytes[place] as u32).wrapping_mul(0x0100_0193);
        place += 1;
    }
    (mixed ^ mixed >> 16) as Key
}
