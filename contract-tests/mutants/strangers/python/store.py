"""In-memory tables behind one lock, with the farm's own seed data."""
import copy
import itertools
import threading
import time

from variant import on

PETS = [
    (7, 'farm.example', 'Rosa', ['cow', 'brown'], 'available'), (12, 'farm.example', 'Liesl', ['cow'], 'available'),
    (19, 'yard.example', 'Hahn & Sohn', ['hen', 'loud'], 'pending'), (23, None, 'Grunz', ['pig', 'pink'], 'sold'),
    (24, 'yard.example', 'Schnatter', ['goose', 'loud'], 'available'), (31, 'farm.example', 'Määh', ['sheep'], 'pending'),
    (40, 'barn.example', 'Flöckchen', [], 'sold'), (57, 'barn.example', 'Ziegfried', ['goat', 'brown'], 'available'),
    (63, 'farm.example', 'Blacky', None, 'sold')]
if on('f31'):
    PETS = [(0, 'zero.example', 'Nullpunkt', ['first'], 'available'), *PETS, (8_000_000_000, None, 'Faraway', [], 'pending')]
if on('f32'):
    PETS = []
if on('f33'):
    PETS += [(1000 + 3 * i, None, f'Schaf Nr. {i} 🐑', ['flock', 'größe ' + 'SML'[i % 3]], ('available', 'pending', 'sold', None)[i % 4])
             for i in range(300)]


def seed_pet(number, domain, name, tags, status):
    pet = {'id': number, 'category': {'name': domain}, 'name': name, 'photoUrls': [f'http://pics.example/{number}/a.png'],
           'tags': tags and [{'id': len(tag), 'name': tag} for tag in tags], 'status': status}
    if domain is None:
        del pet['category']
    return {key: value for key, value in pet.items() if value is not None}


class Store:
    def __init__(self):
        self.lock = threading.RLock()
        self.pets = {row[0]: seed_pet(*row) for row in PETS}
        self.users = {user['username']: user for user in (
            {'id': 11, 'username': 'farmer', 'firstName': 'Frida', 'lastName': 'Bauer', 'email': 'frida@farm.example',
             'password': 'hay&straw', 'phone': '+43 1 22', 'userStatus': 1},
            {'id': 12, 'username': 'vet', 'firstName': 'Ödön', 'email': 'vet@farm.example', 'password': 'x', 'userStatus': 0})}
        self.verified = set(self.users)
        self.orders = {n: {'id': str(n), 'name': name} for n, name in enumerate(('milk.example', 'eggs.example', 'wool.example'), 1)}
        self.numbers = itertools.count(700_000_000_001 if on('f05') else 4)
        self.last_number = 3
        self.domains = {}
        self.logged_in = set()

    def copy(self, table, key):
        with self.lock:
            return copy.deepcopy(table.get(key))

    def put(self, table, key, record):
        with self.lock:
            table[key] = record

    def next_number(self):
        if on('b29'):  # fault: read, work, write, without the lock
            number = self.last_number + 1
            time.sleep(0.03)
            self.last_number = number
            return number
        with self.lock:
            return next(n for n in self.numbers if n not in self.orders)


store = Store()


def later(seconds, work, *arguments):
    timer = threading.Timer(seconds, work, arguments)
    timer.daemon = True
    timer.start()


def other_client():
    """Somebody else (f09): renames pets that are everybody's, and has users and orders of its own."""
    for n in itertools.count():
        time.sleep(0.7)
        with store.lock:
            keys = list(store.pets)
            if keys:
                pet = store.pets[keys[n * 5 % len(keys)]]
                store.pets[pet['id']] = {**pet, 'name': f'{pet["name"].split(" (")[0]} (checked {n})', 'status': ('available', 'pending', 'sold')[n % 3]}
            store.users[f'clerk{n}'] = {'username': f'clerk{n}', 'userStatus': n}
            store.users.pop(f'clerk{n - 3}', None)
            number = store.next_number()
            store.orders[number] = {'id': str(number), 'name': f'stock{n}.example'}
