//! (stub)
use jiff::civil::Date;
#[derive(Clone,Debug)] pub struct Source{pub id:String,pub title:String,pub outlet:String,pub authors:Vec<Author>,pub published:Option<Date>,pub url:Option<String>,pub accessed:Option<Date>}
#[derive(Clone,Debug)] pub enum Author{Person{given:String,family:String},Organisation(String)}
impl Author{pub fn from_name(n:&str)->Self{Self::Organisation(n.into())}}
#[derive(Clone,Copy,Debug)] pub enum Style{Specimen,Mla}
impl Style{pub const NAMES:&[&str]=&["specimen","mla"];}
impl std::str::FromStr for Style{type Err=();fn from_str(s:&str)->Result<Self,()>{match s{"mla"=>Ok(Self::Mla),"specimen"=>Ok(Self::Specimen),_=>Err(())}}}
pub fn reference(s:&Source,_:Style)->String{format!("“{}.” {}",s.title,s.outlet)}
