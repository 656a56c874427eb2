//! Word lists of the writer. A data table: what opens a sentence that can't stand alone, what is page furniture.

/// Openings that only join a sentence to the one before and may be dropped without harm.
pub(super) const CONNECTIVES: &[&str] = &[
    "But", "And", "Yet", "However", "Meanwhile", "Still", "Also", "Additionally", "Moreover", "Furthermore",
    "In addition", "Besides", "Nevertheless", "Nonetheless", "Elsewhere", "Separately", "For his part",
    "For her part", "Of course", "As a result", "At the same time",
];

/// Openings that point to something outside the sentence.
pub(super) const POINTING: &[&str] = &[
    "he", "she", "they", "it", "this", "that", "these", "those", "his", "her", "their", "its", "here", "such",
    "another", "others", "both", "neither", "either", "him", "them", "instead", "otherwise", "then", "so",
    "nor", "or", "because", "which", "who", "asked", "again", "too", "likewise", "similarly", "therefore",
    "thus", "hence", "yes", "no", "well", "oh", "now", "what", "why", "how", "rather", "more", "also",
    "elsewhere", "later", "earlier", "afterwards", "afterward", "soon", "minutes", "hours", "moments", "days",
];

/// Word pairs at the opening that point to something outside the sentence.
pub(super) const POINTING_PAIRS: &[&str] = &[
    "the two", "the pair", "the former", "the latter", "the first", "the second", "the third", "the other",
    "the same", "the others", "the trio", "the duo", "at that", "at this", "in that", "in this", "by then",
    "until then", "since then", "after that", "after this", "before that", "for that", "for this", "to that",
    "of these", "of those", "of them", "among them", "on that", "even so", "even then", "all of", "not only",
    "the couple", "as such", "in response", "with that", "the following", "the day", "that night", "an hour",
    "some of", "many of", "most of", "each of", "none of", "the rest", "the next",
];

/// First and second persons: outside quotation marks they are the reporter's or the site's own.
pub(super) const OWN_VOICE: &[&str] =
    &["I", "we", "We", "our", "Our", "us", "my", "My", "me", "you", "You", "your", "Your", "I'm", "I've", "we're"];

/// Pieces of page furniture, in lower case.
pub(super) const FURNITURE: &[&str] = &[
    "photo", "getty", "subscribe", "newsletter", "click", "read more", "scroll", "pictured", "follow us",
    "sign up", "copyright", "all rights reserved", "advertisement", "share this", "pic.twitter", "http", "www.",
    ".com", "@", "#", "watch:", "video:", "image:", "updated:", "published:", "read:", "related:", "live blog",
    "story continues", "click here", "read next", "see also", "cookies", "log in", "comments", "file photo",
    "screengrab", "screenshot", "afp/", "reuters/", "/reuters", "/ap", "/afp", "caption", "hide caption",
    "show all", "loading", "javascript", "browser", "download", "email address", "inbox", "gallery",
    "slideshow", "correction:", "editor's note", "editor’s note", "this story", "this article", "this report",
    "contributed to", "reporting by", "editing by", "read the full", "full story", "see below", "see above",
    "pictured:", "above:", "below:", "left:", "right:", "stay tuned", "find out", "check out", "back to top",
    "terms of", "privacy policy", "sponsored", "affiliate", "image copyright", "media caption", "play video",
];

/// Verbs with which speech is reported.
pub(super) const SAYING: &[&str] = &[
    "said", "says", "told", "tells", "added", "adds", "wrote", "writes", "tweeted", "called", "calls", "asked",
    "explained", "insisted", "argued", "warned", "announced", "stated", "declared", "noted", "replied",
    "claimed", "admitted", "recalled", "described", "according", "posted", "reads", "read", "continued",
    "concluded", "denied", "promised", "vowed", "urged", "complained", "confirmed", "shouted", "saying",
    "telling", "adding", "writing", "dubbed", "named", "titled", "testified", "responded", "commented",
];
