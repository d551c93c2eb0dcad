// The 19 operations.
use crate::codec::{self, param, params};
use crate::http::{Req, Resp};
use crate::json::{self, n, obj, s, J};
use crate::schema::{clean, DOMAIN, DOMAIN_IN, PET, S, STATUSES, USER};
use crate::store::st;
use crate::{v, xml, KEY, PORT};
use std::sync::{Mutex, OnceLock};
use std::thread::sleep;
use std::time::{Duration, Instant};

type Ops = &'static [(&'static str, u8)];
type R = Result<Resp, Resp>;
const J_: &str = "application/json";
const X_: &str = "application/xml";
const FORM: &str = "application/x-www-form-urlencoded";
const MULTI: &str = "multipart/form-data";
const EXPOSED: &str = "X-Rate-Limit, X-Expires-After, Allow, Retry-After, WWW-Authenticate, Location";

pub fn problem(status: u16, detail: &str) -> Resp {
    let title = match status {
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        406 => "Not Acceptable",
        413 => "Content Too Large",
        415 => "Unsupported Media Type",
        _ => "Error",
    };
    if v("f09") {
        return Resp::with(
            status,
            "text/html; charset=utf-8",
            format!("<!DOCTYPE html><html><head><title>{0}</title></head><body><h1>{0}</h1><hr>inboxes/1.0</body></html>", title),
        );
    }
    let p = obj(vec![("type", s("about:blank")), ("title", s(title)), ("status", n(status as i64)), ("detail", s(detail))]);
    Resp::with(status, "application/problem+json", json::write(&p))
}

// A refusal of what was sent, as opposed to a record that is not there.
fn bad(op: u8, status: u16, detail: &str) -> Resp { problem(if v("f07") && !matches!(op, 11 | 12 | 15) { 422 } else { status }, detail) }

fn ok() -> Resp { Resp::new(200) }

fn ops_for(segs: &[Option<String>]) -> Option<(Ops, usize)> {
    let is = |i: usize, w: &str| match segs.get(i) {
        Some(Some(x)) => x == w || (v("f27") && x.eq_ignore_ascii_case(w)),
        _ => false,
    };
    let none = usize::MAX;
    Some(match segs.len() {
        1 if is(0, "domain") => (&[("POST", 1), ("PUT", 2)], none),
        1 if is(0, "user") => (&[("POST", 13)], none),
        2 if is(0, "pet") && is(1, "findByStatus") => (&[("GET", 3)], none),
        2 if is(0, "pet") && is(1, "findByTags") => (&[("GET", 4)], none),
        2 if is(0, "pet") => (&[("GET", 5), ("POST", 6), ("DELETE", 7)], 1),
        3 if is(0, "pet") && is(2, "uploadImage") => (&[("POST", 8)], 1),
        2 if is(0, "store") && is(1, "inventory") => (&[("GET", 9)], none),
        2 if is(0, "store") && is(1, "order") => (&[("POST", 10)], none),
        3 if is(0, "store") && is(1, "order") => (&[("GET", 11), ("DELETE", 12)], 2),
        2 if is(0, "user") && is(1, "createWithList") => (&[("POST", 14)], none),
        2 if is(0, "user") && is(1, "login") => (&[("GET", 15)], none),
        2 if is(0, "user") && is(1, "logout") => (&[("GET", 16)], none),
        2 if is(0, "user") => (&[("GET", 17), ("PUT", 18), ("DELETE", 19)], 1),
        _ => return None,
    })
}

fn allow_of(ops: Ops) -> String {
    let mut a: Vec<&str> = vec![];
    for (m, _) in ops {
        a.push(m);
        if *m == "GET" {
            a.push("HEAD");
        }
    }
    a.push("OPTIONS");
    a.join(", ")
}

pub fn answer(r: &Req) -> Resp {
    let resp = std::panic::catch_unwind(|| route(r)).unwrap_or_else(|_| problem(500, "the server failed"));
    let resp = match r.header("origin") {
        Some(o) => resp.h("Access-Control-Allow-Origin", &o).h("Access-Control-Allow-Credentials", "true"),
        None => resp.h("Access-Control-Allow-Origin", "*"),
    };
    resp.h("Access-Control-Expose-Headers", EXPOSED).h("Vary", "Origin")
}

