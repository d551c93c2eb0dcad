// JSON with exact integers: a number keeps its text.
use crate::v;

#[derive(Clone, Debug, PartialEq)]
pub enum J {
    Null,
    Bool(bool),
    Num(String),
    Str(String),
    Arr(Vec<J>),
    Obj(Vec<(String, J)>),
}

pub fn s(x: &str) -> J { J::Str(x.to_string()) }
pub fn n(x: i64) -> J { J::Num(x.to_string()) }
pub fn obj(kv: Vec<(&str, J)>) -> J { J::Obj(kv.into_iter().map(|(k, v)| (k.to_string(), v)).collect()) }

impl J {
    // the last of two equal names wins
    pub fn get(&self, k: &str) -> Option<&J> {
        match self {
            J::Obj(m) => m.iter().rev().find(|(n, _)| n == k).map(|(_, v)| v),
            _ => None,
        }
    }
    pub fn set(&mut self, k: &str, val: J) {
        if let J::Obj(m) = self {
            match m.iter_mut().rev().find(|(n, _)| n == k) {
                Some(e) => e.1 = val,
                None => m.push((k.to_string(), val)),
            }
        }
    }
    pub fn del(&mut self, k: &str) {
        if let J::Obj(m) = self {
            m.retain(|(n, _)| n != k);
        }
    }
    pub fn str(&self, k: &str) -> Option<&str> {
        match self.get(k) {
            Some(J::Str(x)) => Some(x),
            _ => None,
        }
    }
    pub fn arr(&self, k: &str) -> &[J] {
        match self.get(k) {
            Some(J::Arr(x)) => x,
            _ => &[],
        }
    }
    pub fn int(&self) -> Option<i128> {
        let t = match self {
            J::Num(t) => t,
            _ => return None,
        };
        if t.bytes().all(|c| c == b'-' || c.is_ascii_digit()) {
            return if t.len() < 36 { t.parse::<i128>().ok() } else { None };
        }
        let f: f64 = t.parse().ok()?;
        if f.fract() == 0.0 && f.abs() < 9007199254740992.0 {
            Some(f as i128)
        } else {
            None
        }
    }
}

pub fn parse(t: &str) -> Result<J, String> {
    let mut p = P { b: t.as_bytes(), t, i: 0 };
    p.ws();
    let v = p.value(0)?;
    p.ws();
    if p.i != p.b.len() {
        return Err(format!("unexpected text after the JSON value at byte {}", p.i));
    }
    Ok(v)
}

struct P<'a> {
    b: &'a [u8],
    t: &'a str,
    i: usize,
}

