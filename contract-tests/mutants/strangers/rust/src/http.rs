// One connection: read requests, hand them to the API, write the replies.
use crate::{api, codec, v};
use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};
use std::time::{Duration, Instant};

pub const MAX_BODY: usize = 10_000_000;
const MAX_DRAIN: usize = 64_000_000;
const MAX_LINE: usize = 65_536;

pub struct Req {
    pub method: String,
    pub path: String,
    pub query: String,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
    pub too_big: bool,
    pub v10: bool,
}

impl Req {
    pub fn header(&self, k: &str) -> Option<String> {
        let all: Vec<&str> = self.headers.iter().filter(|(n, _)| n == k).map(|(_, x)| x.as_str()).collect();
        if all.is_empty() {
            None
        } else {
            Some(all.join(", "))
        }
    }
}

pub struct Resp {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Resp {
    pub fn new(status: u16) -> Resp { Resp { status, headers: vec![], body: vec![] } }
    pub fn with(status: u16, ctype: &str, body: String) -> Resp { Resp { status, headers: vec![("Content-Type".into(), ctype.into())], body: body.into_bytes() } }
    pub fn h(mut self, k: &str, x: &str) -> Resp {
        self.headers.push((k.into(), x.into()));
        self
    }
    pub fn get(&self, k: &str) -> Option<&str> { self.headers.iter().find(|(n, _)| n.eq_ignore_ascii_case(k)).map(|(_, x)| x.as_str()) }
}

enum E {
    Gone,
    Bad(u16, &'static str),
}

struct Conn {
    s: TcpStream,
    buf: Vec<u8>,
    pos: usize,
    end: Option<Instant>, // when the request under way must be complete
}

impl Conn {
    fn fill(&mut self) -> Result<(), E> {
        if self.pos > 0 {
            self.buf.drain(..self.pos);
            self.pos = 0;
        }
        let wait = match self.end {
            Some(t) => match t.checked_duration_since(Instant::now()) {
                Some(d) => d.min(Duration::from_secs(15)),
                None => return Err(E::Bad(408, "the request took too long")),
            },
            None => Duration::from_secs(75),
        };
        let _ = self.s.set_read_timeout(Some(wait.max(Duration::from_millis(5))));
        let mut chunk = [0u8; 16384];
        match self.s.read(&mut chunk) {
            Ok(0) => Err(E::Gone),
            Ok(n) => {
                self.buf.extend_from_slice(&chunk[..n]);
                Ok(())
            }
            Err(e) if e.kind() == std::io::ErrorKind::Interrupted => Ok(()),
            Err(e) if matches!(e.kind(), std::io::ErrorKind::WouldBlock | std::io::ErrorKind::TimedOut) && self.end.is_some() => Err(E::Bad(408, "the request took too long")),
            Err(_) => Err(E::Gone),
        }
    }
    fn line(&mut self) -> Result<Vec<u8>, E> {
        let mut from = 0;
        loop {
            if let Some(i) = self.buf[self.pos + from..].iter().position(|c| *c == b'\n') {
                let e = self.pos + from + i;
                let mut l = self.buf[self.pos..e].to_vec();
                self.pos = e + 1;
                if l.last() == Some(&b'\r') {
                    l.pop();
                }
                return Ok(l);
            }
            from = self.buf.len() - self.pos;
            if from > MAX_LINE {
                return Err(E::Bad(431, "a header line is too long"));
            }
            self.fill()?;
        }
    }
    fn take(&mut self, mut n: usize, keep: &mut Vec<u8>) -> Result<(), E> {
        while n > 0 {
            if self.pos == self.buf.len() {
                self.fill()?;
            }
            let k = n.min(self.buf.len() - self.pos);
            if keep.len() <= MAX_BODY {
                keep.extend_from_slice(&self.buf[self.pos..self.pos + k]);
            }
            self.pos += k;
            n -= k;
        }
        Ok(())
    }
    // The next request, and whether the connection may go on after it.
    fn request(&mut self) -> Result<(Req, bool), E> {
        self.end = None;
        if self.pos == self.buf.len() {
            self.fill()?;
        }
        self.end = Some(Instant::now() + Duration::from_secs(60));
        let mut l = self.line()?;
        for _ in 0..4 {
            if l.is_empty() {
                l = self.line()?;
            }
        }
        let l = String::from_utf8_lossy(&l).to_string();
        let p: Vec<&str> = l.split(' ').collect();
        if p.len() != 3 || p[0].is_empty() || p[1].is_empty() || !p[0].bytes().all(|c| c.is_ascii_graphic()) {
            return Err(E::Bad(400, "a malformed request line"));
        }
        let v10 = match p[2] {
            "HTTP/1.1" => false,
            "HTTP/1.0" => true,
            _ => return Err(E::Bad(400, "HTTP/1.1 is spoken here")),
        };
        let mut headers = vec![];
        let mut size = 0;
        loop {
            let h = self.line()?;
            if h.is_empty() {
                break;
            }
            size += h.len();
            if size > MAX_LINE || headers.len() > 300 {
                return Err(E::Bad(431, "the headers are too large"));
            }
            let h = String::from_utf8_lossy(&h).to_string();
            match h.split_once(':') {
                Some((k, x)) if !k.is_empty() && k.bytes().all(|c| c.is_ascii_graphic()) => headers.push((k.to_lowercase(), x.trim().to_string())),
                _ => return Err(E::Bad(400, "a malformed header")),
            }
        }
        let mut t = p[1];
        if let Some(i) = t.find("://").filter(|_| !t.starts_with('/')) {
            t = &t[i + 3..];
            t = t.find(['/', '?']).map(|i| &t[i..]).unwrap_or("/");
        }
        let t = t.split('#').next().unwrap_or("");
        let (path, query) = t.split_once('?').unwrap_or((t, ""));
        let mut r = Req { method: p[0].to_string(), path: path.to_string(), query: query.to_string(), headers, body: vec![], too_big: false, v10 };
        if !v10 && r.headers.iter().filter(|(k, _)| k == "host").count() != 1 {
            return Err(E::Bad(400, "one Host header is needed"));
        }
        let conn = r.header("connection").unwrap_or_default().to_lowercase();
        let tokens: Vec<&str> = conn.split(',').map(|x| x.trim()).collect();
        let mut keep = if v10 { tokens.contains(&"keep-alive") } else { !tokens.contains(&"close") };
        let expects = r.header("expect").is_some_and(|x| x.eq_ignore_ascii_case("100-continue")) && !v10;
        let te = r.header("transfer-encoding");
        let cl = r.header("content-length");
        if let Some(te) = te {
            if !te.trim().eq_ignore_ascii_case("chunked") || v10 {
                return Err(E::Bad(400, "only chunked is known as a transfer encoding"));
            }
            if cl.is_some() {
                keep = false;
            }
            if expects {
                let _ = self.s.write_all(b"HTTP/1.1 100 Continue\r\n\r\n");
            }
            let mut body = vec![];
            let mut total = 0usize;
            loop {
                let l = self.line()?;
                let l = String::from_utf8_lossy(&l).to_string();
                let hex = l.split(';').next().unwrap_or("").trim().to_string();
                if hex.is_empty() || hex.len() > 15 || !hex.bytes().all(|c| c.is_ascii_hexdigit()) {
                    return Err(E::Bad(400, "a malformed chunk"));
                }
                let n = usize::from_str_radix(&hex, 16).unwrap_or(usize::MAX);
                if n == 0 {
                    break;
                }
                total = total.saturating_add(n);
                if total > MAX_DRAIN {
                    r.too_big = true;
                    return Ok((r, false));
                }
                self.take(n, &mut body)?;
                if !self.line()?.is_empty() {
                    return Err(E::Bad(400, "a malformed chunk"));
                }
            }
            for i in 0.. {
                if self.line()?.is_empty() {
                    break;
                }
                if i > 100 {
                    return Err(E::Bad(431, "too many trailers"));
                }
            }
            r.too_big = total > MAX_BODY;
            r.body = if v("b05") { vec![] } else { body };
        } else if let Some(cl) = cl {
            let mut each = cl.split(',').map(|x| x.trim());
            let a = each.next().unwrap_or("").to_string();
            if a.is_empty() || !a.bytes().all(|c| c.is_ascii_digit()) || each.any(|x| x != a) {
                return Err(E::Bad(400, "a malformed Content-Length"));
            }
            let n = a.parse::<usize>().unwrap_or(usize::MAX);
            r.too_big = n > MAX_BODY;
            if r.too_big && (expects || n > MAX_DRAIN) {
                return Ok((r, false));
            }
            if expects && n > 0 {
                let _ = self.s.write_all(b"HTTP/1.1 100 Continue\r\n\r\n");
            }
            let mut body = vec![];
            self.take(n, &mut body)?;
            r.body = body;
        }
        if r.too_big {
            r.body.clear();
            keep = false;
        }
        Ok((r, keep))
    }

