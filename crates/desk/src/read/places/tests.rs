use super::*;

fn check(source: &str, passage: &str, expected: Option<(&str, bool)>) {
    let place = Places::of(source).find(passage);
    let found = place.map(|place| (place.span.of(source), place.exact));
    assert_eq!(found, expected, "{passage} in {source}");
}

#[test]
fn a_passage_is_found_through_tags_entities_and_white_space() {
    let page = "<title>Ferry runs again</title><body data-x=\"a > b\"><h1>Ferry runs again</h1>\
        <p>The ferry to <a href='/v' title='x>y'>Vell&nbsp;Harbour</a> runs\n  again&mdash;<b>“daily”</b>.</p>";
    check(page, "Ferry runs again", Some(("Ferry runs again", true)));
    let place = Places::of(page).find("Ferry runs again").map(|place| place.span.start);
    assert_eq!(place, page.find("<h1>").map(|at| at + 4));
    check(
        page,
        "Vell Harbour runs again—“daily”",
        Some(("Vell&nbsp;Harbour</a> runs\n  again&mdash;<b>“daily”", true)),
    );
    check(page, "Vell Harbour runs twice", None);
    check(page, " \u{200b}", None);
}

#[test]
fn invisible_characters_are_no_hindrance_on_either_side() {
    check(
        "<p>the har\u{ad}bour&#8203;master",
        "the harbourmaster",
        Some(("the har\u{ad}bour&#8203;master", true)),
    );
    check("<p>the harbour", "the\u{feff} harbour", Some(("the harbour", true)));
}

#[test]
fn what_the_reader_left_out_inside_a_passage_is_said() {
    let page = "<p>The council of Vell voted for the new bridge <i class=note>(see page four)</i> by nine to two on \
        Monday evening after a long debate.</p>";
    let passage =
        "The council of Vell voted for the new bridge by nine to two on Monday evening after a long debate.";
    let place = Places::of(page).find(passage);
    assert!(place.is_some_and(|place| !place.exact && place.span.of(page).starts_with("The council")));
    assert!(place.is_some_and(|place| place.span.of(page).ends_with("debate.")));
    // One that was changed is not there, however much of it is.
    check(page, &passage.replace("nine", "ten"), None);
    check(&page.replace("debate.", "debates. A debate."), passage, None);
    check(page, &passage.replace("Monday evening after", "Monday evening, after"), None);
}

#[test]
fn text_that_stands_only_in_data_is_found_there() {
    let page = r#"<div id=app></div><script>x = {"body":"\u003cp\u003eThe \"old\" quay\nsank \u2014 \ud83c\udf0a.\u003c/p\u003e"}</script>"#;
    check(
        page,
        "The \"old\" quay sank — 🌊.",
        Some((r#"The \"old\" quay\nsank \u2014 \ud83c\udf0a."#, true)),
    );
    check(r#"{"text": "a <b>quay</b> sank"}"#, "a quay sank", Some(("a <b>quay</b> sank", true)));
}

#[test]
fn comments_styles_and_bare_signs_are_passed() {
    check(
        "<!-- a quay --><style>p{}</style><p>3 < 4 & 5 > 2",
        "3 < 4 & 5 > 2",
        Some(("3 < 4 & 5 > 2", true)),
    );
    check("<!-- a quay -->", "a quay", None);
    check("<p>a quay<script>", "a quay", Some(("a quay", true)));
    check("<p>a quay</p", "a quay", Some(("a quay", true)));
}

#[test]
fn any_source_is_taken_in_time() {
    for piece in ["<", "<a ", "&", "&amp", "\\", "\\u", "<a \"", "<script>", "<!--", "\"<", "é", "{\\u003c"]
    {
        let source = piece.repeat(200_000);
        for source in [format!("<p>{source}"), format!("{{{source}"), format!("<script>{source}")] {
            let begun = std::time::Instant::now();
            let _ = Places::of(&source)
                .find("a harbour with forty letters and some more in it, and the end of it");
            assert!(begun.elapsed().as_secs() < 5, "{piece} took {:?}", begun.elapsed());
        }
    }
}
