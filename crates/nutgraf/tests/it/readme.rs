//! The README says what the program says.

use std::fs;

use crate::command::run;
use crate::place::repository;

/// Every block of the README that shows the usage of a command is that command's `--help`.
#[test]
fn usage_is_the_help() {
    let Ok(readme) = fs::read_to_string(repository().join("README.md")) else { return };
    for block in blocks(&readme).filter(|block| block.contains("Usage: nutgraf")) {
        let usage = block.lines().find(|line| line.starts_with("Usage: nutgraf")).unwrap_or_default();
        let mut arguments: Vec<&str> = usage.split_whitespace().skip(2).collect();
        arguments.retain(|word| word.starts_with(|c: char| c.is_ascii_lowercase()));
        arguments.push("--help");
        let help = run(&arguments).code(0);
        assert_eq!(plain(block), plain(help.printed()), "the README's usage is not what --help prints");
    }
}

/// The text of each fenced block.
fn blocks(readme: &str) -> impl Iterator<Item = &str> {
    readme.split("\n```").skip(1).step_by(2).filter_map(|block| block.split_once('\n')).map(|(_, text)| text)
}

/// Without what an editor may strip: blanks at the ends of lines and of the whole.
fn plain(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim_end).filter(|line| !line.starts_with("$ ")).collect();
    lines.join("\n").trim().to_owned()
}

#[test]
fn blocks_are_cut_out_of_prose() {
    let readme = "Text.\n\n```text\none\n```\n\nMore.\n\n```\ntwo\nthree\n```\n";
    assert_eq!(blocks(readme).collect::<Vec<_>>(), ["one", "two\nthree"]);
}
