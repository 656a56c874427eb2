//! (in work)
use crate::article::{Kind, Role};
use crate::stamp::Stamp;
/// stub
#[derive(Default)]
pub struct Page {
    pub title: String,
    pub authors: Vec<String>,
    pub outlet: Option<String>,
    pub published: Option<Stamp>,
    pub modified: Option<Stamp>,
    pub lang: String,
    pub kind: Kind,
    pub section: Option<String>,
    pub canonical: Option<String>,
    pub paywalled: bool,
    pub reserved: bool,
    pub agency: Option<String>,
    pub blocks: Vec<(Role, String)>,
}
pub fn read(_b:&[u8],_u:Option<&str>)->(Page,Vec<String>){(Page::default(),vec![])}