fn route(r: &Req) -> Resp {
    let method = r.method.as_str();
    if v("f26") && !["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT"].contains(&method) {
        return problem(501, "this method is not known here");
    }
    if method == "OPTIONS" && r.header("origin").is_some() {
        if let Some(m) = r.header("access-control-request-method") {
            let h = r.header("access-control-request-headers").unwrap_or_default();
            let p = Resp::new(204).h("Access-Control-Allow-Methods", &m).h("Access-Control-Max-Age", "600");
            return if h.is_empty() { p } else { p.h("Access-Control-Allow-Headers", &h) };
        }
    }
    if method == "OPTIONS" && r.path == "*" {
        return Resp::new(204).h("Allow", "GET, HEAD, POST, PUT, DELETE, OPTIONS");
    }
    if let Some(p) = surroundings(r) {
        return match method {
            "GET" | "HEAD" => p,
            "OPTIONS" => Resp::new(204).h("Allow", "GET, HEAD, OPTIONS"),
            _ => problem(405, "only GET").h("Allow", "GET, HEAD, OPTIONS"),
        };
    }
    let rest = match r.path.strip_prefix("/v2/") {
        Some(x) if v("f27") => x.strip_suffix('/').unwrap_or(x),
        Some(x) => x,
        None => return problem(404, "there is no such path"),
    };
    let count = {
        let mut d = st();
        d.requests += 1;
        d.requests
    };
    if v("f11") && count % 25 == 0 {
        return problem(429, "slow down").h("Retry-After", "1");
    }
    if v("f12") && count % 40 == 0 {
        return problem(503, "a deployment is under way").h("Retry-After", &codec::http_date(codec::now().0 + 2));
    }
    let mut segs: Vec<Option<String>> = rest.split('/').map(|x| codec::percent(x, false)).collect();
    let (ops, at) = match ops_for(&segs) {
        Some(x) => x,
        None => return problem(404, "there is no such path"),
    };
    let arg = if at == usize::MAX { Some(String::new()) } else { segs[at].take() };
    if at != usize::MAX && arg.as_deref() == Some("") {
        return problem(404, "there is no such path");
    }
    let allow = allow_of(ops);
    if method == "OPTIONS" {
        return Resp::new(204).h("Allow", &allow).h("Access-Control-Allow-Methods", &allow);
    }
    let wanted = if method == "HEAD" { "GET" } else { method };
    let op = match ops.iter().find(|(m, _)| *m == wanted) {
        Some((_, op)) => *op,
        None if v("b02") && ops[0].1 == 9 => 9,
        None => return problem(405, "this method is not allowed here").h("Allow", &allow),
    };
    let resp = operate(op, r, arg).unwrap_or_else(|e| e);
    if resp.status == 405 {
        resp.h("Allow", &allow)
    } else {
        resp
    }
}

fn surroundings(r: &Req) -> Option<Resp> {
    let me = format!("http://127.0.0.1:{}/v2", PORT.get().unwrap_or(&80));
    let doc = |t: &str| t.replace("https://api.inboxes.com/v2", &me).replace("http://api.inboxes.com/v2", &me);
    Some(match r.path.as_str() {
        "/" if r.header("accept").is_some_and(|a| a.contains("text/html")) => Resp::with(
            200,
            "text/html; charset=utf-8",
            "<!DOCTYPE html><html lang=\"en\"><title>Inboxes</title><h1>Inboxes Developer API</h1><p><a href=\"/openapi.yaml\">The document</a>".into(),
        ),
        "/" => Resp::with(200, J_, json::write(&obj(vec![("api", s(&me)), ("document", s("/openapi.json"))]))),
        "/v2" | "/v2/" => Resp::new(302).h("Location", "/"),
        "/livez" | "/readyz" | "/healthz" => Resp::with(200, J_, "{\"status\":\"ok\"}".into()),
        "/openapi.yaml" => Resp::with(200, "application/yaml", doc(include_str!("../openapi.yaml"))),
        "/openapi.json" => Resp::with(200, J_, doc(include_str!("../openapi.json"))),
        _ => return None,
    })
}

