//! Tables of invented sentences and the times they name, on Wednesday, March 11, 2026, unless another day
//! is given.

use jiff::civil::{Date, Weekday, date};

use super::{absolute, calendar, dates, written};

const ANCHOR: Date = date(2026, 3, 11);

/// The expressions of `text` with their values, in order.
fn check(text: &str, expected: &[(&str, &str)]) {
    let found: Vec<(String, String)> = dates(text, Some(ANCHOR))
        .into_iter()
        .map(|mark| (mark.span.of(text).to_owned(), mark.value))
        .collect();
    let expected: Vec<(String, String)> =
        expected.iter().map(|(words, value)| ((*words).to_owned(), (*value).to_owned())).collect();
    assert_eq!(found, expected, "{text}");
}

/// What `text` says with its relative dates written out.
fn rewritten(text: &str, anchor: Date) -> String {
    let mut out = text.to_owned();
    for mark in dates(text, Some(anchor)).iter().rev() {
        if let Some((span, words)) = absolute(text, mark, anchor) {
            out.replace_range(span.start..span.end, &words);
        }
    }
    out
}

#[test]
fn every_weekday_is_found_from_every_anchor() {
    let names = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    for shift in 0..7 {
        let anchor = date(2026, 3, 9 + shift);
        for (at, name) in names.iter().enumerate() {
            let at = i8::try_from(at).expect("seven days fit");
            let back = (shift - at).rem_euclid(7);
            let on = (at - shift).rem_euclid(7);
            let step = |days: i8| calendar::shifted(anchor, i64::from(days)).expect("the day is near");
            for (text, expected) in [
                (format!("The ferry sank on {name}."), step(-back)),
                (format!("The port will close on {name}."), step(on)),
                (format!("The ferry sank last {name}."), step(if back == 0 { -7 } else { -back })),
                (format!("The vote is next {name}."), step(if on == 0 { 7 } else { on })),
            ] {
                let found = dates(&text, Some(anchor));
                assert_eq!(found[0].value, expected.to_string(), "{text} from {anchor}");
                assert_eq!(found[0].days, Some((expected, expected)), "{text} from {anchor}");
            }
        }
    }
    assert_eq!(calendar::on_or_before(ANCHOR, Weekday::Wednesday), Some(ANCHOR));
}

#[test]
fn days_of_the_calendar() {
    check("It began on Nov. 9.", &[("Nov. 9", "2025-11-09")]);
    check("It began on 9 November 2016.", &[("9 November 2016", "2016-11-09")]);
    check("It began on November 9, 2016, in Kent.", &[("November 9, 2016", "2016-11-09")]);
    check("It began on 2016-11-09.", &[("2016-11-09", "2016-11-09")]);
    check("It began on 11/09/2016.", &[("11/09/2016", "2016-11-09")]);
    check("It began on 25/12/2016.", &[("25/12/2016", "2016-12-25")]);
    check("It ran March 3-5.", &[("March 3-5", "2026-03-03/2026-03-05")]);
    check("It ran from March 3 to 5, 2021.", &[("March 3 to 5, 2021", "2021-03-03/2021-03-05")]);
    check("Tuesday, March 10, was wet.", &[("Tuesday, March 10", "2026-03-10")]);
    check("It will open on Dec. 1.", &[("Dec. 1", "2026-12-01")]);
    check("It began on the 3rd of March.", &[("3rd of March", "2026-03-03")]);
    check("They met on February 30.", &[("February", "2026-02")]);
}

#[test]
fn months_years_and_longer() {
    check("It opened in November 2016.", &[("November 2016", "2016-11")]);
    check("It opened in May.", &[("May", "2025-05")]);
    check("It will open in May.", &[("May", "2026-05")]);
    check("It is due to open in January.", &[("January", "2027-01")]);
    check("It opened last June.", &[("last June", "2025-06")]);
    check("It opened in 2016.", &[("2016", "2016")]);
    check("The 2016 vote", &[("2016", "2016")]);
    check("It ran from 2016-18.", &[("2016", "2016"), ("18", "2018")]);
    check("It sold 2016 people to 1,950 others for $2000.", &[]);
    check("In the 1990s it closed.", &[("the 1990s", "199")]);
    check("In the 19th century it closed.", &[("the 19th century", "18")]);
    check("Sales fell in the third quarter of 2025.", &[("the third quarter of 2025", "2025-Q3")]);
    check("Sales fell in Q4 2025.", &[("Q4 2025", "2025-Q4")]);
    check("It flooded in the summer of 2019.", &[("the summer of 2019", "2019-SU")]);
    check("It flooded last summer.", &[("last summer", "2025-SU")]);
    check("May the mayor march on?", &[]);
}

