//! What was measured against what was promised: first, goal, how far it is, and what would close it.
//!
//! The law: a figure without a verdict is not in the summary, and a void one reaches nothing.

use serde::Serialize;

/// Which way is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Better {
    Lower,
    Higher,
}

/// What is promised. **Source**: the targets of `docs/performance.md`, P1 to P6.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Target {
    /// `P1` to `P6`.
    pub part: &'static str,
    pub what: &'static str,
    /// With its leading space where it needs one.
    pub unit: &'static str,
    pub better: Better,
    /// What the foundation must reach.
    pub first: f64,
    /// Where we are going.
    pub goal: Option<f64>,
    /// What would bring it from *first* to *goal*.
    pub closes: &'static str,
}

/// One figure and what it is worth.
#[derive(Clone, Debug, Serialize)]
pub struct Verdict {
    #[serde(flatten)]
    pub target: Target,
    /// On which engine, or in which case; empty where there is only one.
    pub case: String,
    pub measured: f64,
    /// The figure says more about the machine or the generator than about us.
    pub is_void: bool,
}

impl Target {
    pub fn verdict(self, case: impl Into<String>, measured: f64) -> Verdict {
        Verdict {
            target: self,
            case: case.into(),
            measured,
            is_void: false,
        }
    }

    fn sign(&self) -> &'static str {
        match self.better {
            Better::Lower => "≤",
            Better::Higher => "≥",
        }
    }

    fn bound(&self, bound: f64) -> String {
        format!("{} {}{}", self.sign(), spoken(bound), self.unit)
    }
}

impl Verdict {
    pub fn void_if(mut self, is_void: bool) -> Self {
        self.is_void = is_void;
        self
    }

    fn reaches(&self, bound: f64) -> bool {
        !self.is_void
            && match self.target.better {
                Better::Lower => self.measured <= bound,
                Better::Higher => self.measured >= bound,
            }
    }

    pub fn reaches_first(&self) -> bool {
        self.reaches(self.target.first)
    }

    pub fn reaches_goal(&self) -> bool {
        self.target.goal.is_none_or(|goal| self.reaches(goal))
    }

    /// How many times the bound it is off; 1 or less: it is reached.
    fn distance(&self, bound: f64) -> f64 {
        match self.target.better {
            Better::Lower => self.measured / bound,
            Better::Higher if self.measured > 0.0 => bound / self.measured,
            Better::Higher => f64::INFINITY,
        }
    }

    /// A line of the summary's table.
    pub fn row(&self) -> String {
        let Target {
            part, what, unit, ..
        } = self.target;
        let case = match self.case.as_str() {
            "" => String::new(),
            case => format!(", {case}"),
        };
        let measured = format!("{}{unit}", spoken(self.measured));
        let first = self.judged(Some(self.target.first));
        let goal = self.judged(self.target.goal);
        format!("| {part} | {what}{case} | {measured} | {first} | {goal} |")
    }

    fn judged(&self, bound: Option<f64>) -> String {
        let Some(bound) = bound else {
            return "–".to_owned();
        };
        let promised = self.target.bound(bound);
        if self.is_void {
            format!("{promised}: void")
        } else if self.reaches(bound) {
            format!("{promised}: reached")
        } else {
            format!("{promised}: **{} × off**", spoken(self.distance(bound)))
        }
    }

    /// The sentence about what is left to do. `None`: nothing is.
    pub fn remainder(&self) -> Option<String> {
        if self.reaches_first() && self.reaches_goal() {
            return None;
        }
        let Target { part, what, .. } = self.target;
        let case = match self.case.as_str() {
            "" => String::new(),
            case => format!(" ({case})"),
        };
        let standing = if self.is_void {
            "void, so nothing is shown".to_owned()
        } else if !self.reaches_first() {
            format!(
                "{} × off what was first",
                spoken(self.distance(self.target.first))
            )
        } else {
            let goal = self.target.goal.unwrap_or(self.target.first);
            format!(
                "first reached, {} × off the goal",
                spoken(self.distance(goal))
            )
        };
        Some(format!(
            "- {part} {what}{case}: {standing}. {}",
            self.target.closes
        ))
    }
}

/// A number as people read it: three digits that mean something.
pub fn spoken(number: f64) -> String {
    let size = number.abs();
    if size >= 1_000.0 {
        grouped(number)
    } else if size >= 100.0 || number == number.trunc() {
        format!("{number:.0}")
    } else if size >= 10.0 {
        format!("{number:.1}")
    } else {
        format!("{number:.2}")
    }
}

fn grouped(number: f64) -> String {
    let digits = format!("{:.0}", number.abs());
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if number < 0.0 {
        format!("-{text}")
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BYTES: Target = Target {
        part: "P2",
        what: "First opening",
        unit: " bytes",
        better: Better::Lower,
        first: 100_000.0,
        goal: Some(80_000.0),
        closes: "Fewer of them.",
    };

    const RATE: Target = Target {
        better: Better::Higher,
        first: 3_000.0,
        goal: Some(10_000.0),
        unit: "/s",
        ..BYTES
    };

    #[test]
    fn what_is_reached_and_what_is_not_is_told_apart() {
        let near = BYTES.verdict("", 90_000.0);
        assert!(near.reaches_first() && !near.reaches_goal());
        assert_eq!(
            near.row(),
            "| P2 | First opening | 90,000 bytes | ≤ 100,000 bytes: reached | ≤ 80,000 bytes: **1.12 × off** |"
        );
        assert_eq!(
            near.remainder().as_deref(),
            Some("- P2 First opening: first reached, 1.12 × off the goal. Fewer of them.")
        );
        assert!(BYTES.verdict("", 80_000.0).remainder().is_none());
        assert!(RATE.verdict("", 3_000.0).reaches_first());
        assert!(!RATE.verdict("", 2_999.0).reaches_first());
        assert!(RATE.verdict("", 0.0).row().contains("× off"));
    }

    #[test]
    fn a_void_figure_reaches_nothing() {
        let void = BYTES.verdict("", 1.0).void_if(true);
        assert!(!void.reaches_first() && void.row().contains("void") && void.remainder().is_some());
    }

    #[test]
    fn numbers_have_the_digits_that_mean_something() {
        let spoken: Vec<String> = [0.0, 0.386, 12.04, 250.0, 1_234_567.0].map(spoken).into();
        assert_eq!(spoken, ["0", "0.39", "12.0", "250", "1,234,567"]);
    }
}
