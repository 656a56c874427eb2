//! What the owner of a newsroom decides about its site.

use std::path::PathBuf;

use desk::families::Families;

/// What the owner of a newsroom decides about its site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The name over every page.
    pub name: String,
    /// A line under it.
    pub tagline: String,
    /// The address under which the site is reached from outside, without a slash at its end
    /// (`https://news.example`); feeds, sitemap and sharing need it.
    pub base: String,
    /// BCP 47 language of the site.
    pub lang: String,
    /// How to reach the people behind it; empty for none.
    pub contact: String,
    /// The sections in the order of the front page.
    pub sections: Vec<String>,
    /// Which outlets are one voice.
    pub families: Families,
    /// What holds for comments.
    pub comments: Comments,
    /// How many proxies before us may be believed about where a reader comes from.
    pub trusted_hops: usize,
    /// A folder whose files are served under `/files/` (a logo, a photograph of the office); none for none.
    pub files: Option<PathBuf>,
    /// Whether cookies are marked for https only.
    pub secure_cookies: bool,
    /// Whether this is a demonstration, which every page says.
    pub demo: bool,
}

/// What holds for comments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comments {
    /// Whether there are any.
    pub open: bool,
    /// Whether an editor must approve each before it shows.
    pub approve: bool,
    /// How many days after its publication a digest may be commented on; 0 for ever.
    pub days: u32,
    /// How many minutes an author may change a comment.
    pub edit_minutes: u32,
    /// How many comments one sender may leave in an hour.
    pub per_hour: u32,
    /// The most characters.
    pub length: usize,
}

impl Default for Settings {
    fn default() -> Self {
        let sections =
            ["World", "Politics", "Business", "Technology", "Science", "Health", "Culture", "Sport"];
        Self {
            name: "Nutgraf".to_owned(),
            tagline: "The day’s news, every sentence with its source".to_owned(),
            base: "http://127.0.0.1:8080".to_owned(),
            lang: "en".to_owned(),
            contact: String::new(),
            sections: sections.map(str::to_owned).to_vec(),
            families: Families::starter(),
            comments: Comments::default(),
            trusted_hops: 0,
            files: None,
            secure_cookies: false,
            demo: false,
        }
    }
}

impl Default for Comments {
    fn default() -> Self {
        Self { open: true, approve: true, days: 30, edit_minutes: 15, per_hour: 6, length: 4000 }
    }
}
