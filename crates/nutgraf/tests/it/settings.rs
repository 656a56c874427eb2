//! The settings: what goes before what, what is said of wrong ones, and that the example file says what is true.

use std::fs;

use crate::command::{run, run_in, run_with};
use crate::place::{Place, repository};

#[test]
fn the_example_file_is_what_the_program_prints() {
    let example = fs::read_to_string(repository().join("docs/nutgraf.toml")).expect("the example is there");
    let printed = run(&["config", "--example"]).code(0);
    assert_eq!(example, printed.printed(), "docs/nutgraf.toml: make it anew with nutgraf config --example");
    let place = Place::new("the-example-file");
    place.file("nutgraf.toml", example);
    let shown = run_in(place.path(), &["config"]).code(0).out("# settings file: nutgraf.toml");
    for line in shown.printed().lines().skip(1) {
        assert!(line.contains("  # nutgraf.toml:"), "the example does not set this: {line}");
    }
}

#[test]
fn the_command_line_goes_before_the_environment_before_the_file_before_the_default() {
    let place = Place::new("precedence");
    place.file(
        "nutgraf.toml",
        "data = \"file\"\n[site]\nname = \"File\"\ntagline = \"File\"\nlang = \"fr\"\n",
    );
    let environment = [("NUTGRAF_SITE_NAME", "Environment"), ("NUTGRAF_SITE_TAGLINE", "Environment")];
    run_with(place.path(), &environment, &["config", "--set", "site.name=Line", "--data", "elsewhere"])
        .code(0)
        .out("site.name = \"Line\"  # command line --set")
        .out("site.tagline = \"Environment\"  # environment NUTGRAF_SITE_TAGLINE")
        .out("site.lang = \"fr\"  # nutgraf.toml:5")
        .out("data = \"elsewhere\"  # command line --data")
        .out("write.words = 380  # default");
}

#[test]
fn a_file_elsewhere_is_named_or_found() {
    let place = Place::new("settings-elsewhere");
    place.file("other.toml", "[site]\nname = \"Other\"\n").folder("home/nutgraf");
    place.file("home/nutgraf/nutgraf.toml", "[site]\nname = \"Home\"\n");
    let home = place.path().join("home");
    let home = [("XDG_CONFIG_HOME", home.to_str().expect("UTF-8"))];
    run_with(place.path(), &home, &["config"]).code(0).out("site.name = \"Home\"");
    run_with(place.path(), &home, &["config", "--config", "other.toml"]).code(0).out("site.name = \"Other\"");
    run_in(place.path(), &["config", "--config", "nowhere.toml"])
        .code(3)
        .silent()
        .clear()
        .err("nowhere.toml")
        .err("--config");
}

#[test]
fn passwords_are_not_shown() {
    let shown = run(&["config", "--database", "postgres://desk:s3cret@db.example/news"])
        .code(0)
        .out("desk:•••@db.example");
    assert!(!shown.printed().contains("s3cret"));
    let wrong = run(&["config", "--database", "mysql://desk:s3cret@db.example/news"]).code(3).clear();
    let wrong = wrong.err("database takes sqlite:PATH or postgres://");
    assert!(!wrong.said().contains("s3cret"));
}

#[test]
fn wrong_settings_are_named_with_file_line_what_was_given_and_what_is_allowed() {
    let place = Place::new("wrong-settings");
    for (text, words) in [
        (
            "[site]\nnmae = \"x\"\n",
            &["nutgraf.toml line 2", "site.nmae is no setting", "Did you mean site.name?"][..],
        ),
        ("[fetch]\ngap = 3\n", &["nutgraf.toml line 2", "fetch.gap takes a time such as", "was given 3"]),
        ("[comments]\nopen = \"yes\"\n", &["comments.open takes true or false", "was given \"yes\""]),
        ("listen = \"8080\"\n", &["listen takes HOST:PORT", "was given \"8080\""]),
        ("[write]\napproval = [\"Weather\"]\n", &["write.approval", "Weather", "World, Politics"]),
        ("[site\n", &["nutgraf.toml line 1", "not TOML"]),
    ] {
        place.file("nutgraf.toml", text);
        let mut run = run_in(place.path(), &["config"]).code(3).silent().clear();
        for word in words {
            run = run.err(word);
        }
    }
    place.file("nutgraf.toml", "");
    let variable = [("NUTGRAF_FETCH_TIMEOT", "20s")];
    run_with(place.path(), &variable, &["config"])
        .code(3)
        .clear()
        .err("NUTGRAF_FETCH_TIMEOT")
        .err("NUTGRAF_FETCH_TIMEOUT?");
    run_in(place.path(), &["config", "--set", "write.words=2"])
        .code(3)
        .clear()
        .err("a whole number from 60 to 3000");
    run_in(place.path(), &["config", "--set", "write.words"]).code(2).err("KEY=VALUE");
}
