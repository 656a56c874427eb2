use desk::*;
fn main(){
 let f=families::Families::starter();
 for l in std::io::stdin().lines(){ let v:serde_json::Value=serde_json::from_str(&l.unwrap()).unwrap();
  let a=read::record::article(&v,&f).unwrap(); println!("## {}",a.title);
  for (n,(s,why)) in write::explain(&a).into_iter().enumerate(){ if n<5 {println!("{why}\t{s}");} }
 }}
