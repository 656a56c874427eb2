//! A plot of lines as an SVG that is readable on light and on dark ground.

use std::fmt::Write as _;

use super::cost::grouped;

/// The whole picture, and the part within the axes: left, top, right, bottom.
const SIZE: (f64, f64) = (820.0, 440.0);
const INNER: [f64; 4] = [72.0, 76.0, 776.0, 356.0];
/// How the lines differ; not by colour alone.
const DASHES: [&str; 3] = ["none", "8 4", "2 3"];
const STYLE: &str = "text{font:13px system-ui,sans-serif;fill:#1f2328}.title{font-size:16px;font-weight:600}.small{font-size:11px}\
.grid{stroke:#d0d7de}.axis{stroke:#1f2328}.limit{stroke:#59636e}path,.key{fill:none;stroke-width:2}\
.l0{stroke:#0b57d0}.l1{stroke:#b3261e}.l2{stroke:#146c2e}\
@media(prefers-color-scheme:dark){text{fill:#e6edf3}.grid{stroke:#3d444d}.axis{stroke:#e6edf3}.limit{stroke:#9198a1}\
.l0{stroke:#8ab4f8}.l1{stroke:#f2918b}.l2{stroke:#7bd88f}}";

/// Lines over two axes that begin at nought.
pub(super) struct Plot {
    pub(super) title: String,
    pub(super) caption: String,
    pub(super) across: String,
    pub(super) up: String,
    pub(super) lines: Vec<Line>,
    /// A level that is drawn across, and what it means.
    pub(super) limit: (f64, String),
}

pub(super) struct Line {
    pub(super) name: String,
    pub(super) points: Vec<(f64, f64)>,
}

impl Plot {
    /// The picture's text.
    pub(super) fn svg(&self) -> String {
        let points = || self.lines.iter().flat_map(|line| &line.points);
        let wide = points().fold(1.0, |most: f64, point| most.max(point.0));
        let high = points().fold(self.limit.0, |most, point| most.max(point.1)) * 1.05;
        let [left, top, right, bottom] = INNER;
        let x = |value: f64| left + (right - left) * value / wide;
        let y = |value: f64| bottom - (bottom - top) * value / high;
        let mut out = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {} {}\" role=\"img\">\n<title>{}</title>\n<style>{STYLE}</style>\n",
            SIZE.0, SIZE.1, self.title
        );
        let mut draw = |part: String| out.push_str(&(part + "\n"));
        draw(format!("<text class=\"title\" x=\"{left}\" y=\"24\">{}</text>", self.title));
        for value in ticks(high) {
            let at = y(value);
            draw(format!(
                "<line class=\"grid\" x1=\"{left}\" y1=\"{at:.1}\" x2=\"{right}\" y2=\"{at:.1}\"/>"
            ));
            draw(text("end", left - 8.0, at + 4.0, &grouped(value as usize)));
        }
        for value in ticks(wide) {
            let at = x(value);
            draw(format!(
                "<line class=\"axis\" x1=\"{at:.1}\" y1=\"{bottom}\" x2=\"{at:.1}\" y2=\"{}\"/>",
                bottom + 5.0
            ));
            draw(text("middle", at, bottom + 20.0, &grouped(value as usize)));
        }
        draw(format!("<line class=\"axis\" x1=\"{left}\" y1=\"{bottom}\" x2=\"{right}\" y2=\"{bottom}\"/>"));
        draw(format!("<line class=\"axis\" x1=\"{left}\" y1=\"{top}\" x2=\"{left}\" y2=\"{bottom}\"/>"));
        draw(text("middle", f64::midpoint(left, right), bottom + 42.0, &self.across));
        let middle = f64::midpoint(top, bottom);
        draw(format!(
            "<text text-anchor=\"middle\" transform=\"translate(18 {middle}) rotate(-90)\">{}</text>",
            self.up
        ));
        let level = y(self.limit.0);
        draw(format!(
            "<line class=\"limit\" stroke-dasharray=\"1 4\" x1=\"{left}\" y1=\"{level:.1}\" x2=\"{right}\" y2=\"{level:.1}\"/>"
        ));
        draw(text("end", right, level - 5.0, &self.limit.1));
        for (number, line) in self.lines.iter().enumerate() {
            let (class, dash) = (number % DASHES.len(), DASHES[number % DASHES.len()]);
            let mut path = String::new();
            for (at, point) in line.points.iter().enumerate() {
                let step = if at == 0 { 'M' } else { 'L' };
                let _ = write!(path, "{step}{:.1} {:.1}", x(point.0), y(point.1));
            }
            draw(format!("<path class=\"l{class}\" stroke-dasharray=\"{dash}\" d=\"{path}\"/>"));
            let key = left + (right - left) * number as f64 / self.lines.len() as f64;
            draw(format!(
                "<line class=\"key l{class}\" stroke-dasharray=\"{dash}\" x1=\"{key:.1}\" y1=\"50\" x2=\"{:.1}\" y2=\"50\"/>",
                key + 24.0
            ));
            draw(format!("<text class=\"small\" x=\"{:.1}\" y=\"54\">{}</text>", key + 30.0, line.name));
        }
        draw(format!("<text class=\"small\" x=\"{left}\" y=\"{}\">{}</text>", SIZE.1 - 12.0, self.caption));
        out + "</svg>\n"
    }
}

fn text(anchor: &str, x: f64, y: f64, said: &str) -> String {
    format!("<text text-anchor=\"{anchor}\" x=\"{x:.1}\" y=\"{y:.1}\">{said}</text>")
}

/// Four to ten round numbers up to the most.
fn ticks(most: f64) -> Vec<f64> {
    let power = 10_f64.powf(most.log10().floor());
    let step = [0.1, 0.2, 0.5, 1.0].map(|part| part * power).into_iter().find(|step| most / step <= 10.0);
    let step = step.unwrap_or(power);
    (0..=10).map(|at| f64::from(at) * step).filter(|value| *value <= most).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn axes_have_few_round_numbers() {
        for (most, count, last) in
            [(1_000_000.0, 10, 1_000_000.0), (437.0, 9, 400.0), (200_000.0, 10, 200_000.0)]
        {
            let ticks = ticks(most);
            assert!(ticks.len() >= 4 && ticks.len() <= count + 1, "{ticks:?}");
            assert_eq!(ticks.last().copied(), Some(last));
        }
    }
}
