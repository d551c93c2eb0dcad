// XML: a small strict reader (no DTD, no entities of one's own), a writer, and the step between elements and the schema.
use crate::json::J;
use crate::schema::S;
use crate::v;

#[derive(Default)]
pub struct Node {
    pub name: String,
    pub kids: Vec<Node>,
    pub text: String,
}

fn is_char(c: char) -> bool { matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..='\u{10ffff}') }

fn is_name(n: &str) -> bool {
    let f = n.chars().next().unwrap_or('1');
    (f.is_alphabetic() || f == '_' || f == ':') && n.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | ':' | '-' | '.' | '\u{b7}'))
}

fn unescape(t: &str, o: &mut String) -> Result<(), String> {
    if v("b22") {
        o.push_str(t);
        return Ok(());
    }
    let mut rest = t;
    while let Some(i) = rest.find('&') {
        o.push_str(&rest[..i]);
        rest = &rest[i + 1..];
        let e = rest.find(';').ok_or("an unfinished reference")?;
        let name = &rest[..e];
        let c = match name {
            "lt" => '<',
            "gt" => '>',
            "amp" => '&',
            "quot" => '"',
            "apos" => '\'',
            _ => {
                let code = if let Some(h) = name.strip_prefix("#x") {
                    u32::from_str_radix(h, 16).ok()
                } else if let Some(d) = name.strip_prefix('#') {
                    d.parse().ok()
                } else {
                    return Err("an entity that is not predefined".into());
                };
                code.and_then(char::from_u32).filter(|c| is_char(*c)).ok_or("a bad character reference")?
            }
        };
        o.push(c);
        rest = &rest[e + 1..];
    }
    o.push_str(rest);
    Ok(())
}

pub fn parse(src: &str) -> Result<Node, String> {
    let t = src.replace("\r\n", "\n").replace('\r', "\n");
    if t.chars().any(|c| !is_char(c)) {
        return Err("a character that XML does not allow".into());
    }
    let mut stack: Vec<Node> = vec![];
    let mut root: Option<Node> = None;
    let mut rest = t.as_str();
    let mut first = true;
    if rest.starts_with("<?xml ") || rest.starts_with("<?xml\n") {
        rest = &rest[rest.find("?>").ok_or("an unfinished declaration")? + 2..];
    }
    while !rest.is_empty() {
        if !rest.starts_with('<') {
            let e = rest.find('<').unwrap_or(rest.len());
            let txt = &rest[..e];
            rest = &rest[e..];
            match stack.last_mut() {
                Some(n) => {
                    if txt.contains("]]>") {
                        return Err("']]>' in a text".into());
                    }
                    unescape(txt, &mut n.text)?
                }
                None if txt.trim().is_empty() => {}
                None => return Err("text outside the root".into()),
            }
        } else if let Some(r) = rest.strip_prefix("<!--") {
            let e = r.find("--").ok_or("an unfinished comment")?;
            rest = r[e + 2..].strip_prefix('>').ok_or("'--' in a comment")?;
        } else if let Some(r) = rest.strip_prefix("<![CDATA[") {
            let e = r.find("]]>").ok_or("an unfinished CDATA section")?;
            stack.last_mut().ok_or("CDATA outside the root")?.text.push_str(&r[..e]);
            rest = &r[e + 3..];
        } else if rest.starts_with("<!") {
            return Err("a DOCTYPE is refused".into());
        } else if let Some(r) = rest.strip_prefix("<?") {
            let e = r.find("?>").ok_or("an unfinished processing instruction")?;
            if !is_name(r[..e].split_whitespace().next().unwrap_or("")) || r.get(..3).is_some_and(|x| x.eq_ignore_ascii_case("xml")) {
                return Err("a bad processing instruction".into());
            }
            rest = &r[e + 2..];
        } else if let Some(r) = rest.strip_prefix("</") {
            let e = r.find('>').ok_or("an unfinished tag")?;
            let n = stack.pop().ok_or("an end tag too many")?;
            if r[..e].trim_end() != n.name {
                return Err(format!("the end tag of <{}> is missing", n.name));
            }
            rest = &r[e + 1..];
            close(&mut stack, &mut root, n);
        } else {
            // a start tag: '>' inside of quotes does not end it
            let mut q = None;
            let mut end = None;
            for (i, c) in rest.char_indices().skip(1) {
                match q {
                    Some(x) if c == x => q = None,
                    Some(_) => {}
                    None if c == '"' || c == '\'' => q = Some(c),
                    None if c == '>' => {
                        end = Some(i);
                        break;
                    }
                    None if c == '<' => break,
                    None => {}
                }
            }
            let e = end.ok_or("an unfinished tag")?;
            let mut inner = &rest[1..e];
            rest = &rest[e + 1..];
            let empty = inner.ends_with('/');
            if empty {
                inner = &inner[..inner.len() - 1];
            }
            let ne = inner.find(char::is_whitespace).unwrap_or(inner.len());
            let name = &inner[..ne];
            if !is_name(name) {
                return Err("a bad element name".into());
            }
            attributes(&inner[ne..])?;
            if stack.is_empty() && !first {
                return Err("a second root".into());
            }
            first = false;
            if stack.len() > 60 {
                return Err("nested too deeply".into());
            }
            let node = Node { name: name.to_string(), ..Node::default() };
            if empty {
                close(&mut stack, &mut root, node);
            } else {
                stack.push(node);
            }
        }
    }
    if !stack.is_empty() {
        return Err("an unfinished element".into());
    }
    root.ok_or_else(|| "no root element".into())
}

