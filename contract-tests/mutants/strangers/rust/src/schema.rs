// The schemas of the reference, and how a value is held against them.
use crate::json::J;
use crate::v;
use std::convert::TryFrom;

pub enum S {
    Int64,
    Int32,
    Str,
    Bool,
    Enum(&'static [&'static str]),
    Arr(&'static S),
    Obj(&'static [(&'static str, &'static S, bool)]),
}

pub const STATUSES: &[&str] = &["available", "pending", "sold"];
pub static DOMAIN_IN: S = S::Obj(&[("name", &S::Str, false)]);
pub static DOMAIN: S = S::Obj(&[
    ("id", &S::Str, false),
    ("name", &S::Str, false),
    ("validate", &S::Str, false),
    ("status", &S::Enum(&["missing validation", "validated"]), false),
    ("active", &S::Bool, false),
]);
pub static USER: S = S::Obj(&[
    ("id", &S::Int64, false),
    ("username", &S::Str, false),
    ("firstName", &S::Str, false),
    ("lastName", &S::Str, false),
    ("email", &S::Str, false),
    ("password", &S::Str, false),
    ("phone", &S::Str, false),
    ("userStatus", &S::Int32, false),
]);
static TAG: S = S::Obj(&[("id", &S::Int64, false), ("name", &S::Str, false)]);
pub static PET: S = S::Obj(&[
    ("id", &S::Int64, false),
    ("category", &DOMAIN_IN, false),
    ("name", &S::Str, true),
    ("photoUrls", &S::Arr(&S::Str), true),
    ("tags", &S::Arr(&TAG), false),
    ("status", &S::Enum(STATUSES), false),
]);

pub fn safe(x: i128) -> bool {
    if v("f14") {
        x.abs() <= i64::MAX as i128
    } else {
        x.abs() <= 9007199254740991
    }
}

// The value with its documented properties only, or what is wrong with it.
pub fn clean(j: &J, s: &S, at: &str) -> Result<J, String> {
    let wrong = |what: &str| Err(format!("{} must be {}", if at.is_empty() { "the body" } else { at }, what));
    match (s, j) {
        (S::Int64, _) => match j.int() {
            Some(x) if safe(x) => Ok(J::Num(x.to_string())),
            _ => wrong("an integer within 2^53-1"),
        },
        (S::Int32, _) => match j.int() {
            Some(x) if i32::try_from(x).is_ok() => Ok(J::Num(x.to_string())),
            _ => wrong("an int32"),
        },
        (S::Str, J::Str(_)) | (S::Bool, J::Bool(_)) => Ok(j.clone()),
        (S::Str, J::Num(t)) if v("b29") => Ok(J::Str(t.clone())),
        (S::Str, _) => wrong("a string"),
        (S::Bool, _) => wrong("a boolean"),
        (S::Enum(e), J::Str(t)) if e.contains(&t.as_str()) => Ok(j.clone()),
        (S::Enum(e), _) => wrong(&format!("one of {}", e.join(", "))),
        (S::Arr(i), J::Arr(a)) => {
            let mut o = Vec::with_capacity(a.len());
            for (k, x) in a.iter().enumerate() {
                o.push(clean(x, i, &format!("{}[{}]", at, k))?);
            }
            Ok(J::Arr(o))
        }
        (S::Arr(_), _) => wrong("an array"),
        (S::Obj(f), J::Obj(_)) => {
            let mut o = vec![];
            for (name, fs, req) in f.iter() {
                match j.get(name) {
                    Some(x) => o.push((name.to_string(), clean(x, fs, &format!("{}/{}", at, name))?)),
                    None if *req => return Err(format!("{}/{} is missing", at, name)),
                    None => {}
                }
            }
            Ok(J::Obj(o))
        }
        (S::Obj(_), _) => wrong("an object"),
    }
}
