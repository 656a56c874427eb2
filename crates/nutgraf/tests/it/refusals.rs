//! The command line itself: what it refuses, and what it promises.

use crate::command::run;

#[test]
fn a_wrong_command_line_names_what_is_wrong() {
    for (arguments, word) in [
        (&["digest"][..], "SOURCE"),
        (&["digest", "--format", "papyrus", "x"][..], "papyrus"),
        (&["digest", "--first-mark", "7", "x"][..], "7"),
        (&["digest", "--style", "cuneiform", "x"][..], "cuneiform"),
        (&["mark", "--what", "mood"][..], "mood"),
        (&["sing"][..], "sing"),
    ] {
        run(arguments).code(2).silent().err(word);
    }
}

#[test]
fn help_states_every_exit_status() {
    for arguments in [&["--help"][..], &["digest", "--help"][..], &["audit", "--help"][..]] {
        let help = run(arguments).code(0);
        let words = help.printed().split_whitespace().collect::<Vec<_>>().join(" ");
        for status in
            ["0 done", "1 done, and faults", "2 the command line", "3 an input", "4 nothing to write"]
        {
            assert!(words.contains(status), "{status} is missing\n{help}");
        }
    }
}

#[test]
fn every_command_of_the_design_is_there() {
    let mut help = run(&["--help"]).code(0);
    for name in [
        "digest",
        "audit",
        "receipt",
        "read",
        "parse-feed",
        "mark",
        "group",
        "check",
        "cite",
        "serve",
        "config",
        "feeds",
    ] {
        help = help.out(&format!("\n  {name} "));
    }
}
