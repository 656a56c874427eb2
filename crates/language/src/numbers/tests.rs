//! Tables of invented figures.

use super::{Bound, numbers};

fn check(text: &str, expected: &[(&str, f64, Option<&str>)]) {
    let found: Vec<_> = numbers(text)
        .into_iter()
        .map(|mark| (mark.span.of(text).to_owned(), mark.value, mark.unit))
        .collect();
    let expected: Vec<_> = expected
        .iter()
        .map(|(words, value, unit)| ((*words).to_owned(), *value, unit.map(str::to_owned)))
        .collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn figures_have_values_and_units() {
    check("The port lost $1.2bn.", &[("$1.2bn", 1.2e9, Some("$"))]);
    check("It cost $4.5 million.", &[("$4.5 million", 4.5e6, Some("$"))]);
    check(
        "Prices fell 7 percent, then 2.5% and 3 per cent.",
        &[
            ("7 percent", 7.0, Some("percent")),
            ("2.5%", 2.5, Some("percent")),
            ("3 per cent", 3.0, Some("percent")),
        ],
    );
    check(
        "Twelve people and 1,204 houses",
        &[("Twelve", 12.0, Some("peopl")), ("1,204", 1204.0, Some("hous"))],
    );
    check("A dozen ferries", &[("A dozen", 12.0, Some("ferri"))]);
    check("twenty-one boats", &[("twenty-one", 21.0, Some("boat"))]);
    check("two-thirds of voters", &[("two-thirds", 2.0 / 3.0, Some("voter"))]);
    check("1.2 billion people", &[("1.2 billion", 1.2e9, Some("peopl"))]);
    check("a 66-year-old sailor", &[("66", 66.0, Some("years old"))]);
    check("a million homes", &[("a million", 1e6, Some("home"))]);
    check("It opens at 9:30 a.m. daily.", &[("9:30 a.m.", 9.5, Some("clock"))]);
}

#[test]
fn dates_ordinals_and_articles_are_no_numbers() {
    for text in
        ["On March 3, 2021, a man left.", "The 21st ferry", "Since 2016", "One of them", "B2B", "v1.2.3", ""]
    {
        check(text, &[]);
    }
}

#[test]
fn rough_figures_and_bounds_are_marked() {
    for (text, approximate, bound) in [
        ("about 40 people", true, None),
        ("nearly 40 people", true, None),
        ("at least 40 people", false, Some(Bound::AtLeast)),
        ("more than 40 people", false, Some(Bound::AtLeast)),
        ("no more than 40 people", false, Some(Bound::AtMost)),
        ("fewer than 40 people", false, Some(Bound::AtMost)),
        ("up to 40 people", false, Some(Bound::AtMost)),
        ("no fewer than 40 people", false, Some(Bound::AtLeast)),
        ("the 40 people", false, None),
    ] {
        let mark = &numbers(text)[0];
        assert_eq!((mark.approximate, mark.bound), (approximate, bound), "{text}");
    }
}