// Which of the types is preferred by Accept; None if none is acceptable.
fn negotiate(accept: Option<String>, types: &[&'static str]) -> Option<&'static str> {
    let mut ranges: Vec<(String, f64)> = vec![];
    for item in accept.unwrap_or_default().split(',') {
        let (t, ps) = params(item);
        if t.split('/').filter(|p| !p.is_empty()).count() == 2 {
            let q = param(&ps, "q").and_then(|q| q.parse::<f64>().ok()).filter(|q| (0.0..=1.0).contains(q)).unwrap_or(1.0);
            ranges.push((t, q));
        }
    }
    if ranges.is_empty() {
        return Some(types[0]);
    }
    if v("b23") {
        return ranges.iter().find_map(|(t, _)| if t == "*/*" || t == "application/*" { Some(types[0]) } else { types.iter().find(|x| *x == t).copied() });
    }
    let mut best: Option<(&'static str, f64)> = None;
    for t in types {
        let mut q = (0, 0.0);
        for (range, rq) in &ranges {
            let k = if range == t {
                3
            } else if range == "application/*" {
                2
            } else if range == "*/*" {
                1
            } else {
                0
            };
            if k > q.0 {
                q = (k, *rq);
            }
        }
        if q.1 > 0.0 && best.is_none_or(|b| q.1 > b.1) {
            best = Some((t, q.1));
        }
    }
    best.map(|b| b.0)
}

fn safe_int(t: &str) -> Option<i64> {
    let plain = !t.is_empty() && t.len() < 20 && t.bytes().all(|c| c.is_ascii_digit()) && (t.len() == 1 || !t.starts_with('0'));
    t.parse::<i64>().ok().filter(|x| plain && crate::schema::safe(*x as i128))
}

fn blank(x: &str) -> bool { x.trim().is_empty() }

fn show(fmt: &str, root: &str, j: &J) -> Resp {
    let r = if fmt == X_ { Resp::with(200, X_, xml::write(root, j)) } else { Resp::with(200, J_, json::write(j)) };
    r.h("Vary", "Accept")
}

fn view_pet(p: &J) -> J {
    let mut p = p.clone();
    if v("f22") {
        let (a, b) = codec::now();
        p.set("updatedAt", n(a * 1_000_000 + b as i64 / 1000));
        p.set("_links", obj(vec![("self", obj(vec![("href", s("/v2/pet"))]))]));
    }
    p
}

fn view_user(u: &J) -> J {
    let mut u = u.clone();
    if v("f18") {
        u.del("password");
    }
    if v("f22") {
        u.set("lastSeen", J::Str(format!("{:?}", codec::now())));
        u.set("roles", J::Arr(vec![s("member"), s("beta")]));
    }
    if v("b32") {
        if let J::Obj(m) = &mut u {
            m.retain(|(_, x)| !matches!(x, J::Num(t) if t == "0") && !matches!(x, J::Str(t) if t.is_empty()));
        }
    }
    u
}

fn each_text(j: &mut J, f: &dyn Fn(&str) -> String) {
    match j {
        J::Str(t) => *t = f(t),
        J::Arr(a) => a.iter_mut().for_each(|x| each_text(x, f)),
        J::Obj(m) => m.iter_mut().for_each(|(_, x)| each_text(x, f)),
        _ => {}
    }
}

fn utf8mb3(t: &str) -> String { t.chars().map(|c| if c as u32 > 0xffff { '?' } else { c }).collect() }

fn norm_user(u: &mut J) {
    if let J::Obj(m) = u {
        for (k, x) in m.iter_mut() {
            if k == "username" || k == "password" {
                continue;
            }
            if v("f20") {
                each_text(x, &|t| t.trim().to_string());
            }
            if v("f19") && k == "email" {
                each_text(x, &|t| t.to_lowercase());
            }
            if v("b38") {
                each_text(x, &utf8mb3);
            }
            if v("b39") {
                each_text(x, &|t| t.chars().take(100).collect());
            }
        }
    }
}

fn parse_body(r: &Req, ps: &[(String, String)], is_xml: bool, s: &S) -> Result<Result<J, String>, Resp> {
    let t = match codec::text(&r.body, param(ps, "charset"), is_xml) {
        Ok(t) => t,
        Err(true) => return Err(problem(415, "this charset is not known")),
        Err(false) => return Ok(Err("the text is not valid in its charset".into())),
    };
    Ok(if is_xml { xml::parse(&t).and_then(|d| if d.name == "Pet" { Ok(xml::decode(&d, s)) } else { Err("the root must be <Pet>".into()) }) } else { json::parse(&t) })
}

fn operate(op: u8, r: &Req, arg: Option<String>) -> R {
    if v("b03") && op == 5 {
        if let Some(id) = arg.as_deref().and_then(safe_int) {
            if !st().pets.contains_key(&id) {
                return Err(problem(404, "there is no such pet"));
            }
        }
    }
    if (1..=9).contains(&op) {
        let keys: Vec<&str> = r.headers.iter().filter(|(k, _)| k == "api_key").map(|(_, x)| x.as_str()).collect();
        let key = KEY.get().map(|k| k.as_str()).unwrap_or("");
        let right = !keys.is_empty() && keys.iter().all(|k| *k == key);
        let lax = (v("b01") && op == 7) || (v("b04") && matches!(op, 4 | 6) && keys.iter().any(|k| !k.is_empty()));
        if !right && !lax {
            return Err(if v("f08") { problem(403, "no access") } else { problem(401, "a valid api_key header is needed").h("WWW-Authenticate", "ApiKey realm=\"inboxes\"") });
        }
    }
    if v("f39") && matches!(op, 18 | 19) && !r.header("authorization").is_some_and(|a| a.starts_with("Bearer inboxes-")) {
        return Err(problem(401, "log in first").h("WWW-Authenticate", "Bearer realm=\"inboxes\""));
    }
    let types: &[&'static str] = match op {
        1 | 8 | 9 => &[J_],
        3 | 4 | 5 | 10 | 11 | 15 | 17 => &[J_, X_],
        _ => &[],
    };
    let mut fmt = J_;
    if !types.is_empty() {
        fmt = negotiate(r.header("accept"), types).ok_or_else(|| problem(406, "nothing acceptable can be sent"))?;
    }
    let takes: &[&str] = match op {
        1 | 10 | 13 | 14 | 18 => &[J_],
        2 => &[J_, X_],
        6 => &[FORM],
        8 => &[MULTI],
        _ => &[],
    };
    if !takes.is_empty() && r.too_big {
        return Err(problem(413, "at most 10 MB are taken"));
    }
    let (media, ps) = params(&r.header("content-type").unwrap_or_default());
    if !takes.is_empty() && !r.body.is_empty() && !takes.contains(&media.as_str()) {
        return Err(bad(op, 415, "this Content-Type is not taken here"));
    }
    let invalid = if matches!(op, 1 | 2 | 6) { 405 } else { 400 };
    let json_body = |s: &S| -> Result<J, Resp> { parse_body(r, &ps, false, s)?.and_then(|j| clean(&j, s, "")).map_err(|e| bad(op, invalid, &e)) };
    let pet_id = || -> Result<i64, Resp> {
        let t = arg.as_deref().unwrap_or("");
        if v("b16") && op == 5 && t.parse::<i64>().is_err() {
            return Err(Resp::with(
                500,
                "text/plain",
                format!("java.lang.NumberFormatException: For input string: \"{}\"\n\tat io.swagger.petstore.PetApi.getPetById(PetApi.java:88)", t),
            ));
        }
        safe_int(t).ok_or_else(|| bad(op, invalid, "the pet's id must be an integer of 0 or more"))
    };
    let no_pet = || problem(404, "there is no such pet");
    let no_user = || problem(404, "there is no such user");
    let user_arg = || -> Result<String, Resp> { arg.clone().filter(|u| !blank(u)).ok_or_else(|| bad(op, 400, "a username is needed")) };
    let query = codec::form(&r.query, true);

    match op {
        1 => {
            let d = json_body(&DOMAIN_IN)?;
            let name = d.str("name").filter(|x| !blank(x)).ok_or_else(|| bad(op, 405, "the domain needs a name"))?;
            let mut st = st();
            st.next_domain += 1;
            let id = format!("dom-{}", st.next_domain);
            let key = format!("inboxes-verification={:016x}", codec::fnv(name, st.next_domain as u64));
            let d = obj(vec![("id", s(&id)), ("name", s(name)), ("validate", J::Str(key)), ("status", s("missing validation")), ("active", J::Bool(false))]);
            if st.domains.len() < 10_000 {
                st.domains.push(d.clone());
            }
            if v("f02") {
                return Ok(Resp::new(204));
            }
            let mut p = show(J_, "Domain", &d);
            if v("f01") {
                p.status = 201;
                p = p.h("Location", &format!("/v2/domain/{}", id));
            }
            Ok(p)
        }
        2 => {
            let j = parse_body(r, &ps, media == X_, &PET)?.map_err(|e| bad(op, 405, &e))?;
            if !matches!(j, J::Obj(_)) {
                return Err(bad(op, 405, "a pet must be an object"));
            }
            let id = j.get("id").and_then(|x| x.int()).filter(|x| *x >= 0 && crate::schema::safe(*x)).ok_or_else(|| bad(op, 400, "the pet's id must be an integer of 0 or more"))?
                as i64;
            let mut pet = match clean(&j, &PET, "") {
                Ok(p) => p,
                Err(e) => {
                    if v("b07") {
                        if let (Some(p), Some(name)) = (st().pets.get_mut(&id), j.str("name")) {
                            p.set("name", s(name));
                        }
                    }
                    return Err(bad(op, 405, &e));
                }
            };
            if v("b38") {
                each_text(&mut pet, &utf8mb3);
            }
            if v("f20") {
                each_text(&mut pet, &|t| t.trim().to_string());
            }
            let mut st = st();
            let old = st.pets.get(&id).ok_or_else(no_pet)?;
            if v("b06") {
                let tags = [old.arr("tags"), pet.arr("tags")].concat();
                pet.set("tags", J::Arr(tags));
            }
            if v("f24") {
                if pet.get("tags").is_none() {
                    pet.set("tags", J::Arr(vec![]));
                }
                if pet.get("status").is_none() {
                    pet.set("status", s("available"));
                }
            }
            st.pets.insert(id, pet.clone());
            Ok(if v("f03") { show(J_, "Pet", &view_pet(&pet)) } else { ok() })
        }
        3 | 4 => {
            let name = if op == 3 { "status" } else { "tags" };
            let mut given = vec![];
            for (_, x) in query.iter().filter(|(k, _)| k == name) {
                let x = x.as_deref().ok_or_else(|| bad(op, 400, "the query is not valid percent-encoded UTF-8"))?;
                given.extend(x.split(',').map(|t| t.trim().to_string()).filter(|t| !t.is_empty()));
            }
            if given.is_empty() {
                return Err(bad(op, 400, &format!("{} needs a value", name)));
            }
            if op == 3 && !v("b13") && given.iter().any(|g| !STATUSES.contains(&g.as_str())) {
                return Err(bad(op, 400, "a status is one of available, pending, sold"));
            }
            if v("b12") && op == 3 {
                given.truncate(1);
            }
            let mut out = vec![];
            for p in list_of_pets() {
                let hits = if op == 3 {
                    p.str("status").is_some_and(|x| given.iter().any(|g| g == x)) as usize
                } else {
                    given.iter().filter(|g| p.arr("tags").iter().take(if v("b15") { 1 } else { usize::MAX }).any(|t| t.str("name") == Some(g))).count()
                };
                let times = match hits {
                    h if v("b14") && op == 4 => (h == given.len()) as usize,
                    h => h.min(1),
                };
                out.extend((0..times).map(|_| view_pet(&p)));
            }
            Ok(show(fmt, "Pet", &J::Arr(out)))
        }
        5 => {
            let id = pet_id()?;
            let mut st = st();
            let p = match st.cache.get(&id) {
                Some(p) => p.clone(),
                None => st.pets.get(&id).cloned().ok_or_else(no_pet)?,
            };
            if v("b17") {
                st.cache.insert(id, p.clone());
            }
            Ok(show(fmt, "Pet", &view_pet(&p)))
        }
        6 => {
            let id = pet_id()?;
            let t = match codec::text(&r.body, param(&ps, "charset").filter(|_| !r.body.is_empty()), false) {
                Ok(t) => t,
                Err(true) => return Err(problem(415, "this charset is not known")),
                Err(false) => return Err(bad(op, 405, "the form is not valid text")),
            };
            let (mut name, mut status) = (None, None);
            for (k, x) in codec::form(&t, !v("b09")) {
                let x = x.ok_or_else(|| bad(op, 405, "the form is not valid percent-encoded UTF-8"))?;
                match k.as_str() {
                    "name" => name = Some(x),
                    "status" => status = Some(x),
                    _ => {}
                }
            }
            if status.as_ref().is_some_and(|x| !STATUSES.contains(&x.as_str())) {
                return Err(bad(op, 405, "a status is one of available, pending, sold"));
            }
            if v("f20") {
                name = name.map(|x| x.trim().to_string());
            }
            let change = move || -> R {
                let mut st = st();
                let p = st.pets.get_mut(&id).ok_or_else(|| problem(404, "there is no such pet"))?;
                if v("b08") {
                    p.set("photoUrls", J::Arr(vec![]));
                    p.del("tags");
                    p.del("category");
                }
                if let Some(x) = name {
                    p.set("name", J::Str(if v("b38") { utf8mb3(&x) } else { x }));
                }
                if let Some(x) = status {
                    p.set("status", J::Str(x));
                }
                Ok(ok())
            };
            if v("f05") {
                if !st().pets.contains_key(&id) {
                    return Err(no_pet());
                }
                std::thread::spawn(move || {
                    sleep(Duration::from_millis(800));
                    let _ = change();
                });
                return Ok(Resp::with(202, "text/plain", "queued".into()));
            }
            change()
        }
        7 => {
            let id = pet_id()?;
            let mut st = st();
            st.cache.remove(&id);
            match st.pets.remove(&id) {
                Some(p) => {
                    if v("b10") {
                        st.ghosts.push(p);
                    }
                    Ok(Resp::new(if v("f04") { 204 } else { 200 }))
                }
                None if v("b27") => Ok(ok()),
                None => Err(no_pet()),
            }
        }
        8 => {
            let id = pet_id()?;
            if v("b25") && r.body.len() > 65_536 {
                return Err(Resp::with(500, "text/plain", "MultipartException: the request exceeds spring.servlet.multipart.max-file-size".into()));
            }
            let mut msg = "no file".to_string();
            if !r.body.is_empty() {
                let parts = codec::multipart(&r.body, param(&ps, "boundary").unwrap_or("")).map_err(|e| bad(op, 400, &e))?;
                let meta = match parts.iter().find(|p| p.name == "additionalMetadata") {
                    Some(p) => String::from_utf8(p.data.clone()).map_err(|_| bad(op, 400, "additionalMetadata is not UTF-8"))?,
                    None => "null".into(),
                };
                msg = format!("additionalMetadata: {}", meta);
                if let Some(f) = parts.iter().find(|p| p.name == "file") {
                    msg += &format!("\nFile uploaded to ./{}, {} bytes", f.filename.as_deref().unwrap_or("file"), f.data.len());
                }
            }
            if !st().pets.contains_key(&id) {
                return Err(no_pet());
            }
            Ok(show(J_, "", &obj(vec![("code", n(200)), ("type", s("unknown")), ("message", J::Str(msg))])))
        }
        9 => {
            static ONCE: OnceLock<J> = OnceLock::new();
            let count = || {
                let pets = list_of_pets();
                let mut m: Vec<(&str, J)> = STATUSES.iter().map(|x| (*x, n(pets.iter().filter(|p| p.str("status") == Some(x)).count() as i64))).collect();
                if v("f10") {
                    m.push(("total", n(pets.len() as i64)));
                    m.push(("in quarantine", n(-1)));
                }
                obj(m)
            };
            Ok(show(J_, "", &if v("b11") { ONCE.get_or_init(count).clone() } else { count() }))
        }
        10 => {
            let mut o = json_body(&DOMAIN)?;
            let given = match o.str("id") {
                Some(t) => Some(safe_int(t).filter(|x| *x >= 1).ok_or_else(|| bad(op, 400, "an order's id is a decimal integer of 1 or more"))?),
                None => None,
            };
            if v("f16") {
                o.set("validate", J::Str(format!("inboxes-verification={:08x}", codec::fnv(o.str("name").unwrap_or(""), 7) as u32)));
                o.set("status", s("missing validation"));
                o.set("active", J::Bool(false));
            }
            let mut d = st();
            let id = match given {
                Some(id) => id,
                None if v("b30") => {
                    let id = d.next_order + 1;
                    drop(d);
                    sleep(Duration::from_millis(25)); // "SELECT max(id)" and "INSERT" are two round trips
                    d = st();
                    d.next_order = id;
                    id
                }
                None => loop {
                    d.next_order += 1;
                    if !d.orders.contains_key(&d.next_order) {
                        break d.next_order;
                    }
                },
            };
            let mut text = id.to_string();
            if v("f15") {
                text = format!("ord_{:016x}", codec::fnv(&format!("{:?}", codec::now()), id as u64));
            }
            let mut full = vec![("id".to_string(), if v("b28") { n(id) } else { s(&text) })];
            if let J::Obj(m) = o {
                full.extend(m.into_iter().filter(|(k, _)| k != "id"));
            }
            let o = J::Obj(full);
            if !v("f15") {
                d.orders.insert(id, o.clone());
            }
            Ok(show(fmt, "Domain", &o))
        }
        11 => {
            let id = arg.as_deref().and_then(safe_int).filter(|x| *x >= 1);
            let st = st();
            match id.and_then(|id| st.orders.get(&id)) {
                Some(o) => Ok(show(fmt, "DomainIn", &obj(o.get("name").map(|x| vec![("name", x.clone())]).unwrap_or_default()))),
                None => Err(match id {
                    Some(1..=10) => problem(404, "there is no such order"),
                    _ => problem(if v("f13") { 404 } else { 400 }, "an order's id is an integer from 1 to 10"),
                }),
            }
        }
        12 => {
            let id = arg.as_deref().and_then(safe_int).filter(|x| *x >= 1).ok_or_else(|| bad(op, 400, "an order's id is a positive integer"))?;
            let mut st = st();
            if !st.orders.contains_key(&id) {
                return Err(problem(if v("f13") { 400 } else { 404 }, "there is no such order"));
            }
            if !v("b31") {
                st.orders.remove(&id);
            }
            Ok(Resp::new(if v("f04") { 204 } else { 200 }))
        }
        13 => {
            let u = json_body(&USER)?;
            let name = new_user_name(&u).map_err(|e| bad(op, 400, &e))?;
            let u = store_user(name.clone(), u)?;
            if v("f06") {
                let mut u = u;
                u.del("password");
                return Ok(Resp::with(201, J_, json::write(&u)).h(
                    "Location",
                    &format!("/v2/user/{}", name.bytes().map(|c| if c.is_ascii_alphanumeric() { (c as char).to_string() } else { format!("%{:02X}", c) }).collect::<String>()),
                ));
            }
            Ok(ok())
        }
        14 => {
            let j = parse_body(r, &ps, false, &USER)?.map_err(|e| bad(op, 400, &e))?;
            let list = match j {
                J::Arr(a) => a,
                _ => return Err(bad(op, 400, "a list of users is needed")),
            };
            let mut good = vec![];
            let mut emails: Vec<String> = vec![];
            for (i, x) in list.iter().enumerate() {
                let u = clean(x, &USER, &format!("[{}]", i)).map_err(|e| bad(op, 400, &e))?;
                let name = new_user_name(&u).map_err(|e| bad(op, 400, &format!("[{}] {}", i, e)))?;
                if v("f37") {
                    let e = u.str("email").unwrap_or("").to_string();
                    if taken_email(&name, &e) || (!e.is_empty() && emails.contains(&e)) {
                        return Err(problem(409, "this email is taken"));
                    }
                    emails.push(e);
                }
                if v("b33") {
                    store_user(name, u)?;
                } else {
                    good.push((name, u));
                }
            }
            let mut d = st();
            for (name, u) in good {
                put_user(&mut d, name, u);
            }
            Ok(if v("f06") { Resp::with(201, "text/plain; charset=utf-8", format!("{} created\n", list.len())) } else { ok() })
        }
        15 => {
            let get = |k: &str| query.iter().find(|(n, _)| n == k).and_then(|(_, x)| x.clone());
            let refused = || bad(op, 400, "Invalid username/password supplied");
            let name = get("username").filter(|x| !blank(x)).ok_or_else(refused)?;
            let pw = get("password").ok_or_else(refused)?;
            let mut d = st();
            if v("f38") && d.failures.get(&name).is_some_and(|(c, t)| *c >= 3 && t.elapsed() < Duration::from_secs(3)) {
                return Err(refused());
            }
            if let Some(u) = d.users.get(&name) {
                let mut right = u.str("password") == Some(&pw) || v("b35");
                if v("b37") {
                    right = d.first_passwords.get(&name).map(|x| x.as_str()).or(u.str("password")) == Some(pw.as_str());
                }
                if !right {
                    let f = d.failures.entry(name).or_insert((0, Instant::now()));
                    *f = (if f.1.elapsed() > Duration::from_secs(3) { 1 } else { f.0 + 1 }, Instant::now());
                    return Err(refused());
                }
                d.failures.remove(&name);
            }
            let (now, nanos) = codec::now();
            let token = format!("inboxes-{:016x}", codec::fnv(&name, if v("f25") { now as u64 * 1_000_000_007 + nanos as u64 } else { 11 }));
            let mut until = codec::rfc3339(now + 3600);
            if v("b36") {
                until = codec::java_date(now + 3600);
            }
            Ok(show(fmt, "string", &J::Str(token)).h("X-Rate-Limit", "5000").h("X-Expires-After", &until))
        }
        16 if v("b26") && r.header("authorization").is_none() && r.header("cookie").is_none() => {
            Err(Resp::with(500, "text/plain", "TypeError: Cannot read properties of undefined (reading 'destroy')".into()))
        }
        16 => Ok(ok()),
        17 => {
            let name = user_arg()?;
            if v("b40") {
                static CURRENT: Mutex<Option<J>> = Mutex::new(None);
                let u = st().users.get(&name).cloned().ok_or_else(no_user)?;
                *CURRENT.lock().unwrap_or_else(|e| e.into_inner()) = Some(u);
                sleep(Duration::from_millis(15));
                let u = CURRENT.lock().unwrap_or_else(|e| e.into_inner()).clone().ok_or_else(no_user)?;
                return Ok(show(fmt, "User", &u));
            }
            let st = st();
            Ok(show(fmt, "User", &view_user(st.users.get(&name).ok_or_else(no_user)?)))
        }
        18 => {
            let name = user_arg()?;
            let mut u = json_body(&USER)?;
            if v("f37") && taken_email(&name, u.str("email").unwrap_or("")) {
                return Err(problem(409, "this email is taken"));
            }
            norm_user(&mut u);
            let mut st = st();
            let old = st.users.get(&name).ok_or_else(no_user)?;
            u.set("username", s(&name));
            if v("f17") || (v("f24") && u.get("id").is_none()) {
                if let Some(id) = old.get("id") {
                    u.set("id", id.clone());
                }
            }
            st.users.insert(name, u);
            Ok(ok())
        }
        _ => {
            let name = user_arg()?;
            let mut st = st();
            st.first_passwords.remove(&name);
            st.users.remove(&name).ok_or_else(no_user)?;
            if v("b34") {
                st.users.retain(|k, _| !k.starts_with(&name));
            }
            Ok(Resp::new(if v("f04") { 204 } else { 200 }))
        }
    }
}

fn list_of_pets() -> Vec<J> {
    let mut d = st();
    if v("f23") {
        if let Some((t, pets)) = &d.snapshot {
            if t.elapsed() < Duration::from_millis(1000) {
                return pets.clone();
            }
        }
        let pets: Vec<J> = d.pets.values().cloned().collect();
        d.snapshot = Some((Instant::now(), pets.clone()));
        return pets;
    }
    d.pets.values().chain(d.ghosts.iter()).cloned().collect()
}

fn new_user_name(u: &J) -> Result<String, String> {
    match u.str("username") {
        Some(x) if blank(x) => Err("the username is blank".into()),
        Some("login" | "logout" | "createWithList") => Err("this username is reserved".into()),
        Some(x) => Ok(x.to_string()),
        None => Err("the user needs a username".into()),
    }
}

fn taken_email(name: &str, email: &str) -> bool { !email.is_empty() && st().users.iter().any(|(k, u)| k != name && u.str("email").is_some_and(|e| e.eq_ignore_ascii_case(email))) }

fn put_user(d: &mut crate::store::Store, name: String, mut u: J) -> J {
    norm_user(&mut u);
    if v("f17") {
        d.next_user += 1;
        u.set("id", n(d.next_user));
    }
    if let Some(p) = u.str("password") {
        d.first_passwords.insert(name.clone(), p.to_string());
    }
    d.users.insert(name, u.clone());
    u
}

fn store_user(name: String, u: J) -> R2 {
    if v("f37") && taken_email(&name, u.str("email").unwrap_or("")) {
        return Err(problem(409, "this email is taken"));
    }
    Ok(put_user(&mut st(), name, u))
}
type R2 = Result<J, Resp>;

// f21: somebody else works on the same server
pub fn other_client() {
    for i in 0u64.. {
        sleep(Duration::from_millis(700));
        let mut d = st();
        let last = d.pets.keys().next_back().copied();
        if let Some(p) = last.and_then(|id| d.pets.get_mut(&id)) {
            p.set("status", s(STATUSES[i as usize % 3]));
            p.set("name", J::Str(format!("Rufus {}", i)));
        }
        let name = format!("colleague-{}", i % 5);
        if d.users.remove(&name).is_none() {
            let u = obj(vec![("username", s(&name)), ("userStatus", n(i as i64))]);
            d.users.insert(name, u);
        }
    }
}
