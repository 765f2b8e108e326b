//! Small drawings for the page of figures, written by hand.
//!
//! The law: readable on light and on dark ground, without a script, a font or a request.

use crate::verdict::spoken;
use std::fmt::Write;

const WIDTH: f64 = 720.0;
/// Where labels end and drawing begins.
const LEFT: f64 = 270.0;
/// Room for the figure behind a bar.
const RIGHT: f64 = 110.0;
const ROW: f64 = 26.0;
const TOP: f64 = 44.0;

/// One ink for both grounds would be too pale on one of them.
const STYLE: &str = "<style>
text{font:13px system-ui,sans-serif;fill:#1f2328}
.title{font-weight:600;font-size:14px}.small{font-size:11px;fill:#59636e}.end{text-anchor:end}.middle{text-anchor:middle}
.axis{stroke:#d1d9e0}.bar,.dot0{fill:#0969da}.beside,.dot1{fill:#8c959f}.line0{stroke:#0969da}.line1{stroke:#9a6700}.dot1{fill:#9a6700}
.first{stroke:#cf222e}.goal{stroke:#1a7f37}polyline{fill:none;stroke-width:2}.first,.goal{stroke-width:2;stroke-dasharray:4 3}
@media(prefers-color-scheme:dark){text{fill:#f0f6fc}.small{fill:#9198a1}.axis{stroke:#3d444d}.bar,.dot0{fill:#4493f8}.beside{fill:#656c76}
.line0{stroke:#4493f8}.line1{stroke:#d29922}.dot1{fill:#d29922}.first{stroke:#f85149}.goal{stroke:#3fb950}}
</style>";

/// One horizontal bar.
pub struct Bar {
    pub label: String,
    pub value: f64,
    /// A yardstick, drawn paler than what is ours.
    pub is_yardstick: bool,
    pub first: Option<f64>,
    pub goal: Option<f64>,
}

impl Bar {
    pub fn new(label: impl Into<String>, value: f64) -> Self {
        Self {
            label: label.into(),
            value,
            is_yardstick: false,
            first: None,
            goal: None,
        }
    }

    pub fn yardstick(label: impl Into<String>, value: f64) -> Self {
        Self {
            is_yardstick: true,
            ..Self::new(label, value)
        }
    }

    pub fn against(mut self, first: f64, goal: Option<f64>) -> Self {
        (self.first, self.goal) = (Some(first), goal);
        self
    }
}

/// Bars beneath each other, all on one scale from zero.
pub fn bars(title: &str, unit: &str, bars: &[Bar]) -> String {
    let marks = bars
        .iter()
        .flat_map(|bar| [Some(bar.value), bar.first, bar.goal]);
    let most = marks.flatten().fold(f64::MIN_POSITIVE, f64::max);
    let room = WIDTH - LEFT - RIGHT;
    let place = |value: f64| LEFT + room * (value / most).clamp(0.0, 1.0);
    let mut body = String::new();
    for (number, bar) in (0u32..).zip(bars) {
        let y = TOP + ROW * f64::from(number);
        let class = if bar.is_yardstick { "beside" } else { "bar" };
        let width = (place(bar.value) - LEFT).max(1.0);
        element(
            &mut body,
            &format!(
                "<text class=\"end\" x=\"{:.0}\" y=\"{:.1}\">{}</text><rect class=\"{class}\" x=\"{LEFT:.0}\" y=\"{:.1}\" width=\"{width:.1}\" height=\"16\" rx=\"2\"/><text class=\"small\" x=\"{:.1}\" y=\"{:.1}\">{}{unit}</text>",
                LEFT - 8.0,
                y + 13.0,
                plain(&bar.label),
                y,
                place(
                    bar.value
                        .max(bar.first.unwrap_or(0.0))
                        .max(bar.goal.unwrap_or(0.0))
                ) + 8.0,
                y + 12.5,
                spoken(bar.value)
            ),
        );
        for (class, mark) in [("first", bar.first), ("goal", bar.goal)] {
            if let Some(mark) = mark {
                let x = place(mark);
                element(
                    &mut body,
                    &format!("<path class=\"{class}\" d=\"M{x:.1} {:.1}v22\"/>", y - 3.0),
                );
            }
        }
    }
    let bottom = TOP + ROW * count(bars.len());
    legend(&mut body, bottom + 14.0, bars);
    drawing(title, bottom + 26.0, &body)
}

fn legend(body: &mut String, y: f64, bars: &[Bar]) {
    let mut words = Vec::new();
    if bars.iter().any(|bar| bar.first.is_some()) {
        words.push("red: first");
    }
    if bars.iter().any(|bar| bar.goal.is_some()) {
        words.push("green: goal");
    }
    if bars.iter().any(|bar| bar.is_yardstick) {
        words.push("grey: for comparison");
    }
    element(
        body,
        &format!(
            "<text class=\"small\" x=\"{LEFT:.0}\" y=\"{y:.1}\">{}</text>",
            words.join(" · ")
        ),
    );
}

/// One line of points.
pub struct Line {
    pub name: String,
    pub points: Vec<(f64, f64)>,
}

/// At most two lines over one another, and a level that they should stay below.
pub fn lines(title: &str, across: &str, up: &str, level: Option<f64>, lines: &[Line]) -> String {
    const BOTTOM: f64 = 230.0;
    const BEGIN: f64 = 70.0;
    let points = || lines.iter().flat_map(|line| &line.points);
    let widest = points().fold(f64::MIN_POSITIVE, |most, (x, _)| most.max(*x));
    let highest = points()
        .map(|(_, y)| *y)
        .chain(level)
        .fold(f64::MIN_POSITIVE, f64::max)
        * 1.1;
    let x = |value: f64| BEGIN + (WIDTH - BEGIN - 30.0) * value / widest;
    let y = |value: f64| BOTTOM - (BOTTOM - TOP) * value / highest;
    let mut body = format!(
        "<path class=\"axis\" fill=\"none\" d=\"M{BEGIN:.0} {TOP:.0}V{BOTTOM:.0}H{:.0}\"/>",
        WIDTH - 30.0
    );
    for share in [0.25, 0.5, 0.75, 1.0] {
        let (across, up) = (widest * share, highest * share / 1.1);
        element(
            &mut body,
            &format!(
                "<text class=\"small middle\" x=\"{:.1}\" y=\"{:.1}\">{}</text><text class=\"small end\" x=\"{:.1}\" y=\"{:.1}\">{}</text>",
                x(across),
                BOTTOM + 16.0,
                spoken(across),
                BEGIN - 6.0,
                y(up) + 4.0,
                spoken(up)
            ),
        );
    }
    if let Some(level) = level {
        element(
            &mut body,
            &format!(
                "<path class=\"first\" d=\"M{BEGIN:.0} {:.1}H{:.0}\"/>",
                y(level),
                WIDTH - 30.0
            ),
        );
    }
    for (number, line) in lines.iter().enumerate() {
        let class = number % 2;
        let joined: Vec<String> = line
            .points
            .iter()
            .map(|(across, up)| format!("{:.1},{:.1}", x(*across), y(*up)))
            .collect();
        element(
            &mut body,
            &format!(
                "<polyline class=\"line{class}\" points=\"{}\"/>",
                joined.join(" ")
            ),
        );
        for (across, up) in &line.points {
            element(
                &mut body,
                &format!(
                    "<circle class=\"dot{class}\" cx=\"{:.1}\" cy=\"{:.1}\" r=\"3.5\"/>",
                    x(*across),
                    y(*up)
                ),
            );
        }
        if let Some((across, up)) = line.points.last() {
            element(
                &mut body,
                &format!(
                    "<text class=\"small end\" x=\"{:.1}\" y=\"{:.1}\">{}</text>",
                    x(*across) - 8.0,
                    y(*up) - 8.0,
                    plain(&line.name)
                ),
            );
        }
    }
    element(
        &mut body,
        &format!(
            "<text class=\"small middle\" x=\"{:.0}\" y=\"{:.1}\">{}</text>",
            WIDTH / 2.0,
            BOTTOM + 34.0,
            plain(&format!("across: {across}; up: {up}"))
        ),
    );
    drawing(title, BOTTOM + 46.0, &body)
}

fn element(body: &mut String, element: &str) {
    body.push_str(element);
    body.push('\n');
}

fn drawing(title: &str, height: f64, body: &str) -> String {
    let mut drawing = String::new();
    // Writing to a string cannot fail.
    let _written = writeln!(
        drawing,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH:.0} {height:.0}\" width=\"{WIDTH:.0}\" height=\"{height:.0}\" role=\"img\" aria-label=\"{title}\">\n{STYLE}\n<text class=\"title\" x=\"12\" y=\"22\">{title}</text>\n{body}</svg>",
        title = plain(title)
    );
    drawing
}

fn plain(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('"', "&quot;")
}

fn count(number: usize) -> f64 {
    u32::try_from(number).map_or(0.0, f64::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_drawn_outside_the_picture_or_as_no_number() {
        let drawn = bars(
            "a < b & \"c\"",
            " ms",
            &[
                Bar::new("none", 0.0).against(2.0, Some(1.0)),
                Bar::yardstick("much", 1e9),
            ],
        );
        assert!(
            drawn.contains("a &lt; b &amp; &quot;c&quot;")
                && !drawn.contains("NaN")
                && !drawn.contains("inf")
        );
        let empty = lines("empty", "x", "y", None, &[]);
        assert!(!empty.contains("NaN"), "{empty}");
    }

    #[test]
    fn both_grounds_are_thought_of() {
        assert!(bars("t", "", &[]).contains("prefers-color-scheme:dark"));
    }
}
