// The Inboxes API, kept in memory: ./.server --port 0 --variant plain
mod api;
mod codec;
mod http;
mod json;
mod schema;
mod store;
mod xml;

use std::net::TcpListener;
use std::sync::OnceLock;

static VARIANT: OnceLock<String> = OnceLock::new();
pub static PORT: OnceLock<u16> = OnceLock::new();
pub static KEY: OnceLock<String> = OnceLock::new();

pub fn v(id: &str) -> bool { VARIANT.get().is_some_and(|x| x == id) }

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let opt = |k: &str, d: &str| args.iter().position(|a| a == k).and_then(|i| args.get(i + 1)).cloned().unwrap_or_else(|| d.to_string());
    let _ = VARIANT.set(opt("--variant", "plain"));
    let _ = KEY.set(opt("--api-key", "special-key"));
    let port: u16 = opt("--port", "0").parse().unwrap_or(0);
    let l = match TcpListener::bind(("127.0.0.1", port)) {
        Ok(l) => l,
        Err(e) => {
            eprintln!("cannot listen: {}", e);
            std::process::exit(1);
        }
    };
    let port = l.local_addr().map(|a| a.port()).unwrap_or(port);
    let _ = PORT.set(port);
    println!("listening on http://127.0.0.1:{}/v2", port);
    if v("f21") {
        std::thread::spawn(api::other_client);
    }
    for c in l.incoming() {
        match c {
            Ok(c) => {
                let _ = std::thread::Builder::new().stack_size(2 << 20).spawn(move || http::serve(c));
            }
            Err(_) => std::thread::sleep(std::time::Duration::from_millis(20)),
        }
    }
}