#[test]
fn times_beside_the_day_of_publication() {
    check("It sank yesterday.", &[("yesterday", "2026-03-10")]);
    check("It sank today.", &[("today", "2026-03-11")]);
    check("It sails tomorrow.", &[("tomorrow", "2026-03-12")]);
    check("It sank overnight.", &[("overnight", "2026-03-11TNI")]);
    check("It sank this morning.", &[("this morning", "2026-03-11TMO")]);
    check("It sank last night.", &[("last night", "2026-03-10TNI")]);
    check("It sank Tuesday night.", &[("Tuesday night", "2026-03-10TNI")]);
    check("It sank two days ago.", &[("two days ago", "2026-03-09")]);
    check("It sank three weeks ago.", &[("three weeks ago", "2026-W08")]);
    check("It sank two months ago.", &[("two months ago", "2026-01")]);
    check("It sank six years ago.", &[("six years ago", "2020")]);
    check("It sank last week.", &[("last week", "2026-W10")]);
    check("It sank this week.", &[("this week", "2026-W11")]);
    check("It sank over the weekend.", &[("the weekend", "2026-W10-WE")]);
    check("It sank earlier this month.", &[("earlier this month", "2026-03")]);
    check("It sank last month.", &[("last month", "2026-02")]);
    check("It sank last year.", &[("last year", "2025")]);
    check("It sails next month.", &[("next month", "2026-04")]);
    check("It sank this quarter.", &[("this quarter", "2026-Q1")]);
}

#[test]
fn lengths_sets_and_vague_times() {
    check("It took the past three years.", &[("the past three years", "P3Y")]);
    check("A three-month strike", &[("three-month", "P3M")]);
    check("It lasted 40 minutes.", &[("40 minutes", "PT40M")]);
    check("It lasted several hours.", &[("several hours", "PTXH")]);
    check("A 66-year-old sailor", &[]);
    check("They meet every week.", &[("every week", "XXXX-WXX")]);
    check("They meet annually.", &[("annually", "XXXX")]);
    check("They meet on Mondays.", &[("Mondays", "XXXX-WXX-X")]);
    check("It is now closed.", &[("now", "PRESENT_REF")]);
    check("It came before the first anniversary of the flood.", &[("the first anniversary", "XXXX-XX-XX")]);
    check("It opens at 9:30 a.m. sharp.", &[("9:30 a.m.", "2026-03-11T09:30")]);
}

#[test]
fn without_an_anchor_only_the_calendar_is_known() {
    let found = dates("It sank on Tuesday, not on May 3, 2020.", None);
    assert_eq!(found[0].days, None);
    assert_eq!(found[1].value, "2020-05-03");
}

#[test]
fn a_day_is_written_as_prose_writes_it() {
    assert_eq!(written(date(2023, 2, 18)), "February 18, 2023");
}

