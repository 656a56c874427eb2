//! stub
/// stub
pub fn title_case(t:&str)->String{t.to_owned()}
