//! Grouping from inside: articles of the invented stream are put into stories one after another, and each step is timed.
//!
//! This is the one part of `evals` that links the library: from outside, what one article costs can't be told from what
//! reading and writing it costs.

use std::time::{Duration, Instant};

use anyhow::Result;
use desk::families::Families;
use desk::group::{Settings, Stream, Window};
use desk::read::record;
use serde_json::json;

use crate::news::{News, Words};
use crate::places::Places;

/// After how many articles, at most, a line is printed.
const STEP: usize = 10_000;

/// Prints a line for each step: articles so far, microseconds for making one from its record and for placing it, KiB held
/// beyond what the making of the stream holds, at this moment and at most.
#[expect(clippy::print_stdout, reason = "the lines are what this command is for")]
pub(crate) fn run(places: &Places, articles: usize, window: usize) -> Result<bool> {
    let words = Words::read(&places.data)?;
    let families = Families::starter();
    let window = Window { least: window, most: window, ..Window::default() };
    let mut stream = Stream::new(Settings { window, ..Settings::default() });
    let base = memory("VmRSS:").unwrap_or_default();
    let step = STEP.min(articles / 20).max(1);
    let (mut making, mut placing, mut opened) = (Duration::ZERO, Duration::ZERO, 0);
    for (number, row) in News::new(&words).take(articles).enumerate() {
        let begun = Instant::now();
        let article = record::article(&row, &families);
        let made = Instant::now();
        making += made - begun;
        if let Some(article) = article {
            opened += usize::from(stream.place(&article).is_new);
            placing += made.elapsed();
        }
        if (number + 1).is_multiple_of(step) {
            let each = |time: Duration| time.as_secs_f64() * 1e6 / step as f64;
            let held = |name| memory(name).map(|kib| kib.saturating_sub(base));
            println!(
                "{}",
                json!({"articles": number + 1, "stories": opened, "making": each(making), "placing": each(placing),
                       "held": held("VmRSS:"), "most": held("VmHWM:")})
            );
            (making, placing) = (Duration::ZERO, Duration::ZERO);
        }
    }
    Ok(true)
}

/// KiB that this program holds; none where the system doesn't tell so.
fn memory(name: &str) -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(name))?;
    line.trim().trim_end_matches(" kB").parse().ok()
}
