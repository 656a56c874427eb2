//! What a host's robots.txt asks of us (RFC 9309): groups, `Allow` and `Disallow`, `*` and `$`, longest rule wins.

use std::fmt::Write as _;
use std::time::Duration;

/// The name by which robots.txt may address us.
const TOKEN: &str = "nutgraf";

/// How much of a robots.txt is read; RFC 9309 asks for at least this much.
pub(crate) const MOST: u64 = 500 << 10;

/// How much of a path or a rule is compared.
const LONGEST: usize = 2048;

/// The rules of one host that are meant for us.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Rules {
    rules: Vec<Rule>,
    delay: Option<Duration>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Rule {
    allow: bool,
    /// In the form of [`normal`].
    pattern: String,
}

impl Rules {
    /// Reads a robots.txt. The groups that name us count; where there are none, those for everybody.
    pub(crate) fn parse(bytes: &[u8]) -> Self {
        let text = String::from_utf8_lossy(bytes);
        let (mut ours, mut everybody) = (Self::default(), Self::default());
        let mut named = false;
        let mut group = Group::default();
        for line in text.trim_start_matches('\u{feff}').split(['\n', '\r']) {
            let line = line.split('#').next().unwrap_or_default();
            let Some((key, value)) = line.split_once(':') else { continue };
            let value = value.trim();
            match key.trim().to_ascii_lowercase().as_str() {
                "user-agent" => {
                    group.meet(value);
                    named |= group.ours;
                }
                key @ ("allow" | "disallow") => {
                    group.has_rules = true;
                    // An empty rule forbids nothing.
                    if value.is_empty() {
                        continue;
                    }
                    let rule = Rule { allow: key == "allow", pattern: normal(value) };
                    if group.ours {
                        ours.rules.push(rule);
                    } else if group.everybody {
                        everybody.rules.push(rule);
                    }
                }
                "crawl-delay" => {
                    group.has_rules = true;
                    let delay = value.parse().ok().and_then(|delay| Duration::try_from_secs_f64(delay).ok());
                    if group.ours {
                        ours.delay = delay;
                    } else if group.everybody {
                        everybody.delay = delay;
                    }
                }
                _ => {}
            }
        }
        if named { ours } else { everybody }
    }

    /// How long the host asks us to wait between two requests. RFC 9309 does not have it, and many hosts say it.
    pub(crate) fn delay(&self) -> Option<Duration> {
        self.delay
    }

    /// The rule that forbids a path (with its query), as it would be written; none where it may be read.
    pub(crate) fn forbid(&self, path: &str) -> Option<String> {
        let path = normal(path);
        let mut best: Option<&Rule> = None;
        for rule in self.rules.iter().filter(|rule| matches(&rule.pattern, &path)) {
            let stronger = best.is_none_or(|b| (rule.pattern.len(), rule.allow) > (b.pattern.len(), b.allow));
            if stronger {
                best = Some(rule);
            }
        }
        best.filter(|rule| !rule.allow)
            .map(|rule| format!("Disallow: {}", crate::refusal::plain(&rule.pattern)))
    }
}

/// Whom the group being read is for.
#[derive(Default)]
struct Group {
    ours: bool,
    everybody: bool,
    has_rules: bool,
}

impl Group {
    /// Takes in one `User-agent` line; after rules it opens a new group.
    fn meet(&mut self, agent: &str) {
        if self.has_rules {
            *self = Self::default();
        }
        let token = agent.split(['/', ' ', '\t']).next().unwrap_or_default();
        self.ours |= token.eq_ignore_ascii_case(TOKEN);
        self.everybody |= token == "*";
    }
}

/// A path with its percent-encoding in one form, so that `/%7ejo`, `/%7Ejo` and `/~jo` are the same.
pub(crate) fn normal(path: &str) -> String {
    let bytes = path.as_bytes();
    let mut out = String::new();
    let mut at = 0;
    while at < bytes.len() && out.len() < LONGEST {
        let (byte, width) =
            match (bytes[at], bytes.get(at + 1).and_then(digit), bytes.get(at + 2).and_then(digit)) {
                (b'%', Some(high), Some(low)) => (high * 16 + low, 3),
                (byte, ..) => (byte, 1),
            };
        let plain = byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~');
        if plain || (width == 1 && byte.is_ascii_graphic()) {
            out.push(char::from(byte));
        } else {
            write!(out, "%{byte:02X}").expect("writing to a string can't fail");
        }
        at += width;
    }
    out
}

