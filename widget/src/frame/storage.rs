//! What outlives a page: the browser's storage where there is any, memory where there is none.
//!
//! The law: a frame in a third-party page may have no storage at all; nothing here fails, it only forgets sooner.

use super::page;
use std::cell::RefCell;
use web_sys::Storage;

thread_local! {
    static MEMORY: RefCell<Vec<(String, String)>> = const { RefCell::new(Vec::new()) };
}

fn browser() -> Option<Storage> {
    page::window().local_storage().ok().flatten()
}

pub fn get(key: &str) -> Option<String> {
    match browser() {
        Some(storage) => storage.get_item(key).ok().flatten(),
        None => MEMORY.with_borrow(|memory| {
            memory
                .iter()
                .find(|(known, _)| known == key)
                .map(|(_, value)| value.clone())
        }),
    }
}

pub fn put(key: &str, value: &str) {
    if let Some(storage) = browser() {
        // A full storage refuses; the page's own state still holds what was to be kept.
        let _ = storage.set_item(key, value);
        return;
    }
    remove(key);
    MEMORY.with_borrow_mut(|memory| memory.push((key.into(), value.into())));
}

pub fn remove(key: &str) {
    match browser() {
        Some(storage) => {
            let _ = storage.remove_item(key);
        }
        None => MEMORY.with_borrow_mut(|memory| memory.retain(|(known, _)| known != key)),
    }
}

/// Every key that begins so. **Shape**: in no order.
pub fn keys(beginning: &str) -> Vec<String> {
    let all: Vec<String> = match browser() {
        Some(storage) => {
            let count = storage.length().unwrap_or_default();
            (0..count)
                .filter_map(|place| storage.key(place).ok().flatten())
                .collect()
        }
        None => MEMORY.with_borrow(|memory| memory.iter().map(|(key, _)| key.clone()).collect()),
    };
    all.into_iter()
        .filter(|key| key.starts_with(beginning))
        .collect()
}

/// Bytes as text that storage holds: one character a byte.
pub fn bytes_as_text(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| char::from(*byte)).collect()
}

/// The bytes of such a text.
pub fn text_as_bytes(text: &str) -> Option<Vec<u8>> {
    text.chars()
        .map(|character| u8::try_from(u32::from(character)).ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_come_back_as_they_went() {
        let bytes: Vec<u8> = (0..=255).collect();
        assert_eq!(text_as_bytes(&bytes_as_text(&bytes)), Some(bytes));
        assert_eq!(text_as_bytes("ж"), None);
    }
}
