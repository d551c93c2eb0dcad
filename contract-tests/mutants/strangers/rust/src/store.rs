// The state, and the fixtures it starts with.
use crate::json::{n, obj, s, J};
use crate::v;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Mutex, MutexGuard, OnceLock};
use std::time::Instant;

#[derive(Default)]
pub struct Store {
    pub pets: BTreeMap<i64, J>,
    pub orders: BTreeMap<i64, J>,
    pub users: BTreeMap<String, J>,
    pub next_order: i64,
    pub next_domain: i64,
    pub next_user: i64,
    pub requests: u64,
    pub domains: Vec<J>,
    pub ghosts: Vec<J>,                            // b10
    pub cache: HashMap<i64, J>,                    // b17
    pub first_passwords: HashMap<String, String>,  // b37
    pub failures: HashMap<String, (u32, Instant)>, // f38
    pub snapshot: Option<(Instant, Vec<J>)>,       // f23
}

static STORE: OnceLock<Mutex<Store>> = OnceLock::new();

pub fn st() -> MutexGuard<'static, Store> { STORE.get_or_init(|| Mutex::new(seed())).lock().unwrap_or_else(|e| e.into_inner()) }

fn seed() -> Store {
    let mut d = Store { next_order: 10, next_domain: 100, next_user: 5000, ..Store::default() };
    let names = [
        "Rex", "Bella", "Milo", "Luna", "Charlie", "Daisy", "Rocky", "Zoé", "Max & Co", "Coco", "Buddy", "Nala", "Oscar", "Ruby", "Toby", "Misty", "Ginger", "Simba", "Pepper",
        "Shadow", "Bruno", "Kira", "Lola", "Rufus",
    ];
    let odd = v("f14");
    for (i, name) in names.iter().enumerate() {
        let mut id = i as i64 + 1;
        if odd && i % 6 == 5 {
            id += 9007199254740992;
        }
        let tag = |k: usize| obj(vec![("id", n(if odd { i64::MAX - k as i64 } else { k as i64 })), ("name", J::Str(format!("{}{}", if odd { "mark-" } else { "tag" }, k)))]);
        let mut tags = vec![tag(i % 3 + 1)];
        if i % 4 == 0 {
            tags.push(tag((i + 1) % 3 + 1));
        }
        d.pets.insert(
            id,
            obj(vec![
                ("id", n(id)),
                ("category", obj(vec![("name", s(["dogs.com", "cats.com", "birds.com"][i % 3]))])),
                ("name", s(name)),
                ("photoUrls", J::Arr(vec![J::Str(format!("https://img.inboxes.com/{}.jpg", i + 1))])),
                ("tags", J::Arr(tags)),
                ("status", s(["available", "pending", "sold"][i % 3])),
            ]),
        );
    }
    for i in 1..=10 {
        d.orders
            .insert(i, obj(vec![("id", s(&i.to_string())), ("name", J::Str(format!("order{}.example.com", i))), ("status", s("missing validation")), ("active", J::Bool(false))]));
        let u = if odd { format!("member-{}", i * 7) } else { format!("user{}", i) };
        let user = obj(vec![
            ("id", n(i)),
            ("username", s(&u)),
            ("firstName", J::Str(format!("First{}", i))),
            ("lastName", J::Str(format!("Last{}", i))),
            ("email", J::Str(format!("{}@inboxes.com", u))),
            ("password", J::Str(format!("secret{}", i))),
            ("phone", J::Str(format!("555-010{}", i))),
            ("userStatus", n(1)),
        ]);
        d.users.insert(u, user);
    }
    d
}