fn digit(byte: &u8) -> Option<u8> {
    char::from(*byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

/// Whether a pattern matches the start of a path. Each part between stars is looked for once, from where the
/// last one ended, so the time is linear.
pub(crate) fn matches(pattern: &str, path: &str) -> bool {
    let (pattern, anchored) = match pattern.strip_suffix('$') {
        Some(rest) => (rest, true),
        None => (pattern, false),
    };
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = path.strip_prefix(first) else { return false };
    let parts: Vec<&str> = parts.collect();
    let Some((last, middle)) = parts.split_last() else {
        return !anchored || rest.is_empty();
    };
    for part in middle {
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    if anchored { rest.ends_with(last) } else { rest.contains(last) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(robots: &str, path: &str, forbidden: bool) {
        assert_eq!(Rules::parse(robots.as_bytes()).forbid(path).is_some(), forbidden, "{robots:?} {path}");
    }

    #[test]
    fn groups_and_precedence() {
        let all = "User-agent: *\nDisallow: /\n";
        check("", "/a", false);
        check(all, "/a", true);
        check("User-agent: *\nDisallow:\n", "/a", false);
        check("User-agent: other\nDisallow: /\n", "/a", false);
        check("USER-AGENT : NutGraf/1.0 # us\nDISALLOW : /a # x", "/a", true);
        check("User-agent: nutgraf\nAllow: /\n\nUser-agent: *\nDisallow: /", "/a", false);
        check("User-agent: nutgraf\n\nUser-agent: other\nDisallow: /a", "/a", true);
        check("User-agent: nutgraf\nDisallow:\nUser-agent: *\nDisallow: /", "/a", false);
        check(
            "User-agent: nutgraf\nDisallow: /a\nUser-agent: x\nDisallow: /\nUser-agent: nutgraf\nDisallow: /b",
            "/b",
            true,
        );
        check("User-agent: *\rDisallow: /a\r\nAllow: /a/b\n", "/a/b/c", false);
        check("User-agent: *\nDisallow: /a\nAllow: /a\n", "/a", false);
        check("\u{feff}User-agent: *\nDisallow: /a", "/a", true);
        check("Disallow: /a\n", "/a", false);
    }

    #[test]
    fn stars_and_ends() {
        let rule = |rule: &str| format!("User-agent: *\nDisallow: {rule}\n");
        check(&rule("/*.pdf$"), "/a/b.pdf", true);
        check(&rule("/*.pdf$"), "/a/b.pdf?x", false);
        check(&rule("/a$"), "/ab", false);
        check(&rule("/a$"), "/a", true);
        check(&rule("*/private/*x"), "/a/private/bx", true);
        check(&rule("/a*b*b$"), "/aab", false);
        check(&rule("/a*"), "/abc", true);
        check(&rule("/?q="), "/?q=1", true);
        check(&rule("/%7Ejo"), "/~jo", true);
        check(&rule("/é"), "/%c3%A9t", true);
        check(&rule("/a%2fb"), "/a/b", false);
        check(&rule("/%"), "/%", true);
    }

    #[test]
    fn the_delay_is_that_of_our_group() {
        for (robots, seconds) in [
            ("User-agent: *\nCrawl-delay: 10", Some(10.0)),
            ("User-agent: *\nCrawl-delay: 10\nUser-agent: nutgraf\nCRAWL-DELAY: 0.5", Some(0.5)),
            ("User-agent: *\nCrawl-delay: 10\n\nUser-agent: nutgraf\nAllow: /", None),
            ("User-agent: other\nCrawl-delay: 10", None),
            ("User-agent: *\nCrawl-delay: -1", None),
            ("User-agent: *\nCrawl-delay: NaN", None),
            ("User-agent: *\nCrawl-delay: 1e300", None),
            ("User-agent: *\nCrawl-delay:", None),
        ] {
            assert_eq!(
                Rules::parse(robots.as_bytes()).delay().map(|delay| delay.as_secs_f64()),
                seconds,
                "{robots}"
            );
        }
    }

    #[test]
    fn any_bytes_and_many_stars_are_read_in_bounded_time() {
        let robots = format!("User-agent: *\n{}", format!("Disallow: /{}b\n", "*a".repeat(900)).repeat(200));
        check(&robots, &format!("/{}", "a".repeat(8000)), false);
        Rules::parse(&(0..=255u8).cycle().take(5000).collect::<Vec<_>>());
    }
}
