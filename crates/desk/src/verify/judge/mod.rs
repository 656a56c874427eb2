//! (stub)
use language::Span;
/// c
pub struct Claim<'a>{pub text:&'a str,pub subject:Option<&'a str>}
/// v
#[derive(Clone,Copy,Debug,PartialEq,Eq)] pub enum Verdict{Supported,Partly,Contradicted,Unsupported,Uncheckable}
impl Verdict{/// n
 pub fn name(self)->&'static str{match self{Self::Supported=>"supported",Self::Partly=>"partly",Self::Contradicted=>"contradicted",Self::Unsupported=>"unsupported",Self::Uncheckable=>"uncheckable"}}}
/// c
#[derive(Clone,Copy,Debug,PartialEq,Eq)] pub enum Code{QuoteAltered,EditUnsound,PassageUnsound,DateImpossible,WordMissing,Uncited}
/// f
#[derive(Clone,Debug,PartialEq)] pub struct Finding{pub code:Code,pub span:Option<Span>,pub note:String}
impl Finding{/// n
 pub fn new(code:Code,note:&str)->Self{Self{code,span:None,note:note.to_owned()}}}
/// j
pub struct Judgement{pub verdict:Verdict,pub score:f64,pub evidence:Vec<usize>,pub findings:Vec<Finding>}
/// j
pub fn judge(_c:&Claim,_e:&[&str])->Judgement{Judgement{verdict:Verdict::Supported,score:1.0,evidence:vec![],findings:vec![]}}

impl Code{/// n
 pub fn name(self)->&'static str{"stub"}}
