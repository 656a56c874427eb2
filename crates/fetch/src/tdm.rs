//! What a host reserves against reuse by machines in its `tdmrep.json` (W3C TDM Reservation Protocol).

use serde_json::Value;

use crate::robots;

/// Where the file stands.
pub(crate) const PATH: &str = "/.well-known/tdmrep.json";

/// How much of it is read.
pub(crate) const MOST: u64 = 256 << 10;

/// How many of its rules are kept.
const RULES: usize = 1000;

/// Which paths of a host are reserved.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Policy(Vec<Rule>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Rule {
    /// As in robots.txt, in its normal form.
    pattern: String,
    reserved: bool,
}

impl Policy {
    /// Reads the file; what is no rule is left out.
    pub(crate) fn parse(bytes: &[u8]) -> Self {
        let rules = match serde_json::from_slice(bytes) {
            Ok(Value::Array(rules)) => rules,
            // Some hosts give their only rule by itself.
            Ok(rule @ Value::Object(_)) => vec![rule],
            _ => return Self::default(),
        };
        Self(rules.iter().take(RULES).filter_map(rule).collect())
    }

    /// Whether a path is reserved: the longest pattern that fits decides, and of two as long the one that reserves.
    pub(crate) fn reserves(&self, path: &str) -> bool {
        let path = robots::normal(path);
        let fitting = self.0.iter().filter(|rule| robots::matches(&rule.pattern, &path));
        fitting.max_by_key(|rule| (rule.pattern.len(), rule.reserved)).is_some_and(|rule| rule.reserved)
    }
}

fn rule(value: &Value) -> Option<Rule> {
    let location = value.get("location")?.as_str()?;
    let reserved = match value.get("tdm-reservation")? {
        Value::Number(number) => number.as_i64() == Some(1),
        Value::String(text) => text.trim() == "1",
        _ => return None,
    };
    Some(Rule { pattern: robots::normal(location), reserved })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_pattern_decides() {
        let check = |file: &str, path: &str, reserved: bool| {
            assert_eq!(Policy::parse(file.as_bytes()).reserves(path), reserved, "{file} {path}");
        };
        let all = r#"[{"location": "/", "tdm-reservation": 1}]"#;
        check(all, "/a", true);
        check(r#"{"location": "/", "tdm-reservation": "1"}"#, "/a", true);
        check(r#"[{"location": "/", "tdm-reservation": 0}]"#, "/a", false);
        let open =
            r#"[{"location": "/open/*", "tdm-reservation": 0}, {"location": "/", "tdm-reservation": 1}]"#;
        check(open, "/open/a", false);
        check(open, "/a", true);
        check(r#"[{"location": "/*.pdf$", "tdm-reservation": 1}]"#, "/a.html", false);
        check(r#"[7, {"location": "/a"}, {"tdm-reservation": 1}]"#, "/a", false);
        check("<html>", "/a", false);
        check("", "/a", false);
    }
}
