//! What `porchlight demo` is told.

use shared::ids::Time;
use std::path::PathBuf;

/// Checked: the ports differ, the time is one.
#[derive(Clone, Debug)]
pub struct DemoOptions {
    /// 0: any that is free.
    pub chat_port: u16,
    /// 0: any that is free.
    pub shop_port: u16,
    pub data_dir: PathBuf,
    /// Forget what an earlier demonstration left.
    pub is_fresh: bool,
    /// Hold the clocks of the shop and of the chat here. `None`: they go.
    pub now: Option<Time>,
}

/// Reads `--now`: milliseconds since 1970, or RFC 3339 as in `2026-11-20T14:05:00Z`.
pub fn read_now(text: &str) -> Result<Time, String> {
    let written = text.parse().ok().or_else(|| {
        let since_1970 = humantime::parse_rfc3339(text)
            .ok()?
            .duration_since(std::time::UNIX_EPOCH)
            .ok()?;
        i64::try_from(since_1970.as_millis()).ok()
    });
    // Seeds lie in the weeks before, and the farthest year that four digits hold is far enough.
    written
        .filter(|milliseconds| (31_536_000_000..253_402_300_800_000).contains(milliseconds))
        .map(Time)
        .ok_or_else(|| {
            "a moment is milliseconds since 1970, or written as in 2026-11-20T14:05:00Z".into()
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_milliseconds_or_a_date() {
        for (text, expected) in [
            ("1795183500000", Some(1_795_183_500_000)),
            ("2026-11-20T14:05:00Z", Some(1_795_183_500_000)),
            ("2026-11-20T14:05:00.250Z", Some(1_795_183_500_250)),
            ("2026-11-20", None),
            ("-1", None),
            ("0", None),
            ("tomorrow", None),
            ("9999999999999999999", None),
        ] {
            assert_eq!(read_now(text).ok(), expected.map(Time), "{text}");
        }
    }
}
