//! Tables of invented figures.

use super::{Bound, numbers, quantities};

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

/// A quantity in the form of the tables: its words, value, upper end and unit.
fn printed(text: &str) -> Vec<String> {
    let found = quantities(text).into_iter().map(|found| {
        let to = found.to.map(|to| format!("..{to}")).unwrap_or_default();
        format!("{}={}{to} {}", found.span.of(text), found.value, found.unit.as_deref().unwrap_or("-"))
    });
    found.collect()
}

fn hold(text: &str, expected: &[&str]) {
    assert_eq!(printed(text), expected, "{text}");
}

#[test]
fn a_range_is_one_quantity() {
    hold("It took 10 to 12 boats.", &["10 to 12=10..12 boats"]);
    hold("Between 5 and 7 people sat there.", &["5 and 7=5..7 people"]);
    hold("They waited for 5–10 boats.", &["5–10=5..10 boats"]);
    hold("Two or three boats sank.", &["Two or three=2..3 boats"]);
    hold("It costs $3–5 million.", &["$3–5 million=3000000..5000000 $"]);
    hold("It costs $3 million to $5 million.", &["$3 million to $5 million=3000000..5000000 $"]);
    hold("From 3 to 5 million people came.", &["3 to 5 million=3000000..5000000 people"]);
    hold("It fell 20% to 30%.", &["20% to 30%=20..30 percent"]);
    hold("5 and 7 boats", &["5=5 -", "7=7 boats"]);
    hold("It fell from 12 to 5 boats.", &["12=12 -", "5=5 boats"]);
    hold("12 - 15 boats", &["12=12 -", "15=15 boats"]);
    hold("5 boats to 20 men", &["5=5 boats", "20=20 men"]);
}

#[test]
fn only_a_noun_is_a_unit() {
    hold("Half a million left the city.", &["Half a million=500000 -"]);
    hold("Half a million people left the city.", &["Half a million=500000 people"]);
    hold("More than 40 left early.", &["40=40 -"]);
    hold("The 12 said no.", &["12=12 -"]);
    hold("More than 200 fled.", &["200=200 -"]);
    hold("Some 300 arrived days later.", &["300=300 -"]);
    hold("12 dead in Kell", &["12=12 dead"]);
    hold("20 injured passengers and 4 injured", &["20=20 passengers", "4=4 injured"]);
    hold("The 100 best boats", &["100=100 boats"]);
    hold("12 armed men", &["12=12 men"]);
    hold("A 40-page report", &["40=40 page"]);
    hold("A 40,000-strong crowd", &["40,000=40000 -"]);
    hold("A dozen boats and dozens of crews", &["A dozen=12 boats", "dozens=24 crews"]);
    hold("Two-thirds of voters", &["Two-thirds=0.6666666666666666 voters"]);
    hold("A quarter of the fleet", &["A quarter=0.25 fleet"]);
    hold(
        "It lost $1.2 billion, £3m and 7 percent.",
        &["$1.2 billion=1200000000 $", "£3m=3000000 £", "7 percent=7 percent"],
    );
    hold("5 US dollars", &["5=5 dollars"]);
    hold("It is 3 km long.", &["3=3 km"]);
}

#[test]
fn signs_degrees_and_shares_belong_to_the_number() {
    hold("It fell to -3 °C and rose to 1.5°C.", &["-3 °C=-3 °C", "1.5°C=1.5 °C"]);
    hold("It was minus 12 degrees Celsius.", &["minus 12 degrees Celsius=-12 °C"]);
    hold("It was −4 °F or 70 degrees.", &["−4 °F=-4 °F", "70=70 degrees"]);
    hold("The change (-3.5 percent) is small.", &["-3.5 percent=-3.5 percent"]);
    hold("A co-2 bus", &["2=2 -"]);
    hold("One in five children stays.", &["One in five=0.2 children"]);
    hold("About three in 10 voters agree.", &["three in 10=0.3 voters"]);
    hold("Crews find 9 out of 10 boats.", &["9 out of 10=0.9 boats"]);
    hold("They found two in 12 boats.", &["two=2 -", "12=12 boats"]);
    hold("One in three years it floods.", &["three=3 years"]);
    hold("Tens of thousands of people fled.", &["Tens of thousands=20000 people"]);
    hold("Hundreds of thousands fled.", &["Hundreds of thousands=200000 -"]);
    hold("The fifth boat, the 3rd man and the 21st.", &[]);
}