    fn send(&mut self, r: Option<&Req>, mut resp: Resp, mut keep: bool) -> bool {
        let head_only = r.is_some_and(|r| r.method == "HEAD");
        let bodyless = resp.status == 204 || resp.status == 304;
        let mut out: Vec<u8> = vec![];
        if v("f40") && r.is_some_and(|r| r.method == "GET" && !r.v10) {
            out.extend(b"HTTP/1.1 103 Early Hints\r\nLink: </v2/user/login>; rel=preload\r\n\r\n");
        }
        if v("f35") {
            keep = false;
        }
        if v("f34") && !bodyless && !resp.body.is_empty() && r.is_some_and(|r| r.header("accept-encoding").is_some_and(|a| a.contains("gzip") && !a.replace(" ", "").contains("gzip;q=0"))) {
            resp.body = codec::gzip(&resp.body);
            resp = resp.h("Content-Encoding", "gzip").h("Vary", "Accept-Encoding");
        }
        if v("f33") {
            for (k, x) in resp.headers.iter_mut().filter(|(k, _)| k == "Content-Type") {
                *k = "content-TYPE".into();
                *x = x.replace("application/json", "Application/JSON ; Charset=\"UTF-8\"").replace("application/xml", "APPLICATION/XML;charset=\"utf-8\"");
            }
        }
        let mut len = resp.body.len();
        if v("b24") && !bodyless && resp.get("Content-Type").is_some_and(|t| t.starts_with("application/json")) {
            len = String::from_utf8_lossy(&resp.body).chars().count();
            resp.body.truncate(len);
        }
        let chunked = v("f28") && !bodyless && r.is_some_and(|r| !r.v10);
        out.extend(format!("HTTP/1.1 {} {}\r\nDate: {}\r\n", resp.status, reason(resp.status), codec::http_date(codec::now().0)).bytes());
        for (k, x) in &resp.headers {
            let x: String = x.chars().filter(|c| !c.is_control()).collect();
            out.extend(format!("{}: {}\r\n", k, x).bytes());
        }
        if chunked {
            out.extend(b"Transfer-Encoding: chunked\r\nTrailer: X-Sum\r\n");
        } else if !bodyless {
            out.extend(format!("Content-Length: {}\r\n", len).bytes());
        }
        out.extend(if keep { &b"Connection: keep-alive\r\n\r\n"[..] } else { &b"Connection: close\r\n\r\n"[..] });
        let at = out.len();
        if !head_only && !bodyless {
            if chunked {
                for c in resp.body.chunks(7) {
                    out.extend(format!("{:04X};part=\"a;b\"\r\n", c.len()).bytes());
                    out.extend(c);
                    out.extend(b"\r\n");
                }
                out.extend(b"000\r\nX-Sum: none\r\n\r\n");
            } else {
                out.extend(&resp.body);
            }
        }
        let _ = self.s.set_write_timeout(Some(Duration::from_secs(30)));
        if v("f36") {
            let third = (out.len() - at) / 3;
            for (a, b) in [(0, at / 2), (at / 2, at + third), (at + third, out.len() - third), (out.len() - third, out.len())] {
                std::thread::sleep(Duration::from_millis(30));
                if self.s.write_all(&out[a..b]).is_err() {
                    return false;
                }
            }
            return keep;
        }
        self.s.write_all(&out).is_ok() && keep
    }
}

fn reason(s: u16) -> &'static str {
    match s {
        200 => "OK",
        201 => "Created",
        202 => "Accepted",
        204 => "No Content",
        302 => "Found",
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        406 => "Not Acceptable",
        408 => "Request Timeout",
        413 => "Content Too Large",
        415 => "Unsupported Media Type",
        422 => "Unprocessable Content",
        429 => "Too Many Requests",
        431 => "Request Header Fields Too Large",
        500 => "Internal Server Error",
        501 => "Not Implemented",
        503 => "Service Unavailable",
        _ => "Unknown",
    }
}

pub fn serve(s: TcpStream) {
    let _ = s.set_nodelay(true);
    let mut c = Conn { s, buf: vec![], pos: 0, end: None };
    loop {
        match c.request() {
            Ok((r, keep)) => {
                let resp = api::answer(&r);
                if !c.send(Some(&r), resp, keep) {
                    break;
                }
            }
            Err(E::Gone) => break,
            Err(E::Bad(status, why)) => {
                c.send(None, api::problem(status, why), false);
                break;
            }
        }
    }
    // let the client read the reply before the rest of its request is thrown away
    let _ = c.s.shutdown(Shutdown::Write);
    let _ = c.s.set_read_timeout(Some(Duration::from_millis(300)));
    let mut sink = [0u8; 16384];
    for _ in 0..200 {
        match c.s.read(&mut sink) {
            Ok(n) if n > 0 => {}
            _ => break,
        }
    }
}
