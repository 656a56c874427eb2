//! What tells a person from a machine without asking anybody: a field nobody sees, and how long typing took.

use store::Millis;

use super::pace::{DAY, SECOND, people};
use super::seal;
use crate::server::Site;

/// The field that people don't see; what fills it is a machine.
pub(crate) const TRAP: &str = "website";
/// The field with the signed time at which the form was shown.
pub(crate) const TOKEN: &str = "token";
/// Nobody types a comment faster.
const FASTEST: Millis = 3 * SECOND;
/// A form that lay longer must be shown again.
const OLDEST: Millis = DAY;

/// The hidden fields of a form.
#[derive(Clone, Debug)]
pub(crate) struct FormFields {
    /// The name of the field for the token.
    pub(crate) token_name: &'static str,
    /// The token.
    pub(crate) token: String,
    /// The name of the field that must stay empty.
    pub(crate) trap_name: &'static str,
}

/// Why a form is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Odd {
    /// The unseen field was filled.
    Trapped,
    /// It was sent faster than anybody types.
    Fast,
    /// It was shown too long ago.
    Old,
    /// The token isn't one of ours, or is another story's.
    Forged,
}

/// The hidden fields of a form under a story.
pub(crate) fn form_fields(site: &Site, story: &str) -> FormFields {
    let now = site.clock.now();
    let token = format!("{now}.{}", signed(site, story, now));
    FormFields { token_name: TOKEN, token, trap_name: TRAP }
}

/// Whether the hidden fields came back as a person's would.
pub(crate) fn check(site: &Site, story: &str, token: &str, trap: &str) -> Result<(), Odd> {
    if !trap.is_empty() {
        return Err(Odd::Trapped);
    }
    let (shown, mac) = token.split_once('.').ok_or(Odd::Forged)?;
    let shown: Millis = shown.parse().map_err(|_| Odd::Forged)?;
    if !seal::same(mac, &signed(site, story, shown)) {
        return Err(Odd::Forged);
    }
    let age = site.clock.now().saturating_sub(shown);
    if age < people(&site.clock, FASTEST) {
        Err(Odd::Fast)
    } else if age > people(&site.clock, OLDEST) {
        Err(Odd::Old)
    } else {
        Ok(())
    }
}

fn signed(site: &Site, story: &str, shown: Millis) -> String {
    seal::mac(&*site.key, "form", &format!("{shown} {story}"))
}

impl Odd {
    /// What the reader is told; the words typed stay in the form.
    pub(crate) fn words(self) -> &'static str {
        match self {
            Self::Trapped => {
                "A field that people don’t see was filled in, as programs do. Empty the field “Website” if your \
                 browser shows it, and send it again."
            }
            Self::Fast => {
                "That was faster than anybody types, so it was not taken. Wait three seconds and send it again."
            }
            Self::Old => {
                "This form was open for more than a day. Your words are still here: send them again."
            }
            Self::Forged => {
                "This form did not come from this page. Your words are still here: send them again."
            }
        }
    }
}
