//! The judge on invented reports: true, altered and absurd claims.

use super::{Claim, Code, Verdict, judge};

const REPORT: &[&str] = &[
    "The Harbour Tram Board will close the Orrin depot in March, Mayor Ada Quill said on Tuesday.",
    "The board employs 1,200 people in Port Lisset and lost $3.5 million in 2024.",
    "The council did not approve the new fares.",
    "\u{201c}We won\u{2019}t sell the old trams,\u{201d} Quill told reporters.",
];

fn check(claim: &str, verdicts: &[Verdict], code: Option<Code>) {
    let found = judge(&Claim { text: claim, subject: None }, REPORT);
    assert!(verdicts.contains(&found.verdict), "{claim}: {found:?}");
    if let Some(code) = code {
        assert!(found.findings.iter().any(|finding| finding.code == code), "{claim}: {found:?}");
    }
    assert!(found.verdict == Verdict::Supported || !found.findings.is_empty(), "{claim} lacks a reason");
}

#[test]
fn what_the_report_says_is_supported() {
    check("The Harbour Tram Board will close the Orrin depot in March.", &[Verdict::Supported], None);
    check("The Harbour Tram Board will shut the Orrin depot in March.", &[Verdict::Supported], None);
    check("The board employs 1,200 people in Port Lisset.", &[Verdict::Supported], None);
    check("Mayor Ada Quill told reporters: \"We won't sell the old trams\".", &[Verdict::Supported], None);
}

#[test]
fn what_is_altered_is_found() {
    use Verdict::{Contradicted, Partly, Unsupported};
    let fault = &[Contradicted, Partly, Unsupported];
    check("The board employs 1,500 people in Port Lisset.", fault, Some(Code::NumberDiffers));
    check("The board employs 1,200 people in Port Vessel.", fault, None);
    check(
        "The Harbour Tram Board will open the Orrin depot in March.",
        &[Contradicted, Partly, Verdict::Supported],
        Some(Code::Antonym),
    );
    check(
        "The council did approve the new fares.",
        &[Contradicted, Partly, Verdict::Supported],
        Some(Code::NegationLost),
    );
    check("The Harbour Tram Board will close the Orrin depot in April.", fault, Some(Code::DateDiffers));
}

#[test]
fn absurd_claims_are_not_supported() {
    check("Seven purple whales were elected to the parliament of the moon.", &[Verdict::Unsupported], None);
    check(
        "Ada Quill was crowned queen of Lisset after a duel in 1703.",
        &[Verdict::Unsupported, Verdict::Partly, Verdict::Contradicted],
        None,
    );
}

#[test]
fn what_cannot_be_checked_is_said_to_be_so() {
    check("\u{2026}", &[Verdict::Uncheckable], Some(Code::NothingToCheck));
    let found = judge(&Claim { text: "The depot closes.", subject: None }, &[]);
    assert_eq!((found.verdict, found.findings[0].code), (Verdict::Uncheckable, Code::NoEvidence));
}

#[test]
fn no_text_makes_the_judge_fall() {
    let odd = [
        "",
        "[",
        "[[1]",
        "\u{201c}a b c",
        "1,2,3,4. 5",
        "9".repeat(400).as_str(),
        "İ\u{301}’s n’t ’",
        "U.S. U.K",
        "1,500th 3rd 2.5bn",
    ]
    .map(str::to_owned);
    for claim in &odd {
        for evidence in &odd {
            let found = judge(&Claim { text: claim, subject: Some(evidence) }, &[evidence, claim]);
            assert!(found.score.is_finite());
        }
    }
}