impl<'a> P<'a> {
    fn ws(&mut self) {
        while self.i < self.b.len() && matches!(self.b[self.i], b' ' | b'\t' | b'\n' | b'\r') {
            self.i += 1;
        }
    }
    fn peek(&self) -> u8 { *self.b.get(self.i).unwrap_or(&0) }
    fn err<T>(&self, m: &str) -> Result<T, String> { Err(format!("malformed JSON at byte {}: {}", self.i, m)) }
    fn value(&mut self, depth: usize) -> Result<J, String> {
        if depth > 100 {
            return self.err("nested too deeply");
        }
        match self.peek() {
            b'{' => {
                self.i += 1;
                let mut m = vec![];
                self.ws();
                if self.peek() == b'}' {
                    self.i += 1;
                    return Ok(J::Obj(m));
                }
                loop {
                    self.ws();
                    if self.peek() != b'"' {
                        return self.err("a name expected");
                    }
                    let k = self.string()?;
                    self.ws();
                    if self.peek() != b':' {
                        return self.err("':' expected");
                    }
                    self.i += 1;
                    self.ws();
                    let x = self.value(depth + 1)?;
                    m.push((k, x));
                    self.ws();
                    match self.peek() {
                        b',' => self.i += 1,
                        b'}' => {
                            self.i += 1;
                            return Ok(J::Obj(m));
                        }
                        _ => return self.err("',' or '}' expected"),
                    }
                }
            }
            b'[' => {
                self.i += 1;
                let mut a = vec![];
                self.ws();
                if self.peek() == b']' {
                    self.i += 1;
                    return Ok(J::Arr(a));
                }
                loop {
                    self.ws();
                    a.push(self.value(depth + 1)?);
                    self.ws();
                    match self.peek() {
                        b',' => self.i += 1,
                        b']' => {
                            self.i += 1;
                            return Ok(J::Arr(a));
                        }
                        _ => return self.err("',' or ']' expected"),
                    }
                }
            }
            b'"' => Ok(J::Str(self.string()?)),
            b't' => self.word("true", J::Bool(true)),
            b'f' => self.word("false", J::Bool(false)),
            b'n' => self.word("null", J::Null),
            b'-' | b'0'..=b'9' => self.number(),
            _ => self.err("a value expected"),
        }
    }
    fn word(&mut self, w: &str, v: J) -> Result<J, String> {
        if self.b[self.i..].starts_with(w.as_bytes()) {
            self.i += w.len();
            Ok(v)
        } else {
            self.err("a value expected")
        }
    }
    fn digits(&mut self) -> usize {
        let a = self.i;
        while self.peek().is_ascii_digit() {
            self.i += 1;
        }
        self.i - a
    }
    fn number(&mut self) -> Result<J, String> {
        let a = self.i;
        if self.peek() == b'-' {
            self.i += 1;
        }
        let z = self.peek() == b'0';
        let d = self.digits();
        if d == 0 || (z && d > 1) {
            return self.err("a bad number");
        }
        if self.peek() == b'.' {
            self.i += 1;
            if self.digits() == 0 {
                return self.err("a bad number");
            }
        }
        if matches!(self.peek(), b'e' | b'E') {
            self.i += 1;
            if matches!(self.peek(), b'+' | b'-') {
                self.i += 1;
            }
            if self.digits() == 0 {
                return self.err("a bad number");
            }
        }
        Ok(J::Num(self.t[a..self.i].to_string()))
    }
    fn hex4(&mut self) -> Result<u32, String> {
        let h = self.b.get(self.i..self.i + 4).filter(|h| h.iter().all(|c| c.is_ascii_hexdigit()));
        match h.and_then(|h| std::str::from_utf8(h).ok()).and_then(|h| u32::from_str_radix(h, 16).ok()) {
            Some(x) => {
                self.i += 4;
                Ok(x)
            }
            None => self.err("a bad \\u escape"),
        }
    }
    fn string(&mut self) -> Result<String, String> {
        self.i += 1;
        let mut o = String::new();
        loop {
            let a = self.i;
            while self.i < self.b.len() && !matches!(self.b[self.i], b'"' | b'\\') && self.b[self.i] >= 0x20 {
                self.i += 1;
            }
            o.push_str(&self.t[a..self.i]);
            if self.i >= self.b.len() {
                return self.err("an unfinished string");
            }
            match self.b[self.i] {
                b'"' => {
                    self.i += 1;
                    return Ok(o);
                }
                b'\\' => {
                    self.i += 1;
                    let c = self.peek();
                    self.i += 1;
                    match c {
                        b'"' => o.push('"'),
                        b'\\' => o.push('\\'),
                        b'/' => o.push('/'),
                        b'b' => o.push('\u{8}'),
                        b'f' => o.push('\u{c}'),
                        b'n' => o.push('\n'),
                        b'r' => o.push('\r'),
                        b't' => o.push('\t'),
                        b'u' => {
                            let mut x = self.hex4()?;
                            if (0xD800..0xDC00).contains(&x) && self.b[self.i.min(self.b.len())..].starts_with(b"\\u") {
                                self.i += 2;
                                let y = self.hex4()?;
                                if !(0xDC00..0xE000).contains(&y) {
                                    return self.err("a lone surrogate");
                                }
                                x = 0x10000 + ((x - 0xD800) << 10) + (y - 0xDC00);
                            }
                            match char::from_u32(x) {
                                Some(c) => o.push(c),
                                None => return self.err("a lone surrogate"),
                            }
                        }
                        _ => {
                            self.i -= 1;
                            return self.err("a bad escape");
                        }
                    }
                }
                _ => return self.err("a control character in a string"),
            }
        }
    }
}

fn quote(x: &str, o: &mut String) {
    o.push('"');
    for c in x.chars() {
        match c {
            '"' => o.push_str("\\\""),
            '\\' => o.push_str("\\\\"),
            '\n' => o.push_str("\\n"),
            '\r' => o.push_str("\\r"),
            '\t' => o.push_str("\\t"),
            '/' if v("f30") => o.push_str("\\/"),
            c if (c as u32) < 0x20 || (c as u32 > 0x7e && v("f30")) => {
                let mut b = [0u16; 2];
                for u in c.encode_utf16(&mut b) {
                    o.push_str(&format!("\\u{:04X}", u));
                }
            }
            c => o.push(c),
        }
    }
    o.push('"');
}

pub fn write(j: &J) -> String {
    let mut o = String::new();
    w(j, &mut o, 0, v("f29"));
    o
}

fn w(j: &J, o: &mut String, d: usize, pretty: bool) {
    let nl = |o: &mut String, d: usize| {
        if pretty {
            o.push_str("\r\n");
            for _ in 0..d {
                o.push('\t');
            }
        }
    };
    match j {
        J::Null => o.push_str("null"),
        J::Bool(b) => o.push_str(if *b { "true" } else { "false" }),
        J::Num(t) => o.push_str(t),
        J::Str(t) => quote(t, o),
        J::Arr(a) => {
            o.push('[');
            for (i, x) in a.iter().enumerate() {
                if i > 0 {
                    o.push(',');
                }
                nl(o, d + 1);
                w(x, o, d + 1, pretty);
            }
            nl(o, d);
            o.push(']');
        }
        J::Obj(m) => {
            o.push('{');
            let mut order: Vec<usize> = (0..m.len()).collect();
            if pretty {
                order.reverse();
            }
            for (c, i) in order.into_iter().enumerate() {
                if c > 0 {
                    o.push(',');
                }
                nl(o, d + 1);
                quote(&m[i].0, o);
                o.push_str(if pretty { " : " } else { ":" });
                w(&m[i].1, o, d + 1, pretty);
            }
            nl(o, d);
            o.push('}');
        }
    }
}
