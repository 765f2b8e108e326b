//! A whole number in its digits.
//!
//! The law: plain code, because the standard library's way brings all of its formatting along: 2 KB that a visitor would
//! download for a few numbers below a hundred.

/// The digits of a number.
pub fn digits(number: u64) -> String {
    let mut digits = if number > 9 {
        digits(number / 10)
    } else {
        String::new()
    };
    digits.push(char::from(b"0123456789"[(number % 10) as usize]));
    digits
}

#[cfg(test)]
mod tests {
    use super::digits;

    #[test]
    fn a_number_is_written_as_it_is() {
        for number in [0, 7, 10, 99, 100, 1_000_203, u64::MAX] {
            assert_eq!(digits(number), number.to_string());
        }
    }
}