fn attributes(t: &str) -> Result<(), String> {
    let mut r = t.trim_start();
    let mut seen: Vec<&str> = vec![];
    while !r.is_empty() {
        let e = r.find('=').ok_or("a bad attribute")?;
        let name = r[..e].trim_end();
        if !is_name(name) || (seen.len() < 100 && seen.contains(&name)) {
            return Err("a bad attribute".into());
        }
        seen.push(name);
        r = r[e + 1..].trim_start();
        let q = r.chars().next().filter(|c| *c == '"' || *c == '\'').ok_or("a bad attribute")?;
        let e = r[1..].find(q).ok_or("a bad attribute")? + 1;
        if r[1..e].contains('<') {
            return Err("a bad attribute".into());
        }
        unescape(&r[1..e], &mut String::new())?;
        let after = &r[e + 1..];
        r = after.trim_start();
        if !r.is_empty() && r.len() == after.len() {
            return Err("a bad attribute".into());
        }
    }
    Ok(())
}

fn close(stack: &mut [Node], root: &mut Option<Node>, mut n: Node) {
    if let Some(i) = n.name.rfind(':') {
        n.name = n.name[i + 1..].to_string();
    }
    match stack.last_mut() {
        Some(p) => p.kids.push(n),
        None => *root = Some(n),
    }
}

// An element read by the schema; what does not fit stays a string and fails the validation that follows.
pub fn decode(n: &Node, s: &S) -> J {
    let t = n.text.trim();
    match s {
        S::Obj(fields) => {
            if n.kids.is_empty() && !t.is_empty() {
                return J::Str(n.text.clone());
            }
            let mut m = vec![];
            for (name, fs, req) in fields.iter() {
                let mut found = n.kids.iter().filter(|k| k.name == *name);
                if let S::Arr(item) = fs {
                    let mut a: Vec<J> = found.map(|k| decode(k, item)).collect();
                    if v("b21") && a.len() > 1 {
                        a = a.split_off(a.len() - 1);
                    }
                    if *req || !a.is_empty() {
                        m.push((name.to_string(), J::Arr(a)));
                    }
                } else if let Some(k) = found.next() {
                    let x = if found.next().is_some() { J::Null } else { decode(k, fs) };
                    m.push((name.to_string(), x));
                }
            }
            J::Obj(m)
        }
        _ if !n.kids.is_empty() => J::Null,
        S::Int64 | S::Int32 => {
            let d = t.strip_prefix('-').unwrap_or(t);
            if !d.is_empty() && d.bytes().all(|c| c.is_ascii_digit()) {
                J::Num(t.to_string())
            } else {
                J::Str(t.to_string())
            }
        }
        S::Bool => match t {
            "true" | "1" => J::Bool(true),
            "false" | "0" => J::Bool(false),
            _ => J::Str(t.to_string()),
        },
        S::Enum(_) => J::Str(t.to_string()),
        _ => J::Str(n.text.clone()),
    }
}

fn text(t: &str, o: &mut String) {
    if v("f31") && !t.contains("]]>") && !t.contains('\r') && t.chars().all(is_char) {
        o.push_str("<![CDATA[");
        o.push_str(t);
        o.push_str("]]>");
        return;
    }
    for c in t.chars() {
        match c {
            '&' | '<' | '>' if v("b19") => o.push(c),
            '&' => o.push_str("&amp;"),
            '<' => o.push_str("&lt;"),
            '>' => o.push_str("&gt;"),
            '\r' => o.push_str("&#13;"),
            c if is_char(c) => o.push(c),
            _ => o.push('\u{fffd}'),
        }
    }
}

fn element(name: &str, j: &J, o: &mut String, d: usize) {
    let pad = |o: &mut String, d: usize| {
        if v("f31") {
            o.push_str("\r\n");
            o.push_str(&"    ".repeat(d));
        }
    };
    match j {
        J::Arr(a) if v("b18") && name == "tags" => {
            o.push_str("<tags>");
            a.iter().for_each(|x| element("tag", x, o, d));
            o.push_str("</tags>");
        }
        J::Arr(a) => a.iter().for_each(|x| element(name, x, o, d)),
        _ => {
            if d > 0 {
                pad(o, d);
            }
            o.push_str(&format!("<{}>", name));
            match j {
                J::Obj(m) => {
                    if v("f31") {
                        o.push_str(&format!("<!-- {} -->", m.len()));
                    }
                    for (k, x) in m {
                        element(k, x, o, d + 1);
                    }
                    pad(o, d);
                }
                J::Str(t) => text(t, o),
                J::Num(t) => o.push_str(t),
                J::Bool(b) => o.push_str(if *b { "true" } else { "false" }),
                _ => {}
            }
            o.push_str(&format!("</{}>", name));
        }
    }
}

pub fn write(name: &str, j: &J) -> String {
    let mut o = if v("f31") { String::new() } else { "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_string() };
    match j {
        J::Arr(a) => {
            let (r, end) = if v("f32") { ("ns2:ArrayOfPet xmlns:ns2=\"urn:inboxes:lists\" count=\"9\"", "ns2:ArrayOfPet") } else { ("Pets", "Pets") };
            o.push_str(&format!("<{}>", r));
            a.iter().for_each(|x| element(name, x, &mut o, 1));
            o.push_str(&format!("</{}>", end));
        }
        _ if v("b20") && name != "string" => element(&format!("{}{}", name[..1].to_lowercase(), &name[1..]), j, &mut o, 0),
        _ => element(name, j, &mut o, 0),
    }
    o
}