#[test]
fn relative_dates_are_written_out() {
    for (text, expected) in [
        ("The ferry sank on Tuesday.", "The ferry sank on March 10, 2026."),
        ("On Tuesday, the ferry sank.", "On March 10, 2026, the ferry sank."),
        ("On Tuesday the ferry sank.", "On March 10, 2026, the ferry sank."),
        ("The ferry sank on Tuesday near Kell.", "The ferry sank on March 10, 2026, near Kell."),
        ("The ferry sank Tuesday.", "The ferry sank on March 10, 2026."),
        ("Lind said Tuesday that it sank.", "Lind said on March 10, 2026, that it sank."),
        ("Lind said late Tuesday that it sank.", "Lind said late on March 10, 2026, that it sank."),
        ("The ferry sank Tuesday night.", "The ferry sank on the night of March 10, 2026."),
        (
            "The ferry sank on Tuesday night off Kell.",
            "The ferry sank on the night of March 10, 2026, off Kell.",
        ),
        ("The ferry sank yesterday.", "The ferry sank on March 10, 2026."),
        ("Yesterday the ferry sank.", "On March 10, 2026, the ferry sank."),
        ("The ferry sank last night.", "The ferry sank on the night of March 10, 2026."),
        (
            "The ferry sank this morning; nobody died.",
            "The ferry sank on the morning of March 11, 2026; nobody died.",
        ),
        ("The port opened today.", "The port opened on March 11, 2026."),
        ("Today’s world is fast.", "Today’s world is fast."),
        ("The ferry sank two days ago.", "The ferry sank on March 9, 2026."),
        ("Tuesday’s vote was close.", "The March 10, 2026, vote was close."),
        ("He lost after Tuesday's vote.", "He lost after the March 10, 2026, vote."),
        ("It has been shut since Tuesday.", "It has been shut since March 10, 2026."),
        ("It will be shut until Friday at noon.", "It will be shut until March 13, 2026, at noon."),
        ("The ferry sank last week.", "The ferry sank in the week of March 2, 2026."),
        ("The ferry sank last week near Kell.", "The ferry sank in the week of March 2, 2026, near Kell."),
        ("The ferry sank this month.", "The ferry sank in March 2026."),
        ("The ferry sank earlier this month.", "The ferry sank earlier in March 2026."),
        ("The ferry sank last month.", "The ferry sank in February 2026."),
        ("The ferry sank last year.", "The ferry sank in 2025."),
        ("Last year the ferry sank.", "In 2025 the ferry sank."),
        ("Last year’s flood was worse.", "The 2025 flood was worse."),
        ("It has been shut since last month.", "It has been shut since February 2026."),
        ("The ferry sank on Nov. 9.", "The ferry sank on November 9, 2025."),
        ("The Nov. 9 vote was close.", "The November 9, 2025, vote was close."),
        ("It opened in January.", "It opened in January 2026."),
        ("It opened in October and shut.", "It opened in October 2025 and shut."),
        ("It opened on May 3, 2020.", "It opened on May 3, 2020."),
    ] {
        assert_eq!(rewritten(text, ANCHOR), expected, "{text}");
    }
}

#[test]
fn what_is_not_certain_is_left() {
    for text in [
        "The ferry sank on Thursday.",
        "The ferry sank early Thursday.",
        "The Tuesday vote was close.",
        "The early Tuesday storm hit.",
        "It is open Monday and Tuesday.",
        "He spoke at the Tuesday night debate.",
        "“It sank on Tuesday,” Lind said.",
        "The paper’s Tuesday edition sold out.",
        "Every Tuesday the ferry sails.",
        "The past year was hard.",
        "It takes weeks.",
        "It sank about two days ago.",
        "It sank overnight.",
        "The seat is open if Lind wins in May.",
        "It is a day of mourning, June 1.",
    ] {
        assert_eq!(rewritten(text, ANCHOR), text);
    }
}

#[test]
fn odd_bytes_do_no_harm() {
    for text in [
        "99 May",
        "May 99, 9999",
        "9999-99-99",
        "0000-00-00",
        "Q4 9999",
        "9999 years ago",
        "9999 days ago",
        "é today’s",
        "12:99 p.m.",
        "99th century",
        "é’s Tuesday’s",
    ] {
        for anchor in [None, Some(ANCHOR), Some(Date::MAX), Some(Date::MIN)] {
            for mark in dates(text, anchor) {
                let _ = absolute(text, &mark, anchor.unwrap_or(ANCHOR));
            }
        }
    }
}

#[test]
fn a_day_that_would_come_is_ahead() {
    for (text, wanted) in [
        ("The board said it would open an inquiry on Thursday.", "2026-03-12"),
        ("The court was due to sit on Friday.", "2026-03-13"),
        ("The board would not meet on Thursday.", "2026-03-12"),
        ("The ferry would have sailed on Monday.", "2026-03-09"),
        ("The board opened an inquiry on Monday.", "2026-03-09"),
        ("It would sit for a week, the clerk said on Monday.", "2026-03-09"),
    ] {
        let found: Vec<String> = dates(text, Some(ANCHOR)).into_iter().map(|mark| mark.value).collect();
        assert!(found.iter().any(|value| value == wanted), "{text}: {found:?}");
    }
}

#[test]
fn a_stop_of_an_abbreviation_opens_no_sentence() {
    for (text, wanted) in [
        ("He was seen around 7 p.m. Tuesday.", "He was seen around 7 p.m. on March 10, 2026."),
        ("He left the U.S. Tuesday.", "He left the U.S. on March 10, 2026."),
        ("It rained. Tuesday was dry.", "It rained. Tuesday was dry."),
    ] {
        assert_eq!(rewritten(text, ANCHOR), wanted);
    }
}
