//! The accent colour, and the ink that can be read on it.
//!
//! The law: text on the accent has a contrast of at least 4.5 to 1 (WCAG 2.2, 1.4.3), whatever colour an admin picks.

/// A colour of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour {
    red: u8,
    green: u8,
    blue: u8,
}

/// What text needs against its ground.
const READABLE: f64 = 4.5;

const WHITE: Colour = Colour {
    red: 255,
    green: 255,
    blue: 255,
};
const NEARLY_BLACK: Colour = Colour {
    red: 0x11,
    green: 0x11,
    blue: 0x11,
};
const BLACK: Colour = Colour {
    red: 0,
    green: 0,
    blue: 0,
};

impl Colour {
    /// The accent of a fresh product.
    pub const DEFAULT: Self = Self {
        red: 0x25,
        green: 0x63,
        blue: 0xEB,
    };

    /// Reads `#RRGGBB`, and nothing else.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6)?;
        if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let part = |from: usize| u8::from_str_radix(&digits[from..from + 2], 16).ok();
        Some(Self {
            red: part(0)?,
            green: part(2)?,
            blue: part(4)?,
        })
    }

    /// White where it can be read on this colour, else dark. One of white and black always can: the worst ground
    /// leaves 4.58 to 1.
    pub fn ink(self) -> Self {
        [WHITE, NEARLY_BLACK]
            .into_iter()
            .find(|ink| self.contrast(*ink) >= READABLE)
            .unwrap_or(BLACK)
    }

    /// **Units**: 1 (the same) to 21 (black on white). **Source**: WCAG 2.2, relative luminance.
    fn contrast(self, other: Self) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }

    fn luminance(self) -> f64 {
        let linear = |part: u8| {
            let part = f64::from(part) / 255.0;
            if part <= 0.040_45 {
                part / 12.92
            } else {
                ((part + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * linear(self.red) + 0.7152 * linear(self.green) + 0.0722 * linear(self.blue)
    }
}

impl std::fmt::Display for Colour {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            formatter,
            "#{:02X}{:02X}{:02X}",
            self.red, self.green, self.blue
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ink_can_be_read_on_any_accent() {
        for red in (0..=255).step_by(5) {
            for green in (0..=255).step_by(5) {
                for blue in (0..=255).step_by(5) {
                    let accent = Colour { red, green, blue };
                    assert!(accent.contrast(accent.ink()) >= READABLE, "{accent}");
                }
            }
        }
    }

    #[test]
    fn white_is_preferred_where_it_can_be_read() {
        let ink = |accent: &str| Colour::parse(accent).unwrap().ink().to_string();
        assert_eq!(ink("#2563EB"), "#FFFFFF");
        assert_eq!(ink("#FACC15"), "#111111");
        assert_eq!(ink("#ffffff"), "#111111");
        assert_eq!(ink("#000000"), "#FFFFFF");
    }

    #[test]
    fn only_six_digits_are_a_colour() {
        for bad in [
            "", "#", "2563EB", "#2563E", "#2563EB0", "#25 3EB", "#GGGGGG", "red", "#+12345",
            "#日本",
        ] {
            assert_eq!(Colour::parse(bad), None, "{bad}");
        }
    }
}
