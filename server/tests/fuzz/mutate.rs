//! How an input is changed: a bit, a byte, a stretch twice or gone, a word of the grammar, half of another input.
//!
//! The law: an input that breaks something is printed, whole, so that it can be added to the corpus.

use fastrand::Rng;
use std::{
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    time::{Duration, Instant},
};

/// Without a time of its own a target tries this many.
const TRIES: u32 = 40_000;
/// No input grows beyond this. **Units**: bytes.
const LONGEST: usize = 6_000;

/// A corpus: one input a line, those that are no text in hexadecimal digits.
pub fn corpus(lines: &str) -> Vec<Vec<u8>> {
    lines
        .lines()
        .map(|line| match line.strip_prefix("hex:") {
            Some(digits) => bytes(digits),
            None => line.as_bytes().to_vec(),
        })
        .collect()
}

fn bytes(digits: &str) -> Vec<u8> {
    let pairs = digits.as_bytes().chunks(2);
    pairs
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap())
        .collect()
}

/// Tries the corpus as it is, and then what chance makes of it.
pub fn fuzz(target: &str, corpus: &[Vec<u8>], words: &[&str], tries: impl Fn(&[u8])) {
    assert!(corpus.len() > 10, "there is something to begin with");
    for input in corpus {
        attempt(target, input, &tries);
    }
    let mut chance = chance(target);
    let lasts = seconds();
    #[expect(clippy::disallowed_methods, reason = "a long run is told how long")]
    let began = Instant::now();
    let mut tried = 0;
    while lasts.map_or(tried < TRIES, |lasts| began.elapsed() < lasts) {
        let mut input = corpus[chance.usize(..corpus.len())].clone();
        for _ in 0..chance.u32(1..5) {
            change(&mut input, corpus, words, &mut chance);
        }
        attempt(target, &input, &tries);
        tried += 1;
    }
    println!("{target}: {tried} inputs in {:?}", began.elapsed());
}

fn attempt(target: &str, input: &[u8], tries: &impl Fn(&[u8])) {
    if let Err(panic) = catch_unwind(AssertUnwindSafe(|| tries(input))) {
        println!("{target}: broken by {:?}", String::from_utf8_lossy(input));
        let digits: String = input.iter().map(|byte| format!("{byte:02x}")).collect();
        println!("hex:{digits}");
        resume_unwind(panic);
    }
}

fn seconds() -> Option<Duration> {
    let given = std::env::var("PORCHLIGHT_TEST_FUZZ_SECONDS").ok()?;
    given.parse().ok().map(Duration::from_secs)
}

fn chance(target: &str) -> Rng {
    let given = std::env::var("PORCHLIGHT_TEST_SEED")
        .ok()
        .and_then(|seed| seed.parse().ok());
    let seed = given.unwrap_or_else(|| fastrand::u64(..));
    println!("{target}: PORCHLIGHT_TEST_SEED={seed}");
    Rng::with_seed(seed)
}

fn change(input: &mut Vec<u8>, corpus: &[Vec<u8>], words: &[&str], chance: &mut Rng) {
    let place = chance.usize(..=input.len());
    let end = chance.usize(place..=input.len());
    match chance.u32(..7) {
        0 if place < input.len() => input[place] ^= 1 << chance.u32(..8),
        1 if place < input.len() => input[place] = chance.u8(..),
        2 => drop(input.drain(place..end)),
        3 => {
            let again = input[place..end].to_vec();
            input.splice(place..place, again);
        }
        4 => drop(input.splice(place..end, words[chance.usize(..words.len())].bytes())),
        5 => {
            let other = &corpus[chance.usize(..corpus.len())];
            let from = chance.usize(..=other.len());
            input.splice(place.., other[from..].iter().copied());
        }
        _ => input.insert(place, chance.u8(..)),
    }
    input.truncate(LONGEST);
}
