// Percent-encoding, forms, multipart, header parameters, dates, gzip.
use std::time::{SystemTime, UNIX_EPOCH};

pub fn percent(t: &str, plus: bool) -> Option<String> {
    let b = t.as_bytes();
    let mut o = Vec::with_capacity(b.len());
    let mut i = 0;
    while i < b.len() {
        match b[i] {
            b'%' => {
                let h = b.get(i + 1..i + 3).filter(|h| h.iter().all(|c| c.is_ascii_hexdigit()))?;
                o.push(u8::from_str_radix(std::str::from_utf8(h).ok()?, 16).ok()?);
                i += 2;
            }
            b'+' if plus => o.push(b' '),
            c => o.push(c),
        }
        i += 1;
    }
    String::from_utf8(o).ok()
}

// name=value pairs; a pair that cannot be decoded is None beside its raw name
pub fn form(t: &str, plus: bool) -> Vec<(String, Option<String>)> {
    t.split('&')
        .filter(|p| !p.is_empty())
        .map(|p| {
            let (k, x) = p.split_once('=').unwrap_or((p, ""));
            match percent(k, true) {
                Some(k) => (k, percent(x, plus)),
                None => (k.to_string(), None),
            }
        })
        .collect()
}

// `type; a=b; c="d"`: the type in lower case, the parameters with lower-case names
pub fn params(h: &str) -> (String, Vec<(String, String)>) {
    let mut parts = vec![String::new()];
    let (mut quoted, mut esc) = (false, false);
    for c in h.chars() {
        if esc {
            esc = false;
        } else if quoted && c == '\\' {
            esc = true;
        } else if c == '"' {
            quoted = !quoted;
        } else if c == ';' && !quoted {
            parts.push(String::new());
            continue;
        }
        parts.last_mut().unwrap().push(c);
    }
    let mut it = parts.into_iter();
    let main = it.next().unwrap_or_default().trim().to_lowercase();
    let ps = it
        .filter_map(|p| {
            let (k, x) = p.split_once('=')?;
            let x = x.trim();
            let x = match x.strip_prefix('"') {
                Some(q) => {
                    let mut o = String::new();
                    let mut cs = q.chars();
                    while let Some(c) = cs.next() {
                        match c {
                            '"' => break,
                            '\\' => o.extend(cs.next()),
                            c => o.push(c),
                        }
                    }
                    o
                }
                None => x.to_string(),
            };
            Some((k.trim().to_lowercase(), x))
        })
        .collect();
    (main, ps)
}

pub fn param<'a>(ps: &'a [(String, String)], k: &str) -> Option<&'a str> { ps.iter().find(|(n, _)| n == k).map(|(_, x)| x.as_str()) }

fn find(h: &[u8], needle: &[u8], from: usize) -> Option<usize> {
    let mut i = from;
    while i + needle.len() <= h.len() {
        match h[i..=h.len() - needle.len()].iter().position(|c| *c == needle[0]) {
            None => return None,
            Some(p) => {
                i += p;
                if h[i..].starts_with(needle) {
                    return Some(i);
                }
                i += 1;
            }
        }
    }
    None
}

pub struct Part {
    pub name: String,
    pub filename: Option<String>,
    pub data: Vec<u8>,
}

pub fn multipart(b: &[u8], boundary: &str) -> Result<Vec<Part>, String> {
    if boundary.is_empty() || boundary.len() > 200 {
        return Err("no boundary".into());
    }
    let delim = format!("\r\n--{}", boundary).into_bytes();
    let mut at = if b.starts_with(&delim[2..]) { delim.len() - 2 } else { find(b, &delim, 0).ok_or("the boundary does not occur")? + delim.len() };
    let mut parts = vec![];
    loop {
        if b[at..].starts_with(b"--") {
            return Ok(parts);
        }
        while matches!(b.get(at), Some(b' ' | b'\t')) {
            at += 1;
        }
        if !b[at..].starts_with(b"\r\n") {
            return Err("text after a boundary".into());
        }
        at += 2;
        let head_end = if b[at..].starts_with(b"\r\n") { at } else { find(b, b"\r\n\r\n", at).ok_or("a part without an end of its headers")? + 2 };
        let head = String::from_utf8_lossy(&b[at..head_end]).to_string();
        let next = find(b, &delim, head_end).ok_or("the closing boundary is missing")?;
        let data = b[(head_end + 2).min(next)..next].to_vec();
        at = next + delim.len();
        let cd = head.split("\r\n").find_map(|l| {
            let (k, x) = l.split_once(':')?;
            if k.trim().eq_ignore_ascii_case("content-disposition") {
                Some(params(x))
            } else {
                None
            }
        });
        match cd {
            Some((kind, ps)) if kind == "form-data" && param(&ps, "name").is_some() => {
                parts.push(Part { name: param(&ps, "name").unwrap_or("").to_string(), filename: param(&ps, "filename").map(|x| x.to_string()), data })
            }
            _ => return Err("a part without a name".into()),
        }
    }
}

