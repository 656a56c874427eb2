//! Floors: every judged figure has one in `floors.json`, and none may fall below it.

use std::path::PathBuf;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::places::Places;
use crate::stages::STAGES;
use crate::{copies, feeds, receipts};

/// One entry of `floors.json`.
struct Floor {
    stage: String,
    file: String,
    /// Where the scorer's answer holds it; a dot leads into an object.
    figure: String,
    floor: f64,
    /// Lower is better: the floor is a ceiling.
    lower: bool,
}

/// Measures, prints the table, and tells whether every figure holds.
pub(crate) fn run(places: &Places, write: bool) -> Result<bool> {
    if let Some(reason) = places.lacks() {
        println!("floors: skipped, {reason}");
        return Ok(true);
    }
    let path = places.root.join("evals/floors.json");
    let mut floors = load(&path)?;
    let program = places.program(false)?;
    println!("{}", HEAD);
    let (mut below, mut count) = (0, 0);
    for (stage, file, measure) in measures() {
        let answer = measure(places, &program);
        if let Err(error) = &answer {
            println!("{stage} {file}: {error:#}");
        }
        for floor in floors.iter_mut().filter(|floor| floor.stage == stage && floor.file == file) {
            let reached = answer.as_ref().ok().and_then(|answer| figure(answer, &floor.figure));
            if let (true, Some(reached)) = (write, reached) {
                floor.set(reached);
            }
            let row = Row { floor, reached };
            println!("{row}");
            below += usize::from(!row.holds());
            count += 1;
        }
    }
    let unknown = floors.len() - count;
    println!(
        "floors: {count} figures, {} at or above, {below} below, {unknown} that no stage gives",
        count - below
    );
    if write {
        save(&path, &floors)?;
        println!("floors: written to {}", path.display());
    }
    Ok(below == 0 && unknown == 0)
}

type Measure = Box<dyn Fn(&Places, &PathBuf) -> Result<Value>>;

/// What is measured, each as stage, file, and how.
fn measures() -> Vec<(&'static str, &'static str, Measure)> {
    let stages = STAGES.iter().map(|stage| {
        let measure: Measure = Box::new(|places, program| stage.measure(places, program));
        (stage.name, stage.file, measure)
    });
    let receipts: Measure = Box::new(receipts::measure);
    let feeds: Measure = Box::new(|places, program| feeds::measure(places, program));
    let copies: Measure = Box::new(copies::measure);
    let others = [
        ("receipt", receipts::FILE, receipts),
        ("parse-feed", feeds::FILE, feeds),
        ("copies", copies::FILE, copies),
    ];
    stages.chain(others).collect()
}

const HEAD: &str =
    "stage      file                         figure                    reached   floor   above";

/// One line of the table.
struct Row<'f> {
    floor: &'f Floor,
    reached: Option<f64>,
}

impl Row<'_> {
    /// How much better than the floor; negative is worse.
    fn above(&self) -> Option<f64> {
        let above = self.reached? - self.floor.floor;
        Some(if self.floor.lower { -above } else { above })
    }

    fn holds(&self) -> bool {
        // Scorers print four digits, so that less than half of the last one is no difference.
        self.above().is_some_and(|above| above > -5e-5)
    }
}

impl std::fmt::Display for Row<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Floor { stage, file, figure, floor, lower } = self.floor;
        let figure = format!("{figure}{}", if *lower { " (low)" } else { "" });
        write!(f, "{stage:<10} {file:<28} {figure:<24} ")?;
        match (self.reached, self.above()) {
            (Some(reached), Some(above)) => write!(f, "{reached:>8.4} {floor:>7.3} {above:>+7.4}")?,
            _ => write!(f, "{:>8} {floor:>7.3} {:>7}", "none", "")?,
        }
        write!(f, "  {}", if self.holds() { "ok" } else { "below" })
    }
}

