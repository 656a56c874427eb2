//! (stub)
#[derive(serde::Serialize)] pub struct Feed{pub title:Option<String>,pub entries:Vec<Entry>,pub notes:Vec<String>}
#[derive(serde::Serialize)] pub struct Entry{pub title:Option<String>,pub link:Option<String>,pub summary:Option<String>,pub content:Option<String>,pub published:Option<String>,pub updated:Option<String>,pub authors:Vec<Person>,pub source:Option<String>}
#[derive(serde::Serialize)] pub struct Person{pub name:Option<String>}
pub fn parse(_b:&[u8],_:&str)->Result<Feed,String>{Err("stub".into())}
pub fn looks_like_feed(_b:&[u8])->bool{false}