// Bytes as text by charset; Err(true) is an unknown charset, Err(false) broken text.
pub fn text(b: &[u8], charset: Option<&str>, xml: bool) -> Result<String, bool> {
    let mut cs = charset.map(|c| c.trim().to_lowercase());
    if cs.is_none() && xml {
        let head = String::from_utf8_lossy(&b[..b.len().min(120)]).to_string();
        if b.starts_with(&[0xff, 0xfe]) || b.starts_with(&[0xfe, 0xff]) {
            cs = Some("utf-16".into());
        } else if let Some(d) = head.strip_prefix("<?xml").and_then(|h| h.split("?>").next()) {
            if let Some(e) = d.split("encoding").nth(1) {
                let e = e.trim_start().trim_start_matches('=').trim_start();
                cs = e.get(1..).and_then(|x| x.split(['"', '\'']).next()).map(|x| x.to_lowercase());
            }
        }
    }
    match cs.as_deref() {
        None | Some("utf-8" | "utf8" | "us-ascii" | "ascii" | "") => {
            let b = b.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(b);
            String::from_utf8(b.to_vec()).map_err(|_| false)
        }
        Some("iso-8859-1" | "latin1" | "latin-1") => Ok(b.iter().map(|c| *c as char).collect()),
        Some("utf-16" | "utf-16le" | "utf-16be") => {
            let le = b.starts_with(&[0xff, 0xfe]) || (!b.starts_with(&[0xfe, 0xff]) && cs.as_deref() == Some("utf-16le"));
            let u: Vec<u16> = b
                .chunks(2)
                .map(|c| {
                    let (x, y) = (c[0], *c.get(1).unwrap_or(&0));
                    if le {
                        u16::from_le_bytes([x, y])
                    } else {
                        u16::from_be_bytes([x, y])
                    }
                })
                .collect();
            if b.len() % 2 == 1 {
                return Err(false);
            }
            String::from_utf16(&u).map(|t| t.trim_start_matches('\u{feff}').to_string()).map_err(|_| false)
        }
        _ => Err(true),
    }
}

pub fn now() -> (i64, u32) {
    let d = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    (d.as_secs() as i64, d.subsec_nanos())
}

// year, month, day, hour, minute, second, weekday (0 = Sunday)
pub fn civil(t: i64) -> (i64, i64, i64, i64, i64, i64, usize) {
    let (days, r) = (t.div_euclid(86400), t.rem_euclid(86400));
    let z = days + 719468;
    let era = z.div_euclid(146097);
    let doe = z.rem_euclid(146097);
    let yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let m = if mp < 10 { mp + 3 } else { mp - 9 };
    (yoe + era * 400 + (m <= 2) as i64, m, doy - (153 * mp + 2) / 5 + 1, r / 3600, r % 3600 / 60, r % 60, (days + 4).rem_euclid(7) as usize)
}

const DAYS: [&str; 7] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

pub fn http_date(t: i64) -> String {
    let (y, m, d, h, mi, s, wd) = civil(t);
    format!("{}, {:02} {} {} {:02}:{:02}:{:02} GMT", DAYS[wd], d, MONTHS[m as usize - 1], y, h, mi, s)
}
pub fn java_date(t: i64) -> String {
    let (y, m, d, h, mi, s, wd) = civil(t);
    format!("{} {} {:02} {:02}:{:02}:{:02} UTC {}", DAYS[wd], MONTHS[m as usize - 1], d, h, mi, s, y)
}
pub fn rfc3339(t: i64) -> String {
    let (y, m, d, h, mi, s, _) = civil(t);
    format!("{}-{:02}-{:02}T{:02}:{:02}:{:02}Z", y, m, d, h, mi, s)
}

pub fn fnv(t: &str, seed: u64) -> u64 { t.bytes().fold(0xcbf29ce484222325 ^ seed, |h, c| (h ^ c as u64).wrapping_mul(0x100000001b3)) }

// gzip with stored blocks
pub fn gzip(b: &[u8]) -> Vec<u8> {
    let mut o = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
    let mut it = b.chunks(65535).peekable();
    if b.is_empty() {
        o.extend([1, 0, 0, 255, 255]);
    }
    while let Some(c) = it.next() {
        o.push(it.peek().is_none() as u8);
        let l = c.len() as u16;
        o.extend(l.to_le_bytes());
        o.extend((!l).to_le_bytes());
        o.extend(c);
    }
    let mut crc = !0u32;
    for c in b {
        crc ^= *c as u32;
        for _ in 0..8 {
            crc = if crc & 1 == 1 { crc >> 1 ^ 0xedb88320 } else { crc >> 1 };
        }
    }
    o.extend((!crc).to_le_bytes());
    o.extend((b.len() as u32).to_le_bytes());
    o
}