impl Floor {
    /// Sets the floor at what was reached, and says so when that lowers it.
    fn set(&mut self, reached: f64) {
        let new = self.at(reached);
        let worse = if self.lower { new > self.floor } else { new < self.floor };
        if worse {
            println!("LOWERED: {} {} {} from {} to {new}", self.stage, self.file, self.figure, self.floor);
        }
        self.floor = new;
    }

    /// The floor that a figure sets: cut to three digits on the side that the figure holds.
    fn at(&self, reached: f64) -> f64 {
        // What lies within the noise of binary fractions counts as the decimal that was printed.
        let thousandths = reached * 1000.0;
        let cut = if self.lower { (thousandths - 1e-6).ceil() } else { (thousandths + 1e-6).floor() };
        // Adding zero turns the minus zero of a ceiling into zero.
        cut / 1000.0 + 0.0
    }
}

fn figure(answer: &Value, path: &str) -> Option<f64> {
    path.split('.').try_fold(answer, |value, key| value.get(key))?.as_f64()
}

fn load(path: &PathBuf) -> Result<Vec<Floor>> {
    let text = std::fs::read_to_string(path).with_context(|| format!("{}: can't be read", path.display()))?;
    let rows: Vec<Value> =
        serde_json::from_str(&text).with_context(|| format!("{}: not a list of floors", path.display()))?;
    let floor = |row: &Value| {
        let text = |key: &str| row.get(key).and_then(Value::as_str).map(str::to_owned);
        Some(Floor {
            stage: text("stage")?,
            file: text("file")?,
            figure: text("figure")?,
            floor: row.get("floor")?.as_f64()?,
            lower: row.get("lower").and_then(Value::as_bool).unwrap_or(false),
        })
    };
    let floors = rows.iter().map(|row| floor(row).with_context(|| format!("not a floor: {row}")));
    floors.collect::<Result<_>>().with_context(|| path.display().to_string())
}

/// Writes one entry a line, so that a change of one floor is a change of one line.
fn save(path: &PathBuf, floors: &[Floor]) -> Result<()> {
    let row = |floor: &Floor| {
        let Floor { stage, file, figure, floor, lower } = floor;
        let mut row = json!({"stage": stage, "file": file, "figure": figure, "floor": floor});
        if *lower {
            row["lower"] = json!(true);
        }
        format!("  {row}")
    };
    let rows: Vec<String> = floors.iter().map(row).collect();
    std::fs::write(path, format!("[\n{}\n]\n", rows.join(",\n")))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn floor(floor: f64, lower: bool) -> Floor {
        Floor { stage: "s".into(), file: "f".into(), figure: "a.b".into(), floor, lower }
    }

    #[test]
    fn a_floor_is_cut_on_the_side_that_the_figure_holds() {
        for (reached, lower, expected) in [
            (0.9519, false, 0.951),
            (0.9519, true, 0.952),
            (0.95, false, 0.95),
            (0.95, true, 0.95),
            (1.0, false, 1.0),
            (0.0, true, 0.0),
        ] {
            let set = floor(floor(0.0, lower).at(reached), lower);
            assert!((set.floor - expected).abs() < 1e-9, "{reached} {lower} gave {}", set.floor);
            assert!(Row { floor: &set, reached: Some(reached) }.holds());
        }
    }

    #[test]
    fn a_figure_below_its_floor_or_absent_does_not_hold() {
        for (reached, lower, holds) in [
            (Some(0.5), false, true),
            (Some(0.4999), false, false),
            (Some(0.5001), true, false),
            (Some(0.4), true, true),
            (None, false, false),
        ] {
            assert_eq!(Row { floor: &floor(0.5, lower), reached }.holds(), holds, "{reached:?} {lower}");
        }
    }

    #[test]
    fn a_dot_leads_into_an_object() {
        let answer = json!({"a": {"b": 0.5}, "c": "text"});
        for (path, expected) in [("a.b", Some(0.5)), ("a", None), ("c", None), ("a.x", None)] {
            assert_eq!(figure(&answer, path), expected, "{path}");
        }
    }
}
