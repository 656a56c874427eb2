//! The published table of dates: every case of `dates.tsv` must hold.

use jiff::civil::Date;
use language::dates::dates;

/// What a text says, in the form of the table.
fn found(text: &str, anchor: Date) -> String {
    let marks: Vec<String> = dates(text, Some(anchor))
        .into_iter()
        .map(|mark| format!("{}={}", mark.span.of(text), mark.value))
        .collect();
    if marks.is_empty() { "-".to_owned() } else { marks.join("|") }
}

#[test]
fn the_table_holds() {
    let mut wrong = Vec::new();
    let mut all = 0;
    for line in include_str!("dates.tsv").lines().filter(|line| !line.starts_with('#')) {
        let fields: Vec<&str> = line.split('\t').collect();
        let [anchor, text, expected] = fields[..] else { panic!("three fields: {line}") };
        let found = found(text, anchor.parse().expect("the first field is a day"));
        all += 1;
        if found != expected {
            wrong.push(format!("{anchor} {text}\n  expected {expected}\n  found    {found}"));
        }
    }
    println!("{} of {all} cases hold", all - wrong.len());
    assert!(all >= 200, "the table has only {all} cases");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
