//! The site's one colour, and what can be read on it and beside it.
//!
//! The law: never less than 4.5 : 1 between words and what they stand on (WCAG 2.2, 1.4.3), whatever the admin picked.

/// Contrast that words need.
const READABLE: f64 = 4.5;
/// What we ask for, so that the approximation of [`linear`] never takes us below [`READABLE`].
const ASKED: f64 = 4.6;

/// The surfaces that accent-coloured words stand on, as in `tokens.css`: the darkest of the light ones, and the
/// lightest of the dark ones.
const LIGHT_SURFACE: Colour = Colour(0xF3, 0xF1, 0xEE);
const DARK_SURFACE: Colour = Colour(0x26, 0x30, 0x3D);

const WHITE: Colour = Colour(0xFF, 0xFF, 0xFF);
const BLACK: Colour = Colour(0, 0, 0);

/// Red, green, blue.
#[derive(Clone, Copy, PartialEq, Eq)]
#[cfg_attr(test, derive(Debug))]
struct Colour(u8, u8, u8);

/// Everything that follows from the site's one colour. **Shape** of each: `#rrggbb`.
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(test, derive(Debug))]
pub struct Accent {
    /// The colour itself: the header, own bubbles, the main button.
    pub accent: String,
    /// Words on it: white or black.
    pub ink: String,
    /// A little further away from [`Accent::ink`]: hovering, and the far end of the header's shade.
    pub deep: String,
    /// The accent as words on a light surface.
    pub on_light: String,
    /// The accent as words on a dark surface.
    pub on_dark: String,
}

impl Accent {
    /// Reads `#RRGGBB` as it stands in settings; anything else is the default blue, since settings are checked where
    /// they are saved.
    pub fn new(setting: &str) -> Self {
        let accent = Colour::parse(setting).unwrap_or(Colour(0x25, 0x63, 0xEB));
        let (ink, away) = if contrast(accent, WHITE) >= ASKED {
            (WHITE, BLACK)
        } else {
            (BLACK, WHITE)
        };
        Self {
            accent: accent.hex(),
            ink: ink.hex(),
            deep: accent.towards(away, 16).hex(),
            on_light: readable_on(accent, LIGHT_SURFACE, BLACK).hex(),
            on_dark: readable_on(accent, DARK_SURFACE, WHITE).hex(),
        }
    }
}

/// The colour nearest to `colour` on its way to `end` that can be read on `surface`.
fn readable_on(colour: Colour, surface: Colour, end: Colour) -> Colour {
    let steps = (0..=100)
        .step_by(4)
        .map(|percent| colour.towards(end, percent));
    steps
        .into_iter()
        .find(|step| contrast(*step, surface) >= ASKED)
        .unwrap_or(end)
}

impl Colour {
    fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#')?;
        if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let pair = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).ok();
        Some(Self(pair(0)?, pair(2)?, pair(4)?))
    }

    fn hex(self) -> String {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let mut text = String::from("#");
        for part in [self.0, self.1, self.2] {
            text.push(char::from(DIGITS[usize::from(part >> 4)]));
            text.push(char::from(DIGITS[usize::from(part & 15)]));
        }
        text
    }

    /// `percent` of the way to `end`.
    fn towards(self, end: Self, percent: u32) -> Self {
        let part = |from: u8, to: u8| {
            let mixed = (u32::from(from) * (100 - percent) + u32::from(to) * percent + 50) / 100;
            u8::try_from(mixed).unwrap_or(u8::MAX)
        };
        Self(
            part(self.0, end.0),
            part(self.1, end.1),
            part(self.2, end.2),
        )
    }

    /// Relative luminance, 0 to 1 (WCAG 2.2).
    fn luminance(self) -> f64 {
        0.2126 * linear(self.0) + 0.7152 * linear(self.1) + 0.0722 * linear(self.2)
    }
}

/// A channel without its gamma. A cubic instead of the exact curve, because `powf` would cost the visitor more bytes
/// than all of this file; the test holds it against the exact one.
fn linear(channel: u8) -> f64 {
    let value = f64::from(channel) / 255.0;
    value * (value * (value * 0.305_306_011 + 0.682_171_111) + 0.012_522_878)
}

fn contrast(one: Colour, other: Colour) -> f64 {
    let (one, other) = (one.luminance(), other.luminance());
    let (lighter, darker) = if one > other {
        (one, other)
    } else {
        (other, one)
    };
    (lighter + 0.05) / (darker + 0.05)
}

// What the numbers above promise, where nobody reads it at run time.
const _: () = assert!(ASKED > READABLE);

#[cfg(test)]
mod tests {
    use super::*;

    /// Contrast exactly as WCAG defines it.
    fn exact_contrast(one: Colour, other: Colour) -> f64 {
        let linear = |channel: u8| {
            let value = f64::from(channel) / 255.0;
            if value <= 0.040_45 {
                value / 12.92
            } else {
                ((value + 0.055) / 1.055).powf(2.4)
            }
        };
        let luminance = |colour: Colour| {
            0.2126 * linear(colour.0) + 0.7152 * linear(colour.1) + 0.0722 * linear(colour.2)
        };
        let (one, other) = (luminance(one), luminance(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    #[test]
    fn whatever_accent_is_chosen_its_words_can_be_read() {
        let steps = || (0..=255u8).step_by(15);
        for red in steps() {
            for green in steps() {
                for blue in steps() {
                    let colour = Colour(red, green, blue);
                    let made = Accent::new(&colour.hex());
                    let read = |text: &str| Colour::parse(text).unwrap();
                    for (what, one, other) in [
                        ("ink on the accent", read(&made.ink), colour),
                        ("ink on the deep accent", read(&made.ink), read(&made.deep)),
                        ("accent on light", read(&made.on_light), LIGHT_SURFACE),
                        ("accent on white", read(&made.on_light), WHITE),
                        ("accent on dark", read(&made.on_dark), DARK_SURFACE),
                    ] {
                        let contrast = exact_contrast(one, other);
                        assert!(contrast >= READABLE, "{what}: {contrast:.2} for {colour:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn a_readable_accent_stays_as_it_was_chosen() {
        let blue = Accent::new("#2563EB");
        assert_eq!((&*blue.accent, &*blue.ink), ("#2563eb", "#ffffff"));
        assert_eq!(Accent::new("#1d4ed8").on_light, "#1d4ed8");
        let yellow = Accent::new("#FACC15");
        assert_eq!((&*yellow.accent, &*yellow.ink), ("#facc15", "#000000"));
        assert_eq!(yellow.on_dark, "#facc15");
    }

    #[test]
    fn what_is_no_colour_is_the_default_blue() {
        for nonsense in [
            "",
            "blue",
            "#25",
            "#2563EBFF",
            "#2563Eé",
            "url(x)",
            "#+12345",
        ] {
            assert_eq!(
                Accent::new(nonsense),
                Accent::new("#2563EB"),
                "{nonsense:?}"
            );
        }
    }

    #[test]
    fn the_surfaces_are_those_of_the_tokens() {
        let tokens = include_str!("tokens.css").to_lowercase();
        for surface in [LIGHT_SURFACE, DARK_SURFACE] {
            assert!(
                tokens.contains(&format!("--surface-quiet: {}", surface.hex())),
                "{}",
                surface.hex()
            );
        }
    }
}
