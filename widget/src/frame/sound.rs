//! One short, soft sound: two notes, made here. No file is fetched for it.
//!
//! The law: it sounds at once or not at all. Before somebody has touched the page browsers keep sound back, and a sound
//! that was kept back must not come later, when nothing happens.

use super::clock;
use wasm_bindgen::prelude::*;
use web_sys::AudioContext;

/// How long a browser may take to let a sound out. **Units**: milliseconds.
const PATIENCE_MS: u32 = 200;
/// When the last note has faded. **Units**: milliseconds.
const OVER_MS: u32 = 1_500;
/// E and B above it: a fifth, which asks for nothing. **Units**: seconds from the beginning, hertz.
const NOTES: [(f64, f32); 2] = [(0.0, 659.3), (0.13, 987.8)];
/// How loud. 1 would be as loud as it gets.
const LOUDNESS: f32 = 0.06;
/// How soon a note fades. **Units**: seconds until a third is left.
const FADES: f64 = 0.15;

/// Plays it, if the browser lets sound out.
pub fn chime() {
    let Ok(context) = AudioContext::new() else {
        return;
    };
    clock::after(PATIENCE_MS, move || {
        // The clock of a context that is kept back stands still.
        let is_let_out = context.current_time() > 0.0;
        if is_let_out {
            for (begins, pitch) in NOTES {
                // Fails only for times and numbers that are none.
                let _ = note(&context, begins, pitch);
            }
        }
        // Fails only for what is closed already.
        let wait_ms = if is_let_out { OVER_MS } else { 0 };
        clock::after(wait_ms, move || drop(context.close()));
    });
}

fn note(context: &AudioContext, begins: f64, pitch: f32) -> Result<(), JsValue> {
    let begins = context.current_time() + begins;
    let (tone, volume) = (context.create_oscillator()?, context.create_gain()?);
    tone.frequency().set_value(pitch);
    let loudness = volume.gain();
    loudness.set_value(LOUDNESS);
    loudness.set_target_at_time(0.0, begins, FADES)?;
    tone.connect_with_audio_node(&volume)?;
    volume.connect_with_audio_node(&context.destination())?;
    tone.start_with_when(begins)
}
